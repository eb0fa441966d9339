# One door for people and for CI. `make` alone lists the targets.
PYTHON ?= python3
PORT ?= 8000
DATA ?= data/graph
VENV := .venv
BENCH ?= data/bench
UV := $(VENV)/bin/uv
RUN := $(VENV)/bin
# Tests of one file stay in one process.
TOGETHER := -n 2 --dist loadfile
WORKBENCH := api/workbench
EDITOR := api/static/workbench/built.json
KERNELS := $(shell grep -l '^@compiled' graph/measures/*.py)

.DEFAULT_GOAL := help
.PHONY: help setup serve test check coverage lint types layers wheel docs shots bench clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.ready $(VENV)/.compiled $(EDITOR)  ## set up .venv from uv.lock, and the editor of /sparql

# A stamp file: set up once, and again only when the lock changes.
$(VENV)/.ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Comity needs Python 3.11 or newer: install it (Debian: apt-get install python3), or name one: make setup PYTHON=python3.12"; exit 1; }
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "Python's venv module is missing: install it (Debian: apt-get install python3-venv), then run the command again."; exit 1; }
	@begun=$$(date +%s); test -x $(UV) || $(RUN)/python -m pip --quiet --disable-pip-version-check install uv; \
	  echo "Environment in $(VENV): $$(($$(date +%s) - begun)) s"
	@begun=$$(date +%s); UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --quiet --locked --inexact --python $(RUN)/python && \
	  echo "Packages from uv.lock: $$(($$(date +%s) - begun)) s"
	@begun=$$(date +%s); $(RUN)/python -m compileall -q $(VENV)/lib/python3.*/site-packages src -j 0 >/dev/null; \
	  echo "Bytecode: $$(($$(date +%s) - begun)) s"
	@touch $@

# Loops of measures as machine code, so that the first who measures need not wait for it.
$(VENV)/.compiled: $(VENV)/.ready $(KERNELS)
	@begun=$$(date +%s); $(RUN)/python -m comity.graph.measures.ahead && \
	  echo "Measures compiled: $$(($$(date +%s) - begun)) s"
	@touch $@

# Once, and again when its lock file or sources change; without Node.js, a sentence.
$(EDITOR): $(WORKBENCH)/package-lock.json $(WORKBENCH)/build.mjs $(wildcard $(WORKBENCH)/src/*.js) $(wildcard graph/drawing/static/*.js)
	@$(PYTHON) $(WORKBENCH)/bundle.py

serve: setup  ## build the graph on first run and serve it: make serve PORT=8001
	@exec $(RUN)/comity serve --port $(PORT) --data $(DATA)

test: setup  ## run the tests
	@$(RUN)/python -m pytest -q $(TOGETHER)

lint: setup  ## format and lint, checked only
	@$(RUN)/ruff format --check .
	@$(RUN)/ruff check .

types: setup  ## mypy --strict
	@$(RUN)/mypy

layers: setup  ## ontology -> graph -> queries -> api
	@$(RUN)/lint-imports

wheel: setup  ## build the wheel and try it in a clean environment
	@$(RUN)/python tests/try_wheel.py

check: setup  ## everything CI runs
	@$(UV) lock --check --quiet
	@$(MAKE) --no-print-directory lint types layers wheel
	@$(RUN)/python -m pytest -q $(TOGETHER)

coverage: setup  ## the tests with coverage, 90 % at least; it doubles their time
	@$(RUN)/python -m pytest -q $(TOGETHER) --cov --cov-report=term:skip-covered

docs: setup  ## write the pages that are made from the code
	@$(RUN)/python docs/generate.py
	@$(RUN)/python docs/catalogue.py

shots: setup  ## take pictures of every page into shots/
	@$(RUN)/python docs/shots.py

bench: setup  ## measure, an hour with graphs of 1M and 10M triples; see benchmarks/README.md
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --quiet --locked --inexact --group bench --python $(RUN)/python
	@$(RUN)/python -m benchmarks
	@$(RUN)/python -m benchmarks.measures --windows $(BENCH)/cow_doreian_mrvar_edges.csv
	@$(RUN)/python -m benchmarks.cost_curves
	@$(RUN)/python -m benchmarks.views --data $(BENCH)/views
	@test -d $(BENCH)/1m || $(RUN)/python -m benchmarks.scale --triples 1000000 --data $(BENCH)/1m
	@test -d $(BENCH)/10m || $(RUN)/python -m benchmarks.scale --triples 10000000 --data $(BENCH)/10m
	@$(RUN)/python -m benchmarks.questions --data $(BENCH)/1m
	@$(RUN)/python -m benchmarks.service --data $(BENCH)/1m --large $(BENCH)/10m

clean:  ## remove the environment and the built graph
	@rm -rf $(VENV) $(DATA) dist
