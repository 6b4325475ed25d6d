# Two commands do everything: `make run` and `make test`.  Both build .venv from a lock with hashes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run up test check lock clean

run: $(VENV)/.run ## the whole path once, on an example feed: a report in, an acknowledged alert out
	$(BIN)/tocsin demo

up: $(VENV)/.run ## the service itself, with alerts.yaml, until Ctrl-C
	$(BIN)/tocsin up

test: $(VENV)/.dev ## all tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev ## linters, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

lock: ## rewrite both locks (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) data
