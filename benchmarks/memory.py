"""Run each lesson to its end in a control group of 640 MiB without swap.

That is how a hub limits a student. Pages of libraries count as well, until the system drops them
because memory runs short; so those that no other process uses are dropped first, and the lesson
has to read them again. If no control group can be created, a line says why, and the lessons are
not run.
"""

import os
import sys
from pathlib import Path

from nbclient.exceptions import DeadKernelError

from tools.memory import control_group, inside, peak_of
from tools.notebooks import execute, lessons, read_lesson

LIMIT = 640  # MiB


def main(*arguments):
    quick = "--quick" in arguments
    try:
        with control_group(LIMIT):
            pass
    except OSError as error:
        print(f"No control group can be created here, so no lesson was run: {error}.")
        return
    print(f"In a control group of {LIMIT} MiB without swap, in MiB")
    print(f"{'lesson':45} its own   with pages of files")
    results = [_line(lesson) for lesson in lessons()[: 1 if quick else None]]
    sys.exit(not quick and not all(results))


def drop_pages(files):
    """Drop unused files from memory: whoever reads them next is charged for them."""
    for file in files:
        descriptor = os.open(file, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def _line(lesson):
    """Execute a lesson, print what it took, and return whether it reached its end."""
    drop_pages(Path(sys.prefix).rglob("*.so*"))
    with control_group(LIMIT) as group:
        try:
            own = execute(read_lesson(lesson), prefix=inside(group))
        except DeadKernelError:
            print(f"{lesson.stem:45} MISSED: its kernel was killed")
            return False
        print(f"{lesson.stem:45} {own:7.0f}   {peak_of(group):7.0f}", flush=True)
        return True


if __name__ == "__main__":
    main(*sys.argv[1:])
