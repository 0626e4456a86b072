"""The scheme as code says what the scheme as prose says: both name the same labels, links and modalities."""

import re
from pathlib import Path

import pytest

from sijill.annotation import scheme

PROSE = (Path(__file__).parents[2] / "corpus/scheme.md").read_text("utf8")


def section(title: str) -> str:
    """The text under the heading that begins with ``title``."""
    return re.search(rf"^## {title}.*?\n(.*?)(?=^## |\Z)", PROSE, re.M | re.S)[1]


def rows(title: str) -> list[list[str]]:
    """The cells of the table under a heading, its head left out."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def labels(title: str) -> list[str]:
    return [row[0] for row in rows(title)]


def named_in(cell: str) -> set[str]:
    """The span labels that a cell of the table of links stands for; what is in words is spelled out here."""
    found = set(re.findall(r"\b[A-Z]{3,}\b", cell)) & set(scheme.LABELS)
    if re.search(r"\bevent\b", cell):
        found |= set(scheme.EVENTS)
    if re.search(r"\bharm\b", cell):
        found |= set(scheme.HARMS)
    if "entity mention" in cell:
        found |= set(scheme.ENTITIES)
    return found


LINK_ROWS = {row[0]: row[1:] for row in rows("Links")}


def test_entities():
    assert labels("Entities") == list(scheme.ENTITIES)


def test_events():
    assert labels("Events") == list(scheme.EVENTS)


def test_harms_and_counts():
    assert labels("Harm") == [*scheme.HARMS, *scheme.COUNTS]


def test_modalities():
    line = re.search(r"^MODALITY of an event or harm.*?\n\n", PROSE, re.M | re.S)[0]
    assert re.findall(r"`([A-Z]+)`", line) == list(scheme.MODALITIES)


def test_links():
    assert list(LINK_ROWS) == list(scheme.LINKS)


@pytest.mark.parametrize("link", [link for link in LINK_ROWS if link not in ("ALIAS", "COREF")])
def test_ends_of_a_link(link):
    heads, tails = LINK_ROWS[link]
    assert named_in(heads) == set(scheme.LINKS[link].heads)
    assert named_in(tails) == set(scheme.LINKS[link].tails)


def test_links_across_sentences():
    names = re.search(r"^## Links:.* but (\w+) and (\w+) reach across", PROSE, re.M).groups()
    assert names == scheme.IDENTITY_LINKS
    assert scheme.LINKS["ALIAS"] == (scheme.ENTITIES, scheme.ENTITIES)
    assert scheme.LINKS["COREF"] == (scheme.TRIGGERS, scheme.TRIGGERS)


def test_counted_events():
    assert named_in(LINK_ROWS["COUNT"][0]) - set(scheme.HARMS) == set(scheme.COUNTED_EVENTS)


def test_values():
    assert set(re.findall(r"^- `([A-Z]+) \w+ ", section("Values"), re.M)) == set(scheme.VALUES)


def test_every_label_lives_in_one_layer():
    assert sorted(label for layer in scheme.LAYERS.values() for label in layer) == sorted(
        scheme.LABELS
    )
    assert len(set(scheme.LABELS)) == len(scheme.LABELS)


@pytest.mark.parametrize(
    ("link", "head", "tail", "allowed"),
    [
        ("AGENT", "ATTACK", "ARMED", True),
        ("AGENT", "ARMED", "ATTACK", False),
        ("TARGET", "KILLED", "PEOPLE", False),
        ("COUNT", "ARREST", "COUNT", True),
        ("COUNT", "SHELLING", "COUNT", False),
        ("COREF", "INJURED", "INJURED", True),
        ("NO_LINK", "ATTACK", "ARMED", False),
    ],
)
def test_allows(link, head, tail, allowed):
    assert scheme.allows(link, head, tail) is allowed


@pytest.mark.parametrize(
    ("head", "tail", "links"),
    [
        ("ATTACK", "DATE", ["TIME"]),
        ("KILLED", "ATTACK", ["CAUSE", "COREF"]),
        ("PER", "ORG", ["MEMBER_OF", "LEADS", "ALLY_OF", "ALIAS"]),
        ("COUNT", "PEOPLE", []),
    ],
)
def test_links_between(head, tail, links):
    assert scheme.links_between(head, tail) == links
