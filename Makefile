# The daily acts. `make` alone lists them. Another Python: make run PYTHON=python3.12
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEVELOPED := $(VENV)/.developed

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check eval compare format bench load docs clean develop browser redis nginx systemd models

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: $(INSTALLED)  ## install, fetch the model, index the documents, and open the page
	@$(BIN)/ask-debbie serve $(if $(CI),,--open)

test: develop browser redis nginx systemd models  ## run all tests, in a real browser and with the real model too
	@echo "· Fast tests, on all cores"
	@$(BIN)/python -m pytest -n auto -m "not slow and not browser"
	@echo "· The page, in a browser"
	@$(BIN)/python -m pytest -m "browser and not slow"
	@echo "· Slow tests, one at a time: two local models at once would slow each other tenfold"
	@$(BIN)/python -m pytest -m slow

check: develop  ## look for mistakes: ruff, its format, types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

eval: develop models  ## ask the fixed questions, count what is right and proved; report in build/evaluation.html
	@$(BIN)/ask-debbie eval --engine extractive --engine local --floors tests/evaluation/floors.toml \
	  --json build/evaluation.json --junit build/evaluation.xml --report build/evaluation.html

compare: develop models  ## right answers, side by side with the plain ways
	@$(BIN)/python -m benchmarks.answers

format: develop  ## rewrite the code in its format
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(INSTALLED) models  ## measure speed, side by side with a plain pipeline
	@$(BIN)/python -m benchmarks

load: develop models  ## let a hundred visitors come at once
	@$(BIN)/python -m benchmarks.load

docs: $(INSTALLED)  ## bring the README's generated parts up to date
	@$(BIN)/python docs/readme.py

clean:  ## remove what was made here; models and indexes stay
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

develop: $(DEVELOPED)

models: $(INSTALLED)
	@echo "· Looking whether the model files are here"
	@$(BIN)/ask-debbie models fetch > /dev/null

browser: $(DEVELOPED)
	@if command -v chromium > /dev/null || command -v google-chrome > /dev/null; then :; \
	elif command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "· Installing Chromium for the tests"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq < /dev/null && \
	  apt-get install -y -qq --no-install-recommends chromium < /dev/null > /dev/null; \
	elif ! $(BIN)/python -c 'import pathlib, sys; from playwright.sync_api import sync_playwright as start; \
	  p = start().start(); found = pathlib.Path(p.chromium.executable_path).exists(); p.stop(); sys.exit(not found)'; then \
	  echo "The tests need a Chromium: install your system's (Debian: sudo apt-get install chromium)," >&2; \
	  echo "or run: $(BIN)/playwright install chromium" >&2; \
	  exit 1; \
	fi

# What Debian has and pip hasn't: a program, its package, and what to call it.
define DEBIAN
	@if ! command -v $(1) > /dev/null && command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "· Installing $(3) for the tests"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq < /dev/null && \
	  apt-get install -y -qq --no-install-recommends $(2) < /dev/null > /dev/null; \
	fi
endef

redis:
	$(call DEBIAN,redis-server,redis-server,Redis)

nginx:
	$(call DEBIAN,nginx,nginx-light,nginx)

systemd:
	$(call DEBIAN,systemd-analyze,systemd,systemd's own checks)

# An environment that is there already is used; an older Python is not.
$(INSTALLED): pyproject.toml
	@if [ ! -x $(BIN)/python ]; then \
	  command -v $(PYTHON) > /dev/null || \
	    { echo "This needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; exit 1; }; \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "This needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; \
	      echo "With a newer one beside it: make $(or $(MAKECMDGOALS),run) PYTHON=python3.12" >&2; exit 1; }; \
	  echo "· Making $(VENV) with $$($(PYTHON) -V)"; \
	  $(PYTHON) -m venv $(VENV) || \
	    { rm -rf $(VENV); echo "Python's venv module doesn't work (Debian: apt-get install python3-venv)." >&2; exit 1; }; \
	fi
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(VENV) has $$($(BIN)/python -V), and this needs 3.11 or newer. \`make clean\` removes it." >&2; exit 1; }
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(BIN)/python -m ensurepip > /dev/null
	@$(BIN)/python -m pip install --quiet 'pip>=25.1' < /dev/null
	@printf '· Installing the packages, a dot each: '
	@set -o pipefail; PYTHONUNBUFFERED=1 $(BIN)/python -m pip install --editable . < /dev/null \
	  | while read -r line; do case $$line in Collecting*) printf .;; esac; done
	@echo
	@touch $@

$(DEVELOPED): $(INSTALLED) pyproject.toml
	@echo "· Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --group dev < /dev/null
	@touch $@
