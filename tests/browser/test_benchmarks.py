"""Every benchmark on a page runs: quickly, with no verdict.

When people run one, it starts a JupyterLab and a browser of its own. Here they share those of the
other tests, as the start takes longer than the rest of a quick run.
"""

import runpy
import sys
from contextlib import nullcontext

import pytest

from tests.browser import jupyterlab

BENCHMARKS = ["digit_pad", "epoch_viewer", "live_activations", "playground", "sliders"]


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_runs(name, chromium, run_notebook, monkeypatch, capsys):
    monkeypatch.setattr(jupyterlab, "headless_chromium", lambda: nullcontext(chromium))
    monkeypatch.setattr(jupyterlab, "notebooks", lambda _chromium: nullcontext(run_notebook))
    monkeypatch.setattr(sys, "argv", [name, "--quick"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    assert not end.value.code
    printed = capsys.readouterr().out
    assert "MISSED" not in printed
    assert any(character.isdigit() for character in printed)
