"""CSV: UTF-8 with a byte order mark, without which Excel takes Arabic for another encoding.

Readers that keep the mark need to be told of it: ``encoding="utf-8-sig"`` in Python, ``fileEncoding="UTF-8-BOM"`` in R;
pandas, polars, readr and LibreOffice drop it by themselves.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sijill.export.files import whole_file
from sijill.export.tables import EventRow, event_rows
from sijill.records.schema import ArticleRecord

# What a spreadsheet may take for the beginning of a formula; see OWASP, CSV Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what would begin a formula, no control characters.

    >>> harmless("=1+1")
    "'=1+1"
    """
    text = _CONTROL.sub("", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def cell(value: Any) -> Any:
    """A value as CSV has it: days as 2023-12-31, truth as true or false, nothing as an empty cell; numbers as they are."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return value


@contextmanager
def table_writer(
    path: Path,
    heads: Sequence[Sequence[str]],
    rows: Callable[[ArticleRecord], Iterable[Sequence[Any]]],
) -> Iterator[Callable[[ArticleRecord], None]]:
    """Write the rows of articles under one or more head rows."""
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerows(heads)

        def write(article: ArticleRecord) -> None:
            table.writerows(map(cell, row) for row in rows(article))

        yield write


def writer(path: Path):
    """Write every event, a row each, with the columns of `sijill.export.tables.EventRow`."""
    return table_writer(path, [EventRow._fields], event_rows)
