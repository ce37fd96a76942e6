# Everything a fresh machine with Python 3.11+ and make needs. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help note test check format-check lint types contracts format soak bench docs setup

export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := never

UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)
PYTHON := .venv/bin/python
READY := .venv/.ready
# Workers cost seconds to start: worth it once the suite takes longer than half a minute.
WORKERS ?= 2

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

note: $(READY) ## write notes/IXIC-2018-12-31/ from the sample bars and print its summary
	@.venv/bin/levelhead note IXIC --source sample --peer SPX --out notes

test: $(READY) ## run the test suite
	@$(PYTHON) -m pytest -n $(WORKERS)

check: format-check lint types contracts test ## what CI runs: format, lint, strict types, import contracts, tests

format-check: $(READY)
	@$(PYTHON) -m ruff format --check .

lint: $(READY)
	@$(PYTHON) -m ruff check .

types: $(READY)
	@$(PYTHON) -m mypy

contracts: $(READY)
	@.venv/bin/lint-imports

format: $(READY) ## format the code and mend what the linter can mend
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

soak: $(READY) ## the test suite with fifty times the examples and every long trial: half an hour on two cores
	@LEVELHEAD_SOAK=1 $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal --durations 15

bench: $(READY) ## measure a cold note and where its time goes
	@$(PYTHON) benchmarks/cold_note.py

docs: $(READY) ## write docs/commands.md and the picture of the README anew
	@$(PYTHON) scripts/write_docs.py

setup: $(READY) ## install everything into .venv

$(READY): pyproject.toml uv.lock | $(UV)
	@$(UV) sync --quiet --locked --inexact --extra all --group dev
	@touch $@

# A private environment, since many systems refuse to install beside their own packages.
.uv/bin/uv:
	@echo "uv is not here; installing it into .uv/" >&2
	@python3 -m venv .uv 2>/dev/null && .uv/bin/python -m pip install --quiet 'uv>=0.8' \
	  || python3 -m pip install --quiet --prefix .uv --ignore-installed 'uv>=0.8' \
	  || { echo "Could not install uv: needs python3 with pip or venv (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@test -x $@ || { echo "uv was installed, but not to $@; install uv by hand (https://docs.astral.sh/uv)." >&2; exit 1; }
