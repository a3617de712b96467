"""What is made once for all workers of a test run."""

import os

from filelock import FileLock


def once(tmp_path_factory, name, make):
    """Path of what a function makes, in a folder that the workers share.

    Parameters
    ----------
    make : callable
        Takes the path of a file or folder that is not there yet. If it fails, nothing is kept.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    path, unfinished = shared / name, shared / f"unfinished_{name}"
    with FileLock(shared / f"{name}.lock"):
        if not path.exists():
            make(unfinished)
            unfinished.rename(path)
    return path
