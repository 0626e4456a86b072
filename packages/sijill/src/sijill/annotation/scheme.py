"""The annotation scheme as one table: labels, links, modalities and values.

Code, validator and docs read the labels from here and from nowhere else. What each label means, and where a span
begins and ends, is written in ``corpus/scheme.md``.
"""

from __future__ import annotations

from typing import NamedTuple

ENTITIES = ("PER", "ARMED", "ORG", "PEOPLE", "LOC", "FAC", "DATE", "WEAPON")
EVENTS = (
    "CLASH",
    "ATTACK",
    "KILLING",
    "AIRSTRIKE",
    "SHELLING",
    "EXPLOSION",
    "SUICIDE_BOMB",
    "ARREST",
    "ABDUCTION",
    "RELEASE",
    "PROTEST",
    "RIOT",
    "SEXUAL_VIOLENCE",
    "DESTRUCTION",
    "CONTROL",
    "MOVEMENT",
    "AGREEMENT",
    "DISARM",
    "DISPLACEMENT",
    "ACCIDENT",
)
HARMS = ("KILLED", "INJURED", "MISSING")
COUNTS = ("COUNT",)
LABELS = ENTITIES + EVENTS + HARMS + COUNTS
TRIGGERS = EVENTS + HARMS
COUNTED_EVENTS = ("KILLING", "ARREST", "ABDUCTION", "RELEASE", "DISPLACEMENT")

ASSERTED = "ASSERTED"
"""The modality of a trigger that is stated as having happened; it is not written down."""
MODALITIES = ("ALLEGED", "DENIED", "PLANNED", "GENERAL")
TRIGGER_MODALITIES = (ASSERTED, *MODALITIES)


class LinkRule(NamedTuple):
    """Which labels a link may start from (``heads``) and end on (``tails``)."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]


_ACTORS = ("ARMED", "ORG", "PER", "PEOPLE", "LOC")

LINKS: dict[str, LinkRule] = {
    "AGENT": LinkRule(TRIGGERS, _ACTORS),
    "TARGET": LinkRule(EVENTS, ("ARMED", "PER", "PEOPLE", "ORG", "FAC", "LOC", "WEAPON")),
    "PLACE": LinkRule(TRIGGERS, ("LOC", "FAC")),
    "TIME": LinkRule(TRIGGERS, ("DATE",)),
    "INSTRUMENT": LinkRule(TRIGGERS, ("WEAPON",)),
    "SOURCE": LinkRule(TRIGGERS, _ACTORS),
    "COUNT": LinkRule(HARMS + COUNTED_EVENTS, COUNTS),
    "VICTIM": LinkRule(HARMS, ("PER", "PEOPLE", "ARMED", "ORG")),
    "CAUSE": LinkRule(HARMS, EVENTS),
    "LOCATED_IN": LinkRule(("LOC", "FAC", "ARMED", "ORG", "PER", "PEOPLE"), ("LOC", "FAC")),
    "PART_OF": LinkRule(("ARMED", "ORG"), ("ARMED", "ORG")),
    "MEMBER_OF": LinkRule(("PER",), ("ARMED", "ORG")),
    "LEADS": LinkRule(("PER",), ("ARMED", "ORG", "LOC")),
    "ALLY_OF": LinkRule(_ACTORS, ("ARMED", "ORG", "LOC", "PER")),
    "ALIAS": LinkRule(ENTITIES, ENTITIES),
    "COREF": LinkRule(TRIGGERS, TRIGGERS),
}
IDENTITY_LINKS = ("ALIAS", "COREF")
"""Links that reach across the article and say that two mentions are one thing."""
SENTENCE_LINKS = tuple(label for label in LINKS if label not in IDENTITY_LINKS)

VALUES: dict[str, tuple[str, ...]] = {
    "ISO": ("DATE",),
    "NUM": HARMS + COUNTS,
}
"""Which labels a value line may belong to."""

LAYERS: dict[str, tuple[str, ...]] = {
    "ents": ENTITIES,
    "events": EVENTS,
    "harms": HARMS,
    "counts": COUNTS,
}
"""Where a label lives on a Doc: ``doc.ents``, or the span group of that name."""

LAYER_OF = {label: layer for layer, labels in LAYERS.items() for label in labels}


def allows(link: str, head: str, tail: str) -> bool:
    """Whether the scheme allows ``link`` from a span labelled ``head`` to one labelled ``tail``."""
    rule = LINKS.get(link)
    return rule is not None and head in rule.heads and tail in rule.tails


def links_between(head: str, tail: str) -> list[str]:
    """The links that the scheme allows from ``head`` to ``tail``, in the table's order."""
    return [link for link in LINKS if allows(link, head, tail)]
