# Every target sets up what it needs first, which costs nothing when it is already there.
# Where there is no make, each recipe below can be typed as it stands.

PYTHON ?= python3
BIN := .venv/bin

# Packages are compiled when they are first used, whatever the shell says: not doing so doubles the
# time that every start takes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test check fix bench docs

help: ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: ## set up everything that runs and tests, and start nothing
	@$(PYTHON) bootstrap.py test

run: ## load the demonstration programme if there is no data yet, and serve it on 127.0.0.1:8000
	@$(PYTHON) bootstrap.py run
	@$(BIN)/futurefit demo

test: check ## run the checks, then every test: on PostgreSQL where it is installed, and on SQLite
	$(BIN)/pytest --postgres -n auto
	$(BIN)/pytest -n auto

check: setup ## format, lint, types, import floors, migrations; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	FUTUREFIT_HOME=$(CURDIR)/.venv $(BIN)/python -m django makemigrations --check --dry-run \
	    --settings futurefit.site.config.settings

fix: setup ## format, and mend what the linter can mend by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## measure, beside their peers, the speeds that docs/benchmarks.md reports
	$(BIN)/python -m benchmarks

docs: setup ## check that every link in the documents leads somewhere
	$(BIN)/pytest tests/house/test_documents.py
