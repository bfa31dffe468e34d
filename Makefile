# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
.POSIX:
.PHONY: help demo test check full bench lint format messages requirements pictures clean

help:
	@echo "make demo            a school to look at, at http://127.0.0.1:8000 (RESET=1 begins anew)"
	@echo "make test            what CI runs: the whole suite on SQLite, then on PostgreSQL, browser stories included"
	@echo "make check           lint, types, floors, then the README's test command"
	@echo "make full            everything: what is slow, rehearsals of 40 and 360, every width and theme, Python 3.12, benches"
	@echo "make bench           CPU-milliseconds and queries of the pages that matter, into docs/benchmarks.md"
	@echo "make format          formats code and templates"
	@echo "make messages        reads new sentences into the Italian catalogues"
	@echo "make pictures        takes every page, both widths and themes, into docs/pictures"
	@echo "make requirements    writes requirements*.txt from uv.lock"

demo:
	@bin/bootstrap run
	@SQCUOLA_DEMO_RESET="$(RESET)" .venv/bin/sqcuola demo

test:
	@bin/bootstrap dev
	@.venv/bin/python tools/run_tests.py

lint:
	@bin/bootstrap dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@mkdir -p .cache
	@.venv/bin/lint-imports --no-cache >.cache/lint-imports.txt || { cat .cache/lint-imports.txt; exit 1; }
	@SQCUOLA_MODE=test SQCUOLA_HOME=.cache/lint-home .venv/bin/python manage.py makemigrations --check --dry-run
	@SQCUOLA_MODE=test SQCUOLA_HOME=.cache/lint-home .venv/bin/python manage.py check --fail-level WARNING

# The command is read from the README, so that what is promised there is what is checked.
check: lint
	@command=$$(sed -n 's/^    \(make test\)$$/\1/p' README.md | head -n 1); \
	if [ -z "$$command" ]; then echo "README.md names no test command."; exit 1; fi; \
	echo "$$command"; $$command

full:
	@bin/bootstrap dev
	@.venv/bin/python tools/run_tests.py --full

bench:
	@bin/bootstrap dev
	@.venv/bin/python bench/run.py

format:
	@bin/bootstrap dev
	@.venv/bin/ruff check --fix -q . || true
	@.venv/bin/ruff format -q .
	@.venv/bin/python tools/templates.py

messages:
	@bin/bootstrap dev
	@.venv/bin/python tools/messages.py update
	@.venv/bin/python tools/messages.py check

requirements:
	@bin/bootstrap dev
	@.venv/bin/python tools/requirements.py

pictures:
	@bin/bootstrap dev
	@.venv/bin/python tools/pictures.py

clean:
	rm -rf .venv .cache data/demo test-results
