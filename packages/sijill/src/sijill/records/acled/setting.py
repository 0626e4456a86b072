"""When and where: the day of a row and its precision, its place and its precision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sijill.knowledge.geography import distance_km
from sijill.knowledge.places import Place
from sijill.records.acled.countries import Country, countries
from sijill.records.acled.words import says
from sijill.records.clusters import contains, same_place
from sijill.records.schema import EventRecord, PlaceRecord, SiteRecord
from sijill.text.orthography import fold

Precision = Literal[1, 2, 3]
_WEEK, _MONTH = 7, 31
_APART_KM = 10
_BEFORE = 40
_JOINED = re.compile(r"\s*[،,]?\s*و(?:في |ب)?(?:بلد\w*|مدين\w*|قري\w*|مخيم\w*)?\s*")


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a row and how exact it is: 1 the day itself, 2 the week, 3 the month."""

    date: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Site:
    """The place of a row and how exact it is: 1 the town, 2 near it or part of a region, 3 a region."""

    country: Country
    name: str
    words: str
    latitude: float
    longitude: float
    precision: Precision
    place: PlaceRecord | None = None

    def is_at(self, other: Site) -> bool:
        """Whether both are one place of the map."""
        here, there = (self.latitude, self.longitude), (other.latitude, other.longitude)
        return self.country == other.country and (here == there and self.name == other.name)

    def is_about(self, other: Site) -> bool:
        """Whether what happened at both may be one thing: near, or one within the other."""
        if self.place is None or other.place is None:
            return self.is_at(other)
        return same_place(_as_place(self.place), _as_place(other.place))


def day_of(event: EventRecord, published: date | None) -> Day | str:
    """The day of an event, or why there is none.

    Without a date it is the day of publication, exact to the week: news tells of what has just happened. Of a month the
    middle is taken, or the first or last day where the words speak of its beginning or end.
    """
    when = event.when
    if when is None:
        return Day(published, 2) if published else "when it happened is not told"
    length = (when.end - when.start).days + 1
    if length == 1:
        return Day(when.start, 1)
    words = fold(when.mention.text)
    if length <= _MONTH and when.precision != "week":
        if says("beginning", words):
            return Day(when.start, 3)
        if says("end", words):
            return Day(when.end, 3)
        if says("middle", words):
            return Day(when.start + timedelta(length // 2), 3)
    if length > _MONTH:
        return "its day is not known to the month"
    middle = when.start + timedelta((length - 1) // 2)
    return Day(middle, 2 if length <= _WEEK else 3)


def sites_of(event: EventRecord, country: str, text: str) -> list[Site] | str:
    """The places of an event, one for each row, or why there is none.

    Words that the gazetteer does not know stand for some place of the article's country ``country``: they get the
    coordinates of its capital.
    """
    if not event.where:
        return "where it happened is not told"
    known = [site for site in event.where if site.place is not None]
    if not known:
        home = countries().get(country)
        if home is None:
            return "no gazetteer knows where it happened, and the country is not known"
        words = next((s.mention.text for s in event.where if s.mention.label == "LOC"), "")
        if not words:
            return "where it happened is not told but by a building that no gazetteer knows"
        return [Site(home, words, words, home.latitude, home.longitude, 3)]
    found: list[Site] = []
    for record in [known[0], *(s for s in known[1:] if _is_beside(s, known[0], text))]:
        site = _site(record, event.where[0], text)
        if site is not None and not any(site.is_at(earlier) for earlier in found):
            found.append(site)
    return found or "the gazetteer's country is none of ISO 3166"


def _site(record: SiteRecord, first: SiteRecord, text: str) -> Site | None:
    place = record.place
    assert place is not None
    country = countries().get(place.country)
    if country is None:
        return None
    return Site(
        country=country,
        name=place.name,
        words=record.mention.text,
        latitude=round(place.latitude, 4),
        longitude=round(place.longitude, 4),
        precision=_precision(record, first, text),
        place=place,
    )


def _precision(record: SiteRecord, first: SiteRecord, text: str) -> Precision:
    place = record.place
    assert place is not None
    lead = _lead(record, text)
    if place.precision in ("exact", "place"):
        village = record is not first and first.place is None and first.mention.label == "LOC"
        return 2 if village or says("near", lead) else 1
    if place.precision == "country":
        return 3
    part = says("part of", f"{lead} {fold(record.mention.text)}")
    inner = place.precision == "district" or (place.precision == "region" and place.admin1)
    return 2 if part or inner else 3


def _lead(record: SiteRecord, text: str) -> str:
    """The words of nearness, direction and class that lead to a place: ``شمال شرق مدينة``, folded."""
    before = fold(text[max(0, record.mention.start - _BEFORE) : record.mention.start]).split()
    start = len(before)
    while start and (says("near", before[start - 1]) or says("class of place", before[start - 1])):
        start -= 1
    return " ".join(before[start:])


def _is_beside(record: SiteRecord, first: SiteRecord, text: str) -> bool:
    """Whether a place is a second one that is named in a row with the first, ``في طنطا والإسكندرية``."""
    if record.place is None or first.place is None or record.mention.label != "LOC":
        return False
    early, late = sorted((first.mention, record.mention), key=lambda m: m.start)
    if not _JOINED.fullmatch(text[early.end : late.start]):
        return False
    earlier = record if record.mention is early else first
    if says("between", _lead(earlier, text)):
        return False
    one, other = _as_place(first.place), _as_place(record.place)
    apart = distance_km(one, other) > _APART_KM
    return apart and not contains(one, other) and not contains(other, one)


def _as_place(record: PlaceRecord) -> Place:
    return Place(**record.model_dump())
