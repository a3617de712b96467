"""Check that everything the lessons need is there, and say what to try if it is not.

At the top, only the standard library is imported, so that the check runs where all else is missing.
"""

import os
import sys
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

COURSE = "course-utils"  # the distribution whose metadata say what the lessons need
ENOUGH_MEMORY = 1.5e9  # bytes: a notebook takes up to 1 GB, JupyterLab some more
ENOUGH_CORES = 2  # the minutes of the lessons were measured on two
LAYOUT = {"subsequent_indent": " " * 6, "break_long_words": False, "break_on_hyphens": False}
INSTALL = (
    "Try `make lab` in the folder of the course, or `%pip install -r ../requirements.txt` in a "
    "cell, then restart the kernel."
)


class Finding(NamedTuple):
    """What one part of the check found.

    Attributes
    ----------
    fine : bool
    says : str
        A sentence or two. Where something is not fine, they say what to try.
    """

    fine: bool
    says: str


def check_environment() -> None:
    """Print a line for each thing the lessons need: "fine", or "look" and what to try."""
    findings = [python(), *packages(), data(), memory(), cores(), place()]
    for finding in findings:
        beginning = "fine  " if finding.fine else "LOOK  "
        print(textwrap.fill(finding.says, 88, initial_indent=beginning, **LAYOUT))
    n_wrong = sum(not finding.fine for finding in findings)
    if n_wrong:
        lines = "the line that begins" if n_wrong == 1 else f"the {n_wrong} lines that begin"
        print(f"\nRead {lines} with LOOK, try what is said there, and run this cell again.")
    else:
        print("\nEverything is fine.")


def python(version: tuple[int, ...] = sys.version_info) -> Finding:
    """Is this a Python that the course runs on?

    Parameters
    ----------
    version : tuple of int, optional
        Major and minor version, by default of this Python.

    Returns
    -------
    Finding
    """
    try:
        from packaging.specifiers import SpecifierSet

        allowed = SpecifierSet(metadata.metadata(COURSE)["Requires-Python"])
    except (ModuleNotFoundError, metadata.PackageNotFoundError):
        return Finding(True, f"Python {version[0]}.{version[1]}.")  # packages() says what to do
    *others, newest = [f"3.{minor}" for minor in range(100) if allowed.contains(f"3.{minor}")]
    runs_on = f"Python {version[0]}.{version[1]}. The course runs on {', '.join(others)} "
    runs_on += f"and {newest}."
    if allowed.contains(f"{version[0]}.{version[1]}"):
        return Finding(True, runs_on)
    return Finding(
        False,
        f"{runs_on} Install one of them and try, in the folder of the course, `make clean` and "
        f"`make lab PYTHON=python{newest}`; README.md says how it goes without make.",
    )


def packages(
    requirements: Iterable[str] | None = None, *, platform: str = sys.platform
) -> list[Finding]:
    """Is every package there that the lessons import, in a version that is new enough?

    Nothing is imported: TensorFlow alone would take seconds.

    Parameters
    ----------
    requirements : iterable of str, optional
        Such as ``"numpy>=2.0"``; by default what the metadata of the course say.
    platform : str, optional
        As ``sys.platform``; "emscripten" is a browser tab.

    Returns
    -------
    list of Finding
        One for each package that is missing or too old, and one for all the others.
    """
    try:
        from packaging.requirements import Requirement

        lines = metadata.requires(COURSE) if requirements is None else requirements
    except metadata.PackageNotFoundError:
        text = f"The package {COURSE} is not installed, so what it needs is not known. {INSTALL}"
        return [Finding(False, text)]
    except ModuleNotFoundError as error:
        return [Finding(False, f"The package {error.name} is missing. {INSTALL}")]
    needed = [Requirement(line) for line in lines]
    here = {"extra": "course", "sys_platform": platform}
    needed = [item for item in needed if item.marker is None or item.marker.evaluate(here)]
    in_a_tab = platform == "emscripten"
    there, wrong = [], []
    for item in needed:
        name = item.name.removesuffix("-cpu")  # TensorFlow's smaller build
        try:
            found = metadata.version(item.name)
        except metadata.PackageNotFoundError:
            if not in_a_tab:
                wrong.append(Finding(False, f"{name} is missing. {INSTALL}"))
            continue
        if item.specifier.contains(found, prereleases=True):
            there.append(name)
        else:
            floor = str(item.specifier).replace(">=", "")
            old = f"{name} {found} is too old: the lessons need {floor} or newer."
            wrong.append(Finding(False, f"{old} {INSTALL}"))
    if not in_a_tab and not any(item.name.startswith("tensorflow") for item in needed):
        wrong.append(
            Finding(
                False,
                "There is no TensorFlow for this machine. The lessons that import Keras do not run "
                "here: open them on Binder, as README.md says.",
            )
        )
    enough = f"New enough: {', '.join(sorted(there))}."
    if in_a_tab:
        enough += " The tab fetches others when a lesson imports them."
    return [Finding(True, enough), *wrong] if there else wrong


def data(*, platform: str = sys.platform) -> Finding:
    """Are the digits and the trained weights there, and unchanged?

    Parameters
    ----------
    platform : str, optional
        As ``sys.platform``; "emscripten" is a browser tab.

    Returns
    -------
    Finding
    """
    try:
        from course_utils.datasets import load_cnn_training, load_cnn_weights, load_mnist

        mnist = load_mnist()
        load_cnn_weights()
        load_cnn_training()
    except ModuleNotFoundError as error:
        text = f"The data cannot be read without {error.name}."
        if platform == "emscripten":
            return Finding(False, f"{text} Run the next cell, which fetches it, then this one.")
        return Finding(False, f"{text} {INSTALL}")
    except (FileNotFoundError, ValueError) as error:
        return Finding(False, str(error))  # says how to get the file back
    images = f"{len(mnist.train_images):,} training and {len(mnist.test_images):,} test images"
    return Finding(True, f"Data: {images}, and trained weights; all unchanged.")


def memory(*, platform: str = sys.platform, root: Path = Path("/")) -> Finding:
    """Is there enough memory for a notebook?

    Parameters
    ----------
    platform : str, optional
        As ``sys.platform``; "emscripten" is a browser tab.
    root : Path, optional
        Where ``/proc`` and ``/sys`` are.

    Returns
    -------
    Finding
    """
    need = "A notebook takes up to 1 GB"
    if platform == "emscripten":
        return Finding(True, f"Memory: a browser tab does not tell how much it has. {need}.")
    limits = [_physical_memory(), *_limits_of_control_groups(root, "memory", _memory_limit)]
    limits = [limit for limit in limits if limit is not None]
    if not limits:
        return Finding(True, f"Memory: this system does not tell how much there is. {need}.")
    size = f"Memory: {min(limits) / 1e9:.1f} GB."
    if min(limits) >= ENOUGH_MEMORY:
        return Finding(True, f"{size} {need}.")
    return Finding(
        False,
        f"{size} {need}, and JupyterLab some more. Keep one notebook open at a time and shut the "
        "others down (Kernel, Shut Down Kernel). A kernel that dies without a word has run out.",
    )


def cores(*, platform: str = sys.platform, root: Path = Path("/")) -> Finding:
    """Are there enough processor cores for the lessons to take the minutes they name?

    Parameters
    ----------
    platform, root
        As in `memory`.

    Returns
    -------
    Finding
    """
    if platform == "emscripten":
        return Finding(True, "Cores: a browser tab computes on one. Training takes longer here.")
    if hasattr(os, "sched_getaffinity"):
        n_cores = len(os.sched_getaffinity(0))
    else:
        n_cores = os.cpu_count() or 1
    n_cores = min([n_cores, *_limits_of_control_groups(root, "cpu", _share_of_cores)])
    count = f"Cores: {round(n_cores, 1):g}."
    if n_cores >= ENOUGH_CORES:
        return Finding(True, f"{count} The lessons were timed on {ENOUGH_CORES}.")
    return Finding(
        False,
        f"{count} The lessons were timed on {ENOUGH_CORES}: training takes longer here. Shut other "
        "notebooks down while one trains.",
    )


def place(*, platform: str = sys.platform, variables: Mapping[str, str] = os.environ) -> Finding:
    """Where does this Python run, and what does that mean for your work?

    Parameters
    ----------
    platform : str, optional
        As ``sys.platform``.
    variables : mapping of str to str, optional
        The environment variables.

    Returns
    -------
    Finding
    """
    if platform == "emscripten":
        return Finding(
            True,
            "Place: a browser tab. Your work is kept in this browser only; download the notebook "
            "to keep it elsewhere.",
        )
    if "BINDER_LAUNCH_HOST" in variables:
        return Finding(
            True,
            "Place: Binder. What you write is gone when you leave; download the notebook to keep "
            "it.",
        )
    return Finding(True, "Place: a machine, not a browser tab. What you save stays there.")


def _physical_memory():
    """Bytes of memory in this machine, or None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # Windows has no sysconf
        return None


def _limits_of_control_groups(root, controller, read):
    """The limits of the control groups of this process: how hubs and containers share a machine.

    `read` takes the folder of a group and returns its limit. It raises where there is none.
    """
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:  # not Linux
        return []
    limits = []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        top = root / "sys/fs/cgroup"
        if controllers:  # version 1: a tree for each controller
            if controller not in controllers.split(","):
                continue
            top = top / controller
        own = top / path.lstrip("/")
        for group in (own, *own.parents):  # a group is also bound by those around it
            if not group.is_relative_to(top):
                break
            try:
                limits.append(read(group))
            except (OSError, ValueError):  # no such file, or "max"
                continue
    return limits


def _memory_limit(group):
    """Bytes that the processes of a control group may use."""
    name = "memory.max" if (group / "memory.max").exists() else "memory.limit_in_bytes"
    return int((group / name).read_text())


def _share_of_cores(group):
    """Cores that the processes of a control group may use, such as 0.5."""
    if (group / "cpu.max").exists():
        quota, period = map(int, (group / "cpu.max").read_text().split())
    else:
        quota = int((group / "cpu.cfs_quota_us").read_text())
        period = int((group / "cpu.cfs_period_us").read_text())
    if quota <= 0:
        raise ValueError("no quota")
    return quota / period


@contextmanager
def quiet_keras_import() -> Iterator[None]:
    """Import Keras without TensorFlow's notes, and without scikit-learn.

    TensorFlow writes about oneDNN and the processor from C++, before any setting of Python's
    can stop it, so the file descriptor itself is redirected while the block runs, and shown if
    the block fails. Later, TensorFlow writes only warnings and errors.

    Keras loads scikit-learn and ``scipy.stats`` wherever they are installed, only to offer
    `keras.wrappers`: 60 MB of a student's memory and more than a second. Inside the block
    scikit-learn cannot be found, unless it was imported before; after the block it can. Only
    `keras.wrappers` will say that it is not installed.

    Yields
    ------
    None
        Put the import into the block.

    Examples
    --------
    >>> with quiet_keras_import():
    ...     import keras
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")  # 0 shows notes, 1 warnings, 2 errors
    without_sklearn = "sklearn" not in sys.modules
    if without_sklearn:
        sys.modules["sklearn"] = None  # Python's way to say: do not look for it
    sys.stderr.flush()
    stderr = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            yield
        except BaseException:
            notes.seek(0)
            os.write(stderr, notes.read())
            raise
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
            if without_sklearn:
                del sys.modules["sklearn"]
