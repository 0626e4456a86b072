"""Tolls of one incident: what is told twice counts once, whatever COREF says."""

import pytest

from sijill.records.models import Toll
from sijill.records.schema import article_record


def told(first, second, links="", label="EXPLOSION"):
    """An incident told in two sentences, with the harm words h1 and h2 of each."""
    return (
        f"{first} في [[e1|{label}|انفجار]] في [[l1|LOC|عدن]].\nوأكدت مصادر عن [[e2|{label}|الانفجار]] {second}\n"
        f"---\nPLACE e1 l1\nCAUSE h1 e1\nCAUSE h2 e2\nCOREF e2 e1\n{links}"
    )


FIVE = "[[h1|KILLED|مقتل]] [[c1|COUNT|خمسة]] [[p1|PEOPLE|أشخاص]]"
LINKS = "COUNT h1 c1\nVICTIM h1 p1"


@pytest.mark.parametrize(
    ("why", "first", "second", "links", "expected"),
    [
        ("the number again", FIVE, "[[h2|KILLED|مقتل]] [[c2|COUNT|5]]", "COUNT h2 c2", (5, 5, 5)),
        ("no number", FIVE, "[[h2|KILLED|مقتلهم]]", "", (5, 5, 5)),
        ("a plural alone", FIVE, "سقوط [[h2|KILLED|قتلى]]", "", (5, 5, 5)),
        ("one of them", FIVE, "[[h2|KILLED|مقتل]] [[n|PER|سالم الحمد]]", "VICTIM h2 n", (5, 5, 5)),
        ("a part", FIVE, "[[h2|KILLED|مقتل]] [[p2|PEOPLE|طفلين]]", "VICTIM h2 p2", (5, 5, 5)),
        ("a risen toll", FIVE, "[[h2|KILLED|مقتل]] [[c2|COUNT|8]]", "COUNT h2 c2", (5, 5, 8)),
        ("a risen toll, linked", FIVE, "[[h2|KILLED|مقتل]] [[c2|COUNT|8]]", "COUNT h2 c2\nCOREF h2 h1", (5, 5, 8)),
        ("a vague one, linked", FIVE, "[[h2|KILLED|القتلى]]", "COREF h2 h1", (5, 5, 5)),
        ("others", FIVE, "[[h2|KILLED|وفاة]] [[p2|PEOPLE|اثنين آخرين]]", "VICTIM h2 p2", (7, 7, 7)),
        ("a denial", FIVE, "نفي [[h2|KILLED|مقتل]] [[c2|COUNT|5]]", "COUNT h2 c2\nCOREF h2 h1\nMODALITY h2 DENIED", (0, 5, 5)),
    ],
)  # fmt: skip
def test_people_are_counted_once(doc_of, why, first, second, links, expected):
    [event] = doc_of(told(first, second, f"{LINKS}\n{links}"))._.events
    assert event.killed == Toll(*expected)


@pytest.mark.parametrize(
    ("why", "first", "second", "expected"),
    [
        ("names", "[[p1|PER|سالم الحمد]]", "[[p2|PER|زيد العلي]]", 2),
        ("one name, shorter", "[[p1|PER|سالم الحمد]]", "[[p2|PER|الحمد]]", 1),
        ("fighters and civilians", "[[p1|ARMED|جندي]]", "[[p2|PEOPLE|مدني]]", 2),
        ("children and women", "[[p1|PEOPLE|طفل]]", "[[p2|PEOPLE|امرأة]]", 2),
        ("a child is a civilian", "[[p1|PEOPLE|مدني]]", "[[p2|PEOPLE|طفل]]", 1),
        ("known groups", "[[p1|ARMED|الحوثيين]]", "[[p2|ARMED|الجيش اليمني]]", 2),
        ("attackers", "[[p1|ARMED|عسكري]]", "[[p2|ARMED|المهاجم]]", 2),
    ],
)
def test_people_who_are_told_apart_are_summed(doc_of, why, first, second, expected):
    doc = doc_of(
        told(
            f"[[h1|KILLED|مقتل]] {first}",
            f"[[h2|KILLED|مقتل]] {second}",
            "VICTIM h1 p1\nVICTIM h2 p2\nNUM h1 1 1\nNUM h2 1 1",
        )
    )
    assert doc._.events[0].killed.best == expected


def test_tolls_of_one_sentence_are_of_different_people(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] أوقع [[h1|KILLED|مقتل]] [[p1|PEOPLE|شخصين]] ثم [[h2|KILLED|مقتل]] [[p2|PEOPLE|شخصين]]\n"
        "---\nCAUSE h1 e1\nCAUSE h2 e1\nVICTIM h1 p1\nVICTIM h2 p2"
    )
    assert doc._.events[0].killed == Toll(4, 4, 4)


SIDES_AND_SUM = """\
[[e1|ATTACK|هجوم]] أوقع [[h1|KILLED|مقتل]] [[c1|COUNT|3]] [[p1|ARMED|جنود]].
و[[h2|KILLED|قتل]] [[c2|COUNT|5]] [[p2|PEOPLE|مدنيين]] في [[e2|ATTACK|الهجوم]].
وبلغ عدد [[h3|KILLED|ضحايا]] [[e3|ATTACK|الهجوم]] [[c3|COUNT|{total}]].
---
CAUSE h1 e1
COUNT h1 c1
VICTIM h1 p1
CAUSE h2 e2
COUNT h2 c2
VICTIM h2 p2
CAUSE h3 e3
COUNT h3 c3"""


@pytest.mark.parametrize("total", [8, 9])
def test_a_sum_told_last_has_what_it_sums_up_as_parts(doc_of, total):
    doc = doc_of(SIDES_AND_SUM.format(total=total))
    [event] = doc._.events
    [casualty] = event.casualties
    assert event.killed == Toll(total, total, total)
    assert [(part.count.exact, part.group) for part in casualty.parts] == [
        (3, "fighters"),
        (5, "civilians"),
    ]
    assert article_record(doc).casualties == []


def test_a_part_that_is_told_twice_is_one_part(doc_of):
    doc = doc_of(
        told(
            f"{FIVE} بينهم [[c3|COUNT|3]] [[p3|PEOPLE|أطفال]]",
            "[[h2|KILLED|مقتل]] [[c2|COUNT|3]] [[p2|PEOPLE|أطفال]]",
            f"{LINKS}\nCOUNT h1 c3\nVICTIM h1 p3\nCOUNT h2 c2\nVICTIM h2 p2",
        )
    )
    [casualty] = doc._.events[0].casualties
    assert [part.span.text for part in casualty.parts] == ["3"]
    assert [span.text for span in casualty.told_again] == ["مقتل"]


def test_dozens_give_way_to_a_number(doc_of):
    doc = doc_of(
        told(
            "[[h1|KILLED|مقتل]] [[c1|COUNT|العشرات]]",
            "[[h2|KILLED|مقتل]] [[c2|COUNT|35]]",
            "COUNT h1 c1\nCOUNT h2 c2\nCOREF h2 h1",
        )
    )
    assert doc._.events[0].killed == Toll(35, 35, 35)


def test_of_two_vague_figures_the_greater_counts(doc_of):
    doc = doc_of(
        told(
            "[[h1|INJURED|إصابة]] [[c1|COUNT|العشرات]]",
            "[[h2|INJURED|المصابين]]",
            "COUNT h1 c1\nCOREF h2 h1",
        )
    )
    assert doc._.events[0].injured == Toll(20, 20, None)


def test_a_killing_and_those_killed_with_the_victim_are_summed(doc_of):
    doc = doc_of(
        "[[e1|KILLING|اغتيال]] [[n|PER|رامي حسون]] و[[h1|KILLED|مقتل]] [[c1|COUNT|ثلاثة]] من [[p1|ARMED|مرافقيه]]\n"
        "---\nTARGET e1 n\nCAUSE h1 e1\nCOUNT h1 c1\nVICTIM h1 p1"
    )
    assert doc._.events[0].killed == Toll(4, 4, 4)


def test_denied_harm_counts_for_nobody(doc_of):
    doc = doc_of(
        "نفى الجيش [[h1|KILLED|مقتل]] [[c1|COUNT|5]] جنود في [[e1|ATTACK|الهجوم]]\n"
        "---\nCAUSE h1 e1\nCOUNT h1 c1\nMODALITY h1 DENIED"
    )
    assert doc._.events[0].killed == Toll(0, 0, 0)


def test_a_rival_figure_that_is_told_again_is_kept_once(doc_of):
    doc = doc_of(
        told(
            FIVE,
            "[[h2|KILLED|مقتل]] [[c2|COUNT|8]]. وبلغ [[h3|KILLED|القتلى]] [[c3|COUNT|8]]",
            f"{LINKS}\nCOUNT h2 c2\nCOREF h2 h1\nCOUNT h3 c3\nCOREF h3 h1",
        )
    )
    assert [c.count.exact for c in doc._.events[0].casualties] == [5, 8]
