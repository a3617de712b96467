"""Binder's image can be built from binder/, as far as that can be checked without Docker."""

import os
from pathlib import Path

import pytest
import yaml

from tests.environments import BIN, install, make_environment, run

ROOT = Path(__file__).parents[2]
LARGEST = {"course_utils/data/mnist.npz": 12e6}


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A copy of what is under version control, as Binder clones it."""
    copy = tmp_path_factory.mktemp("binder") / "course"
    copy.mkdir()
    files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=ROOT)
    names = [name for name in files.split("\0") if (ROOT / name).is_file()]
    run("cp", "--parents", "-P", *names, copy, cwd=ROOT)
    return copy


def test_repo2docker_renders_a_recipe_with_our_environment_and_hooks(repository):
    recipe = run(BIN / "jupyter-repo2docker", "--no-build", "--debug", repository)
    copied = recipe.index("COPY --chown=")
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "binder/environment.yml"' in recipe
    assert recipe.index("src/ ${REPO_DIR}", copied) < recipe.index(
        '--file "binder/environment.yml"'
    )
    assert "./binder/postBuild" in recipe


def test_environment_yml_makes_an_environment_that_runs_a_lesson(repository, tmp_path):
    environment = yaml.safe_load((repository / "binder" / "environment.yml").read_text())
    python, pip, packages = environment["dependencies"]
    assert pip == "pip"
    # Conda hands the lines under `pip` to pip in a file beside environment.yml.
    (repository / "binder" / "condaenv.txt").write_text("\n".join(packages["pip"]))
    bin_ = make_environment(tmp_path / "env", python.removeprefix("python="))
    install(bin_, "pip", "--requirement", "condaenv.txt", cwd=repository / "binder")
    variables = os.environ | {"PATH": f"{bin_}:{os.environ['PATH']}"}
    run("./binder/postBuild", cwd=repository, env=variables)
    run(bin_ / "pip", "check")
    (lesson,) = (repository / "notebooks").glob("*_from_pixels_to_vectors.ipynb")
    run(bin_ / "jupyter", "execute", lesson, env=variables)
    for settings in ("ipython/ipython_kernel_config.py", "jupyter/jupyter_server_config.d"):
        assert (bin_.parent / "etc" / settings).exists()
    assert (bin_.parent / "share" / "jupyter" / "labextensions" / "course-utils").exists()


def test_no_file_in_the_image_is_larger_than_needed(repository):
    large = {
        str(path.relative_to(repository)): path.stat().st_size
        for path in repository.rglob("*")
        if path.is_file() and not path.is_symlink() and path.stat().st_size > 3e6
    }
    assert set(large) == set(LARGEST)
    assert all(large[name] <= LARGEST[name] for name in large)
