"""How much memory a process needs for itself, and a control group that limits it."""

import re
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

MIB = 1024**2
INTERVAL = 0.05  # seconds between two samples


def anonymous_memory(pid):
    """Memory that a process holds and that no file can give back, in MiB.

    The system drops pages of files, such as those of TensorFlow's library, when memory gets short.
    What is left is what a hub must provide. Where there is no /proc it is the memory that no other
    process shares.
    """
    status = Path(f"/proc/{pid}/status")
    if Path("/proc/self/status").exists():
        found = re.search(r"RssAnon:\s+(\d+) kB", status.read_text(encoding="utf-8"))
        return int(found[1]) / 1024 if found else 0.0  # the process has ended
    return psutil.Process(pid).memory_full_info().uss / MIB


@contextmanager
def memory_samples(pid):
    """Samples of `anonymous_memory`, taken while the block runs: a list that grows."""
    samples, ended = [anonymous_memory(pid)], threading.Event()

    def sample():
        with suppress(OSError, psutil.Error):  # the process is gone
            while not ended.wait(INTERVAL):
                samples.append(anonymous_memory(pid))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()


# Linux control groups: what limits a container, and a student on a hub.


@contextmanager
def control_group(limit):
    """Create a control group without swap and return its folder.

    Parameters
    ----------
    limit : int
        Memory that its processes share, in MiB.

    Raises
    ------
    OSError
        If this system has none, or does not let this user create one. The message says which.
    """
    parent, files = _hierarchy()
    group = Path(tempfile.mkdtemp(prefix="course-", dir=parent))
    try:
        if not (group / files["limit"]).exists():
            raise OSError(f"the memory of groups in {parent} is not controlled")
        (group / files["limit"]).write_text(str(limit * MIB))
        if (group / files["swap"]).exists():  # missing where the system does not count swap
            (group / files["swap"]).write_text(files["no swap"].format(limit * MIB))
        yield group
    finally:
        group.rmdir()


def _hierarchy():
    """Where a control group is created, and the names of its files: version 1 or 2."""
    own = re.search(r"^\d+:memory:(.*)$", _read("/proc/self/cgroup"), re.MULTILINE)
    if own:
        names = {"limit": "memory.limit_in_bytes", "swap": "memory.memsw.limit_in_bytes"}
        return Path(f"/sys/fs/cgroup/memory{own[1]}"), names | {"no swap": "{}"}
    names = {"limit": "memory.max", "swap": "memory.swap.max", "no swap": "0"}
    return Path("/sys/fs/cgroup"), names


def _read(path):
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise OSError("only Linux has control groups") from None


def inside(group):
    """What to put before a command so that it runs in a control group from the start."""
    return ["sh", "-c", 'echo $$ > "$0"/cgroup.procs && exec "$@"', str(group)]


def peak_of(group):
    """The most memory that a control group has used, including pages of files, in MiB."""
    for name in ("memory.peak", "memory.max_usage_in_bytes"):
        if (group / name).exists():
            return int((group / name).read_text()) / MIB
    return float("nan")  # Linux before 5.19
