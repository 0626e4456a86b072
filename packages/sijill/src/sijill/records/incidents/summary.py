"""What a group of reports comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from hashlib import sha1
from statistics import median_low

from sijill.records.incidents.reports import Report, name_keys
from sijill.records.incidents.schema import (
    ActorOfIncidentRecord,
    FigureRecord,
    IncidentRecord,
    IncidentTollRecord,
    ReportRecord,
)
from sijill.records.schema import PlaceRecord, TollRecord


def incident_of(reports: Sequence[Report]) -> IncidentRecord:
    """One incident of the reports that tell it.

    Its id comes from the first report, so that it stays the same when later ones join.
    """
    reports = sorted(reports, key=_order)
    first = reports[0]
    start, end, dated = _days(reports)
    place = _place(reports)
    published = [r.published for r in reports if r.published]
    return IncidentRecord(
        id=sha1(f"{first.article_id}:{first.event_id}".encode()).hexdigest()[:12],
        kind=_kind(reports),
        start=start,
        end=end,
        dated=dated,
        place=place,
        place_name=next((r.place_name for r in reports if r.places and r.places[0] == place), "")
        or next((r.place_name for r in reports if r.place_name), ""),
        actors=_actors(reports, lambda r: r.agents),
        targets=_actors(reports, lambda r: r.targets),
        names=_names(reports),
        killed=_toll(reports, lambda r: r.killed),
        injured=_toll(reports, lambda r: r.injured),
        first_report=min(published, default=None),
        last_report=max(published, default=None),
        reports=[
            ReportRecord(
                article=r.article_id,
                event=r.event_id,
                published=r.published,
                kind=r.kind,
                modality=r.modality,
                sources=list(r.sources),
                killed=r.killed,
                injured=r.injured,
            )
            for r in reports
        ],
    )


def _order(report: Report) -> tuple:
    return report.published or date.max, report.article_id, report.event_id


def _kind(reports: Iterable[Report]) -> str:
    """The kind that most reports give; ATTACK, which says least, only where none says more."""
    counts = Counter(r.kind for r in reports)
    return max(counts, key=lambda kind: (kind != "ATTACK", counts[kind]))


def _days(reports: Sequence[Report]) -> tuple[date | None, date | None, bool]:
    """The days that most reports tell, of equals the shortest time; else what all days of publication allow."""
    told = Counter((r.start, r.end) for r in reports if r.dated and r.start and r.end)
    if told:
        start, end = min(told, key=lambda days: (-told[days], days[1] - days[0], days[0]))
        return start, end, True
    starts = [r.start for r in reports if r.start]
    ends = [r.end for r in reports if r.end]
    if not starts:
        return None, None, False
    return max(starts) if max(starts) <= min(ends) else min(starts), min(ends), False


def _place(reports: Sequence[Report]) -> PlaceRecord | None:
    """The place that most reports of the most exact level tell."""
    known = [r for r in reports if r.places]
    if not known:
        return None
    level = min(r.level for r in known)
    counts = Counter(_key(r.places[0]) for r in known if r.level == level)
    return max((r.places[0] for r in known if r.level == level), key=lambda p: counts[_key(p)])


def _key(place: PlaceRecord) -> tuple:
    return place.latitude, place.longitude, place.name


def _actors(
    reports: Sequence[Report], which: Callable[[Report], tuple]
) -> list[ActorOfIncidentRecord]:
    """Who takes part, those first whom most articles name."""
    found: dict[str, ActorOfIncidentRecord] = {}
    for report in reports:
        for key, name, actor in which(report):
            one = found.setdefault(key, ActorOfIncidentRecord(name=name, actor=actor, articles=[]))
            one.articles.append(report.article_id)
    return sorted(found.values(), key=lambda one: -len(one.articles))


def _names(reports: Sequence[Report]) -> list[str]:
    seen: set[str] = set()
    names = []
    for name in dict.fromkeys(name for report in reports for name in report.people):
        keys = set(name_keys(name))
        if not keys & seen:
            names.append(name)
        seen |= keys
    return names


def _toll(
    reports: Sequence[Report], which: Callable[[Report], TollRecord | None]
) -> IncidentTollRecord | None:
    """The tolls of all reports as one, in UCDP GED's terms.

    Low and high are the extremes that are told. Best is what the newest day's reports give: tolls rise while bodies are
    found and the wounded die, so that a newer figure replaces an older one. Of figures of one day it is the median, so
    that one outlet alone does not decide, and of two middle ones the lower, as UCDP is conservative. A figure without an
    upper limit (ما لا يقل عن ستة, قتلى) is no estimate but a floor: it lifts the best of its day or an earlier one, and
    counts by itself only where no report gives a limit.
    """
    told = [(r.published or date.min, toll) for r in reports if (toll := which(r)) is not None]
    if not told:
        return None
    closed = [(day, toll) for day, toll in told if toll.high is not None]
    used = closed or told
    newest = max(day for day, _ in used)
    best = median_low([toll.best for day, toll in used if day == newest])
    floors = [toll.low for day, toll in told if toll.high is None and day >= newest]
    best = max([best, *floors]) if closed else best
    high = (
        max(toll.best if toll.high is None else toll.high for _, toll in told) if closed else None
    )
    return IncidentTollRecord(
        low=min(best, *(toll.low for _, toll in used)),
        best=best,
        high=None if high is None else max(high, best),
        figures=_figures(reports, which),
    )


def _figures(
    reports: Sequence[Report], which: Callable[[Report], TollRecord | None]
) -> list[FigureRecord]:
    found: dict[tuple, FigureRecord] = {}
    for report in reports:
        toll = which(report)
        if toll is None:
            continue
        key = toll.low, toll.best, toll.high
        figure = found.setdefault(
            key, FigureRecord(low=toll.low, best=toll.best, high=toll.high, articles=[])
        )
        figure.articles.append(report.article_id)
        figure.sources.extend(s for s in report.sources if s not in figure.sources)
    return list(found.values())
