"""From an article's event records to ACLED rows, with a reason for each event that is none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timezone

from sijill.records.acled.actors import Cast, Party
from sijill.records.acled.incidents import Incident, merge
from sijill.records.acled.rows import INTERS, STRATEGIC, SUB_EVENTS, VIOLENCE, AcledRow, Decision
from sijill.records.acled.rules import Case, case_of, classify
from sijill.records.acled.setting import day_of, sites_of
from sijill.records.acled.tolls import fatalities
from sijill.records.acled.words import says
from sijill.records.schema import ArticleRecord, EventRecord
from sijill.text.orthography import fold

_SENTENCE_END = re.compile(r"[.!؟?\n]+\s*")
_NEWS = ("ASSERTED", "ALLEGED")
_CROWD_BEFORE = 20


def code_events(article: ArticleRecord) -> list[AcledRow]:
    """The ACLED rows of an article: one for each day, place and pair of actors."""
    return [decision.row for decision in explain(article) if decision.row is not None]


def explain(article: ArticleRecord) -> list[Decision]:
    """What became of each event record: the row that it is coded in, or why it is none.

    An event that took place in two towns has a decision for each. What is only alleged is coded, as ACLED codes what is
    reported, and its notes say so. An event without a place or a date takes those of the event before or after it in its
    sentence, else in the sentence before; without any date it is of the week of publication.
    """
    texts = _Sentences(article.text or "")
    refused: list[Decision] = []
    incidents: list[Incident] = []
    for event in _settled(article.events, texts):
        found = _incidents_of(event, article, texts)
        if isinstance(found, str):
            refused.append(Decision(events=[event.id], reason=found))
        else:
            incidents += found
    order = {event.id: index for index, event in enumerate(article.events)}
    coded = [_decision(incident, article, texts) for incident in merge(incidents)]
    return sorted([*coded, *refused], key=lambda decision: order[decision.events[0]])


def _incidents_of(
    event: EventRecord, article: ArticleRecord, texts: _Sentences
) -> list[Incident] | str:
    place = event.place
    country = place.country if place else article.country
    day = day_of(event, article.published)
    on = article.published if isinstance(day, str) else day.date
    case = case_of(event, Cast(country, on, texts.text), texts.around(event))
    verdict = classify(case)
    if isinstance(verdict, str):
        return verdict
    if isinstance(day, str):
        return day
    sites = sites_of(event, article.country, texts.text)
    if isinstance(sites, str):
        return sites
    return [Incident(verdict, day, site, [case], (i, len(sites))) for i, site in enumerate(sites)]


# --- what an event takes from its neighbours -------------------------------------------------------


class _Sentences:
    """An article's text by sentences."""

    def __init__(self, text: str):
        self.text = text
        self._starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]

    def numbers(self, event: EventRecord) -> list[int]:
        """The sentences that speak of an event, by number."""
        return sorted({bisect_right(self._starts, m.start) - 1 for m in event.mentions})

    def around(self, event: EventRecord) -> str:
        """The text of those sentences."""
        ends = [*self._starts[1:], len(self.text)]
        return " ".join(self.text[self._starts[n] : ends[n]] for n in self.numbers(event))


def _settled(events: list[EventRecord], texts: _Sentences) -> list[EventRecord]:
    """The events, each with the place and the date that its neighbours tell where it tells none."""
    if not texts.text:
        return list(events)
    settled = []
    for event in events:
        update: dict[str, object] = {}
        near = _neighbours(event, events, texts)
        # An unnamed building tells no place.
        if event.place is None and all(s.mention.label == "FAC" for s in event.where):
            found = next((e.where for e in near if e.place is not None), [])
            if not event.where and not found:
                found = next((e.where for e in near if e.where), [])
            update["where"] = [*event.where, *found]
        if event.when is None:
            update["when"] = next((e.when for e in near if e.when is not None), None)
        settled.append(event.model_copy(update=update) if update else event)
    return settled


def _neighbours(
    event: EventRecord, events: list[EventRecord], texts: _Sentences
) -> list[EventRecord]:
    """The news of the same sentence, the nearest first, then that of the sentence before, the last first."""
    own = texts.numbers(event)[0]
    start = event.mentions[0].start
    others = [e for e in events if e is not event and e.modality in _NEWS and not e.background]
    same = [e for e in others if own in texts.numbers(e)]
    before = [e for e in others if e not in same and own - 1 in texts.numbers(e)]
    same.sort(key=lambda e: abs(e.mentions[0].start - start))
    return same + before[::-1]


# --- rows ----------------------------------------------------------------------------------------


def _decision(incident: Incident, article: ArticleRecord, texts: _Sentences) -> Decision:
    row = _row(incident, article, texts)
    events = [case.event.id for case in incident.cases]
    reason = f"coded as {row.event_type}, {row.sub_event_type}"
    if len(events) > 1:
        reason += f": {len(events)} events of one day, place and pair of actors are one"
    return Decision(events=events, row=row, reason=reason)


def _row(incident: Incident, article: ArticleRecord, texts: _Sentences) -> AcledRow:
    sub, site, place = incident.verdict.sub, incident.site, incident.site.place
    event_type, disorder = SUB_EVENTS[sub]
    first, second = incident.verdict.first, incident.verdict.second
    inters = [side[0].inter for side in (first, second) if side]
    dead = fatalities((c.event, c.around) for c in incident.cases)
    index, places = incident.share
    dead = dead // places + (index < dead % places)
    suffix = f"-{index + 1}" if index else ""
    sources = _sources(incident.cases)
    return AcledRow(
        event_id_cnty=f"{site.country.iso3}{incident.cases[0].event.id}{suffix}",
        event_date=incident.day.date,
        year=incident.day.date.year,
        time_precision=incident.day.precision,
        disorder_type=disorder,
        event_type=event_type,
        sub_event_type=sub,
        actor1=first[0].name,
        assoc_actor_1=_associates(first, event_type),
        inter1=first[0].inter,
        actor2=second[0].name if second else "",
        assoc_actor_2=_associates(second, event_type),
        inter2=second[0].inter if second else "",
        interaction=_interaction(inters),
        civilian_targeting=_civilian_targeting(incident),
        iso=site.country.iso,
        region=site.country.region,
        country=site.country.name,
        admin1=place.admin1 if place else "",
        admin2=place.admin2 if place else "",
        location=site.name,
        latitude=site.latitude,
        longitude=site.longitude,
        geo_precision=site.precision,
        source="; ".join(sources),
        notes=_notes(incident, dead, sources),
        fatalities=dead,
        tags=_tags(incident, texts.text),
        timestamp=_timestamp(article.published),
    )


def _associates(side: tuple[Party, ...], event_type: str) -> str:
    """Groups of the main party, and whoever else is on its side; civilians are none in a battle."""
    names = list(side[0].groups) if side else []
    for party in side[1:]:
        # Whoever is not identified is most likely the main party once more.
        if not party.anyone and (event_type != "Battles" or party.role == "armed"):
            names += [party.name, *party.groups]
    main = side[0].name if side else ""
    return "; ".join(name for name in dict.fromkeys(names) if name != main)


def _interaction(inters: list[str]) -> str:
    """The pair without order, the one of the lower number first."""
    if len(inters) == 1:
        return f"{inters[0]} only"
    return "-".join(sorted(inters, key=INTERS.index))


def _civilian_targeting(incident: Incident) -> str:
    verdict = incident.verdict
    if verdict.sub == "Excessive force against protesters":
        return "Civilians targeted"
    violent = SUB_EVENTS[verdict.sub][1] == VIOLENCE and incident.type != "Battles"
    hit = verdict.second[0].inter if verdict.second else ""
    return "Civilians targeted" if violent and hit in ("Civilians", "Protesters") else ""


def _sources(cases: Iterable[Case]) -> list[str]:
    found = [s.mention.text for c in cases for s in c.event.sources]
    found += [s.mention.text for c in cases for k in c.event.casualties for s in k.sources]
    return list(dict.fromkeys(found))


def _tags(incident: Incident, text: str) -> str:
    tags = []
    if incident.type in ("Protests", "Riots"):
        tags.append(f"crowd size={_crowd_size(incident, text)}")
        if any(case.event.kind == "ARREST" for case in incident.cases):
            tags.append("detentions")
    elif SUB_EVENTS[incident.verdict.sub][1] != STRATEGIC:
        groups = [g for p in incident.verdict.second for g in p.groups]
        if any(group.startswith("Women") for group in groups) and _civilian_targeting(incident):
            tags.append("women targeted")
    return "; ".join(tags)


def _crowd_size(incident: Incident, text: str) -> str:
    for case in incident.cases:
        for agent in case.event.agents:
            start = agent.mention.start
            words = fold(text[max(0, start - _CROWD_BEFORE) : start] + agent.mention.text)
            for size in ("thousands", "hundreds", "dozens"):
                if says(size, words):
                    return size
    return "no report"


def _timestamp(published: date | None) -> int:
    if published is None:
        return 0
    return int(
        datetime(published.year, published.month, published.day, tzinfo=timezone.utc).timestamp()
    )


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_TIMES = {1: "On", 2: "In the week of", 3: "In the month of"}


def _notes(incident: Incident, dead: int, sources: list[str]) -> str:
    verdict, site, day = incident.verdict, incident.site, incident.day
    who = " and ".join(p.name for p in verdict.first)
    against = " and ".join(p.name for p in verdict.second)
    held = all(case.event.modality == "ALLEGED" for case in incident.cases)
    when = f"{_TIMES[day.precision]} {day.date.day} {_MONTHS[day.date.month - 1]} {day.date.year}"
    told = f"{when}, {verdict.sub.lower() if verdict.sub != 'Air/drone strike' else 'air/drone strike'}"
    told += f" in {site.name} ({site.country.name}): {who}" + (f" – {against}" if against else "")
    told += " (alleged)." if held else "."
    injured = sum(c.event.injured.low for c in incident.cases if c.event.injured)
    told += f" {dead} killed, {injured} injured." if dead or injured else ""
    told += f" According to {', '.join(sources)}." if sources else ""
    words = dict.fromkeys(m.text for case in incident.cases for m in case.event.mentions)
    return f"{told} Words: {'، '.join(words)}."
