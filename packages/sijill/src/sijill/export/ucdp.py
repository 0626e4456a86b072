"""CSV with the columns of the UCDP Georeferenced Event Dataset, as far as records have them.

Names and codes of the columns follow the GED codebook (Uppsala Conflict Data Program, version 24.1). As in GED a row is an
act of violence that killed someone, stated as having happened: events that are ALLEGED, DENIED, PLANNED or GENERAL,
accidents and events without a death are left out, unless ``keep_all``. What GED's coders know and an article does not
tell (ids of conflicts and dyads) has no column. ``high`` is empty where the words set no limit. ``kind``, ``modality``
and ``background`` are Sijill's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Optional

from sijill.export.csv import table_writer
from sijill.export.tables import best_of, joined, names, of_group, words
from sijill.records.schema import (
    ArticleRecord,
    CasualtyRecord,
    DateRecord,
    EventRecord,
    ParticipantRecord,
)

_WHERE_PREC = {
    "exact": 1,
    "place": 1,
    "district": 3,
    "governorate": 4,
    "region": 5,
    "country": 6,
}
"""Precision of a place → GED's ``where_prec``; 2, near a place, is not told apart."""

_STATES = ("State forces", "External/Other forces")
_NON_STATE = ("Rebel group", "Political militia", "Identity militia")


class UcdpRow(NamedTuple):
    """An event with the columns of GED, in its order."""

    id: str
    year: Optional[int]
    type_of_violence: Optional[int]
    dyad_name: str
    side_a: str
    side_b: str
    source_article: str
    source_date: Optional[date]
    source_original: str
    where_prec: Optional[int]
    where_coordinates: Optional[str]
    where_description: str
    adm_1: Optional[str]
    adm_2: Optional[str]
    latitude: Optional[float]
    longitude: Optional[float]
    country_iso2: Optional[str]
    date_prec: Optional[int]
    date_start: Optional[date]
    date_end: Optional[date]
    deaths_a: Optional[int]
    deaths_b: Optional[int]
    deaths_civilians: Optional[int]
    deaths_unknown: Optional[int]
    best: Optional[int]
    high: Optional[int]
    low: Optional[int]
    kind: str
    modality: str
    background: bool


def writer(path: Path, keep_all: bool = False):
    """Write the events that GED would hold, a row each; all events with ``keep_all``."""
    return table_writer(path, [UcdpRow._fields], lambda article: ucdp_rows(article, keep_all))


def ucdp_rows(article: ArticleRecord, keep_all: bool = False) -> Iterator[UcdpRow]:
    """The rows of an article."""
    for event in article.events:
        if keep_all or _belongs(event):
            yield _row(article, event)


def _belongs(event: EventRecord) -> bool:
    killed = event.killed is not None and event.killed.high != 0
    return killed and event.modality == "ASSERTED" and event.kind != "ACCIDENT"


def _row(article: ArticleRecord, event: EventRecord) -> UcdpRow:
    when, place, killed = event.when, event.place, event.killed
    side_a, side_b = _side(event.agents), _side(event.targets)
    deaths = _deaths(event)
    return UcdpRow(
        id=event.id,
        year=when.start.year if when and when.start.year == when.end.year else None,
        type_of_violence=_type_of_violence(event, deaths),
        dyad_name=f"{side_a} - {side_b}" if side_a and side_b else "",
        side_a=side_a,
        side_b=side_b,
        source_article=article.id,
        source_date=article.published,
        source_original=names(event.sources),
        where_prec=place and _WHERE_PREC.get(place.precision),
        where_coordinates=place and place.name,
        where_description=words(site.mention for site in event.where),
        adm_1=place and place.admin1,
        adm_2=place and place.admin2,
        latitude=place and place.latitude,
        longitude=place and place.longitude,
        country_iso2=place and place.country,
        date_prec=when and _date_prec(when),
        date_start=when and when.start,
        date_end=when and when.end,
        **{f"deaths_{who}": killed and deaths[who] for who in ("a", "b", "civilians", "unknown")},
        best=killed and killed.best,
        high=killed and killed.high,
        low=killed and killed.low,
        kind=event.kind,
        modality=event.modality,
        background=event.background,
    )


def _date_prec(when: DateRecord) -> int:
    """GED: 1 the day, 2 up to six days, 3 a week, 4 a month, 5 more."""
    days = (when.end - when.start).days + 1
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)


def _side(participants: Sequence[ParticipantRecord]) -> str:
    """Who stands on a side: the actors by their English names, else armed groups by their words."""
    return joined(
        p.actor.english or p.actor.name if p.actor else p.mention.text
        for p in participants
        if p.actor or p.mention.label == "ARMED"
    )


def _type_of_violence(event: EventRecord, deaths: Counter[str]) -> int | None:
    """GED: 1 state-based, 2 between groups, 3 one-sided; None unless the register knows both sides and they decide it."""
    agents = [p.actor.kind if p.actor else "" for p in event.agents]
    targets = [p.actor.kind if p.actor else "" for p in event.targets]
    if not agents or not all(agents):
        return None
    if event.kind == "KILLING" and deaths["civilians"] == deaths.total() > 0:
        return 3
    if not targets or not all(targets):
        return None
    kinds = {*agents, *targets}
    if kinds <= set(_NON_STATE):
        return 2
    # Militias that fight a state may do so without the aim that makes it state-based.
    return 1 if kinds <= {*_STATES, "Rebel group"} else None


def _deaths(event: EventRecord) -> Counter[str]:
    """The best figure by who died: side ``a``, side ``b``, ``civilians``, ``unknown``."""
    deaths: Counter[str] = Counter()
    if event.killed is None:
        return deaths
    for casualty in event.casualties:
        happened = casualty.modality in ("ASSERTED", "ALLEGED")
        if casualty.kind == "KILLED" and casualty.rival_of is None and happened:
            deaths += _deaths_of(casualty, event)
    # What the toll has beyond its casualties is of no known side; what it lacks cannot be told apart.
    rest = event.killed.best - deaths.total()
    if rest < 0:
        return Counter(unknown=event.killed.best)
    deaths["unknown"] += rest
    return deaths


def _deaths_of(casualty: CasualtyRecord, event: EventRecord) -> Counter[str]:
    whole, groups = best_of(casualty), set(casualty.groups)
    if groups == {"fighters"}:
        return Counter({_side_of(casualty, event): whole})
    if groups and "fighters" not in groups:
        return Counter(civilians=whole)
    # Women may be among the children and the other groups: the greatest part is what is sure.
    civilians = max((of_group(casualty, g) or 0 for g in groups - {"fighters"}), default=0)
    civilians = min(civilians, whole)
    return Counter(civilians=civilians, unknown=whole - civilians)


def _side_of(casualty: CasualtyRecord, event: EventRecord) -> str:
    def called(participants: Sequence[ParticipantRecord]) -> set[str]:
        return {p.actor.id if p.actor else p.mention.text for p in participants}

    victims = called(casualty.victims)
    of_a, of_b = bool(victims & called(event.agents)), bool(victims & called(event.targets))
    return "unknown" if of_a == of_b else "a" if of_a else "b"
