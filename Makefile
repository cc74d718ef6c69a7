# Two doors: `make app` serves the dashboard, `make test` runs every check. The rest is listed by `make help`.
PYTHON ?= python3
DATA   ?= .framelens
PORT   ?= 8501
BIN    := .venv/bin

# What Python compiles is kept, whatever the shell says: each worker of the tests would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help app cache test pytest browser style types layers check lint lock evaluate bench clean

help:            ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Framelens needs Python 3.11, 3.12 or 3.13; $(PYTHON) is another. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

# A stamp file stands for "these exact requirements are installed": pip runs again only when the file changed.
# The files name every package there is to install, so pip has nothing to look for (--no-deps): when it does look,
# a package asked for with an extra is sought apart from its pin, and a newer release breaks the installation.
PINNED := --quiet --no-deps --require-hashes
PIP    := $(BIN)/python -m pip install --disable-pip-version-check $(PINNED)

.venv/app.stamp: requirements.txt .venv/pyvenv.cfg
	$(PIP) -r requirements.txt
	@touch $@

# uv, itself one of them, fetches and unpacks them in a sixth of the time and with the same hashes. It knows nothing of
# settings made for pip, as of a mirror: where it cannot have them all, pip does it.
.venv/dev.stamp: requirements-dev.txt .venv/pyvenv.cfg
	@awk '/^uv==/ {of_uv = 1} of_uv {print} !/\\$$/ {of_uv = 0}' requirements-dev.txt > .venv/uv.txt
	$(PIP) -r .venv/uv.txt
	$(BIN)/uv pip install --python .venv $(PINNED) -r requirements-dev.txt || $(PIP) -r requirements-dev.txt
	@touch $@ .venv/app.stamp

app: cache       ## build the cache if it is stale, then serve the dashboard (DATA=folder PORT=8501)
	FRAMELENS_DATA=$(DATA) $(BIN)/streamlit run app.py --server.port $(PORT)

# The demonstration corpus is built only into the default folder: a folder of your own is served as it is.
cache: .venv/app.stamp
ifeq ($(DATA),.framelens)
	$(BIN)/python -m pipeline build seeds --data $(DATA)
endif

# Types and layers are looked at beside the tests, which one process collects before workers run them.
test: .venv/dev.stamp  ## lint, types, architecture, unit, property, app and browser tests
	@$(MAKE) --no-print-directory -j 2 style browser
	@$(MAKE) --no-print-directory -j 3 pytest types layers

pytest: .venv/dev.stamp
	$(BIN)/python -m slipcover --json --out .coverage.json -m pytest
	$(BIN)/python -m slipcover --merge .coverage.json --out .coverage.json --fail-under 94

browser: .venv/dev.stamp
	$(BIN)/python -m tests.browser.install

style: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp
	$(BIN)/mypy

layers: .venv/dev.stamp
	$(BIN)/lint-imports

check: .venv/dev.stamp  ## lint and types, then the tests that the change touches; no browser needed
	@$(MAKE) --no-print-directory -j 3 style types layers
	@tests=$$($(BIN)/python -m tests.touched); if [ -n "$$tests" ]; then $(BIN)/pytest -q $$tests; else echo "No test imports what changed."; fi

evaluate: .venv/dev.stamp  ## print measured accuracy, and publish it (see evaluation/README.md)
	$(BIN)/python -m evaluation --write

bench: .venv/dev.stamp  ## print speed as ratios against named rivals
	$(BIN)/python -m bench.pipeline

lock: .venv/dev.stamp  ## refresh both requirements files from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --upgrade -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.txt --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --upgrade -o requirements-dev.txt

clean:           ## remove the virtual environment and the default cache
	rm -rf .venv .framelens
