# Two commands do everything: `make run` and `make test`. Both set up what is missing first.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WEB := services/gateway/web
STAMPS := .make
PYTEST := $(BIN)/python -m pytest
# Tests that kill processes run one by one, the rest on all cores. Those of a file stay together where they drive a
# browser: each core then starts the servers and the browser of a file once.
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

WEB_SOURCES := $(shell find $(WEB) -type f -not -path '*/node_modules/*' -not -path '*/dist/*' \
	-not -path '*/demo/*' -not -name '*.tsbuildinfo' 2>/dev/null)

.PHONY: help setup run test test-fast test-browser test-screens test-faults test-parallel check bench faults features web lock browser screens clean

help: ## Say what can be made
	@grep -hE '^[a-z.-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z.-]+):.*## /  \1\t/' | expand -t 14

$(STAMPS)/python: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Shopbell needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@mkdir -p $(STAMPS) && touch $@

.venv: $(STAMPS)/python ## Make the virtual environment from requirements.lock

lock: $(STAMPS)/python ## Resolve the dependencies of pyproject.toml anew into requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --all-extras $(LOCK_ARGS) pyproject.toml -o requirements.lock

# The machine's Node if it is new enough, else the one that a Python wheel carries.
$(STAMPS)/web: $(STAMPS)/python $(WEB_SOURCES)
	@if test -f $(WEB)/package.json; then $(BIN)/python deploy/node.py $(WEB); fi
	@touch $@

web: $(STAMPS)/web ## Build the widget and the operator's page

setup: $(STAMPS)/python $(STAMPS)/web ## Install everything that running needs

browser: ## Install the browsers of the browser tests, where that can be done
	@for names in "chromium google-chrome" "firefox-esr firefox"; do \
		for name in $$names; do if command -v $$name >/dev/null; then continue 2; fi; done; \
		package=$${names%% *}; \
		if test "$$(id -u)" = 0 && test -f /etc/debian_version && command -v apt-get >/dev/null; then \
			(apt-get install -y -qq --no-install-recommends $$package || { apt-get update -qq && \
			apt-get install -y -qq --no-install-recommends $$package; }) >/dev/null \
			|| echo "$$package could not be installed: its tests will be skipped." >&2; \
		else echo "No $$package here: install it, or its tests are skipped." >&2; fi; \
	done

run: setup ## Start Shopbell with a demo shop on this machine; Ctrl-C stops it
	@exec $(BIN)/shopbell run

test: test-browser test-screens test-faults test-parallel ## Run all tests

# Beside others a test may wait longer for the machine than its patience lasts: what fails is named, run once more by
# itself, and must pass then. Of the faults none is run twice.
AGAIN := --last-failed --last-failed-no-failures none

test-browser: setup browser
	$(PYTEST) -m "browser and not screens" -n $(JOBS) --dist loadfile $(ARGS) \
		|| $(PYTEST) -m "browser and not screens" $(AGAIN) $(ARGS)

test-screens: setup browser
	$(PYTEST) -m screens -n $(JOBS) $(ARGS) || $(PYTEST) -m screens $(AGAIN) $(ARGS)

test-faults: setup
	$(PYTEST) -m faults $(ARGS)

test-parallel: setup
	$(PYTEST) -m "not browser and not faults" -n $(JOBS) --dist loadgroup $(ARGS) \
		|| $(PYTEST) -m "not browser and not faults" $(AGAIN) $(ARGS)

test-fast: setup ## Run the tests that take no servers and little time
	$(PYTEST) tests/unit tests/contracts -m "not slow" -q $(ARGS)

check: setup ## Lint, types, import rules, generated files, secrets, known vulnerabilities, bundle budget
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m contracts.generate --check
	$(BIN)/python deploy/secret_scan.py
	$(BIN)/python deploy/audit.py $(WEB)
	$(BIN)/python deploy/node.py $(WEB) --check

bench: setup ## Measure speed and memory, beside the floor of the same run (PART=desk for one part, ARGS= for its options)
	$(BIN)/python -m tests.benchmarks $(if $(PART),--only $(PART)) $(ARGS)

faults: setup ## Kill and pause every process many times under load, and check the books
	$(PYTEST) -m faults tests/faults --full-faults -s $(ARGS)

screens: setup browser ## Take pictures of every screen of dashboard and widget into build/screens (ARGS= for its options)
	$(BIN)/python -m tests.screens $(ARGS)
	$(BIN)/python -m tests.screens.widget

features: setup ## Write docs/features.md from the tests that prove features
	$(PYTEST) --collect-only -q --features-to=docs/features.md >/dev/null

clean: ## Remove what was built; keeps the data of the laptop installation
	rm -rf $(STAMPS) $(VENV) $(WEB)/node_modules $(WEB)/dist .mypy_cache .ruff_cache .pytest_cache
