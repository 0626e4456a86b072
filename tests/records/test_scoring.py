"""Scores of records."""

import pytest

from sijill.records.scoring import score_records

GOLD = """\
[[e1|ATTACK|هجوم]] في [[l1|LOC|نوى]] [[d1|DATE|أمس]] و[[h1|KILLED|قتل]] [[c1|COUNT|3]]، ثم [[e2|CLASH|اشتباك]]
---
PLACE e1 l1
TIME e1 d1
CAUSE h1 e1
COUNT h1 c1"""


def scores(doc_of, predicted, gold=GOLD):
    return score_records([doc_of(gold)], [doc_of(predicted)])


def test_the_gold_annotation_is_perfect(doc_of):
    found = scores(doc_of, GOLD)
    assert {name: found[name]["f"] for name in ("kind", "when", "where", "events", "incidents")} == {
        "kind": 1, "when": 1, "where": 1, "events": 1, "incidents": 1
    }  # fmt: skip
    assert found["casualties"]["gold"] == 1


def test_a_missing_day_fails_the_event_and_its_day_only(doc_of):
    found = scores(doc_of, GOLD.replace("TIME e1 d1\n", ""))
    assert (found["when"]["r"], found["where"]["f"], found["kind"]["f"]) == (0, 1, 1)
    assert found["events"]["f"] == pytest.approx(1 / 2)


def test_a_missed_event_is_missed_with_its_fields(doc_of):
    found = scores(
        doc_of, "هجوم في [[l1|LOC|نوى]] أمس و[[h1|INJURED|قتل]] 3، ثم [[e2|CLASH|اشتباك]]"
    )
    assert (found["kind"]["p"], found["kind"]["r"]) == (1, 0.5)
    assert found["casualties"]["r"] == 0


def test_b_cubed_of_two_incidents_taken_for_one(doc_of):
    apart = "[[e1|CLASH|قتال]] و[[e2|CLASH|قتال]]"
    found = scores(doc_of, f"{apart}\n---\nCOREF e2 e1", gold=apart)["incidents"]
    assert (found["p"], found["r"]) == (0.5, 1)
