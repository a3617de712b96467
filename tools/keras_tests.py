"""Run Keras's own tests on a patched Keras: a chosen part in the suite, nearly all once a week.

    python -m tools.keras_tests FOLDER chosen
    python -m tools.keras_tests FOLDER wide
    python -m tools.keras_tests FOLDER 'layers/core/dense_test.py::*'
    python -m tools.keras_tests FOLDER version

FOLDER holds what `python -m tools.keras_numpy FOLDER` made. The tests come from the source
distribution of the same version of Keras; they run in a copy of the folder, in a process of their
own, which has neither TensorFlow nor what else Keras might compute with. `chosen` and `wide`
compare the outcomes with tests/keras_numpy/keras_tests.toml, and print a sentence for each that
differs; patterns print what pytest says of the tests that match. The name of a test is pytest's,
without the folder `keras/src`.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import urllib.request
from collections import Counter
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tools.wheels import download, sha256, wrong_file

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "keras"
LISTS = ROOT / "tests" / "keras_numpy" / "keras_tests.toml"
REPOSITORY = "https://github.com/keras-team/keras/archive/refs/tags/v{}.tar.gz"
TESTS = re.compile(r"[^/]+/(pyproject\.toml|keras/src/(?:testing/.+\.py|.+_test\.py))")
# Keras's check of a layer trains it for one step, but not on the NumPy backend. Here it can.
TRAINED = re.compile(
    r'if run_training_check and backend\.backend\(\) not in \(\s*"numpy",\s*"openvino",?\s*\):'
)
LONGEST = 300  # characters of a message


class Outcome(NamedTuple):
    kind: str  # passed, failed or skipped
    message: str  # why, on one line


def read_lists(version):
    """What keras_tests.toml says of a version of Keras."""
    lists = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    lists["fails"] = [f for f in lists["fails"] if f.get("version", version) == version]
    return lists


def version_of(tree):
    """The version of the Keras in a folder."""
    text = (Path(tree) / "keras" / "src" / "version.py").read_text(encoding="utf-8")
    return re.search(r'^__version__ = "(.+)"', text, flags=re.M)[1]


def source_with_tests(version, checksums):
    """Path of an archive with a version of Keras and its tests.

    It is the source distribution. Some come without tests: then it is what GitHub has under the
    tag of the version, which holds the same files.
    """
    path = source_distribution(version, checksums)
    with tarfile.open(path) as archive:
        if any(name.endswith("_test.py") for name in archive.getnames()):
            return path
    path = CACHE / f"keras-{version}-repository.tar.gz"
    if not path.exists():
        with urllib.request.urlopen(REPOSITORY.format(version), timeout=60) as answer:
            path.write_bytes(answer.read())
    return path


def source_distribution(version, checksums):
    """Path of Keras's source distribution, downloaded by pip unless it is in the cache.

    Raises
    ------
    OSError
        If pip cannot download it, or if it is not the file whose sha256 is pinned. A version
        without a pinned checksum is taken as it comes.
    """
    path = CACHE / f"keras-{version}.tar.gz"
    if not path.exists():
        download(CACHE, "--no-binary=keras", f"keras=={version}")
    found = sha256(path.read_bytes())
    if found != checksums.get(version, found):
        path.unlink()
        raise OSError(f"{wrong_file(path.name, checksums[version], found)} It was not kept.")
    return path


@contextmanager
def laid_out(tree):
    """A folder, as long as it is needed: a patched Keras, with Keras's tests in their places."""
    version = version_of(tree)
    source = source_with_tests(version, read_lists(version)["sdist_sha256"])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        ignored = shutil.ignore_patterns("*_test.py")
        shutil.copytree(tree, folder, ignore=ignored, dirs_exist_ok=True)
        with tarfile.open(source) as archive:
            for member in archive:
                if found := TESTS.fullmatch(member.name):
                    path = folder / found[1]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(archive.extractfile(member).read())
        shutil.copy(Path(__file__).with_name("keras_tests_conftest.py"), folder / "conftest.py")
        train_layers(folder / "keras" / "src" / "testing" / "test_case.py")
        yield folder


def train_layers(path):
    """Let the file with Keras's check of a layer train it on every backend."""
    text, count = TRAINED.subn("if run_training_check:", path.read_text(encoding="utf-8"))
    if count != 1:
        raise ValueError(
            f"This Keras decides elsewhere in {path.name} which backends train a layer in its "
            "tests: see TRAINED in tools/keras_tests.py"
        )
    path.write_text(text, encoding="utf-8")


def pytest(folder, *options, **settings):
    """Run pytest in a folder with Keras and its tests. Returns what `subprocess.run` does."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    variables |= {"PYTHONPATH": str(folder), "KERAS_BACKEND": "numpy", "KERAS_HOME": str(folder)}
    variables |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TMPDIR": str(folder)}
    variables |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "--config-file=pyproject.toml"]
    command += ["--override-ini=addopts=", "-p", "no:cacheprovider", "-q"]
    command += ["--continue-on-collection-errors", *options]
    return subprocess.run(command, cwd=folder, env=variables, text=True, check=False, **settings)


def only(patterns, folder):
    """The options with which pytest runs the tests in a folder that match."""
    source = folder / "keras" / "src"
    files = {path for pattern in patterns for path in source.glob(pattern.partition("::")[0])}
    return [*map(str, sorted(files)), *(f"--only={pattern}" for pattern in patterns)]


def nearly_all(not_run):
    """The options with which pytest runs all tests but those in some files and folders."""
    paths = [path for entry in not_run for path in entry["paths"]]
    return ["keras/src", "-p", "xdist", "-n", "2", *(f"--ignore=keras/src/{p}" for p in paths)]


def outcomes(folder, *options):
    """The outcome of each test that pytest runs, by its name."""
    report = folder / "report.xml"
    # A traceback of each expected failure would take longer than the tests.
    options += (f"--junitxml={report}", "--override-ini=junit_family=xunit1", "--tb=no")
    result = pytest(folder, *options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode not in (0, 1):
        raise RuntimeError(f"Keras's tests did not run:\n{result.stdout}")
    found = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name, outcome = _name(case), _outcome(case)
        if name not in found or outcome.kind == "failed":
            found[name] = outcome
    return found


def _name(case):
    """The name of a test; of a file, if pytest could not import it."""
    file = case.get("file")
    scope = case.get("classname").removeprefix(file.removesuffix(".py").replace("/", "."))
    names = [*scope.split(".")[1:], case.get("name")] if case.get("classname") else []
    return "::".join([file.removeprefix("keras/src/"), *names])


def _outcome(case):
    for mark in case:
        if mark.tag in ("failure", "error", "skipped"):
            message = mark.get("message")
            if message == "collection failure":  # the error is the last line of the text
                message = mark.text.strip().splitlines()[-1].removeprefix("E")
            kind = "skipped" if mark.tag == "skipped" else "failed"
            return Outcome(kind, " ".join(message.split())[:LONGEST])
    return Outcome("passed", "")


def judge(found, fails):
    """A sentence for each test that failed unexpectedly, or passed and was expected to fail."""
    sentences = []
    for name, outcome in found.items():
        reasons = [
            entry["reason"]
            for entry in fails
            for pattern in entry["tests"]
            if fnmatchcase(name, pattern)
        ]
        if outcome.kind == "failed" and not reasons:
            sentences.append(f"{name} failed: {outcome.message}")
        if outcome.kind == "passed" and reasons:
            sentences.append(f"{name} passed, and is listed as failing: {reasons[0]}")
    return sentences


def without(kind, found, patterns):
    """A sentence for each pattern of which no test has this kind of outcome."""
    names = [name for name, outcome in found.items() if outcome.kind == kind]
    return [
        f"{pattern} is listed, and no test that matches it {kind}"
        for pattern in patterns
        if not any(fnmatchcase(name, pattern) for name in names)
    ]


def run_chosen(tree):
    """Run the chosen tests on a patched Keras. Returns the outcomes, and what is wrong."""
    lists = read_lists(version_of(tree))
    with laid_out(tree) as folder:
        found = outcomes(folder, *only(lists["chosen"], folder))
    return found, judge(found, lists["fails"]) + without("passed", found, lists["chosen"])


def run_wide(tree):
    """Run nearly all tests on a patched Keras. Returns the outcomes, and what is wrong."""
    version = version_of(tree)
    lists = read_lists(version)
    with laid_out(tree) as folder:
        found = outcomes(folder, *nearly_all(lists["not_run"]))
    sentences = judge(found, lists["fails"])
    if version in lists["sdist_sha256"]:  # other versions need not have all of these tests
        expected = [pattern for entry in lists["fails"] for pattern in entry["tests"]]
        sentences += without("failed", found, expected)
    return found, sentences


def main(tree, *which):
    if which == ("version",):
        print(version_of(tree))
        return 0
    if which in [("chosen",), ("wide",)]:
        found, sentences = {"chosen": run_chosen, "wide": run_wide}[which[0]](tree)
        counts = Counter(outcome.kind for outcome in found.values())
        print(f"Keras {version_of(tree)}, its own tests:", dict(counts), *sentences, sep="\n")
        return bool(sentences)
    with laid_out(tree) as folder:
        return pytest(folder, *only(which, folder)).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
