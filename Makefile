# Two commands are enough: `make demo` and `make test`. Each sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
export THIDUA_DATA ?= $(CURDIR)/.thidua

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests spark demo serve test check fmt bench bench-reader fuzz proof recount docs lock clean

help: ## Say what each command does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(STAMP) ## Make .venv with everything the program needs, from the package registries only

$(STAMP): requirements.lock pyproject.toml tools/setup.sh tools/setup-tesseract.sh
	@tools/setup.sh $(PYTHON) $(VENV)
	@tools/setup-tesseract.sh
	@touch $(STAMP)

setup-tests: setup
	@tools/setup-chromium.sh
	@tools/setup-tesseract.sh --needed

demo: setup ## Tell a department's whole year from its plan; papers go to ./out (SERVE=1 opens the site afterwards)
	@$(BIN)/thidua demo --out out $(if $(SERVE),--serve,)

serve: setup ## Open the site on the embedded database
	@$(BIN)/thidua serve

test: export THIDUA_DATA = $(CURDIR)/.thidua/test
test: setup-tests ## Run the whole test suite, two files at a time
	@$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

check: setup ## Lint, types, walls, law packs, translations, generated docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/thidua law check packs/* sample/packs/*
	@$(BIN)/python tools/docs.py --check

fmt: setup ## Format the code
	@$(BIN)/ruff check --fix -q . || true
	@$(BIN)/ruff format .

bench: setup ## Measure: reader, law engine, papers, council table, workbooks, each against a named baseline
	@$(BIN)/python benchmarks/reader.py --quiet
	@$(BIN)/python benchmarks/law.py
	@$(BIN)/python benchmarks/papers.py
	@$(BIN)/python benchmarks/council_table.py
	@$(BIN)/python benchmarks/workbooks.py

bench-reader: setup ## Measure the plan reader alone: F1 with intervals, a baseline, scans made on the spot, speed
	@$(BIN)/python benchmarks/reader.py --quiet

fuzz: setup ## Hand in 5,000 damaged files of every kind by the doors that users have (minutes; ARGS="--seed 2 --count 500")
	@THIDUA_DATA=$(CURDIR)/.thidua/test $(BIN)/python tools/fuzz.py $(ARGS)

spark: setup ## Add Apache Spark, the optional third engine of “law evaluate” (450 MB; Java from Debian)
	@tools/setup-spark.sh $(VENV)

proof: spark ## Three engines against the oracle; pages with 2,000 people; two people at once in every key act; workers and the demo killed (minutes)
	@THIDUA_DATA=$(CURDIR)/.thidua/test $(BIN)/python -m pytest tests/core/law/engines_proof.py -q
	@THIDUA_DATA=$(CURDIR)/.thidua/test $(BIN)/python -m pytest tests/apps/crowd_pages.py tests/apps/races_chain.py tests/project/killed_jobs.py -q
	@$(BIN)/python tools/kill_demo.py

recount: setup ## Recompute every figure of the year-end report in ./out from the exported records
	@$(BIN)/python tools/recount.py out

docs: setup ## Write the generated parts of docs/ again
	@$(BIN)/python tools/docs.py

lock: ## Resolve versions anew and write requirements.lock (hashes, no addresses)
	@tools/lock.sh $(VENV)

clean: ## Remove what the program made (database, papers); keeps .venv
	@rm -rf .thidua out
