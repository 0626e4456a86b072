"""Each kind of difference between an annotation and what a pipeline finds."""

import pytest

from scripts.errors import NONE, in_context, relation_errors, span_errors

GOLD = """\
[[a1|ARMED|مسلحون]] [[e1|ATTACK|هاجموا]] [[l1|LOC|نوى]] و[[e2|CLASH|اشتبكوا]] مع [[a2|ARMED|الجيش]].
---
AGENT e1 a1
TARGET e1 l1
"""


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("[[e1|CLASH|هاجموا]] نوى و[[e2|CLASH|اشتبكوا]]", [("ATTACK", "CLASH:هاجموا", "هاجموا")]),
        ("هاجموا نوى و[[e2|CLASH|اشتبكوا]]", [("ATTACK", NONE, "هاجموا")]),
        (
            "[[e1|ATTACK|هاجموا]] [[e3|CONTROL|نوى]] و[[e2|CLASH|اشتبكوا]]",
            [(NONE, "CONTROL", "نوى")],
        ),
        (
            "[[e1|ATTACK|هاجموا نوى]] و[[e2|CLASH|اشتبكوا]]",
            [("ATTACK", "ATTACK:هاجموا نوى", "هاجموا")],
        ),
        ("[[e1|ATTACK|هاجموا]] نوى و[[e2|CLASH|اشتبكوا]]", []),
    ],
    ids=["other label", "missed", "false", "other borders", "alike"],
)
def test_spans_that_differ(doc_of, found, expected):
    gold = doc_of(GOLD)
    errors = span_errors(gold, doc_of(f"مسلحون {found} مع الجيش."), "events")

    assert [(e.annotated, e.found, gold.text[e.start : e.end]) for e in errors] == expected


def test_relations_that_differ(doc_of):
    gold = doc_of(GOLD)
    found = doc_of(GOLD.replace("AGENT e1 a1", "AGENT e2 a1"))

    assert {(e.annotated, e.found) for e in relation_errors(gold, found)} == {
        ("AGENT:هاجموا>مسلحون", NONE),
        (NONE, "AGENT:اشتبكوا>مسلحون"),
    }


def test_an_error_is_shown_in_its_words(doc_of):
    gold = doc_of(GOLD)
    [error] = span_errors(gold, doc_of(GOLD.replace("[[l1|LOC|نوى]]", "[[l1|FAC|نوى]]")), "ents")

    assert in_context(gold.text, error) == "مسلحون هاجموا 【نوى】 واشتبكوا مع الجيش."
