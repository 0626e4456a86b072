"""Excel: a sheet for each table, text made harmless.

A table of more rows than a sheet holds goes on in another (``mentions 2``). A cell holds 32,767 characters: longer texts
are cut. Days before 1900, which Excel does not know, are text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sijill.export.csv import harmless
from sijill.export.files import optional, whole_file
from sijill.export.tables import TABLES
from sijill.records.schema import ArticleRecord

ROWS = 1_048_576
"""Rows that a sheet holds, the head included."""
_LONGEST = 32_767
_SHEETS = ("events", "casualties", "participants", "mentions", "articles")


@contextmanager
def writer(path: Path) -> Iterator[Callable[[ArticleRecord], None]]:
    """Write articles; rows wait in temporary files of the system, not in memory."""
    openpyxl = optional("openpyxl")
    with whole_file(path) as part:
        book = openpyxl.Workbook(write_only=True)
        sheets = {name: _Sheet(book, name) for name in _SHEETS}

        def write(article: ArticleRecord) -> None:
            for name, sheet in sheets.items():
                for row in TABLES[name].rows(article):
                    sheet.append(row)

        try:
            yield write
        except BaseException:
            for sheet in book:  # else openpyxl complains of rows that were never ended
                sheet.close()
            raise
        book.save(part)


class _Sheet:
    """A table in as many sheets as it needs."""

    def __init__(self, book: Any, name: str):
        self._book, self._name = book, name
        self._sheets = 0
        self._open()

    def append(self, row: tuple) -> None:
        if self._rows >= ROWS:
            self._open()
        self._sheet.append([_cell(value) for value in row])
        self._rows += 1

    def _open(self) -> None:
        self._sheets += 1
        title = self._name if self._sheets == 1 else f"{self._name} {self._sheets}"
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._sheet.append(TABLES[self._name].row._fields)
        self._rows = 1


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)[:_LONGEST]
    if isinstance(value, date) and value.year < 1900:
        return value.isoformat()
    return value
