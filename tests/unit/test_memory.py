"""What `make notebooks` and the suite say about memory."""

import mmap
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.memory import MIB, anonymous_memory, memory_samples

SOME = 64  # MiB


def test_memory_that_is_written_to_counts():
    before = anonymous_memory(os.getpid())
    some = bytearray(b"x") * (SOME * MIB)
    assert SOME - 2 < anonymous_memory(os.getpid()) - before < SOME + 2
    del some


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux tells them apart")
def test_pages_of_files_do_not_count(tmp_path):
    (tmp_path / "file").write_bytes(bytes(SOME * MIB))
    before = anonymous_memory(os.getpid())
    with (
        (tmp_path / "file").open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as pages,
    ):
        assert sum(pages[i] for i in range(0, len(pages), 4096)) == 0  # each is read
        assert anonymous_memory(os.getpid()) - before < 2


def test_samples_see_what_a_process_held_for_a_moment():
    code = f"import time; x = bytearray(b'x') * {SOME * MIB}; time.sleep(1); del x; time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        with memory_samples(process.pid) as samples:
            deadline = time.monotonic() + 30
            while max(samples) - samples[-1] < SOME - 2 and time.monotonic() < deadline:
                time.sleep(0.1)
        process.kill()
    assert max(samples) - samples[-1] > SOME - 2
    n_samples = len(samples)
    time.sleep(0.2)
    assert len(samples) == n_samples  # none are taken after the block


def test_a_process_that_ends_ends_its_samples():
    code = [sys.executable, "-c", ""]
    with subprocess.Popen(code) as process, memory_samples(process.pid) as samples:
        process.wait()
        time.sleep(0.2)
    assert samples
