"""Images in grids and rows, with their numbers, flattened, with a crop below."""

import numpy as np
import pytest

from course_utils import plots

IMAGE = np.arange(784, dtype=np.uint16).reshape(28, 28) // 4
SIGNED, GREY = ("RdBu_r", -200, 200), ("gray", 0, 255)
IMAGES = np.stack([IMAGE, IMAGE.T, IMAGE[::-1]])


def scales(figure):
    return {image.get_clim() for axis in figure.axes for image in axis.images}


def test_an_image_grid_shows_every_image_on_one_scale():
    images = np.stack([np.full((28, 28), level, dtype=np.uint8) for level in (0, 9, 255)])
    figure = plots.image_grid(images, ["a", "b", "c"], columns=2)
    shown = [axis for axis in figure.axes if axis.images]
    assert [axis.get_title() for axis in shown] == ["a", "b", "c"]
    assert scales(figure) == {(0, 255)}


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.float32, np.float64])
def test_images_from_0_to_1_are_drawn_where_the_limits_say_so(dtype):
    images = np.zeros((2, 28, 28), dtype=dtype)
    images[0, 0, 0] = 1
    assert scales(plots.image_grid(images, limits=(0, 1))) == {(0, 1)}


def test_images_that_would_look_blank_are_refused_with_the_way_to_show_them():
    images = np.zeros((2, 28, 28))
    images[0, 0, 0] = 1
    with pytest.raises(ValueError, match=r"got float64 up to 1: pass limits=\(0, 1\)\."):
        plots.image_grid(images)
    with pytest.raises(ValueError, match=r"got -1 to 1: weight_grid shows signed numbers"):
        plots.image_grid(images - images[::-1])


@pytest.mark.parametrize("level", [0.0, 139.5, 255.0])
def test_mean_images_and_empty_paper_are_drawn_on_the_scale_of_grey_levels(level):
    assert scales(plots.image_grid(np.full((2, 28, 28), level))) == {(0, 255)}


def test_titles_may_be_numbers():
    figure = plots.image_grid(np.zeros((2, 28, 28)), np.array([5, 0], dtype=np.uint8))
    assert [axis.get_title() for axis in figure.axes if axis.images] == ["5", "0"]


@pytest.mark.parametrize("n_images", [4, 12])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_titles_of_several_lines_fit_and_leave_the_panels_their_size(lines, n_images):
    images = np.zeros((n_images, 28, 28))
    figure = plots.image_grid(
        images, ["\n".join(["is 4, says 9"] * lines)] * n_images, columns=min(n_images, 6)
    )
    one_line = plots.image_grid(images, ["is 4, says 9"] * n_images, columns=min(n_images, 6))
    for drawn in (figure, one_line):
        drawn.draw_without_rendering()
    for axis in figure.axes[:n_images]:
        assert axis.title.get_window_extent().y1 <= figure.bbox.y1
    widths = [drawn.axes[0].get_window_extent().width for drawn in (figure, one_line)]
    assert widths[0] == pytest.approx(widths[1], rel=0.05)


def test_pixel_values_writes_the_number_of_each_pixel():
    figure = plots.pixel_values(IMAGE, rows=(4, 6), columns=(10, 13))
    written = [int(text.get_text()) for text in figure.axes[1].texts]
    assert written == IMAGE[4:6, 10:13].ravel().tolist()


def test_pixel_values_shows_the_part_and_frames_it():
    whole, part = plots.pixel_values(IMAGE, rows=(4, 6), columns=(10, 13)).axes
    assert part.get_xlim() == (9.5, 12.5)
    assert part.get_ylim() == (5.5, 3.5)
    assert whole.patches[0].get_bbox().bounds == (9.5, 3.5, 3, 2)


@pytest.mark.parametrize(
    ("rows", "columns", "name"),
    [((4, 29), (0, 5), "rows"), ((-1, 4), (0, 5), "rows"), ((0, 5), (7, 7), "columns")],
)
def test_pixel_values_names_the_part_that_is_outside(rows, columns, name):
    with pytest.raises(ValueError, match=f"{name} must lie within 0 to 28"):
        plots.pixel_values(IMAGE, rows, columns)


def test_pixel_values_writes_whole_numbers_only():
    with pytest.raises(ValueError, match=r"got floats up to 195\.5, not all whole: .*round"):
        plots.pixel_values(IMAGE + 0.5, (0, 2), (0, 2))
    assert (
        plots.pixel_values(IMAGE.astype(float), (0, 2), (0, 2)).axes[1].texts[0].get_text() == "0"
    )


def test_flattening_shows_the_rows_and_the_whole_vector():
    square, few, every = plots.flattening(IMAGE, rows=(7, 10)).axes
    np.testing.assert_array_equal(square.images[0].get_array(), IMAGE)
    np.testing.assert_array_equal(every.images[0].get_array(), IMAGE.reshape(1, 784))
    assert few.get_xlim() == (195.5, 279.5)
    assert every.get_xlim() == (-0.5, 783.5)


def test_flattening_says_where_each_row_begins():
    few = plots.flattening(IMAGE, rows=(7, 9)).axes[1]
    labels = [text.get_text() for text in few.texts]
    assert labels == ["row 7, from position 196", "row 8, from position 224"]


@pytest.mark.parametrize("rows", [(26, 29), (-1, 2), (5, 5), (0, 5)])
def test_flattening_refuses_rows_it_cannot_show(rows):
    with pytest.raises(ValueError, match="one to four of 0 to 28"):
        plots.flattening(IMAGE, rows)


def panels(figure):
    return [axis for axis in figure.axes if axis.images]


def test_each_row_has_its_name_and_its_scale():
    figure = plots.image_rows([IMAGES, IMAGES], ["a", "b"], [SIGNED, GREY], [7, 8, 9])
    drawn = panels(figure)
    assert [axis.get_ylabel() for axis in drawn] == ["a", "", "", "b", "", ""]
    assert [axis.get_title() for axis in drawn] == ["7", "8", "9", "", "", ""]
    assert [axis.images[0].get_clim() for axis in drawn] == [(-200, 200)] * 3 + [(0, 255)] * 3
    assert len(figure.axes) == 6 + 2  # a colour bar for each row


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rows": [IMAGES, IMAGES[:2]]}, r"as many images each, got \[3, 2\]"),
        ({"rows": []}, r"as many images each, got \[\]"),
        ({"scales": [SIGNED, ("gray", 1, 1)]}, r"from low to high, got 1 to 1 \(gray\)"),
    ],
)
def test_image_rows_that_do_not_match_are_refused(change, message):
    arguments = {"rows": [IMAGES, IMAGES], "names": ["a", "b"], "scales": [SIGNED, SIGNED]}
    with pytest.raises(ValueError, match=message):
        plots.image_rows(**arguments | change)


def test_what_is_in_a_frame_is_shown_below_its_image():
    figure = plots.framed_images(IMAGES, [4, 5, 6], [(0, 0), (3, 7), (20, 20)], 8, columns=2)
    above, below = figure.axes[1], figure.axes[3]
    assert above.get_title() == "5"
    assert above.patches[0].get_xy() == (6.5, 2.5)
    assert np.array_equal(below.images[0].get_array(), IMAGES[1, 3:11, 7:15])
    assert len(panels(figure)) == 6


@pytest.mark.parametrize(
    ("places", "size", "message"),
    [
        ([(0, 0)] * 2, 8, r"expected places of shape \(3, 2\), got \(2, 2\)"),
        ([(21, 0)] * 3, 8, "expected frames of 8 pixels inside"),
        ([(-1, 0)] * 3, 8, "expected frames of 8 pixels inside"),
        ([(0, 0)] * 3, 29, "expected size: a whole number from 1 to 28"),
    ],
)
def test_frames_that_do_not_fit_are_refused(places, size, message):
    with pytest.raises(ValueError, match=message):
        plots.framed_images(IMAGES, "abc", places, size)


def test_the_digits_of_a_pixel_are_named_if_there_are_one_or_two():
    has_ink = np.zeros((10, 784), dtype=bool)
    has_ink[7, 0] = has_ink[[2, 6], 29] = True
    has_ink[[1, 2, 3], 30] = True
    figure = plots.digits_per_pixel(has_ink)
    written = [(t.get_text(), t.get_position()) for t in figure.axes[0].texts]
    assert written == [("7", (0, 0)), ("26", (1, 1))]


@pytest.mark.parametrize(
    ("has_ink", "message"),
    [
        (np.zeros((784, 10), dtype=bool), r"got shape \(784, 10\)"),
        (np.zeros((10, 784)), "dtype float64: compare with > 0"),
        (None, r"booleans of shape \(10, 784\), got None"),
    ],
)
def test_digits_per_pixel_of_something_else_are_refused(has_ink, message):
    with pytest.raises(ValueError, match=message):
        plots.digits_per_pixel(has_ink)


PHOTO = np.full((24, 30, 3), (238, 232, 218), dtype=np.uint8)


def test_steps_are_drawn_beside_their_photograph_paper_white():
    figure = plots.photo_steps(PHOTO, {"ink": 255 * (IMAGE > 100), "28×28": IMAGE})
    assert [axis.get_title() for axis in figure.axes] == ["photograph", "ink", "28×28"]
    first, *steps = (axis.images[0] for axis in figure.axes)
    assert np.array_equal(first.get_array(), PHOTO)
    assert {(step.get_clim(), step.get_cmap().name) for step in steps} == {((0, 255), "gray_r")}


def test_a_photograph_may_stand_alone():
    assert len(plots.photo_steps(PHOTO).axes) == 1


@pytest.mark.parametrize(
    ("photo", "steps", "message"),
    [
        (PHOTO[..., 0], {}, r"a photograph of shape \(height, width, 3\) of uint8, got shape"),
        (PHOTO / 255, {}, "of float64"),
        (PHOTO, {"ink": PHOTO}, r"the step 'ink' of shape \(height, width\), got shape"),
        (PHOTO, {"ink": -IMAGE.astype(int)}, r"'ink' from 0 \(paper\) to 255 \(ink\), got -195"),
    ],
)
def test_what_is_no_photograph_or_no_step_is_refused(photo, steps, message):
    with pytest.raises(ValueError, match=message):
        plots.photo_steps(photo, steps)
