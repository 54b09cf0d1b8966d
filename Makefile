# Two commands are enough: `make demo` and `make test`. Each sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
export THIDUA_DATA ?= $(CURDIR)/.thidua

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests demo serve test check fmt bench docs lock clean

help: ## Say what each command does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(STAMP) ## Make .venv with everything the program needs, from the package registries only

$(STAMP): requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh $(PYTHON) $(VENV)
	@touch $(STAMP)

setup-tests: setup
	@tools/setup-chromium.sh

demo: setup ## Run the main job on the 2020 plan; papers go to ./out (SERVE=1 opens the site afterwards)
	@$(BIN)/thidua demo --out out $(if $(SERVE),--serve,)

serve: setup ## Open the site on the embedded database
	@$(BIN)/thidua serve

test: setup-tests ## Run the whole test suite
	@THIDUA_DATA=$(CURDIR)/.thidua/test $(BIN)/python -m pytest

check: setup ## Lint, types, walls, law packs, translations, generated docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/thidua law check packs/*
	@$(BIN)/python tools/docs.py --check

fmt: setup ## Format the code
	@$(BIN)/ruff check --fix -q . || true
	@$(BIN)/ruff format .

bench: setup ## Measure: reader quality and speed, law engine against hand-written SQL
	@$(BIN)/python benchmarks/reader.py
	@$(BIN)/python benchmarks/law.py

docs: setup ## Write the generated parts of docs/ again
	@$(BIN)/python tools/docs.py

lock: ## Resolve versions anew and write requirements.lock (hashes, no addresses)
	@tools/lock.sh $(VENV)

clean: ## Remove what the program made (database, papers); keeps .venv
	@rm -rf .thidua out
