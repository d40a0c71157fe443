# Follow the Arms: everything a newcomer or a build machine runs.
#   make demo    read the sample articles into a register and print it
#   make test    run the tests          make check   lint, types, layers
#   make bench   measure the speed      make lock    pin the dependencies anew

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench lock clean
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/.installed  ## read the sample articles into a register and print it
	@$(BIN)/fta demo

# What one of the many processes compiled, the next ones find, though the environment forbids to keep it, as images do.
test: $(VENV)/.installed-dev  ## run the tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest \
		-n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: $(VENV)/.installed-dev  ## lint, format, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.installed-dev  ## put the code in form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-dev  ## measure the speed
	@$(BIN)/python -m benchmarks.speed
	@$(BIN)/python -m benchmarks.reading.stages

lock:  ## pin the dependencies anew, with hashes, for Python 3.11 to 3.13
	@sh tools/lock.sh

clean:  ## remove the environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

# A stamp holds the state of the environment: it is older than the lock or the metadata when something must be installed.
$(VENV)/.installed: requirements.lock pyproject.toml tools/install.sh
	@sh tools/install.sh $(VENV) requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml tools/install.sh
	@sh tools/install.sh $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/.installed
