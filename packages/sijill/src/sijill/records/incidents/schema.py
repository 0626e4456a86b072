"""Incidents as plain data: what several articles tell of one event."""

from __future__ import annotations

from datetime import date
from typing import Optional

from pydantic import BaseModel, ConfigDict, Field

from sijill.records.schema import VERSION, ActorRecord, PlaceRecord, TollRecord


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReportRecord(_Record):
    """One event of one article."""

    article: str = Field(description="The id of the article.")
    event: str = Field(description="The id of the event in it.")
    published: Optional[date] = None
    kind: str
    modality: str
    sources: list[str] = Field([], description="Whom the article names as saying so.")
    killed: Optional[TollRecord] = None
    injured: Optional[TollRecord] = None


class ActorOfIncidentRecord(_Record):
    """Someone who takes part, by the register's name or the words of the first report."""

    name: str
    actor: Optional[ActorRecord] = None
    articles: list[str] = Field(description="The ids of the articles that name them.")


class FigureRecord(_Record):
    """One figure, and who gives it."""

    low: int
    best: int
    high: Optional[int] = None
    articles: list[str] = Field(description="The ids of the articles that give it.")
    sources: list[str] = Field([], description="Whom these name as saying so.")


class IncidentTollRecord(_Record):
    """Lowest, best and highest over all reports; ``high`` is null where no report sets a limit."""

    low: int
    best: int
    high: Optional[int] = None
    figures: list[FigureRecord]


class IncidentRecord(_Record):
    """One incident as all articles tell it."""

    version: str = VERSION
    id: str
    kind: str = Field(description="The scheme's label of the act that most reports give.")
    start: Optional[date] = Field(None, description="The first day.")
    end: Optional[date] = Field(None, description="The last day, included.")
    dated: bool = Field(description="A report tells the day; else it is taken from publication.")
    place: Optional[PlaceRecord] = None
    place_name: str = Field("", description="The place in words, where the gazetteer lacks it too.")
    actors: list[ActorOfIncidentRecord] = []
    targets: list[ActorOfIncidentRecord] = []
    names: list[str] = Field([], description="Victims who are named, as first written.")
    killed: Optional[IncidentTollRecord] = None
    injured: Optional[IncidentTollRecord] = None
    first_report: Optional[date] = None
    last_report: Optional[date] = None
    reports: list[ReportRecord] = Field(description="In the order of publication.")
