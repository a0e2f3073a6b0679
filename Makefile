# The office's two commands are `make demo` and `make test`; `make check` is what a change must pass.
PYTHON ?= python3
DEV := $(PYTHON) bootstrap.py dev --
JOBS ?= $(shell nproc)

.PHONY: demo test check fix lock wheel
demo:  ## set up, start a mailbox with real dossiers arriving, judge and answer them (ONCE=1 ends by itself)
	@$(PYTHON) bootstrap.py demo -- vanthu demo $(if $(ONCE),--once)

test:  ## set up, then every test against real servers, files and a real browser
	@$(DEV) pytest -q -n $(JOBS) --dist loadgroup

check:  ## lint, format, types, import contracts, handbook, and the tests of judgement
	@$(DEV) python -m tests.check

fix:  ## what the tools can mend by themselves
	@$(DEV) ruff check --fix-only -q . && .venv/bin/ruff format -q .

lock:  ## after a change of dependencies: lock file and hashed lists
	@$(DEV) uv lock -q
	@$(DEV) uv export -q --frozen --no-dev --extra demo --group build --no-emit-project -o requirements.txt
	@$(DEV) uv export -q --frozen --all-extras --all-groups --no-emit-project -o requirements-dev.txt

wheel:  ## build the wheel, install it into an empty environment, run it away from the tree
	@$(DEV) python -m tests.wheel
