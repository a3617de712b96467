"""The epoch viewer keeps a byte for each pixel, and refuses what would look wrong."""

import numpy as np
import pytest

from course_utils.plots._styles import SIGNED_FINE
from course_utils.widgets import epoch_viewer
from course_utils.widgets.epoch_viewer import quantize

RNG = np.random.default_rng(0)
PICTURES = RNG.normal(size=(5, 6, 3, 4))
EPOCHS = [0, 0.5, 1, 2, 3]
LOSSES = [np.nan, 2.0, 1.0, 0.5, 0.25]


@pytest.mark.parametrize("signed", [True, False])
def test_a_record_loses_at_most_a_254th_of_its_largest_magnitude(signed):
    for scale in (1e-3, 1, 50):
        record = scale * RNG.normal(size=(40, 28, 28))
        record = record if signed else np.abs(record)
        limit = np.abs(record).max()
        stored = quantize(record, limit, signed).astype(float)
        restored = (stored - 127) / 127 * limit if signed else stored / 254 * limit
        assert np.abs(restored - record).max() <= limit / 254 * (1 + 1e-9)


def test_zero_is_white_and_is_kept_exactly():
    assert quantize(np.zeros((2, 2)), 0, True).tolist() == [[127, 127], [127, 127]]
    assert quantize(np.array([-2.0, 0, 2]), 2, True).tolist() == [0, 127, 254]
    assert quantize(np.array([0, 1.0, 2]), 2, False).tolist() == [0, 127, 254]
    red, green, blue = epoch_viewer(PICTURES, EPOCHS)._data["palette"][127]
    assert min(red, green, blue) > 240


def test_60_epochs_of_40_units_take_two_megabytes():
    data = epoch_viewer(RNG.normal(size=(61, 40, 28, 28)), range(61))._data
    assert len(data["levels"]) == 61 * 40 * 28 * 28 < 2e6


def test_each_record_is_stored_on_its_own_scale_beside_the_one_for_all():
    data = epoch_viewer(PICTURES * np.arange(1, 6).reshape(-1, 1, 1, 1), EPOCHS)._data
    magnitudes = np.abs(PICTURES).max(axis=(1, 2, 3)) * np.arange(1, 6)
    assert np.allclose(data["limits"], magnitudes)
    assert data["limit"] == magnitudes.max()
    stored = np.frombuffer(data["levels"], np.uint8).reshape(5, -1)
    assert np.abs(stored.astype(int) - 127).max(axis=1).tolist() == [127] * 5
    assert epoch_viewer(PICTURES, EPOCHS, limit=0.6)._data["limit"] == 0.6


def test_curves_of_the_network_and_of_each_panel_arrive_without_nan():
    of_panels = RNG.random((5, 6))
    curves = {"loss": LOSSES, "active": of_panels}
    data = epoch_viewer(PICTURES, EPOCHS, curves, dead=of_panels < 0.3)._data
    assert data["curves"]["loss"] == [None, 2.0, 1.0, 0.5, 0.25]
    assert np.allclose(data["curves"]["active"], of_panels)
    assert data["dead"] == [np.flatnonzero(row < 0.3).tolist() for row in of_panels]
    assert data["epochs"] == EPOCHS


def test_colours_are_those_of_the_course():
    assert SIGNED_FINE == "RdBu_r"
    negative, positive = (epoch_viewer(PICTURES, EPOCHS)._data["palette"][i] for i in (0, -1))
    assert negative[2] > negative[0]  # blue
    assert positive[0] > positive[2]  # red


def test_the_fallback_shows_the_beginning_early_and_the_end():
    records = RNG.normal(size=(61, 10, 4, 4))
    html = epoch_viewer(records, range(61), panel=7)._repr_mimebundle_()[0]["text/html"]
    assert "8 units from 7 on after 0, 1, 8 and 60 epochs, on one scale." in html
    dead = np.zeros((61, 10), bool)
    dead[1:, :2] = True
    view = epoch_viewer(records, range(61), dead=dead, kind="kernel", step="update")
    html = view._repr_mimebundle_()[0]["text/html"]
    assert "Kernels 0 to 7 after 0, 1, 8 and 60 updates" in html
    assert "Dead kernels of all 10 then: 0, 2, 2, 2." in html


def test_the_fallback_writes_whole_numbers_in_full():
    view = epoch_viewer(PICTURES, [0, 0.125, 1, 1875, 28140], step="update")
    html = view._repr_mimebundle_()[0]["text/html"]
    assert "after 0, 0.125, 1 and 28140 updates" in html


def test_two_records_of_one_panel_of_zeros_are_enough():
    view = epoch_viewer(np.zeros((2, 1, 1, 1)), [3, 4], signed=False)
    assert "Unit 0 after 3 and 4 epochs" in view._repr_mimebundle_()[0]["text/html"]
    assert view._data["limit"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"pictures": PICTURES[0]},
            r"got \(6, 3, 4\): is this one record only, or are these weights\?",
        ),
        ({"pictures": PICTURES[:1]}, "at least two records are needed"),
        ({"pictures": []}, "was anything recorded"),
        ({"pictures": [PICTURES[0], PICTURES[1][:2]]}, "are they all of one size"),
        ({"pictures": PICTURES * np.nan}, "finite numbers"),
        ({"signed": False}, r"from 0 up, got -.*Pass signed=True"),
        ({"epochs": [0, 1]}, "expected 5 epochs, one per record, got 2"),
        ({"epochs": 5}, r"expected epochs of shape \(5,\), got \(\)"),
        ({"epochs": [0, 1, 1, 2, 3]}, "epochs that rise from 0 or later"),
        ({"epochs": [-1, 0, 1, 2, 3]}, "epochs that rise from 0 or later"),
        ({"epochs": np.array([5, 4, 3, 2, 1], np.uint8)}, "epochs that rise from 0 or later"),
        ({"epochs": [False] * 4 + [True]}, "epochs that rise from 0 or later"),
        (
            {"curves": {"loss": LOSSES[1:]}},
            r"the curve 'loss' of shape \(5,\).*got \(4,\).*put nan",
        ),
        ({"curves": {"loss": None}}, "got None"),
        ({"dead": np.zeros((5, 6))}, r"dtype bool, got \(5, 6\) and float64: it is a comparison"),
        ({"dead": np.zeros(5, bool)}, r"got \(5,\) and bool"),
        ({"limit": 0}, "a limit above 0, got 0"),
        ({"limit": np.nan}, "a limit above 0, got nan"),
        ({"panel": 6}, "expected the panel: from 0 to 5, got 6"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        epoch_viewer(**{"pictures": PICTURES, "epochs": EPOCHS} | arguments)


def test_curves_without_names_are_refused():
    with pytest.raises(TypeError, match=r"by their names, such as .* got list"):
        epoch_viewer(PICTURES, EPOCHS, LOSSES)
