"""The data card's figures are those of the corpus beside it."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts/data_card.py"
CARD = "# Card\n\n<!-- figures: by a script -->\nold\n<!-- end of figures -->\n\nThe end.\n"
ARTICLE = "---\nid: {id}\npublished: 2023-12-31\ncountry: SY\n---\nقرب [[l1|LOC|نوى]]\n---\n"


@pytest.fixture
def card(tmp_path) -> Path:
    for split in ("train", "dev", "test"):
        (tmp_path / split).mkdir()
        (tmp_path / split / "a.txt").write_text(ARTICLE.format(id=split), encoding="utf8")
    path = tmp_path / "README.md"
    path.write_text(CARD, encoding="utf8")
    return path


def run(*args) -> subprocess.CompletedProcess:
    command = [sys.executable, SCRIPT, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_figures_of_each_split_and_of_all(card):
    assert run(card).returncode == 0
    text = card.read_text("utf8")

    assert "| articles | 1 | 1 | 1 | 3 |" in text
    assert "| LOC | 1 | 1 | 1 | 3 |" in text
    assert "old" not in text
    assert text.endswith("<!-- end of figures -->\n\nThe end.\n")


def test_unchanged_tells_figures_that_are_not_those_of_the_corpus(card):
    assert run(card, "--unchanged").returncode == 1
    assert card.read_text("utf8") == CARD
    run(card)
    assert run(card, "--unchanged").returncode == 0


def test_card_without_frame(card):
    card.write_text("# Card\n", encoding="utf8")
    result = run(card)

    assert result.returncode == 1
    assert "no frame for the figures" in result.stdout
