"""Which place a mention means: the choice among namesakes by the article they stand in.

All mentions of an article are resolved at once (`resolve_places`). What speaks for a place is added up, like logarithms
of odds: the place's own weight (`sijill.knowledge.gazetteer`: its kind against the class noun, population, spelling),
its country's share in the article and in what the outlet writes of, its governorate's share, and whether it lies in the
places that the mention is said to lie in. A choice that stays doubtful is no choice: a wrong place is worse than none.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sijill.knowledge.gazetteer import (
    Candidate,
    Entry,
    Gazetteer,
    Name,
    Place,
    is_small,
    read_name,
)
from sijill.knowledge.geography import distance_km

__all__ = ["Gazetteer", "Mention", "Place", "resolve_places"]

LEAST_SCORE = 0.5
"""A choice that scores less is left unknown."""

_HINT = 3.0  # votes of the country that the outlet writes of
_BY_COUNTRY = 2.8
_BY_GOVERNORATE = 1.2
_INSIDE = 2.5
_OUTSIDE = -1.5
_ABROAD = -4.0
# of a name that is not spelled as the place's, in a country that nothing else speaks for, without and with a hint
_NEAR_ABROAD = (-1.5, -3.0)
_SMALL_ABROAD = -3.0
_COUNTRY_ABROAD = -2.5  # lest عمان be Oman where all is in Jordan
_LARGE = 200_000  # people
_NEIGHBOUR = 150.0  # km to a place of the article within which a small place abroad is no surprise
_SETTLED = 0.8  # votes of other mentions from which an article is somewhere
_AT_TOWN = 0.75  # of the score of a town that a facility is called after
_TOWN_PEOPLE = 5_000  # of a town that a facility is called after
_AT_HOME = 0.3  # the support from which a country counts as the article's
_AT_HOME_SURELY = 0.5
_DOUBT = 2.0
_SAME_PLACE = 25.0  # km within which two namesakes are one for the reader
_SHARPNESS = 1.5
# km from the centre of a container within which a place counts as inside it
_RADIUS = {"country": 0.0, "governorate": 60.0, "region": 120.0, "district": 30.0, "town": 25.0}
_RADIUS_ELSE = 12.0
_AREAS = ("governorate", "region", "district", "subdistrict", "town")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as an article names it.

    ``name`` is the words of the span, ``before`` the one or two words in front of it (مدينة, ريف, شمال), ``parents`` the
    indices of the mentions that it is LOCATED_IN. A ``facility`` (FAC) is a building or site: no town takes its name.
    """

    name: str
    before: str = ""
    parents: tuple[int, ...] = ()
    facility: bool = False


def resolve_places(
    mentions: Sequence[Mention], *, country: str | None = None, gazetteer: Gazetteer | None = None
) -> list[Place | None]:
    """Return the place of each mention of an article, None where it stays unknown.

    ``country`` is the ISO code of the country that the outlet writes of. The same name means the same place throughout,
    unless it is said to lie in different ones.

    >>> [place.country for place in resolve_places([Mention("الزاوية"), Mention("طرابلس"), Mention("ليبيا")])]
    ['LY', 'LY', 'LY']
    """
    return _Article(mentions, country, gazetteer or Gazetteer.load()).resolve()


class _Article:
    """The mentions of one article, and what they say of each other."""

    def __init__(self, mentions: Sequence[Mention], country: str | None, gazetteer: Gazetteer):
        self.gazetteer = gazetteer
        self.size = len(mentions)
        self.names = [read_name(m.name, m.before, m.facility) for m in mentions]
        self.parents = [[p for p in m.parents if 0 <= p < self.size] for m in mentions]
        for index in range(self.size):
            if inside := self.names[index].inside:  # مستشفى الشفاء في غزة
                self.parents[index].append(len(self.names))
                self.names.append(read_name(inside))
                self.parents.append([])
        self.candidates = {name: gazetteer.candidates(name) for name in dict.fromkeys(self.names)}
        self.said_in: dict[Name, list[int]] = {}
        for name, parents in zip(self.names, self.parents):
            if parents:
                self.said_in.setdefault(name, parents)
        self.votes = {name: _votes(found) for name, found in self.candidates.items()}
        self.totals: dict[tuple[str, str], float] = defaultdict(float)
        for votes in self.votes.values():
            for key, vote in votes.items():
                self.totals[key] += vote
        self.hinted = bool(country)
        if country:
            self.totals[country, ""] += _HINT
        self.countries = [(c, total) for (c, admin1), total in self.totals.items() if not admin1]
        self.sites = [
            found[0].entry
            for name, found in self.candidates.items()
            if found and max(self.votes[name].values()) >= _SETTLED
        ]
        self.chosen: dict[tuple[Name, tuple[Entry, ...]], tuple[Entry, float] | None] = {}
        self.by_index: dict[int, Entry | None] = {}

    def resolve(self) -> list[Place | None]:
        places = []
        for index in range(self.size):
            found = self.choice(index, frozenset())
            places.append(found[0].place(found[1]) if found else None)
        return places

    def choice(self, index: int, above: frozenset[int]) -> tuple[Entry, float] | None:
        """Return the entry of a mention and its score; ``above`` guards against circles of containers."""
        name = self.names[index]
        parents = self.parents[index] or self.said_in.get(name, [])
        containers = tuple(
            entry
            for parent in parents
            if parent not in above and parent != index and self.names[parent] != name
            for entry in [self.entry(parent, above | {index})]
            if entry is not None
        )
        key = name, containers
        if key not in self.chosen:
            self.chosen[key] = self.choose(
                self.candidates[name], self.votes[name], containers
            ) or self.at_town(name, containers)
        return self.chosen[key]

    def at_town(self, name: Name, containers: tuple[Entry, ...]) -> tuple[Entry, float] | None:
        """Return the town that an unknown facility is called after, if it is surely one of the article's country."""
        if not name.town:
            return None
        towns = tuple(
            candidate
            for candidate in self.gazetteer.candidates(read_name(name.town))
            if candidate.entry.kind == "town" and not candidate.near
        )
        found = self.choose(towns, {}, containers)
        if found is None or self.support((found[0].country, ""), {}) < _AT_HOME_SURELY:
            return None
        entry, sure = found
        heard_of = (
            entry.known
            or entry.population >= _TOWN_PEOPLE
            or entry.key == entry.admin2_key
            or self.support((entry.country, entry.admin1_key), {}) >= _AT_HOME
            or any(other.bare == name.town for other in self.names)
        )
        score = _AT_TOWN * sure
        return (entry, score) if heard_of and score >= LEAST_SCORE else None

    def entry(self, index: int, above: frozenset[int]) -> Entry | None:
        """Return the entry of a container, settled once so that a long chain of containers costs no more than its length."""
        if index not in self.by_index:
            self.by_index[index] = None  # while it is being settled
            found = self.choice(index, above) if len(above) < 8 else None
            self.by_index[index] = found[0] if found else None
        return self.by_index[index]

    def choose(
        self,
        candidates: tuple[Candidate, ...],
        votes: dict[tuple[str, str], float],
        containers: tuple[Entry, ...],
    ) -> tuple[Entry, float] | None:
        """Return the likeliest of the candidates for a name, which gave these votes, unless it is doubtful."""
        gain = _BY_COUNTRY + _BY_GOVERNORATE + _INSIDE * len(containers)
        scored: list[tuple[float, Entry]] = []
        best = -math.inf
        for candidate in candidates:
            if candidate.weight + gain < best - 3:
                break
            score = self.score(candidate, votes, containers)
            best = max(best, score)
            scored.append((score, candidate.entry))
        if not scored:
            return None
        top = max(scored, key=lambda item: item[0])[1]
        rivals = sum(
            math.exp(_SHARPNESS * (score - best))
            for score, entry in scored
            if entry is not top and score > best - 3 and not _same(entry, top)
        )
        sure = 1 / ((1 + math.exp(min(_DOUBT - best, 50))) * (1 + rivals))
        return (top, sure) if sure >= LEAST_SCORE else None

    def score(
        self,
        candidate: Candidate,
        votes: dict[tuple[str, str], float],
        containers: tuple[Entry, ...],
    ) -> float:
        """Return what speaks for a candidate in this article."""
        entry = candidate.entry
        home = self.support((entry.country, ""), votes)
        score = candidate.weight + _BY_COUNTRY * home
        if entry.admin1_key:
            score += _BY_GOVERNORATE * self.support((entry.country, entry.admin1_key), votes)
        for container in containers:
            said = _containment(entry, container)
            score += 2 * said if candidate.near and said < 0 else said
        if home < _AT_HOME:
            if entry.kind == "country":
                score += _COUNTRY_ABROAD
            if candidate.near:
                score += _NEAR_ABROAD[self.hinted]
            elif self.is_odd(entry, votes):
                score += _SMALL_ABROAD
        return score

    def is_odd(self, entry: Entry, votes: dict[tuple[str, str], float]) -> bool:
        """Return whether a place of another country than the article's is no famous one and far from all that it names."""
        famous = entry.known or entry.population >= _LARGE
        if famous and not is_small(entry) and not entry.common:
            return False
        settled = self.hinted or any(
            total - votes.get((country, ""), 0.0) >= _SETTLED for country, total in self.countries
        )
        return settled and all(
            other.key == entry.key or distance_km(entry, other) > _NEIGHBOUR for other in self.sites
        )

    def support(self, key: tuple[str, str], own: dict[tuple[str, str], float]) -> float:
        """Return how much the other mentions speak for a country or governorate, between 0 and 1."""
        votes = self.totals.get(key, 0.0) - own.get(key, 0.0)
        return votes / (1 + votes) if votes > 0 else 0.0


def _same(one: Entry, other: Entry) -> bool:
    """Return whether two namesakes are one place for the reader: near each other, or a district and its seat."""
    if one.kind != other.kind and one.admin1_key and one.admin1_key == other.admin1_key:
        return True
    return distance_km(one, other) <= _SAME_PLACE


def _votes(candidates: tuple[Candidate, ...]) -> dict[tuple[str, str], float]:
    """Return what one name says of the countries and governorates that the article is about."""
    if not candidates:
        return {}
    best = candidates[0].weight
    certain = min(max((best - 1) / 3, 0.0), 1.0)
    shares: dict[tuple[str, str], float] = defaultdict(float)
    total = 0.0
    for candidate in candidates:
        if candidate.weight < best - 3:
            break
        share = math.exp(_SHARPNESS * (candidate.weight - best))
        total += share
        entry = candidate.entry
        shares[entry.country, ""] += share
        if entry.admin1_key:
            shares[entry.country, entry.admin1_key] += share
    return {key: certain * share / total for key, share in shares.items()}


def _containment(entry: Entry, container: Entry) -> float:
    """Return what it says for an entry that it is said to lie in a container."""
    if container.country and entry.country and entry.country != container.country:
        return _ABROAD
    if container.kind == "country":
        return _INSIDE
    if container.kind in _AREAS and container.key in (entry.admin1_key, entry.admin2_key):
        return _INSIDE
    radius = _RADIUS.get(container.kind, _RADIUS_ELSE)
    return _INSIDE if distance_km(entry, container) <= radius else _OUTSIDE
