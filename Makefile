# `make run` serves, `make test` tests; both set up what is missing and are fast the second time.
# Needs make and CPython >= 3.11; Python 3.10, for Rasa, only has to be installed somewhere.
.PHONY: run test check eval lock environments

MAKEFLAGS += --no-print-directory
TUIYI := .venv/bin/tuiyi

run: environments
	@exec $(TUIYI) up --stop-with-parent

test: environments
	@.venv/bin/python -m api.processes.tools_for_tests
	@$(TUIYI) train
	@exec .venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --no-loadscope-reorder $(ARGS)

check: environments
	@exec .venv/bin/python -m api.processes.checks

eval: environments
	@exec $(TUIYI) eval

environments:
	@for python in python3.13 python3.12 python3.11 python3; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" -m api.processes.environments; \
	  fi; \
	done; \
	echo "tuiyi: Python 3.11 or newer is needed and was not found; install it and run the command again." >&2; exit 1

# Writes both locks anew with the newest versions that fit; the files name no index, so that any mirror serves.
lock: environments
	@.venv/bin/uv pip compile pyproject.toml --all-extras --python-version 3.11 -o requirements.lock $(LOCK_OPTIONS)
	@cd bot/rasa && ../../.venv/bin/uv pip compile requirements.in --python-version 3.10 -o requirements.lock $(LOCK_OPTIONS)

LOCK_OPTIONS := --quiet --upgrade --universal --generate-hashes --no-annotate --custom-compile-command "make lock"
