"""Records as plain data, with a JSON Schema: what is stored, exported and exchanged.

`article_record` turns a Doc into an `ArticleRecord`. Offsets are characters of the text as given, the end excluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha1
from typing import Literal, Optional

from pydantic import BaseModel, ConfigDict, Field
from spacy.tokens import Doc, Span

from sijill.extensions import span_key
from sijill.knowledge.actors import Actor
from sijill.knowledge.places import Place
from sijill.records import models
from sijill.records.assembly import find_events
from sijill.records.casualties import find_casualties
from sijill.records.links import Links
from sijill.records.values import Values, values_of
from sijill.text.numbers import Count

VERSION = "1"
"""The version of the records' form; it goes up when a field changes its meaning or goes."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MentionRecord(_Record):
    """Words of the text."""

    text: str
    label: str = Field(description="The scheme's label of the span.")
    start: int = Field(ge=0, description="Offset of the first character.")
    end: int = Field(ge=0, description="Offset after the last character.")


_MOST = 2**63 - 1  # what a column of a database holds


class CountRecord(_Record):
    """How many; a limit that the words leave open is null."""

    minimum: Optional[int] = Field(None, ge=0, le=_MOST)
    maximum: Optional[int] = Field(None, ge=0, le=_MOST)
    approximate: bool = False


class DateRecord(_Record):
    """The days of an event, both ends included."""

    mention: MentionRecord
    iso: str = Field(description="2022-11-30, 2022-10, 2022 or a range with a slash.")
    start: date
    end: date
    precision: Literal["day", "week", "month", "year", "span"]


class PlaceRecord(_Record):
    """A place of the gazetteer."""

    name: str
    latitude: float
    longitude: float
    country: str = Field(description="ISO 3166, two letters.")
    admin1: str
    admin2: str
    code: str = Field(description="A p-code or a GeoNames id, or empty.")
    precision: str
    score: float


class SiteRecord(_Record):
    """Words for a place, and the place where the gazetteer knows it."""

    mention: MentionRecord
    place: Optional[PlaceRecord] = None


class ActorRecord(_Record):
    """An actor of the register."""

    id: str
    name: str
    english: str
    kind: str
    country: str


class ParticipantRecord(_Record):
    """Words for someone who takes part, and the actor where the register knows them."""

    mention: MentionRecord
    actor: Optional[ActorRecord] = None


class PartRecord(_Record):
    """A part of a toll; it is in the toll already."""

    mention: MentionRecord
    count: Optional[CountRecord] = None
    group: str


class TollRecord(_Record):
    """Lowest, best and highest figure; ``high`` is null where the words set no limit."""

    low: int = Field(ge=0, le=_MOST)
    best: int = Field(ge=0, le=_MOST)
    high: Optional[int] = Field(None, ge=0, le=_MOST)


class CasualtyRecord(_Record):
    """How many people a harm word, or an event that counts people, speaks of."""

    kind: Literal["KILLED", "INJURED", "MISSING", "DETAINED", "ABDUCTED", "DISPLACED"]
    modality: str
    mention: MentionRecord
    count: Optional[CountRecord] = None
    victims: list[ParticipantRecord] = []
    names: list[str] = []
    groups: list[str] = []
    parts: list[PartRecord] = []
    sources: list[ParticipantRecord] = []
    told_again: list[MentionRecord] = []
    rival_of: Optional[MentionRecord] = Field(
        None, description="The word of the toll that this one tells otherwise."
    )


class EventRecord(_Record):
    """One incident as one article tells it."""

    id: str
    kind: str = Field(description="The scheme's label of the act.")
    modality: str
    background: bool = Field(description="It ended long before the article.")
    confidence: Optional[float] = None
    when: Optional[DateRecord] = None
    where: list[SiteRecord] = Field([], description="The most exact first, then what holds it.")
    agents: list[ParticipantRecord] = []
    targets: list[ParticipantRecord] = []
    instruments: list[MentionRecord] = []
    casualties: list[CasualtyRecord] = []
    killed: Optional[TollRecord] = None
    injured: Optional[TollRecord] = None
    sources: list[ParticipantRecord] = []
    mentions: list[MentionRecord]

    @property
    def place(self) -> PlaceRecord | None:
        """The most exact place that the gazetteer knows."""
        return next((site.place for site in self.where if site.place is not None), None)


class ArticleRecord(_Record):
    """All records of one article."""

    version: str = VERSION
    id: str
    published: Optional[date] = None
    country: str = Field("", description="That the article is about; ISO 3166, or empty.")
    sha1: str = Field(description="Of the text in UTF-8, so that offsets can be trusted.")
    text: Optional[str] = None
    events: list[EventRecord] = []
    casualties: list[CasualtyRecord] = Field([], description="Those that no event explains.")


def article_record(doc: Doc, *, with_text: bool = True) -> ArticleRecord:
    """The records of a Doc as plain data.

    An article without an id gets the first 12 digits of its text's hash. ``with_text=False`` leaves the text out: the
    offsets then need it from elsewhere.
    """
    text_hash = sha1(doc.text.encode("utf8")).hexdigest()
    links, values = Links(doc), values_of(doc)
    casualties = find_casualties(doc, links)
    events = find_events(doc, links, values, casualties)
    writer = _Writer(values)
    told = {
        span_key(span)
        for event in events
        for c in event.casualties
        for span in (c.span, *c.told_again, *(part.span for part in c.parts))
    }
    return ArticleRecord(
        id=doc._.article_id or text_hash[:12],
        published=doc._.published,
        country=values.country,
        sha1=text_hash,
        text=doc.text if with_text else None,
        events=[writer.event(event) for event in events],
        casualties=[writer.casualty(c) for c in casualties if span_key(c.span) not in told],
    )


class _Writer:
    """Writes the views of one Doc as records."""

    def __init__(self, values: Values):
        self._places, self._actors = values.places, values.actors

    def event(self, event: models.Event) -> EventRecord:
        return EventRecord(
            id=event.id,
            kind=event.kind,
            modality=event.modality,
            background=event.background,
            confidence=None if event.confidence is None else round(event.confidence, 3),
            when=None if event.when is None else _date(event.when),
            where=[self._site(span) for span in event.places],
            agents=self._participants(event.agents),
            targets=self._participants(event.targets),
            instruments=_mentions(event.instruments),
            casualties=[self.casualty(c) for c in event.casualties],
            killed=_toll(event.killed),
            injured=_toll(event.injured),
            sources=self._participants(event.sources),
            mentions=_mentions(event.mentions),
        )

    def casualty(self, casualty: models.Casualty) -> CasualtyRecord:
        return CasualtyRecord(
            kind=casualty.kind,
            modality=casualty.modality,
            mention=_mention(casualty.span),
            count=_count(casualty.count),
            victims=self._participants(casualty.victims),
            names=list(casualty.names),
            groups=list(casualty.groups),
            parts=[
                PartRecord(mention=_mention(p.span), count=_count(p.count), group=p.group)
                for p in casualty.parts
            ],
            sources=self._participants(casualty.sources),
            told_again=_mentions(casualty.told_again),
            rival_of=None if casualty.rival_of is None else _mention(casualty.rival_of),
        )

    def _site(self, span: Span) -> SiteRecord:
        place = self._places.get(span_key(span))
        return SiteRecord(mention=_mention(span), place=None if place is None else _place(place))

    def _participants(self, spans: Sequence[Span]) -> list[ParticipantRecord]:
        found = []
        for span in spans:
            actor = self._actors.get(span_key(span))
            record = None if actor is None else _actor(actor)
            found.append(ParticipantRecord(mention=_mention(span), actor=record))
        return found


def _mention(span: Span) -> MentionRecord:
    return MentionRecord(
        text=span.text, label=span.label_, start=span.start_char, end=span.end_char
    )


def _mentions(spans: Iterable[Span]) -> list[MentionRecord]:
    return [_mention(span) for span in spans]


def _count(count: Count | None) -> CountRecord | None:
    if count is None:
        return None
    return CountRecord(minimum=count.minimum, maximum=count.maximum, approximate=count.approximate)


def _toll(toll: models.Toll | None) -> TollRecord | None:
    return None if toll is None else TollRecord(low=toll.low, best=toll.best, high=toll.high)


def _date(when: models.When) -> DateRecord:
    return DateRecord(
        mention=_mention(when.span),
        iso=when.iso,
        start=when.start,
        end=when.end,
        precision=when.precision,
    )


def _place(place: Place) -> PlaceRecord:
    fields = PlaceRecord.model_fields
    return PlaceRecord(**{name: getattr(place, name) for name in fields})


def _actor(actor: Actor) -> ActorRecord:
    fields = ActorRecord.model_fields
    return ActorRecord(**{name: getattr(actor, name) for name in fields})
