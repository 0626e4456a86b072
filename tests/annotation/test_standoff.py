"""Annotation apart from its text: no word of the text is kept, and nothing is laid over another text."""

from dataclasses import replace
from pathlib import Path

import pytest

from sijill.annotation.corpus import read_articles
from sijill.annotation.markup import MarkupError
from sijill.annotation.standoff import format_standoff, parse_standoff, read_standoff

MARKED = """\
أسفر [[e1|ATTACK|هجوم]] عن [[k1|KILLED|مقتل]] [[c1|COUNT|ثلاثة]] [[d1|DATE|أمس]]
---
CAUSE k1 e1
COUNT k1 c1
TIME e1 d1
MODALITY e1 ALLEGED
MODALITY k1 ALLEGED
NUM c1 3 3
ISO d1 2023-12-30"""


@pytest.fixture
def article(article_of):
    return article_of(MARKED)


@pytest.fixture
def lines(article) -> list[str]:
    """The standoff file of `article`, line by line; its first span stands on line 7."""
    return format_standoff(article).split("\n")


def test_round_trip(article):
    assert parse_standoff(format_standoff(article), article.text) == (article, [])


def test_no_word_of_the_text_is_in_the_file(article):
    content = format_standoff(article)

    assert content.isascii()
    assert "SPAN e1 ATTACK 5 9" in content


@pytest.mark.parametrize("change", [lambda t: t + " ", lambda t: t.replace("هجوم", "كمين")])
def test_another_text_gets_no_annotation(article, change):
    text = change(article.text)
    found, [fault] = parse_standoff(format_standoff(article), text, source="a.ann")

    assert (found.spans, found.links) == ((), ())
    assert "is not the one annotated" in fault.message
    assert fault.source == "a.ann"


BROKEN = {
    "no span": ("SPAN e1 ATTACK 5", "no span: 'SPAN e1 ATTACK 5'"),
    "outside": ("SPAN e1 ATTACK 5 999", "e1 lies outside the text or is empty: 5 to 999"),
    "empty": ("SPAN e1 ATTACK 5 5", "e1 lies outside the text or is empty: 5 to 5"),
    "unknown link": ("NEAR e1 k1", "no link, modality or value: 'NEAR e1 k1'"),
}


@pytest.mark.parametrize(("line", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_line_is_told(article, lines, line, message):
    lines[6] = line
    _, faults = parse_standoff("\n".join(lines), article.text)

    assert (faults[0].line, faults[0].message) == (7, message)


def test_id_that_stands_twice(article, lines):
    lines[7] = lines[6]
    _, faults = parse_standoff("\n".join(lines), article.text)

    assert faults[0].message == "the id e1 stands twice"


def test_spans_that_overlap(article, lines):
    lines[7] = "SPAN k1 KILLED 5 12"
    _, faults = parse_standoff("\n".join(lines), article.text)

    assert "k1 overlaps e1" in [fault.message for fault in faults]


@pytest.mark.parametrize("key", ["id", "published", "length", "sha1"])
def test_header_that_lacks_something(article, lines, key):
    content = "\n".join(line for line in lines if not line.startswith(f"{key}:"))
    _, faults = parse_standoff(content, article.text)

    assert faults[0].message == f"the front matter has no {key}"


def test_content_without_header(article):
    _, [fault] = parse_standoff("SPAN e1 ATTACK 5 9", article.text)

    assert fault.message == "no front matter"


# --- files ---------------------------------------------------------------------------------------


@pytest.fixture
def path(article, tmp_path) -> Path:
    path = tmp_path / "example.ann"
    path.write_text(format_standoff(article), encoding="utf8")
    return path


def test_read(article, path):
    assert read_standoff(path, {"example": article.text}) == article


def test_missing_text(path):
    with pytest.raises(MarkupError, match="no text for example"):
        read_standoff(path, {})


def test_corpus_reads_standoff_where_texts_are_given(article, path):
    (path.parent / "marked.txt").write_text(
        "---\nid: m\npublished: 2023-12-31\n---\nنوى\n---\n", encoding="utf8"
    )

    without, _ = read_articles([path.parent])
    both, faults = read_articles([path.parent], {"example": article.text})

    assert [found.id for _, found in without] == ["m"]
    assert [found.id for _, found in both] == ["m", "example"]
    assert faults == []


def test_text_that_differs_is_reported_and_left_out(article, path):
    readable, [fault] = read_articles([path], {"example": article.text + "."})

    assert readable == []
    assert fault.source == str(path)


def test_standoff_path_without_texts_is_passed_over(path):
    assert read_articles([path]) == ([], [])


def test_front_matter_is_kept(article):
    with_kind = replace(article, meta={**article.meta, "kind": "localNews"})

    assert parse_standoff(format_standoff(with_kind), article.text)[0].meta == with_kind.meta
