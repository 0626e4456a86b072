"""The corpus that is trained on: sound, varied, invented, and as its data card says."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sijill.annotation.corpus import read_articles
from sijill.cli import app
from sijill.text.orthography import fold

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SPLITS = [CORPUS / split for split in ("train", "dev", "test")]
KEYS = ["id", "published", "country", "region", "kind", "spelling", "style", "invented"]

KINDS = {
    *(
        "flash",
        "agency report",
        "local post",
        "round-up",
        "long report",
        "bulletin",
        "tally",
        "communiqué",
    ),
    *(
        "statement",
        "trial report",
        "anniversary",
        "obituary",
        "analysis",
        "interview",
        "list of names",
    ),
    "no conflict",
}


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
    assert {a.meta["spelling"] for a in articles} == {"standard", "press"}
    assert {a.meta["kind"] for a in articles} <= KINDS


def test_public_people_are_those_that_the_corpus_names(articles):
    """A name that stands in one article only is not listed: the list would hide what it should not."""
    lines = (CORPUS / "public-people.tsv").read_text("utf8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    names = [fold(row.split("\t")[0]) for row in rows]
    holders = Counter(
        name
        for article in articles
        for name in {fold(article.words_of(s)) for s in article.spans if s.label == "PER"}
    )

    assert [name for name in names if holders[name] < 2] == []


def test_data_card_gives_the_figures_of_the_corpus():
    command = [sys.executable, ROOT / "scripts/data_card.py", CORPUS / "README.md", "--unchanged"]
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout


def test_annotations_of_real_news_hold_none_of_its_text():
    """Labels, offsets and dates are ASCII; Arabic would be a word of the text."""
    files = sorted((CORPUS / "ant").rglob("*.ann"))

    assert files
    assert [path.name for path in files if not path.read_text("utf8").isascii()] == []


def test_annotations_of_real_news_lie_on_their_text():
    archive = ROOT.parent / "shared/ant/antcorpus.data.tar.xz"
    if not archive.exists():
        pytest.skip("the text of ANT is not here")
    arguments = ["corpus", "check", CORPUS / "ant", "--ant", archive]
    result = CliRunner().invoke(app, list(map(str, arguments)))

    assert result.exit_code == 0, result.stderr
