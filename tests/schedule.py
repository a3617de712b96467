"""A pytest plugin that shares the suite evenly between workers and reports where the time went."""

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

# The slowest start first, so that short tests fill the gaps at the end.
TURNS = [
    "tests/reference/test_oldest_versions.py",
    # It builds all pages meanwhile: later, each worker would wait for them.
    "tests/browser/test_site.py",
    "tests/browser/test_lite.py",
    "tests/notebooks/test_binder.py",
    "notebooks",
    "tests/browser",
    "tests/reference",
    "tests/notebooks",
    "tests/keras_numpy",
    "tests/unit",
]
LESSON_IN_A_TAB = "test_a_lesson_runs_in_a_tab"  # takes a minute, in a new profile
LONG = 60  # seconds: a shorter run needs no report


class Shares(LoadScopeScheduling):
    """One worker runs a whole file, so what its tests share is made once. Lessons share nothing."""

    def _split_scope(self, nodeid):
        return nodeid if LESSON_IN_A_TAB in nodeid else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # keep our order, not that by number of tests
    return Shares(config, log)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid):
    return next((i for i, start in enumerate(TURNS) if nodeid.startswith(start)), len(TURNS))


def pytest_terminal_summary(terminalreporter):
    reports = [r for found in terminalreporter.stats.values() for r in found]
    rooms, parts = account(
        [(r.nodeid, r.duration) for r in reports if isinstance(r, pytest.TestReport)]
    )
    if rooms.total() < LONG:
        return
    terminalreporter.section("where the time went, in seconds, all workers together")
    for name, seconds in (*rooms.most_common(), ("the ten slowest:", None), *parts.most_common(10)):
        terminalreporter.write_line(name if seconds is None else f"{seconds:7.0f} {name}")


def account(durations):
    """Seconds by room, and by test or notebook.

    Parameters
    ----------
    durations : list of tuple of (str, float)
        Node id and seconds of each set-up, call and tear-down.

    Returns
    -------
    rooms, parts : Counter
    """
    rooms, parts = Counter(), Counter()
    for nodeid, seconds in durations:
        file = nodeid.partition("::")[0]
        rooms[file.rpartition("/")[0]] += seconds
        parts[file if file.endswith(".ipynb") else nodeid] += seconds
    return rooms, parts
