# Every task of the project has one name. All of them stay inside this folder: the environment
# is .venv, and what Jupyter, Matplotlib and the installers write goes to .cache. One exception:
# if there is no browser, `make test` installs Chromium with apt, on CI or as root.
PYTHON ?= python3
LESSON ?=
LAB_FLAGS ?=
PYODIDE ?=
KERAS ?=

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
LITE_BIN := .venv-lite/Scripts
SITE_BIN := .venv-site/Scripts
else
BIN := .venv/bin
LITE_BIN := .venv-lite/bin
SITE_BIN := .venv-site/bin
endif
FIRST_LESSON := $(wildcard notebooks/*_start_here.ipynb)
BENCHMARKS := training_a_multilayer_perceptron training_a_convolutional_network digit_pad playground epoch_viewer sliders live_activations memory

export JUPYTER_CONFIG_DIR := $(CURDIR)/.cache/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.cache/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.cache/jupyter/runtime
export IPYTHONDIR := $(CURDIR)/.cache/ipython
export MPLCONFIGDIR := $(CURDIR)/.cache/matplotlib
export KERAS_HOME := $(CURDIR)/.cache/keras
export UV_CACHE_DIR := $(CURDIR)/.cache/uv
export PIP_CACHE_DIR := $(CURDIR)/.cache/pip
export PLAYWRIGHT_BROWSERS_PATH := $(CURDIR)/.cache/playwright
# One thread for matrix products, as etc/ipython/ipython_kernel_config.py sets it for each kernel:
# tests and benchmarks also train outside of kernels.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help lab test lint check format notebooks weights bench keras lite pages site slides handouts assignment nbgrader lock clean

help:
	@echo "make lab        open the first lesson in JupyterLab"
	@echo "make test       prove that everything works (about 25 minutes)"
	@echo "make check      lint, spelling, unit tests; LESSON=04 checks and runs that notebook only"
	@echo "make lint       lint and spelling alone"
	@echo "make format     format the code"
	@echo "make notebooks  execute the lessons that changed; LESSON=04 executes that one"
	@echo "make weights    train the convolutional network of the lessons and save its weights"
	@echo "make bench      compare speed and memory with the usual code"
	@echo "make keras      test the browser's Keras; KERAS=3.14.1 or KERAS=latest takes another version"
	@echo "make site       build the course as a website that needs no network, in _site: pages and lite"
	@echo "make pages      build its pages alone"
	@echo "make lite       build what runs in a browser tab alone, in _site/lite"
	@echo "make slides     build a deck for each lesson, in _site/slides"
	@echo "make handouts   the notebooks without solutions, and an answer key, as zip files in dist"
	@echo "make assignment LESSON=04   make an assignment for nbgrader, in grading"
	@echo "make nbgrader   install nbgrader in .venv-nbgrader, to grade assignments"
	@echo "make lock       recompile the pinned requirements"
	@echo "make clean      remove the environments, what was built, and all caches"

lab: .venv/course.stamp
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/$(FIRST_LESSON) $(LAB_FLAGS)

test: .venv/dev.stamp
	$(BIN)/python tools/browser.py
	$(BIN)/python -m pytest -n 2

lint: .venv/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell
	$(BIN)/python -m tools.spelling
	$(BIN)/python -m tools.biome lint
	$(BIN)/zizmor --offline --quiet .github

ifeq ($(LESSON),)
check: lint
	$(BIN)/python -m pytest -q -n 2 tests/unit tests/notebooks/test_sources.py course_utils
else
check: .venv/dev.stamp
	$(BIN)/python -m pytest -q tests/notebooks/test_sources.py -k $(LESSON)
	$(BIN)/python -m pytest notebooks/$(LESSON)*.ipynb
endif

format: .venv/dev.stamp
	$(BIN)/python -m tools.format_lessons
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/python -m tools.biome lint --write

notebooks: .venv/dev.stamp
	$(BIN)/python -m tools.notebooks $(LESSON)

weights: .venv/dev.stamp
	$(BIN)/python -m tools.weights

# pandas is what the usual code reads MNIST into. It stays out of .venv: where Keras finds it, a
# kernel needs 50 MB more than a student's does.
bench: .venv/dev.stamp .cache/pandas/pandas
	$(foreach script,$(BENCHMARKS),PYTHONPATH=.cache/pandas $(BIN)/python -m benchmarks.$(script) &&) true

.cache/pandas/pandas: .venv/dev.stamp
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --target .cache/pandas --group bench
	@touch $@

# A version of Keras is patched, compared with the same version on TensorFlow, and runs nearly all of
# Keras's own tests; `make test` runs a part of them with the first version of recipe.toml.
keras: .venv/dev.stamp
	rm -rf .cache/keras/patched .cache/keras/official
	$(BIN)/python -m tools.keras_numpy .cache/keras/patched $(KERAS)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --target .cache/keras/official \
		keras==$$($(BIN)/python -m tools.keras_tests .cache/keras/patched version)
	KERAS_TREE=$(CURDIR)/.cache/keras/patched PYTHONPATH=$(CURDIR)/.cache/keras/official \
		$(BIN)/python -m pytest -n 2 tests/keras_numpy
	$(BIN)/python -m tools.keras_tests .cache/keras/patched wide

# The course as a website: pages to read, and the tab where the lessons run. Each target keeps to its
# own part of _site.
site: lite pages

pages: .venv-site/site.stamp
	$(SITE_BIN)/python -m tools.site

# A deck for each lesson, in _site/slides.
slides: .venv-site/site.stamp
	$(SITE_BIN)/python -m tools.slides

# PYODIDE=folder takes Pyodide from that folder, if it is there.
lite: .venv-lite/lite.stamp
	$(LITE_BIN)/python -m tools.lite $(PYODIDE)

handouts: .venv/dev.stamp
	$(BIN)/python -m tools.handouts

assignment: .venv/dev.stamp
	$(BIN)/python -m tools.assignment $(LESSON)

# nbgrader starts the kernel of the course, which is in .venv.
nbgrader: .venv/dev.stamp
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-nbgrader
	$(BIN)/uv pip install --quiet --python .venv-nbgrader -r requirements-nbgrader.txt
	@mkdir -p .cache
	JUPYTER_PATH=$(CURDIR)/.venv-nbgrader/share/jupyter $(BIN)/python -m ipykernel install --prefix .venv-nbgrader
	@echo "Now activate it: source .venv-nbgrader/bin/activate"

lock: .venv/course.stamp
	$(BIN)/uv pip compile -q --universal --no-annotate --no-header --python-version 3.11 pyproject.toml --extra course -o requirements.txt
	$(BIN)/uv pip compile -q --universal --no-annotate --no-header --python-version 3.11 pyproject.toml --extra course --extra dev -c requirements.txt -o requirements-dev.txt
	$(BIN)/uv pip compile -q --universal --no-annotate --no-header --python-version 3.11 pyproject.toml --group site -c requirements-dev.txt -o requirements-site.txt
	$(BIN)/uv pip compile -q --universal --no-annotate --no-header --python-version 3.11 --group nbgrader -c requirements.txt -o requirements-nbgrader.txt
	$(BIN)/uv pip compile -q --universal --no-annotate --no-header --python-version 3.11 --generate-hashes --group lite -c requirements.txt -o requirements-lite.txt

clean:
	rm -rf .venv .venv-lite .venv-site .venv-nbgrader _site dist .cache .pytest_cache .ruff_cache tools/*/node_modules

# A folder for an environment, where its programs are.
define new_environment
@$(PYTHON) tools/supported_python.py
$(PYTHON) -m venv $(1)
$(2)/python -m pip install --quiet --constraint requirements-dev.txt uv
endef

# With its bytecode compiled, Keras starts in a third of the time, with 70 MB less memory.
.venv/course.stamp: requirements.txt pyproject.toml $(wildcard etc/*/*.* etc/*/*/*.* share/*/*/*/*.* share/*/*/*/*/*.*)
	$(call new_environment,.venv,$(BIN))
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	$(BIN)/jupyter labextension disable "@jupyterlab/apputils-extension:announcements" # they need a network
	@touch $@

.venv/dev.stamp: .venv/course.stamp requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	@touch $@

# A separate environment: JupyterLite's kernel is an extension that JupyterLab would load as well.
.venv-lite/lite.stamp: requirements-lite.txt
	$(call new_environment,.venv-lite,$(LITE_BIN))
	$(LITE_BIN)/uv pip install --quiet --python $(LITE_BIN)/python -r requirements-lite.txt
	@touch $@

# A separate environment for the same reason: it needs other versions of what JupyterLab uses.
.venv-site/site.stamp: requirements-site.txt
	$(call new_environment,.venv-site,$(SITE_BIN))
	$(SITE_BIN)/uv pip install --quiet --python $(SITE_BIN)/python -r requirements-site.txt
	@touch $@
