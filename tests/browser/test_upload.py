"""A photograph chosen in JupyterLab reaches Python, and a wrong file gets a sentence."""

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

CELL = """
import numpy as np
from course_utils.widgets import photo_upload

upload = photo_upload(np.full((40, 60, 3), 200, dtype=np.uint8))
upload
"""


@pytest.fixture
def notebook(run_notebook):
    notebook = run_notebook(CELL)
    yield notebook
    assert not notebook.complaints
    notebook.close()


def test_a_chosen_photograph_is_read_and_shown(notebook, tmp_path):
    pixels = np.zeros((30, 20, 3), dtype=np.uint8)
    pixels[:, 10:, 0] = 255
    Image.fromarray(pixels).save(tmp_path / "seven.png")
    (tmp_path / "notes.txt").write_text("hello")
    page = notebook.page
    caption = page.locator(".jp-OutputArea figcaption").last
    expect(caption).to_have_text("The photograph that comes with the lesson.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a photograph").click()
    chooser.value.set_files(tmp_path / "seven.png")
    expect(caption).to_have_text("seven.png, read as 30 rows and 20 columns.")
    assert notebook.ask("upload.photo.tolist()") == pixels.tolist()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a photograph").click()
    chooser.value.set_files(tmp_path / "notes.txt")
    expect(caption).to_contain_text("notes.txt: this is not a picture that can be read here")
    assert notebook.ask("upload.photo.shape") == (30, 20, 3)
