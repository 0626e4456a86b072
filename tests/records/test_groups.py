"""Who the victims are."""

import pytest

from sijill.records.groups import GROUPS, group_of, groups_of


@pytest.mark.parametrize(
    ("label", "words", "group"),
    [
        ("PEOPLE", "مدنيين", "civilians"),
        ("PEOPLE", "المدنيون", "civilians"),
        ("PEOPLE", "طفلين شقيقين", "children"),
        ("PEOPLE", "نساء", "women"),
        ("PEOPLE", "صحافياً محلياً", "journalists"),
        ("PEOPLE", "المسعفين", "medics"),
        ("PEOPLE", "أسرى", "prisoners"),
        ("PEOPLE", "شخصا", ""),
        ("ARMED", "جنود", "fighters"),
        ("PER", "سالم الحسن", ""),
    ],
)
def test_group_of_a_victim(doc_of, label, words, group):
    [span] = doc_of(f"[[p1|{label}|{words}]]").ents
    assert group_of(span) == group


def test_groups_come_once_and_in_order(doc_of):
    doc = doc_of("[[p1|PEOPLE|أطفال]] و[[p2|ARMED|جنود]] و[[p3|PEOPLE|أطفال]]")
    assert groups_of(doc.ents) == ("fighters", "children")
    assert set(groups_of(doc.ents)) <= set(GROUPS)
