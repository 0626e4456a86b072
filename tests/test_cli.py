"""The command line: what it prints, where, and with which exit code."""

import pytest
from typer.testing import CliRunner

from sijill.annotation.corpus import blank_pipeline
from sijill.cli import app
from sijill.text.tokenizer import LONGEST_TEXT

SOUND = """\
---
id: sound
published: 2023-12-31
country: SY
---
قرب [[l1|LOC|نوى]] وقع [[e1|ATTACK|هجوم]].
---
PLACE e1 l1
"""
FAULTY = SOUND.replace("id: sound", "id: faulty") + "NEAR e1 l1\nPLACE e1 l7\n"

ATTACK = """\
شنت [[a1|ARMED|فصائل]] [[e1|ATTACK|هجوماً]]، وسقط [[k1|KILLED|قتيلان]].
---
AGENT e1 a1
CAUSE k1 e1
NUM k1 2 2
"""


@pytest.fixture
def sijill():
    """`sijill("corpus", "check", …)` → its result: exit_code, stdout, stderr."""

    def call(*arguments, **options):
        return CliRunner().invoke(app, list(map(str, arguments)), **options)

    return call


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "corpus" / "sound.txt"
    path.parent.mkdir()
    path.write_text(SOUND, encoding="utf8")
    return path


@pytest.fixture
def faulty(sound):
    path = sound.with_name("faulty [1].txt")
    path.write_text(FAULTY, encoding="utf8")
    return path


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text("شنت فصائل هجوماً، وسقط قتيلان.", encoding="utf8")
    return path


@pytest.fixture
def gold_pipeline(monkeypatch, doc_of):
    """`spacy.load` gives a pipeline that reads `ATTACK`, whatever it is given; the Docs it gave out are returned."""
    given = []

    def load(name):
        def read(text):
            given.append(doc_of(ATTACK))
            return given[-1]

        return read

    monkeypatch.setattr("spacy.load", load)
    return given


# --- corpus check --------------------------------------------------------------------------------


def test_check_of_a_sound_article(sijill, sound):
    result = sijill("corpus", "check", sound)
    assert result.exit_code == 0
    assert (
        result.stdout
        == "1 articles are sound, 0 are not (0 faults); 0 repetitions over the limits.\n"
    )
    assert result.stderr == ""


def test_check_of_a_folder_with_faults(sijill, faulty):
    result = sijill("corpus", "check", faulty.parent)
    assert result.exit_code == 1
    assert (
        result.stdout
        == "1 articles are sound, 1 are not (2 faults); 0 repetitions over the limits.\n"
    )


def test_check_tells_file_line_column_fault_and_suggestion(sijill, faulty):
    first, second = sijill("corpus", "check", faulty).stderr.splitlines()
    assert first.startswith(f"{faulty}:9:1: no link, modality or value: 'NEAR e1 l1'. Known are ")
    assert second == (
        f"{faulty}:10:1: no span l7 for 'PLACE e1 l7'. Mark it in the text or mend the id"
    )


def test_check_of_no_article_is_an_error(sijill, tmp_path):
    assert sijill("corpus", "check", tmp_path).exit_code == 1


def test_check_of_a_missing_file(sijill, tmp_path):
    result = sijill("corpus", "check", tmp_path / "missing.txt")
    assert result.exit_code == 1
    assert "cannot be read: No such file or directory" in result.stderr


NAMES = "---\nid: {id}\npublished: 2023-12-31\n---\nقال [[p1|PER|{id} مطلك]] كلاما\n---\n"


def test_check_tells_what_articles_repeat(sijill, tmp_path):
    for name in ("a", "b", "c"):
        content = NAMES.format(id=name).replace(f"PER|{name}", "PER|سعدون")
        (tmp_path / f"{name}.txt").write_text(content, encoding="utf8")
    public = tmp_path / "public-people.tsv"
    public.write_text("# names\nسعدون مطلك\tminister\n", encoding="utf8")

    told = sijill("corpus", "check", tmp_path)
    allowed = sijill("corpus", "check", tmp_path, "--public-people", public)

    assert told.exit_code == 1
    assert "the name سعدون مطلك is in 3 articles: a, b, c" in told.stderr
    assert "the name" not in allowed.stderr


# --- corpus stats --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells", [("articles", "1"), ("words", "4"), ("ATTACK", "1"), ("PER", "0"), ("SY", "1")]
)
def test_stats(sijill, sound, cells):
    rows = [
        tuple(cell.strip() for cell in line.strip("│").split("│"))
        for line in sijill("corpus", "stats", sound).stdout.splitlines()
    ]
    assert cells in rows


def test_stats_against_other_articles(sijill, sound):
    out = sijill("corpus", "stats", sound, "--against", sound).stdout

    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in out.splitlines()]
    assert ["words in a sentence", "4.0", "4.0", ""] in rows


def test_stats_against_nothing(sijill, sound, tmp_path):
    (tmp_path / "empty").mkdir()
    result = sijill("corpus", "stats", sound, "--against", tmp_path / "empty")

    assert result.exit_code == 1
    assert "one side has no article" in result.stderr


def test_stats_leave_faulty_articles_out(sijill, faulty):
    result = sijill("corpus", "stats", faulty.parent)
    assert result.exit_code == 0
    assert "1 articles have faults and are left out" in result.stderr


# --- read ----------------------------------------------------------------------------------------


def test_read(sijill, text_file, gold_pipeline):
    result = sijill("read", text_file, "--published", "2023-12-31")
    assert result.exit_code == 0
    assert "Events" in result.stdout
    assert "هجوماً" in result.stdout
    assert "killed 2" in result.stdout
    assert gold_pipeline[0]._.published.isoformat() == "2023-12-31"


def test_read_from_standard_input(sijill, tmp_path):
    blank_pipeline().to_disk(tmp_path / "model")
    result = sijill("read", "-", "--model", tmp_path / "model", input="شنت فصائل هجوماً")
    assert result.exit_code == 0
    assert "No event found." in result.stdout
    assert "No casualty found." in result.stdout


def test_read_without_the_pipeline(sijill, text_file):
    result = sijill("read", text_file, "--model", "no_such_model[/]")
    assert result.exit_code == 1
    assert "no_such_model[/]: no pipeline that loads" in result.stderr


def test_read_of_a_missing_file(sijill, tmp_path):
    result = sijill("read", tmp_path / "missing [x].txt")
    assert result.exit_code == 1
    assert "cannot be read as UTF-8 text" in result.stderr.replace("\n", " ")


def test_read_of_a_file_that_is_not_utf8(sijill, text_file):
    text_file.write_bytes("شنت فصائل".encode("cp1256"))
    result = sijill("read", text_file)
    assert result.exit_code == 1
    assert "cannot be read as UTF-8 text" in result.stderr.replace("\n", " ")


def test_read_of_an_empty_file(sijill, text_file, tmp_path):
    blank_pipeline().to_disk(tmp_path / "model")
    text_file.write_bytes(b"")
    assert sijill("read", text_file, "--model", tmp_path / "model").exit_code == 0


def test_read_of_standard_input_that_is_not_utf8(sijill):
    result = sijill("read", "-", input="شنت فصائل".encode("cp1256"))
    assert result.exit_code == 1
    assert "cannot be read as UTF-8 text" in result.stderr.replace("\n", " ")


def test_read_of_a_text_too_long_for_the_pipeline(sijill, text_file, tmp_path):
    blank_pipeline().to_disk(tmp_path / "model")
    text_file.write_text("ا" * (LONGEST_TEXT + 1), encoding="utf8")
    result = sijill("read", text_file, "--model", tmp_path / "model")
    assert result.exit_code == 1
    assert "exceeds maximum" in result.stderr.replace("\n", " ")


def test_read_with_no_date(sijill, text_file, gold_pipeline):
    result = sijill("read", text_file, "--published", "31.12.2023")
    assert result.exit_code == 1
    assert "--published 31.12.2023: no date. Write it as 2023-12-31." in result.stderr


@pytest.mark.parametrize("arguments", [(), ("corpus",)])
def test_help_where_nothing_is_asked(sijill, arguments):
    assert "Usage" in sijill(*arguments).output
