# make extract RAW=dir OUTPUT=dir     make help lists the rest
RAW ?= raw
OUTPUT ?= output
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
PYTHONS ?= python3.13 python3.12 python3.11 python3.14 python3 python

.DEFAULT_GOAL := help
.PHONY: help setup extract test wide lint evaluate screen bench lock clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(READY) ## create .venv from requirements.lock

$(READY): requirements.lock pyproject.toml
	@for name in $(PYTHONS); do \
	    if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	        echo "Setting up $(VENV), once ..." >&2; \
	        exec "$$name" -m venv --clear "$(VENV)"; \
	    fi; \
	done; \
	echo "newsmoves needs Python 3.11 or newer and finds none here. Install one from" >&2; \
	echo "https://www.python.org/downloads/ or with your system's package manager, or name" >&2; \
	echo "the one you have: make PYTHONS=/path/to/python3.12" >&2; \
	exit 1
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

extract: $(READY) ## read RAW (raw) and write the tables to OUTPUT (output)
	@$(BIN)/newsmoves extract "$(RAW)" -o "$(OUTPUT)" $(ARGS)

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

wide: $(READY) ## run the tests of Ray and of object stores, in a network of their own
	@$(PIP) install --require-hashes -r requirements-wide.lock
	@unshare -n sh -c 'ip link set lo up && exec $(BIN)/python -m pytest tests/wide $(ARGS)'

lint: $(READY) ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict pipeline

evaluate: $(READY) ## score tests/gold, tests/gold_fresh and the merging of tests/gold_merge; fails below their floors
	@$(BIN)/newsmoves evaluate --gold tests/gold/answers --articles tests/gold/articles \
	    --floors tests/gold/floors.json $(ARGS)
	@$(BIN)/newsmoves evaluate --gold tests/gold_fresh/answers --articles tests/gold_fresh/articles \
	    --floors tests/gold_fresh/floors.json $(ARGS)
	@$(BIN)/pytest -q tests/evaluate/test_clusters.py

screen: $(READY) ## compare with a run that reads every sentence; fails where the screen costs rows or scores
	@$(BIN)/newsmoves evaluate --gold tests/gold/answers --articles tests/gold/articles --screen
	@$(BIN)/newsmoves evaluate --gold tests/gold_fresh/answers --articles tests/gold_fresh/articles --screen

bench: $(READY) ## measure speed and memory on RAW (raw)
	@$(BIN)/newsmoves bench "$(RAW)" $(ARGS)

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --all-build-deps --allow-unsafe --strip-extras --no-header \
    --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: $(READY) ## renew requirements.lock and requirements-wide.lock from pyproject.toml
	@$(PIP) install pip-tools
	@cat requirements.lock requirements-wide.lock > all.lock
	@$(COMPILE) --extra dev --extra ray --extra wide --output-file all.lock pyproject.toml
	@cp all.lock requirements.lock
	@$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	@awk 'NR == FNR { if (/^[^ ]/) here[$$1]; next } /^[^ ]/ { new = !($$1 in here) } new' \
	    requirements.lock all.lock > requirements-wide.lock
	@rm all.lock

clean: ## remove .venv, caches and the tables in output/
	rm -rf "$(VENV)" .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	rm -rf output/.state output/*.parquet output/run.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
