# make run [PHOTOS=folder]   set all up and open the window on a folder of photos (or the samples)
# make test                  set all up and pass every check and test
# make campaign              kill, let file operations fail and fuzz, at length: nothing breaks
# make models [NAMES="cats-dogs breeds age"] [DATA=data] [WEIGHTS=imagenet]   train and export what ships
# make honesty [MODEL=bundle] [ACCEPT="ROW=why"]     what a bundle says of photos it knows and of others, into its card
# make translations   gather the window's texts for translators, and make their translations ready
# make test-distributed      the tests of what works on many machines, in an environment with Ray
# make peers       what others classify with, for benchmarks/batch.py, in .venv-peers
# make runtimes [MODEL=bundle] [PHOTOS=folder]   the same answers from OpenVINO, OpenCV and JavaScript
PYTHON ?= python3
PHOTOS ?= samples
export PYTHON

# What Qt loads at run time and a bare Debian lacks; the second line is for a screen by X alone.
QT_PACKAGES = libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libpulse0
X_PACKAGES = libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 \
             libxcb-xkb1 libxkbcommon-x11-0

# What some tests ask for a second opinion; without it they are skipped.
TEST_PACKAGES = libimage-exiftool-perl

# Tests wait and compute by turns, so that two processes fill two cores; each takes up to 3 GB.
SIDE_BY_SIDE ?= 2

DEV = .venv-dev/bin
PYTEST = QT_QPA_PLATFORM=offscreen TF_CPP_MIN_LOG_LEVEL=2 $(DEV)/python -m pytest

.PHONY: run test test-distributed check campaign fuzz models honesty peers runtimes translations lock format clean

run: .venv/ready
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then setup/debian.sh $(QT_PACKAGES) $(X_PACKAGES); fi
	@setup/run.sh "$(PHOTOS)"

test: check
	-@setup/debian.sh $(TEST_PACKAGES)
	$(PYTEST) -n $(SIDE_BY_SIDE) --dist loadfile

# Ray and Arrow are 130 MB that nothing else needs: these tests have an environment of their own.
test-distributed: .venv-distributed/ready
	$(PYTEST:$(DEV)/%=.venv-distributed/bin/%) tests/whatsit/distributed

check: .venv-dev/ready
	@setup/debian.sh $(QT_PACKAGES)
	$(DEV)/ruff check .
	$(DEV)/ruff format --check .
	$(DEV)/mypy
	$(DEV)/lint-imports --no-cache

KILLS ?= 40
SORT_KILLS ?= 500
FUZZED_PICTURES ?= 200000
FUZZED_BUNDLES ?= 50000
# Photos and weights are fetched by hand: trainer/README.md says which. A log lies beside the run folders.
models: SHELL = /bin/bash
models: .venv-dev/ready
	@mkdir -p runs/shipped
	$(DEV)/python setup/model.py $(NAMES) --data "$(DATA)" --weights "$(WEIGHTS)" 2>&1 | tee -a runs/shipped/log; \
	exit $${PIPESTATUS[0]}

honesty: .venv-dev/ready
	$(DEV)/python benchmarks/honesty.py $(MODEL) $(if $(ACCEPT),--accept "$(ACCEPT)")

campaign: .venv-dev/ready fuzz
	TF_CPP_MIN_LOG_LEVEL=2 $(DEV)/python campaigns/killed_exports.py --kills $(KILLS)
	$(DEV)/python campaigns/killed_sorts.py --kills $(SORT_KILLS)
	$(DEV)/python campaigns/failing_sorts.py
	$(DEV)/python campaigns/bad_files.py

fuzz: .venv-fuzz/ready
	.venv-fuzz/bin/python campaigns/fuzz.py pictures --runs $(FUZZED_PICTURES)
	.venv-fuzz/bin/python campaigns/fuzz.py bundles --runs $(FUZZED_BUNDLES)

.venv/ready: setup/app.lock pyproject.toml
	@setup/environment.sh .venv setup/app.lock

.venv-dev/ready: setup/dev.lock pyproject.toml
	@setup/environment.sh .venv-dev setup/dev.lock

MODEL ?= models/cats-dogs
NAMES ?= cats-dogs breeds age
DATA ?= data
WEIGHTS ?= imagenet
runtimes: .venv-runtimes/ready benchmarks/runtimes/node_modules/.package-lock.json
	.venv-runtimes/bin/python benchmarks/runtimes/compare.py "$(MODEL)" "$(PHOTOS)"

.venv-distributed/ready: setup/distributed.lock pyproject.toml
	@setup/environment.sh .venv-distributed setup/distributed.lock

peers: .venv-peers/ready

.venv-peers/ready: benchmarks/peers/requirements.txt
	[ -x .venv-peers/bin/python ] || $(PYTHON) -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers/requirements.txt
	@touch $@

.venv-fuzz/ready: setup/fuzz.lock pyproject.toml
	@setup/environment.sh .venv-fuzz setup/fuzz.lock

.venv-runtimes/ready: setup/runtimes.lock pyproject.toml
	@setup/environment.sh .venv-runtimes setup/runtimes.lock

benchmarks/runtimes/node_modules/.package-lock.json: benchmarks/runtimes/package-lock.json
	@command -v npm >/dev/null || setup/debian.sh nodejs npm
	npm ci --prefix benchmarks/runtimes --ignore-scripts --no-audit --no-fund

# The texts of the window, gathered for translators and made ready for Qt; unfinished ones fail a test.
LANGUAGES = zh ru
translations: .venv-dev/ready
	$(DEV)/pyside6-lupdate -no-obsolete -locations none -tr-function-alias tr+=message $$(find desktop -name '*.py' | sort) -ts $(LANGUAGES:%=desktop/resources/whatsit_%.ts)
	for one in $(LANGUAGES); do $(DEV)/pyside6-lrelease -silent desktop/resources/whatsit_$$one.ts -qm desktop/resources/whatsit_$$one.qm; done

format: .venv-dev/ready
	$(DEV)/ruff check --fix .
	$(DEV)/ruff format .

# The lock files hold for every platform and Python that pyproject.toml names; they name no registry.
LOCK = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
       --custom-compile-command "make lock" --python-version 3.11 setup/build.in
lock:
	$(LOCK) pyproject.toml -o setup/app.lock
	$(LOCK) pyproject.toml --extra dev -o setup/dev.lock
	$(LOCK) pyproject.toml --extra distributed setup/distributed.in -o setup/distributed.lock
	$(LOCK) setup/runtimes.in -o setup/runtimes.lock
	$(LOCK) setup/fuzz.in -o setup/fuzz.lock

clean:
	rm -rf .venv .venv-dev .venv-distributed .venv-fuzz .venv-peers .venv-runtimes benchmarks/runtimes/node_modules .mypy_cache .ruff_cache .pytest_cache build dist
