"""What each event of each article tells of its incident: first by itself, then all of them as arrays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sijill.annotation import scheme
from sijill.records.schema import (
    ActorRecord,
    ArticleRecord,
    EventRecord,
    ParticipantRecord,
    PlaceRecord,
    SiteRecord,
    TollRecord,
)
from sijill.text.orthography import fold

MODALITIES = ("ASSERTED", "ALLEGED")
"""The modalities of events that take part: DENIED, PLANNED and GENERAL ones are no incident that happened."""
LONGEST = 7
"""Days; what lies within a longer time has no day to be told by."""
POINTS = 3
"""Of an event in several places, so many count."""

_POINT = ("exact", "place")
_WORD = re.compile(r"\w+")
_JOINED = {fold(word) for word in ("عبد", "أبو", "أبي", "أم")}
_DROPPED = {fold(word) for word in ("بن", "ابن", "آل", "بنت")}
_LONG_VOWELS = re.compile("(?<=.)[اوي]")
_UNKNOWN_ACTOR = "Unidentified"


class Level:
    """How exact an event's place is."""

    POINT, DISTRICT, GOVERNORATE, COUNTRY, NOWHERE = range(5)


@dataclass(slots=True)
class Report:
    """One event of one article, with what linking and summing up need of it."""

    article: int  # the number of the article
    article_id: str
    event_id: str
    published: date | None
    kind: str
    modality: str
    start: date | None
    end: date | None
    dated: bool
    level: int
    places: tuple[PlaceRecord, ...]  # those of its level
    place_name: str
    units: tuple[str, str, str]  # country, governorate, district, each with what holds it, or empty
    names_of_places: tuple[str, ...]
    agents: tuple[tuple[str, str, ActorRecord | None], ...]  # key, words, actor
    targets: tuple[tuple[str, str, ActorRecord | None], ...]
    people: tuple[str, ...]
    sites: tuple[str, ...]
    weapons: tuple[str, ...]
    triggers: tuple[str, ...]
    killed: TollRecord | None
    injured: TollRecord | None
    sources: tuple[str, ...]


def read_reports(articles: Iterable[ArticleRecord]) -> list[Report]:
    """The events that take part. Of each article only what is needed stays in memory."""
    same: dict = {}
    reports: list[Report] = []
    seen: set[tuple[str, str]] = set()
    for number, article in enumerate(articles):
        if (article.id, article.sha1) in seen:
            continue
        seen.add((article.id, article.sha1))
        reports += [
            _report(number, article, event, same) for event in article.events if takes_part(event)
        ]
    return reports


def takes_part(event: EventRecord) -> bool:
    """Whether an event is told as an incident that happened, and as news."""
    return event.modality in MODALITIES and not event.background


def _report(number: int, article: ArticleRecord, event: EventRecord, same: dict) -> Report:
    start, end, dated = _days(article, event)
    sites = _own_sites(event)
    level, places = _places(sites, article.country)
    tolls = [
        None if t is None else same.setdefault(t.model_dump_json(), t)
        for t in (event.killed, event.injured)
    ]
    return Report(
        article=number,
        article_id=article.id,
        event_id=event.id,
        published=article.published,
        kind=event.kind,
        modality=event.modality,
        start=start,
        end=end,
        dated=dated,
        level=level,
        places=tuple(same.setdefault(_key_of_place(place), place) for place in places),
        place_name=event.where[0].mention.text if event.where else "",
        units=_units(places, article.country),
        names_of_places=_unique(fold(s.mention.text) for s in sites if _has_own_name(s)),
        agents=_participants(event.agents, same),
        targets=_participants(event.targets, same),
        people=_people(event),
        sites=_unique(
            fold(m.text)
            for m in (*(s.mention for s in event.where), *(t.mention for t in event.targets))
            if m.label == "FAC"
        ),
        weapons=_unique(fold(m.text) for m in event.instruments),
        triggers=_unique(fold(m.text) for m in event.mentions),
        killed=tolls[0],
        injured=tolls[1],
        sources=_unique(s.actor.name if s.actor else s.mention.text for s in event.sources),
    )


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _days(article: ArticleRecord, event: EventRecord) -> tuple[date | None, date | None, bool]:
    """The days told, else the day of publication and the one before: news is of yesterday or today."""
    if event.when is not None:
        return event.when.start, event.when.end, True
    if article.published is None:
        return None, None, False
    return article.published - timedelta(days=1), article.published, False


def _own_sites(event: EventRecord) -> list[SiteRecord]:
    """Where it happened, without towns that are named for the province around: ``الصنمين بدرعا`` is not in Daraa."""
    first = event.place
    units = {fold(first.admin1), fold(first.admin2)} if first else set()
    return [
        site
        for site in event.where
        if site.place is None or site.place == first or fold(site.place.name) not in units
    ]


def _places(sites: Sequence[SiteRecord], country: str) -> tuple[int, tuple[PlaceRecord, ...]]:
    """The level of the most exact place, and the places of that level."""
    of_level: dict[int, list[PlaceRecord]] = {}
    for site in sites:
        if site.place is not None:
            of_level.setdefault(_level(site.place), []).append(site.place)
    if of_level:
        level = min(of_level)
        return level, tuple(of_level[level][:POINTS])
    return (Level.COUNTRY if country else Level.NOWHERE), ()


def _level(place: PlaceRecord) -> int:
    if place.precision in _POINT:
        return Level.POINT
    if place.precision == "district":
        return Level.DISTRICT
    if place.precision == "governorate" or (place.precision == "region" and place.admin1):
        return Level.GOVERNORATE
    return Level.COUNTRY


def _key_of_place(place: PlaceRecord) -> tuple:
    return place.name, place.latitude, place.longitude, place.precision


def _units(places: Sequence[PlaceRecord], country: str) -> tuple[str, str, str]:
    if not places:
        return country, "", ""
    place = places[0]
    level = _level(place)
    admin1 = place.admin1 or (place.name if place.precision == "governorate" else "")
    admin2 = place.admin2 or (place.name if level == Level.DISTRICT else "")
    governorate = f"{place.country}|{fold(admin1)}" if admin1 else ""
    return (
        place.country,
        governorate if level <= Level.GOVERNORATE else "",
        f"{governorate}|{fold(admin2)}" if admin2 and level <= Level.DISTRICT else "",
    )


def _has_own_name(site: SiteRecord) -> bool:
    """Whether words name a place by its own name: a town or its district, or what the gazetteer does not know."""
    if site.mention.label != "LOC":
        return False
    return site.place is None or _level(site.place) <= Level.DISTRICT


def _participants(
    participants: Sequence[ParticipantRecord], same: dict
) -> tuple[tuple[str, str, ActorRecord | None], ...]:
    found = {}
    for one in participants:
        actor = one.actor and same.setdefault(("actor", one.actor.id), one.actor)
        if actor is not None and not actor.english.startswith(_UNKNOWN_ACTOR):
            found.setdefault(f"#{actor.id}", (f"#{actor.id}", actor.name, actor))
        else:
            key = bare(fold(one.mention.text))
            found.setdefault(key, (key, one.mention.text, actor))
    return tuple(found.values())


def _people(event: EventRecord) -> tuple[str, ...]:
    named = [t.mention.text for t in event.targets if t.mention.label == "PER"]
    return _unique([*(name for c in event.casualties for name in c.names), *named])


def bare(word: str) -> str:
    """A folded word without its article."""
    return word.removeprefix("ال") if len(word) > 4 else word


def name_keys(name: str) -> list[str]:
    """What a person's name is compared by: every two of its parts, spelled by their consonants.

    Newspapers leave the middle names out, and spell long vowels as they like. A name of one part is that part.

    >>> name_keys("خالد بن محمّد الحسن") == ["خلد محمد", "خلد حسن", "محمد حسن"]
    True
    >>> set(name_keys("خالد الحسن")) <= set(name_keys("خالد محمد الحسن"))
    True
    """
    parts: list[str] = []
    prefix = ""
    for word in _WORD.findall(fold(name)):
        if word in _DROPPED:
            continue
        if word in _JOINED:
            prefix = word
            continue
        part = _LONG_VOWELS.sub("", bare(prefix + bare(word)))
        parts.append(part)
        prefix = ""
    if len(parts) < 2:
        return parts
    return [f"{one} {other}" for i, one in enumerate(parts) for other in parts[i + 1 :]]


class Sets:
    """A set of whole numbers for each report, as one sorted array; counts what two reports share."""

    def __init__(self, keys: Sequence[Iterable[str]]):
        ids: dict[str, int] = {}
        rows = [sorted({ids.setdefault(key, len(ids)) for key in of_one}) for of_one in keys]
        self.sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)])
        self.values = np.fromiter((v for row in rows for v in row), np.int64, self.starts[-1])
        self.size = max(len(ids), 1)
        owners = np.repeat(np.arange(len(rows)), self.sizes)
        self.packed = owners * self.size + self.values  # sorted, as owners and values are

    def shared(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """How many numbers the sets of each pair share."""
        counts = np.zeros(len(first), np.int64)
        if not len(self.packed):
            return counts
        some = np.flatnonzero((self.sizes[first] > 0) & (self.sizes[second] > 0))
        if not len(some):
            return counts
        sizes = self.sizes[first[some]]
        pair = np.repeat(some, sizes)
        steps = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        wanted = second[pair] * self.size + self.values[self.starts[first[pair]] + steps]
        at = np.minimum(np.searchsorted(self.packed, wanted), len(self.packed) - 1)
        np.add.at(counts, pair[self.packed[at] == wanted], 1)
        return counts


class Table:
    """Reports as arrays, a row each."""

    def __init__(self, reports: Sequence[Report]):
        self.size = len(reports)
        self.article = _array(reports, lambda r: r.article)
        self.kind = _array(reports, lambda r: scheme.EVENTS.index(r.kind))
        self.start = _array(reports, lambda r: r.start.toordinal() if r.start else 0)
        self.end = _array(reports, lambda r: r.end.toordinal() if r.end else -1)
        self.end[self.end - self.start >= LONGEST] = -1  # no day: an empty interval
        self.dated = _array(reports, lambda r: r.dated).astype(bool)
        self.published = _array(reports, lambda r: r.published.toordinal() if r.published else 0)
        self.level = _array(reports, lambda r: r.level)
        self.units = np.stack(
            [_numbers([r.units[i] for r in reports]) for i in range(3)], axis=1
        ).reshape(self.size, 3)
        self.points = np.full((self.size, POINTS, 3), np.nan)
        for i, report in enumerate(reports):
            if report.level == Level.POINT:
                for j, place in enumerate(report.places):
                    self.points[i, j, :2] = place.latitude, place.longitude
        self.points = _on_sphere(self.points)
        self.killed = _tolls([r.killed for r in reports])
        self.injured = _tolls([r.injured for r in reports])
        self.names_of_places = Sets([r.names_of_places for r in reports])
        self.agents = Sets([[key for key, *_ in r.agents] for r in reports])
        self.known_agents = Sets([_known(r.agents) for r in reports])
        self.sides = Sets([[key for key, *_ in (*r.agents, *r.targets)] for r in reports])
        self.people = Sets([[k for name in r.people for k in name_keys(name)] for r in reports])
        self.sites = Sets([_words(r.sites) for r in reports])
        self.targets = Sets([_words(words for _, words, _ in r.targets) for r in reports])
        self.weapons = Sets([_words(r.weapons) for r in reports])
        self.triggers = Sets([_words(r.triggers) for r in reports])


def _array(reports: Sequence[Report], value: Callable[[Report], int]) -> np.ndarray:
    return np.fromiter(map(value, reports), np.int64, len(reports))


def _numbers(names: Sequence[str]) -> np.ndarray:
    """A number for each different name; -1 for the empty one."""
    ids: dict[str, int] = {"": -1}
    return np.fromiter((ids.setdefault(n, len(ids)) for n in names), np.int64, len(names))


def _known(participants: Iterable[tuple[str, str, ActorRecord | None]]) -> list[str]:
    return [key for key, *_ in participants if key.startswith("#")]


def _words(texts: Iterable[str]) -> set[str]:
    """The words of texts without articles and the endings of case, gender and number."""
    found = (bare(word) for text in texts for word in _WORD.findall(fold(text)))
    return {_ENDING.sub("", word) for word in found if len(word) > 1}


_ENDING = re.compile("(?<=...)(?:ات|ين|ون|ان|يه|ه|ا)$")


def _on_sphere(degrees: np.ndarray) -> np.ndarray:
    """Latitude and longitude in degrees → points of the unit sphere, where near is near at any latitude."""
    latitude, longitude = np.radians(degrees[..., 0]), np.radians(degrees[..., 1])
    return np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )


def _tolls(tolls: Sequence[TollRecord | None]) -> np.ndarray:
    """Low, best and high, a row each; -1 where nothing is told, and a high that is open is infinite."""
    rows = np.full((len(tolls), 3), -1.0)
    for row, toll in zip(rows, tolls):
        if toll is not None:
            row[:] = toll.low, toll.best, np.inf if toll.high is None else toll.high
    return rows
