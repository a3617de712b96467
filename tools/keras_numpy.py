"""Make a Keras that trains on NumPy: the official wheel, patched, with the package keras_numpy.

``python -m tools.keras_numpy FOLDER`` puts the packages into a folder, ready for ``PYTHONPATH``;
``python -m tools.keras_numpy FOLDER VERSION`` makes them of another version of Keras. ``latest`` is
the newest on PyPI, whose checksum nobody has looked at.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from tools.wheels import download, is_good, sha256, write_project, wrong_file

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "keras_numpy"
CACHE = ROOT / ".cache" / "keras"
RECIPE = tomllib.loads((PACKAGE / "recipe.toml").read_text(encoding="utf-8"))
VERSIONS = {entry["version"]: entry["wheel"] for entry in RECIPE["versions"]}
NEWEST = next(iter(VERSIONS))


def official_wheel(version):
    """Path of Keras's official wheel of a version; downloaded if it is not in the cache."""
    known = VERSIONS.get(version)
    wheel = CACHE / f"keras-{version}-py3-none-any.whl"
    if known and is_good(wheel, known):
        return wheel
    with tempfile.TemporaryDirectory() as place:
        requirement = "keras" if version == "latest" else f"keras=={version}"
        download(place, "--only-binary=:all:", requirement)
        [new] = Path(place).glob("*.whl")
        found = sha256(new.read_bytes())
        if known and found != known:
            raise ValueError(wrong_file(new.name, known, found))
        CACHE.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(new, CACHE))


def build_tree(folder, version=NEWEST):
    """Put the patched Keras, keras_numpy and its stand-ins into a folder. Returns the folder.

    Raises
    ------
    ValueError
        If a patch does not apply, with its name.
    """
    folder = Path(folder)
    # Not below a Git repository: there, `git apply` skips what the repository does not know.
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(official_wheel(version)) as wheel:
            wheel.extractall(place)
        for patch in sorted((PACKAGE / "patches").glob("*.patch")):
            apply(patch, place)
        for pattern in RECIPE["wheel"]["leave_out"]:
            for path in Path(place).glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(place, folder, dirs_exist_ok=True)
    ignored = shutil.ignore_patterns("__pycache__", "stand_ins", "*.toml")
    shutil.copytree(PACKAGE, folder / "keras_numpy", ignore=ignored, dirs_exist_ok=True)
    shutil.copytree(PACKAGE / "stand_ins", folder, ignore=ignored, dirs_exist_ok=True)
    return folder


LICENSE = """description = "Keras, patched so that it trains on NumPy"
license = "Apache-2.0"
license-files = ["LICENSE", "NOTICE"]"""
NOTICE = """Keras {version}, copyright the Keras team, https://keras.io, Apache License 2.0.

These of its files were changed by the patches in the folder keras_numpy/patches:
{changed}
"""


def build_project(folder, version=NEWEST):
    """Make a folder from which a wheel of the patched Keras can be built. Returns the folder."""
    folder = build_tree(folder, version)
    [about] = folder.glob("keras-*.dist-info")
    text = (about / "licenses" / "LICENSE").read_text(encoding="utf-8")
    shutil.rmtree(about)
    packages = sorted(path.name for path in folder.iterdir())
    (folder / "LICENSE").write_text(text, encoding="utf-8")
    patches = [path.read_text(encoding="utf-8") for path in (PACKAGE / "patches").glob("*.patch")]
    changed = sorted(
        {name for text in patches for name in re.findall(r"^\+\+\+ b/(.+)", text, re.M)}
    )
    notice = NOTICE.format(version=version, changed="\n".join(changed))
    (folder / "NOTICE").write_text(notice, encoding="utf-8")
    about = {"name": "keras", "version": f"{version}+numpy", "more": LICENSE}
    write_project(folder, needs=RECIPE["wheel"]["requires"], packages=packages, **about)
    return folder


def apply(patch, folder):
    """Apply a patch in a folder; every line of its context must be there."""
    command = ["git", "apply", "--unidiff-zero", str(patch)]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        raise ValueError(f"The patch {patch.name} does not apply to this Keras.\n{result.stderr}")


def main(folder, version=NEWEST):
    try:
        print(build_tree(folder, version))
    except (OSError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
