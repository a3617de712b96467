"""How the suite is shared between workers, and the report of its time."""

from tests.browser import test_lite
from tests.schedule import Shares, account


def scope(nodeid):
    return Shares._split_scope(None, nodeid)


def test_a_file_stays_on_one_worker_and_lessons_in_a_tab_do_not():
    assert scope("notebooks/00_x.ipynb::Cell 1") == scope("notebooks/00_x.ipynb::memory")
    assert scope("tests/unit/test_x.py::test_a[::]") == scope("tests/unit/test_x.py::test_b")
    lesson = f"tests/browser/test_lite.py::{test_lite.test_a_lesson_runs_in_a_tab.__name__}"
    assert scope(f"{lesson}[00.ipynb]") != scope(f"{lesson}[01.ipynb]")


def test_time_is_summed_by_room_and_by_test_or_notebook():
    rooms, parts = account(
        [
            ("notebooks/00_x.ipynb::Cell 1", 1.0),
            ("notebooks/00_x.ipynb::Cell 2", 2.0),
            ("tests/unit/test_x.py::test_a[1]", 4.0),
            ("tests/unit/test_x.py::test_a[1]", 8.0),
            ("tests/unit/test_y.py::test_b", 16.0),
        ]
    )
    assert rooms == {"notebooks": 3, "tests/unit": 28}
    assert parts == {
        "notebooks/00_x.ipynb": 3,
        "tests/unit/test_x.py::test_a[1]": 12,
        "tests/unit/test_y.py::test_b": 16,
    }
