# Everything here needs only Python >= 3.11 and make; the first run makes .venv and installs pinned packages into it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: coverage phrases chat demo test test-long test-content lint crash-matrix soak bench format eval-words eval-answers schema requirements clean

.venv/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	touch $@

.venv/.dev: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@ .venv/.run

.venv-content/.done: requirements/content.txt
	$(PYTHON) -m venv .venv-content
	.venv-content/bin/pip install --quiet --require-hashes -r requirements/content.txt
	cd tests/content && npm ci --silent
	touch $@

## make chat: talk to the mentor in this terminal
chat: .venv/.run
	@$(BIN)/python -m bot chat

## make demo: nine months of learning in under a minute
demo: .venv/.run
	@$(BIN)/python -m bot demo

## make test: linters, types and the tests, in under five minutes on two cores
test: lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

## make test-long: whole processes, killed at every named place; whole years; the wheel
test-long: .venv/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long

## make coverage: the tests again, measured (takes twice as long)
coverage: .venv/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not examples" --cov --cov-report=term:skip-covered

## make crash-matrix: kill -9 at every named place, at the first, second and third arrival
crash-matrix: .venv/.dev
	MILEPOST_CRASH_ARRIVALS=3 $(BIN)/python -m pytest -m long tests/delivery/test_crash_matrix.py tests/delivery/test_group_crashes.py

## make soak: a simulated year of 10,000 learners in every zone, with restarts
soak: .venv/.dev
	MILEPOST_SOAK_LEARNERS=10000 $(BIN)/python -m pytest -m long tests/delivery/test_year.py

## make bench: Milepost and its peers in one run; prints the table, writes bench/results.json
bench: .venv-bench/.done
	.venv-bench/bin/python -m bench

.venv-bench/.done: requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --require-hashes -r requirements/bench.txt
	touch $@

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## make test-content: run every example of the study notes, and the tests of what runs them
test-content: .venv/.dev .venv-content/.done
	$(BIN)/python -m pytest -m examples tests/content
	.venv-content/bin/python tests/content/run_examples.py

## make eval-words: how well plain words are understood
eval-words: .venv/.dev
	$(BIN)/python -m tests.understanding.evaluate

## make eval-answers: how well questions are answered from the notes
eval-answers: .venv/.dev
	$(BIN)/python -m tests.answers.evaluate

## make phrases: train the reader of plain words again, after any change to content/phrases (minutes)
phrases: .venv/.run
	$(BIN)/python -m bot.understanding.train content/phrases

## make schema: write the JSON Schemas that editors complete and check with
schema: .venv/.run
	$(BIN)/python -m bot.catalog.write_schemas

## make requirements: pin again what pyproject.toml asks for
requirements:
	uv pip compile --quiet --generate-hashes --universal pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --generate-hashes --universal pyproject.toml --group dev -o requirements/dev.txt
	uv pip compile --quiet --generate-hashes --universal pyproject.toml requirements/bench.in -o requirements/bench.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 requirements/content.in -o requirements/content.txt

clean:
	rm -rf .venv .venv-content .mypy_cache .ruff_cache .pytest_cache .coverage dist build
