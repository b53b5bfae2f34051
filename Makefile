# The one entrance: CI calls `make test`, and so may you.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check bench docs pictures clean

demo: $(VENV)/.installed
	$(BIN)/repaudit demo

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m cogapp --check README.md
	$(BIN)/python -m pytest -q -n 0 tests/test_identity_floors.py

bench: $(VENV)/.installed-dev
	status=0; for file in benchmarks/bench_*.py; do $(BIN)/python $$file || status=1; done; exit $$status

docs: $(VENV)/.installed-dev
	$(BIN)/python -m cogapp -r README.md
	$(BIN)/python docs/generate_sources.py

pictures: $(VENV)/.installed-dev
	$(BIN)/python docs/generate_pictures.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "repaudit needs Python 3.11 or later; name one with: make demo PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --group dev
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
