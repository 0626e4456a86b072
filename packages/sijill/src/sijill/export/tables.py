"""Records as flat rows: five tables that the spreadsheets, GeoJSON and DuckDB share.

Rows are tuples with named, typed fields; the fields are the columns. ``article_id`` with the second field is the key of
every table but `ArticleRow`, whose key is ``article_id``. Numbers of casualties, participants and mentions count from 0
through an article. A cell for several words joins them by ``; ``, each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple, Optional, get_args, get_type_hints

from sijill.records.models import Casualty, sum_up
from sijill.records.schema import (
    ArticleRecord,
    CasualtyRecord,
    EventRecord,
    MentionRecord,
    ParticipantRecord,
    TollRecord,
)
from sijill.text.numbers import Count

KINDS_OF_HARM = ("KILLED", "INJURED", "MISSING", "DETAINED", "ABDUCTED", "DISPLACED")


class ArticleRow(NamedTuple):
    """An article."""

    article_id: str
    published: Optional[date]
    country: str
    sha1: str
    version: str
    text: Optional[str]


class EventRow(NamedTuple):
    """An event. ``missing`` to ``displaced`` are best figures; ``start`` and ``end`` are the offsets of its first word."""

    article_id: str
    event_id: str
    published: Optional[date]
    kind: str
    modality: str
    background: bool
    confidence: Optional[float]
    date_start: Optional[date]
    date_end: Optional[date]
    date_precision: Optional[str]
    date_words: Optional[str]
    place: Optional[str]
    place_words: str
    latitude: Optional[float]
    longitude: Optional[float]
    country: Optional[str]
    admin1: Optional[str]
    admin2: Optional[str]
    place_code: Optional[str]
    place_precision: Optional[str]
    place_score: Optional[float]
    agents: str
    targets: str
    instruments: str
    sources: str
    killed_low: Optional[int]
    killed_best: Optional[int]
    killed_high: Optional[int]
    injured_low: Optional[int]
    injured_best: Optional[int]
    injured_high: Optional[int]
    missing: Optional[int]
    detained: Optional[int]
    abducted: Optional[int]
    displaced: Optional[int]
    words: str
    start: int
    end: int


class CasualtyRow(NamedTuple):
    """A casualty; ``event_id`` is empty where no event explains it, ``rival_of`` is the number of the one it disputes."""

    article_id: str
    casualty: int
    event_id: Optional[str]
    kind: str
    modality: str
    minimum: Optional[int]
    maximum: Optional[int]
    approximate: Optional[bool]
    victims: str
    names: str
    groups: str
    children: Optional[int]
    women: Optional[int]
    sources: str
    rival_of: Optional[int]
    words: str
    start: int
    end: int


class ParticipantRow(NamedTuple):
    """Someone who takes part: ``role`` is AGENT, TARGET, SOURCE or VICTIM; ``casualty`` is set where it belongs to one."""

    article_id: str
    participant: int
    event_id: Optional[str]
    casualty: Optional[int]
    role: str
    words: str
    label: str
    start: int
    end: int
    actor_id: Optional[str]
    actor: Optional[str]
    actor_english: Optional[str]
    actor_kind: Optional[str]
    actor_country: Optional[str]


class MentionRow(NamedTuple):
    """Words of the text that a record stands on.

    ``role`` is TRIGGER, DATE, PLACE or INSTRUMENT of an event, CASUALTY, TOLD_AGAIN or PART of a casualty, or a role of
    `ParticipantRow`.
    """

    article_id: str
    mention: int
    event_id: Optional[str]
    casualty: Optional[int]
    role: str
    label: str
    words: str
    start: int
    end: int


def column_types(row: type) -> dict[str, type]:
    """The columns of a row and their types, None left out.

    >>> list(column_types(ArticleRow).items())[:2]
    [('article_id', <class 'str'>), ('published', <class 'datetime.date'>)]
    """
    hints = get_type_hints(row)
    return {name: (get_args(hints[name]) or (hints[name],))[0] for name in row._fields}


# --- articles and events -------------------------------------------------------------------------


def article_rows(article: ArticleRecord) -> Iterator[ArticleRow]:
    """The one row of an article."""
    yield ArticleRow(*(getattr(article, name) for name in ("id", *ArticleRow._fields[1:])))


def event_rows(article: ArticleRecord) -> Iterator[EventRow]:
    """A row for each event."""
    for event in article.events:
        yield event_row(article, event)


def event_row(article: ArticleRecord, event: EventRecord) -> EventRow:
    """One event as a row."""
    when, place, first = event.when, event.place, event.mentions[0]
    harm = {kind: toll(event, kind) for kind in KINDS_OF_HARM[2:]}
    best = {kind.lower(): None if told is None else told.best for kind, told in harm.items()}
    return EventRow(
        article_id=article.id,
        event_id=event.id,
        published=article.published,
        kind=event.kind,
        modality=event.modality,
        background=event.background,
        confidence=event.confidence,
        date_start=when and when.start,
        date_end=when and when.end,
        date_precision=when and when.precision,
        date_words=when and when.mention.text,
        place=place and place.name,
        place_words=words(site.mention for site in event.where),
        latitude=place and place.latitude,
        longitude=place and place.longitude,
        country=place and place.country,
        admin1=place and place.admin1,
        admin2=place and place.admin2,
        place_code=place and place.code,
        place_precision=place and place.precision,
        place_score=place and place.score,
        agents=names(event.agents),
        targets=names(event.targets),
        instruments=words(event.instruments),
        sources=names(event.sources),
        **_limits("killed", event.killed),
        **_limits("injured", event.injured),
        **best,
        words=words(event.mentions),
        start=first.start,
        end=first.end,
    )


def toll(event: EventRecord, kind: str) -> TollRecord | None:
    """Lowest, best and highest figure of a kind of harm; None where the event tells of none."""
    if kind in ("KILLED", "INJURED"):
        return event.killed if kind == "KILLED" else event.injured
    told = sum_up(_as_model(c) for c in event.casualties if c.kind == kind)
    return None if told is None else TollRecord(low=told.low, best=told.best, high=told.high)


def _as_model(casualty: CasualtyRecord) -> Casualty:
    # Summing up takes of a span its place only, which a mention has as well.
    told = casualty.count
    return Casualty(
        kind=casualty.kind,
        count=None if told is None else Count(told.minimum, told.maximum),
        victims=(),
        names=(),
        cause=None,
        sources=(),
        modality=casualty.modality,
        span=casualty.mention,  # type: ignore[arg-type]
        rival_of=casualty.rival_of,  # type: ignore[arg-type]
    )


def _limits(kind: str, told: TollRecord | None) -> dict[str, int | None]:
    return {
        f"{kind}_{limit}": None if told is None else getattr(told, limit)
        for limit in ("low", "best", "high")
    }


# --- casualties ----------------------------------------------------------------------------------


def numbered_casualties(
    article: ArticleRecord,
) -> Iterator[tuple[int, EventRecord | None, CasualtyRecord]]:
    """The casualties of an article, those of its events first, with their numbers and events."""
    numbers = count()
    for event in article.events:
        for casualty in event.casualties:
            yield next(numbers), event, casualty
    for casualty in article.casualties:
        yield next(numbers), None, casualty


def casualty_rows(article: ArticleRecord) -> Iterator[CasualtyRow]:
    """A row for each casualty, also for those that no event explains."""
    number_at: dict[tuple[str | None, int, int], int] = {}
    for number, event, casualty in numbered_casualties(article):
        event_id = event.id if event is not None else None
        mention, told, rival = casualty.mention, casualty.count, casualty.rival_of
        number_at.setdefault((event_id, mention.start, mention.end), number)
        yield CasualtyRow(
            article_id=article.id,
            casualty=number,
            event_id=event_id,
            kind=casualty.kind,
            modality=casualty.modality,
            minimum=told and told.minimum,
            maximum=told and told.maximum,
            approximate=told and told.approximate,
            victims=names(casualty.victims),
            names=joined(casualty.names),
            groups=joined(casualty.groups),
            children=of_group(casualty, "children"),
            women=of_group(casualty, "women"),
            sources=names(casualty.sources),
            rival_of=rival and number_at.get((event_id, rival.start, rival.end)),
            words=mention.text,
            start=mention.start,
            end=mention.end,
        )


def best_of(casualty: CasualtyRecord) -> int:
    """The figure that a sum takes of a casualty: what is certain; a harm word without a number stands for one."""
    return 1 if casualty.count is None else casualty.count.minimum or 0


def of_group(casualty: CasualtyRecord, group: str) -> int | None:
    """How many of the casualties are of a group, as far as told: its parts, else all where it is the only group."""
    parts = [part.count for part in casualty.parts if part.group == group]
    if parts:
        return sum(part.minimum or 0 for part in parts if part is not None)
    return best_of(casualty) if casualty.groups == [group] and not casualty.parts else None


# --- participants and mentions -------------------------------------------------------------------


def participant_rows(article: ArticleRecord) -> Iterator[ParticipantRow]:
    """A row for each participant of an event or casualty."""
    for number, (event_id, casualty, role, participant) in enumerate(_participants(article)):
        mention, actor = participant.mention, participant.actor
        yield ParticipantRow(
            article_id=article.id,
            participant=number,
            event_id=event_id,
            casualty=casualty,
            role=role,
            words=mention.text,
            label=mention.label,
            start=mention.start,
            end=mention.end,
            actor_id=actor and actor.id,
            actor=actor and actor.name,
            actor_english=actor and actor.english,
            actor_kind=actor and actor.kind,
            actor_country=actor and actor.country,
        )


def _participants(
    article: ArticleRecord,
) -> Iterator[tuple[str | None, int | None, str, ParticipantRecord]]:
    for event in article.events:
        roles = (("AGENT", event.agents), ("TARGET", event.targets), ("SOURCE", event.sources))
        for role, found in roles:
            for participant in found:
                yield event.id, None, role, participant
    for number, event, casualty in numbered_casualties(article):
        for role, found in (("VICTIM", casualty.victims), ("SOURCE", casualty.sources)):
            for participant in found:
                yield event.id if event is not None else None, number, role, participant


def mention_rows(article: ArticleRecord) -> Iterator[MentionRow]:
    """A row for each mention that a record stands on."""
    for number, (event_id, casualty, role, mention) in enumerate(_mentions(article)):
        yield MentionRow(
            article.id,
            number,
            event_id,
            casualty,
            role,
            mention.label,
            mention.text,
            mention.start,
            mention.end,
        )


def _mentions(
    article: ArticleRecord,
) -> Iterator[tuple[str | None, int | None, str, MentionRecord]]:
    for event in article.events:
        roles = (
            ("TRIGGER", event.mentions),
            ("DATE", [event.when.mention] if event.when else []),
            ("PLACE", [site.mention for site in event.where]),
            ("INSTRUMENT", event.instruments),
        )
        for role, found in roles:
            for mention in found:
                yield event.id, None, role, mention
    for number, event, casualty in numbered_casualties(article):
        event_id = event.id if event is not None else None
        yield event_id, number, "CASUALTY", casualty.mention
        for mention in casualty.told_again:
            yield event_id, number, "TOLD_AGAIN", mention
        for part in casualty.parts:
            yield event_id, number, "PART", part.mention
    for event_id, number, role, participant in _participants(article):
        yield event_id, number, role, participant.mention


# --- cells ---------------------------------------------------------------------------------------


def joined(parts: Iterable[str]) -> str:
    """Words as one cell, each once.

    >>> joined(["نوى", "درعا", "نوى"])
    'نوى; درعا'
    """
    return "; ".join(dict.fromkeys(part for part in parts if part))


def words(mentions: Iterable[MentionRecord]) -> str:
    """The words of mentions as one cell."""
    return joined(mention.text for mention in mentions)


def names(participants: Sequence[ParticipantRecord]) -> str:
    """The words for participants as one cell."""
    return words(participant.mention for participant in participants)


class Table(NamedTuple):
    """A table: the type of its rows, and the rows of an article."""

    row: type
    rows: Callable[[ArticleRecord], Iterator[tuple]]


TABLES = {
    "articles": Table(ArticleRow, article_rows),
    "events": Table(EventRow, event_rows),
    "casualties": Table(CasualtyRow, casualty_rows),
    "participants": Table(ParticipantRow, participant_rows),
    "mentions": Table(MentionRow, mention_rows),
}
"""The tables by name, each after those that it refers to."""
