# The two commands of the README are `make demo` and `make test`; `make help` lists the rest.
# Everything goes into $(VENV); nothing is installed outside this folder.

SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

# A PYTHON given by hand is the only one tried.
ifeq ($(origin PYTHON),undefined)
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
else
PYTHONS := $(PYTHON)
endif

TESTS ?= tests
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest

.PHONY: help demo test test-long bench bench-matching bench-mails bench-plan bench-seats bench-states lint format build assets catalogues lock clean reset

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 - \2/p' $(firstword $(MAKEFILE_LIST))

demo: build ## Load the demo campus and serve it on 127.0.0.1
	@$(BIN)/campus demo $(DEMO)

test: build $(VENV)/test.stamp ## Run every test but the long ones
	@CAMPUS_TEST_FETCH_BROWSER=1 $(PYTEST) -n $(WORKERS) --dist loadgroup -m "not long" $(TESTS)

test-long: build $(VENV)/test.stamp ## Run the long tests: concurrency, endurance, full sizes
	@CAMPUS_TEST_FETCH_BROWSER=1 $(PYTEST) -n 0 -m long --timeout 1800 $(TESTS)

bench-seats: build $(VENV)/test.stamp ## Let 10,000 people apply for 12 seats, on both databases, and without the lock
	@$(PYTEST) -n 0 -m long --timeout 1800 -s tests/load/test_seats.py

bench-mails: build $(VENV)/test.stamp ## Kill workers over 1,000 mails and jobs, stop PostgreSQL under load, live a year by the clock
	@$(PYTEST) -n 0 -m long --timeout 3600 -s tests/load/test_killed_workers.py tests/load/test_outage.py tests/tasks

bench-states: build $(VENV)/test.stamp ## Take 10,000 random steps with seats and 2,000 in rounds, on both databases
	@$(PYTEST) -n 0 -m long --timeout 3600 -s tests/services/test_seat_rules.py

ONE_THREAD := OMP_NUM_THREADS=1 NUMBA_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 RAYON_NUM_THREADS=1

bench-matching: build $(VENV)/bench.stamp ## Time the index of courses beside bare search engines, one thread
	@$(PYTEST) -q -p no:xdist tests/speed/compiled.py
	@$(ONE_THREAD) $(BIN)/python -m tests.speed.matching $(MATCHING)

bench-plan: build $(VENV)/test.stamp ## Search the plans of generated campuses: bounds, gaps, greedy, growth (half an hour)
	@$(BIN)/python -m tests.planning.bench_plan $(PLAN)

bench: build ## Time the main pages beside a bare Flask page
	@$(BIN)/campus bench $(BENCH)

lint: build $(VENV)/test.stamp ## Check style, layers and sizes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PYTEST) -q -n 0 tests/architecture

format: $(VENV)/test.stamp ## Put the code into the house's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

build: $(VENV)/runtime.stamp $(VENV)/assets.stamp

assets: ## Fetch the third-party script again
	@rm -f $(VENV)/assets.stamp
	@$(MAKE) --no-print-directory build

reset: ## Forget the demo's data; the next `make demo` loads it anew
	rm -rf instance

clean: ## Remove what was built; the demo's data in instance/ stays
	rm -rf $(VENV) build dist campus/static/vendor .pytest_cache .ruff_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@found=; \
	for candidate in $(PYTHONS); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Campus needs Python 3.11 or newer; tried: $(PYTHONS)." >&2; \
	  echo "Install it, or say where it is: make $(or $(firstword $(MAKECMDGOALS)),demo) PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! "$$found" -m venv $(VENV); then \
	  rm -rf $(VENV); \
	  echo "$$found cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; \
	fi

$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing Campus into $(VENV) (once; about 20 seconds)"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/runtime.stamp
	@echo "Installing what the tests need into $(VENV) (once; about 10 seconds)"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/test.stamp
	@echo "Installing what the benchmark measures against into $(VENV) (once)"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements-bench.lock
	@touch $@

# Pages work without the third-party script: a machine that cannot fetch it is told so and goes on.
$(VENV)/assets.stamp: $(VENV)/runtime.stamp $(wildcard campus/frontend/*)
	@$(BIN)/python -m campus.frontend.build \
	  || echo "htmx could not be fetched: the pages work without it. Try again later with: make assets" >&2
	@touch $@

CATALOGUE := campus/translations/messages.pot

catalogues: build ## Bring new sentences into the English catalogue
	$(BIN)/pybabel --quiet extract --mapping=pyproject.toml --keyword=_l --keyword=_n:1,2 --no-wrap -o $(CATALOGUE) .
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --no-wrap -i $(CATALOGUE) -d campus/translations
	@rm -f $(CATALOGUE)

LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-header --upgrade --exclude-newer "7 days"

lock: ## Pin the dependencies anew, none younger than a week (needs uv)
	$(LOCK) --extra build --extra evaluate -o requirements.lock
	$(LOCK) --extra build --extra evaluate --extra test --constraint requirements.lock -o requirements-test.lock
	$(LOCK) --extra bench --constraint requirements-test.lock -o requirements-bench.lock
	sed -i '1i # Pinned and hashed by `make lock` from pyproject.toml; edit that file instead.' requirements*.lock
