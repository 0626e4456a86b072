# Two commands for everyone: `make run` and `make test`. All set up what they need in .venv first.
# `make train` goes the whole road from the corpus, `make release` keeps what it gives in packages/release.
# Only `make test` installs PyTorch, for the transformer twin.
PYTHON ?= $(firstword $(foreach p,python3.12 python3.11 python3.10 python3.13 python3,$(shell $(p) -c "import sys; print('$(p)') if (3, 10) <= sys.version_info < (3, 14) else sys.exit(1)" 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run train release test lint setup clean

run: setup
	$(BIN)/pip install --quiet --no-deps --force-reinstall packages/release/ar_sijill_md-*.whl
	$(BIN)/spacy project run --force seed

train: setup
	$(BIN)/spacy project run all

release: setup
	$(BIN)/spacy project run release-all

test: setup $(BIN)/.ready-trf lint
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

setup: $(BIN)/.ready

$(BIN)/.ready: requirements.txt packages/sijill/pyproject.toml
	@test -n "$(PYTHON)" || { echo "Sijill needs Python 3.10 to 3.13; none is on the PATH"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e packages/sijill
	touch $@

$(BIN)/.ready-trf: $(BIN)/.ready requirements-trf.txt
	$(BIN)/pip install --quiet -r requirements-trf.txt
	touch $@

clean:
	rm -rf $(VENV) build training metrics packages/dist packages/sijill/build packages/sijill/src/sijill.egg-info
