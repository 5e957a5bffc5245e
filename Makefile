# OpenNRM's workshop. `make` alone lists what there is.
# Lines that begin with a target and ## are that list: keep both when you add one.

PYTHON ?= python3
BIN := .env/bin
OPENNRM := ./opennrm
PORT ?= 8000
export PORT

.PHONY: help run test journeys check bench format clean screens costs messages lock env env-dev

help: ## list these targets
	@echo "make run lets you try OpenNRM; make test proves it. All of them:"; echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: env ## try OpenNRM on http://localhost:8000 (PORT=... for another), with invented people and cases
	@exec $(OPENNRM) run

test: env-dev ## run every test, those in a real browser too (ARGS="-k word" for some)
	@CHROMIUM="$$($(BIN)/python tests/chromium.py)" && export CHROMIUM && \
	exec $(OPENNRM) with-database $(BIN)/python -m pytest -n 2 $(ARGS)

journeys: env-dev ## walk 10,000 random journeys and hold the rules after every step (JOURNEYS=... for another number)
	@exec env JOURNEYS=$${JOURNEYS:-10000} $(OPENNRM) with-database $(BIN)/python -m pytest -n 2 -q tests/rules $(ARGS)

check: env-dev ## style, types, import contracts, migrations, catalogues and generated pages; all of them, then fail
	@failed=; try() { echo "- $$*"; "$$@" || failed="$$failed$$(printf '\n  %s' "$$*")"; }; \
	try $(BIN)/ruff check --quiet . ; \
	try $(BIN)/ruff format --quiet --check . ; \
	try $(BIN)/mypy --no-error-summary ; \
	try $(BIN)/lint-imports --no-logo ; \
	try $(OPENNRM) manage makemigrations --check --dry-run ; \
	try $(BIN)/python -m config.catalogues --check ; \
	try $(OPENNRM) docs --check ; \
	if [ -n "$$failed" ]; then echo "OpenNRM: not in order:$$failed" >&2; exit 1; fi; echo "All in order."

bench: env-dev ## measure speed; writes ratios, never fails on seconds
	@exec $(OPENNRM) bench $(ARGS)

format: env-dev ## put the code into the house's shape
	@$(BIN)/ruff check --fix --exit-zero .
	@$(BIN)/ruff format .

screens: env-dev ## photograph the pages into screens/, for the eye
	@CHROMIUM="$$($(BIN)/python tests/chromium.py)" && export CHROMIUM && \
	exec $(OPENNRM) with-database $(BIN)/python -m tests.screens $(ARGS)

costs: env-dev ## count pages, answers and kilobytes of the journeys into docs/generated/journeys.md
	@CHROMIUM="$$($(BIN)/python tests/chromium.py)" && export CHROMIUM && \
	exec $(OPENNRM) with-database $(BIN)/python -m tests.browser.measure

messages: env-dev ## collect every translatable sentence into the catalogues
	@$(BIN)/python -m config.catalogues $(ARGS)

lock: env ## settle the versions in requirements*.in into the lock files, with hashes
	@test -x .run/uv/bin/uv || { $(PYTHON) -m venv .run/uv && .run/uv/bin/pip install --quiet uv; }
	@for name in requirements requirements-dev; do \
	  .run/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" $$name.in --output-file $$name.lock || exit 1; \
	done

clean: ## stop the database and remove all that was made here: the environment, the demonstration's data
	@if [ -x $(BIN)/python ]; then $(OPENNRM) stop; fi
	@rm -rf .env .run screens staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

env:
	@$(PYTHON) config/environment.py run

env-dev:
	@$(PYTHON) config/environment.py dev

.DEFAULT:
	@echo "OpenNRM: there is no target '$@': \`make\` alone lists them." >&2; exit 2
