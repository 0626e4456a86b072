"""The corpus that is trained on: sound, varied, invented, and as its data card says."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sijill.annotation.corpus import read_articles
from sijill.cli import app

CORPUS = Path(__file__).parent.parent / "corpus"
SPLITS = [CORPUS / split for split in ("train", "dev", "test")]
KEYS = ["id", "published", "country", "region", "kind", "spelling", "style", "invented"]


@pytest.fixture(scope="module")
def articles():
    return [article for _, article in read_articles(SPLITS)[0]]


def test_corpus_is_sound_and_varied():
    arguments = ["corpus", "check", *SPLITS, "--public-people", CORPUS / "public-people.tsv"]
    result = CliRunner().invoke(app, list(map(str, arguments)))

    assert result.exit_code == 0, result.stderr


def test_every_article_is_invented(articles):
    assert {article.meta.get("invented") for article in articles} == {"true"}


def test_every_article_says_what_it_is(articles):
    assert [a.source for a in articles if list(a.meta) != KEYS] == []


def test_public_people_are_those_that_the_check_needs(articles):
    """No name is listed that stands in one article only: the list would hide what it should not."""
    listed = (CORPUS / "public-people.tsv").read_text("utf8").split("\n")
    names = [name for name in listed if name and not name.startswith("#")]

    assert len(set(names)) == len(names)
    assert all(" " in name for name in names)
