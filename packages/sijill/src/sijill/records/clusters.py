"""Which triggers of an article speak of one incident.

COREF links say it first. Where they are silent, two mentions of one kind are one incident if place, day and participants
agree in something and contradict in nothing: a headline and its body, a summary and its details, a definite noun
(`الهجوم`) and what it takes up. Incidents of a round-up, which differ in place or day, stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from sijill.extensions import Key, span_key
from sijill.knowledge.geography import distance_km
from sijill.knowledge.places import Place
from sijill.records.links import Links
from sijill.records.values import Values
from sijill.text.dates import DateInterval
from sijill.text.numbers import Count
from sijill.text.orthography import fold

SAME_PLACE_KM = 10
"""Two places nearer than this do not contradict each other."""
_UNIDENTIFIED = "Unidentified"  # how the English names of the register's nameless groups begin
REACH = 3
"""Sentences that a definite noun, or a toll that disputes another, may look back over."""
_AREAS = ("governorate", "region", "country", "district")
_ANOTHER = {
    fold(word)
    for word in [
        "آخر",
        "أخرى",
        "آخرى",
        "آخران",
        "آخرين",
        "مماثل",
        "مماثلا",
        "مماثلة",
        "ثان",
        "ثانيا",
        "ثانية",
        "منفصل",
        "منفصلا",
        "منفصلة",
    ]
}
_LONGEST_TITLE = 30  # words
_LOOK_BACK = 50
"""Incidents of a kind that a mention is compared with: more than an article has, so that a book costs no square."""
_ONE_STORY = frozenset(("ASSERTED", "ALLEGED"))


@dataclass
class Facts:
    """What one cluster of triggers tells of its incident."""

    kind: str
    modality: str
    triggers: list[Span]
    days: list[DateInterval] = field(default_factory=list)
    places: dict[str, Place | None] = field(default_factory=dict)  # folded name → place
    agents: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    tolls: dict[str, Count] = field(default_factory=dict)

    def absorb(self, other: Facts) -> None:
        """Take over what another cluster tells."""
        self.triggers += other.triggers
        self.days += other.days
        self.places |= other.places
        self.agents |= other.agents
        self.targets |= other.targets
        self.tolls = other.tolls | self.tolls


class Reader:
    """Reads the facts of triggers from their links."""

    def __init__(self, links: Links, values: Values):
        self._links, self._values = links, values

    def facts(self, trigger: Span, tolls: Mapping[str, Count]) -> Facts:
        """The facts of one trigger, ``tolls`` those of the harm that it caused."""
        links = self._links
        targets = links.tails("TARGET", trigger)
        sites = [*links.tails("PLACE", trigger), *(t for t in targets if t.label_ == "LOC")]
        for target in targets:
            sites += [] if target.label_ == "LOC" else links.tails("LOCATED_IN", target)
        return Facts(
            kind=trigger.label_,
            modality=trigger._.modality,
            triggers=[trigger],
            days=[
                self._values.dates[span_key(d)]
                for d in links.tails("TIME", trigger)
                if span_key(d) in self._values.dates
            ],
            places={fold(s.text): self._values.places.get(span_key(s)) for s in sites},
            agents=self.names(links.tails("AGENT", trigger)),
            targets=self.names(targets),
            tolls=dict(tolls),
        )

    def names(self, spans: Iterable[Span]) -> set[str]:
        """What participants are told by: the actor, else the words of their first mention."""
        names = set()
        for span in spans:
            actor = self._values.actors.get(span_key(span))
            if actor is not None and not actor.english.startswith(_UNIDENTIFIED):
                names.add(f"#{actor.id}")
            else:
                names.add(fold(self._links.root("ALIAS", span).text))
        return names


def join_linked(facts: Iterable[tuple[Key, Facts]]) -> list[Facts]:
    """Bring triggers together that links say are one, each given with the key of its group, unless day or place contradict."""
    groups: dict[Key, list[Facts]] = {}
    for group, told in facts:
        clusters = groups.setdefault(group, [])
        for cluster in clusters:
            if not _elsewhere(cluster, told):
                cluster.absorb(told)
                break
        else:
            clusters.append(told)
    found = [cluster for clusters in groups.values() for cluster in clusters]
    return sorted(found, key=lambda cluster: cluster.triggers[0].start)


def _elsewhere(one: Facts, other: Facts) -> bool:
    """Whether two clusters happened on other days or in other places."""
    return (
        _compare_days(one.days, other.days) is False
        or _compare_places(one.places, other.places) is False
    )


def merge(clusters: list[Facts]) -> list[Facts]:
    """Bring clusters of one incident together, in the order of first mention."""
    merged: list[Facts] = []
    by_kind: dict[str, list[Facts]] = {}
    end_of_title = _end_of_title(clusters[0].triggers[0].doc) if clusters else 0
    for cluster in clusters:
        alike = by_kind.setdefault(cluster.kind, [])
        near = [] if _is_another(cluster.triggers[0]) else alike[-_LOOK_BACK:]
        for earlier in reversed(near):
            if _is_one(earlier, cluster, end_of_title):
                earlier.absorb(cluster)
                break
        else:
            alike.append(cluster)
            merged.append(cluster)
    return merged


def _is_one(earlier: Facts, later: Facts, end_of_title: int) -> bool:
    if not _one_modality(earlier, later):
        return False
    day = _compare_days(earlier.days, later.days)
    place = _compare_places(earlier.places, later.places)
    agents = _compare_names(earlier.agents, later.agents)
    targets = _compare_names(earlier.targets, later.targets)
    tolls = _compare_tolls(earlier.tolls, later.tolls)
    verdicts = (day, place, agents, targets, tolls)
    if False in verdicts:
        return False
    agreements = verdicts.count(True)
    # A place and an agent have many incidents; a day, a toll or a target there hardly two of one kind.
    if agreements >= 2 and (day or tolls or (place and targets)):
        return True
    if agreements and earlier.triggers[0].start_char < end_of_title:
        return True
    return _takes_up(earlier, later.triggers[0])


def _one_modality(one: Facts, other: Facts) -> bool:
    return one.modality == other.modality or {one.modality, other.modality} <= _ONE_STORY


def _is_another(trigger: Span) -> bool:
    """Whether the words after a trigger tell it from those before: ``هجوم آخر``."""
    # That of a participant (أصيب آخر) tells people apart.
    after = trigger.doc[trigger.end : trigger.end + 1]
    return any(not token.ent_type and fold(token.text) in _ANOTHER for token in after)


def _end_of_title(doc: Doc) -> int:
    """Where the title ends, a short first line that is no whole sentence; 0 where there is none."""
    title, line_end, _ = doc.text.partition("\n")
    is_title = len(title.split()) <= _LONGEST_TITLE and not title.rstrip().endswith((".", "…"))
    return len(title) if line_end and is_title else 0


def _takes_up(earlier: Facts, trigger: Span) -> bool:
    """Whether a trigger is a definite noun soon after a mention of its kind."""
    if not trigger.text.startswith("ال"):
        return False
    last = max((t for t in earlier.triggers if t.start < trigger.start), key=lambda t: t.start)
    return are_near(last, trigger)


def are_near(earlier: Span, later: Span) -> bool:
    """Whether at most `REACH` sentences begin between two spans."""
    between = earlier.doc[earlier.end : later.start]
    return sum(bool(token.is_sent_start) for token in between) <= REACH


# --- comparing: True where both tell and agree, False where they contradict, None otherwise --------


def _compare_days(one: list[DateInterval], other: list[DateInterval]) -> bool | None:
    if not one or not other:
        return None
    return any(a.start <= b.end and b.start <= a.end for a in one for b in other)


def _compare_places(one: dict[str, Place | None], other: dict[str, Place | None]) -> bool | None:
    if not one or not other:
        return None
    if one.keys() & other.keys():
        return True
    known = [(a, b) for a in one.values() if a for b in other.values() if b]
    if any(same_place(a, b) for a, b in known):
        return None if all(contains(a, b) or contains(b, a) for a, b in known) else True
    return False if known else None


def _compare_names(one: set[str], other: set[str]) -> bool | None:
    if not one or not other:
        return None
    if one & other:
        return True
    # Only who is known can be someone else: مسلحون may be anyone.
    known = [{name for name in side if name.startswith("#")} for side in (one, other)]
    return False if all(known) else None


def _compare_tolls(one: dict[str, Count], other: dict[str, Count]) -> bool | None:
    shared = one.keys() & other.keys()
    if not shared:
        return None
    return True if any(one[kind] == other[kind] for kind in shared) else None


def same_place(one: Place, other: Place) -> bool:
    """Whether two places may be where one thing happened: near each other, or one within the other."""
    return distance_km(one, other) <= SAME_PLACE_KM or contains(one, other) or contains(other, one)


def contains(outer: Place, inner: Place) -> bool:
    """Whether a country, governorate or district holds another place, by the names of the latter's units."""
    if outer.precision not in _AREAS or outer.country != inner.country or outer == inner:
        return False
    if outer.precision == "country":
        return True
    names = {fold(name) for name in (inner.admin1, inner.admin2) if name}
    own = outer.admin2 if outer.precision == "district" and outer.admin2 else outer.admin1
    return fold(outer.name) in names or (bool(own) and fold(own) in names)
