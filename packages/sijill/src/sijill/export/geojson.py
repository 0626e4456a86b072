"""GeoJSON (RFC 7946): a feature for each event, with the columns of the events table as properties.

An event without a known place has no geometry, as the standard asks. Coordinates are those of the most exact known
place; ``place_precision`` says how near they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sijill.export.files import whole_file
from sijill.export.tables import EventRow, event_rows
from sijill.records.schema import ArticleRecord


@contextmanager
def writer(path: Path) -> Iterator[Callable[[ArticleRecord], None]]:
    """Write a ``FeatureCollection``, a feature a line."""
    with whole_file(path) as part, part.open("w", encoding="utf8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        before = "\n"

        def write(article: ArticleRecord) -> None:
            nonlocal before
            for row in event_rows(article):
                file.write(before + json.dumps(feature(row), ensure_ascii=False, default=_day))
                before = ",\n"

        yield write
        file.write("\n]}\n")


def feature(row: EventRow) -> dict[str, Any]:
    """One event as a feature."""
    properties = row._asdict()
    latitude, longitude = properties.pop("latitude"), properties.pop("longitude")
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return {
        "type": "Feature",
        "id": row.event_id,
        "geometry": None if latitude is None else point,
        "properties": properties,
    }


def _day(value: date) -> str:
    return value.isoformat()
