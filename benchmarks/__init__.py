"""Speed and memory beside the usual code: `make bench` runs them all. This is what they share."""

import os
import sys

MEDIAN = 100  # what the course promises of a key or a click; milliseconds


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
