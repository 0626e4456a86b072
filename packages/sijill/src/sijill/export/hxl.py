"""CSV tagged by the Humanitarian Exchange Language: the second row says by hashtag what each column holds.

Figures are best ones, with lowest and highest for the killed; women and children as far as they are told. Events that are
ALLEGED, DENIED, PLANNED or GENERAL are left out unless ``keep_all``, so that columns can be summed. Hashtags: HXL 1.1,
https://hxlstandard.org.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sijill.export.csv import table_writer
from sijill.export.tables import event_row, of_group, toll
from sijill.records.schema import ArticleRecord, EventRecord, PlaceRecord

TAGS = {
    "event": "#event",
    "event_id": "#meta+id",
    "article_id": "#meta+article",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "country": "#country+code+iso2",
    "admin1": "#adm1+name",
    "admin1_code": "#adm1+code",
    "admin2": "#adm2+name",
    "admin2_code": "#adm2+code",
    "place": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "place_precision": "#geo+precision",
    "killed": "#affected+killed",
    "killed_low": "#affected+killed+min",
    "killed_high": "#affected+killed+max",
    "killed_women": "#affected+killed+f",
    "killed_children": "#affected+killed+children",
    "injured": "#affected+injured",
    "injured_women": "#affected+injured+f",
    "injured_children": "#affected+injured+children",
    "missing": "#affected+missing",
    "detained": "#affected+detained",
    "abducted": "#affected+abducted",
    "displaced": "#affected+displaced",
    "agents": "#group+agent+name",
    "targets": "#group+target+name",
    "sources": "#meta+source",
    "published": "#date+published",
    "modality": "#meta+modality",
    "background": "#meta+background",
}
"""The columns and their hashtags, in order. Men are seldom told of as such: there is no ``+m``."""


def writer(path: Path, keep_all: bool = False):
    """Write the events that are stated as having happened, a row each; all events with ``keep_all``."""
    heads = [list(TAGS), list(TAGS.values())]
    return table_writer(path, heads, lambda article: hxl_rows(article, keep_all))


def hxl_rows(article: ArticleRecord, keep_all: bool = False) -> Iterator[list[Any]]:
    """The rows of an article, with the columns of `TAGS`."""
    for event in article.events:
        if keep_all or event.modality == "ASSERTED":
            cells = {**event_row(article, event)._asdict(), **_own_cells(event)}
            yield [cells[name] for name in TAGS]


def _own_cells(event: EventRecord) -> dict[str, Any]:
    killed, injured = toll(event, "KILLED"), toll(event, "INJURED")
    return {
        "event": event.kind,
        "admin1_code": _code(event.place, "governorate"),
        "admin2_code": _code(event.place, "district"),
        "killed": killed and killed.best,
        "injured": injured and injured.best,
        "killed_women": _of_group(event, "KILLED", "women"),
        "killed_children": _of_group(event, "KILLED", "children"),
        "injured_women": _of_group(event, "INJURED", "women"),
        "injured_children": _of_group(event, "INJURED", "children"),
    }


def _code(place: PlaceRecord | None, precision: str) -> str | None:
    """A place's own code, where it is the area that the column is about."""
    return place.code if place is not None and place.precision == precision else None


def _of_group(event: EventRecord, kind: str, group: str) -> int | None:
    told = [
        of_group(casualty, group)
        for casualty in event.casualties
        if casualty.kind == kind and casualty.rival_of is None and casualty.modality == "ASSERTED"
    ]
    known = [number for number in told if number is not None]
    return sum(known) if known else None
