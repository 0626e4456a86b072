"""Two annotations of one text agree as far as they have the same spans, links and values."""

import pytest

from sijill.annotation.agreement import agreement

FIRST = """\
قصف [[a1|ARMED|الجيش]] [[l1|LOC|نوى]] و[[e1|ATTACK|هاجم]] [[l2|LOC|جاسم]] [[d1|DATE|أمس]]
---
AGENT e1 a1
TARGET e1 l2
ISO d1 2023-12-30"""
SECOND = """\
[[x|SHELLING|قصف]] [[a|ARMED|الجيش]] [[l|LOC|نوى]] و[[e|ATTACK|هاجم]] [[m|FAC|جاسم]] [[d|DATE|أمس]]
---
AGENT e a
TARGET e m
MODALITY e ALLEGED
ISO d 2023-12-31"""


@pytest.fixture
def rows(article_of):
    return {row.label: row for row in agreement([(article_of(FIRST), article_of(SECOND))])}


def test_spans(rows):
    assert rows["entities"][1:] == (4, 4, 3)
    assert rows["entities"].f == 0.75
    assert rows["LOC"][1:] == (2, 1, 1)
    assert rows["events"].f == pytest.approx(2 / 3)


def test_link_needs_both_its_spans(rows):
    assert rows["AGENT link"].f == 1
    assert rows["TARGET link"].f == 0


def test_values_are_compared_on_spans_in_common(rows):
    assert rows["modality"][1:] == (1, 1, 0)
    assert rows["dates' values"][1:] == (1, 1, 0)


def test_label_that_neither_has(rows):
    assert rows["PER"].f is None


def test_same_annotation_agrees_wholly(article_of):
    article = article_of(FIRST)

    assert {row.f for row in agreement([(article, article)])} == {None, 1.0}


def test_different_texts(article_of):
    with pytest.raises(ValueError, match="have not the same text"):
        agreement([(article_of("نوى"), article_of("جاسم"))])
