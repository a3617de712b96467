"""What a lesson that has been run must show in any browser: its widgets, each in its cell."""

from playwright.sync_api import expect

from tests.browser.jupyterlab import ACTIVE, CONTROL, SHOW

# Widgets of each lesson. Those that watch training disappear when it ends.
N_WIDGETS = {
    "start_here": 0,
    "from_pixels_to_vectors": 1,
    "a_network_by_hand": 2,
    "how_a_network_learns": 1,
    "training_a_multilayer_perceptron": 0,
    "choosing_a_network": 0,
    "seeing_the_weights": 2,
    "what_weights_tell": 1,
    "the_same_network_in_keras": 1,
    "what_each_layer_looks_for": 0,
    "convolution_by_hand": 1,
    "training_a_convolutional_network": 2,
    "inside_a_convolutional_network": 6,
    "where_a_network_looks": 0,
    "your_own_digits": 1,
}
# Their last widget is the pad with the untidy 7.
THE_SEVEN = {"training_a_convolutional_network", "inside_a_convolutional_network"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def assert_every_widget_is_in_its_cell(page, cells, name, folder):
    """Scroll each widget of a lesson into view, and save a screenshot of it in a folder."""
    found = [
        i
        for i, cell in enumerate(cells)
        if any(WIDGET_VIEW in output.get("data", {}) for output in cell.get("outputs", ()))
    ]
    for i in found:
        page.evaluate(SHOW, i)
        # A widget that cannot be shown leaves a line of text and no control.
        output = page.locator(f"{ACTIVE} .jp-OutputArea-output").last
        output.locator(CONTROL).first.wait_for()
        output.screenshot(path=folder / f"{name}_cell_{i}.png")
    assert len(found) == N_WIDGETS[name]
    if name in THE_SEVEN:
        said = page.locator(f"{ACTIVE} .digit-predictions caption")
        expect(said).to_have_text(["MLP: 5", "CNN: 7"])
