"""Speed and memory beside the usual code: `make bench` runs them all. This is what they share."""

import json
import os
import subprocess
import sys

MEDIAN = 100  # what the course promises of a key or a click; milliseconds


def in_own_process(name, *arguments):
    """What a benchmark gives `print_result` when it is run with some arguments."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]
    return json.loads(subprocess.check_output(command))


def print_result(numbers):
    print(json.dumps(numbers))


def press(page, slider, time):
    """Milliseconds from a press of an arrow key to another picture.

    `time` is JavaScript that gets the slider before the press, and sets `window.took`.
    """
    slider.evaluate(time)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => took !== null")
    return page.evaluate("took")


def report(times, what, moves, quick):
    """Print median and 95th percentile of the milliseconds by name, and end the program.

    Unless it is quick, it fails if a median is above `MEDIAN`.
    """
    import numpy as np  # here: those that measure memory begin with nothing loaded

    print(f"Load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    for name, took in times.items():
        median, late = np.median(took), np.percentile(took, 95)
        text = f"ms to {what}, median of {len(took)} {moves}: {name}"
        verdict = "" if median <= MEDIAN or quick else "MISSED"
        print(f"{median:9.1f} {text:56} goal: 0 to {MEDIAN} {verdict}")
        print(f"{late:9.1f} ms, 95th percentile")
    sys.exit(not quick and any(np.median(took) > MEDIAN for took in times.values()))
