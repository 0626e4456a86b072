"""Records in the forms that others read: written by `write_records`, some read back by `read_records`.

| ending | what | read back |
|---|---|---|
| ``.jsonl``, ``.jsonl.gz`` | an article a line, complete | yes |
| ``.parquet`` | an article a row, nested, complete | yes |
| ``.duckdb`` | five tables with keys, complete | yes |
| ``.xlsx`` | the five tables as sheets | |
| ``.csv`` | every event a row | |
| ``.geojson`` | every event a feature | |
| ``.acled.csv`` | ACLED's 31 columns | |
| ``.ucdp.csv`` | UCDP GED's columns, with low, best and high | |
| ``.hxl.csv`` | events with HXL hashtags | |

The last three are made to be counted: they leave out what is not stated as having happened (`sijill.export.ucdp`,
`sijill.export.hxl` and `sijill.records.acled` say what); the others hold every event, with its modality and whether it is
background.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import NamedTuple, Optional

from sijill.export import acled_csv, csv, duckdb, excel, geojson, hxl, jsonl, parquet, ucdp
from sijill.records.schema import ArticleRecord

Writer = AbstractContextManager[Callable[[ArticleRecord], None]]
"""Opens a file and gives the function that adds an article to it; the file is in its place when the context ends well."""


class Form(NamedTuple):
    """How records are written to a file of some ending, and read back where that is possible."""

    writer: Callable[[Path], Writer]
    read: Optional[Callable[[Path], Iterator[ArticleRecord]]] = None


FORMS = {
    ".jsonl": Form(jsonl.writer, jsonl.read),
    ".jsonl.gz": Form(jsonl.writer, jsonl.read),
    ".parquet": Form(parquet.writer, parquet.read),
    ".duckdb": Form(duckdb.writer, duckdb.read),
    ".xlsx": Form(excel.writer),
    ".geojson": Form(geojson.writer),
    ".acled.csv": Form(acled_csv.writer),
    ".ucdp.csv": Form(ucdp.writer),
    ".hxl.csv": Form(hxl.writer),
    ".csv": Form(csv.writer),
}
"""The forms by the ending of a file's name; the longest ending that fits counts."""


def form_of(path: str | Path) -> Form:
    """The form that a file's ending stands for.

    Raises:
        ValueError: the ending is unknown; the message lists those known.
    """
    name = Path(path).name.lower()
    endings = [ending for ending in FORMS if name.endswith(ending)]
    if not endings:
        raise ValueError(f"{path}: unknown ending. Known are {', '.join(FORMS)}")
    return FORMS[max(endings, key=len)]


def open_writer(path: str | Path) -> Writer:
    """A context that writes articles one by one: ``with open_writer("records.jsonl") as write: write(article)``.

    Raises:
        ValueError: see `form_of`.
    """
    return form_of(path).writer(Path(path))


def write_records(
    records: Iterable[ArticleRecord], path: str | Path, *, keep_all: bool = False
) -> None:
    """Write articles to a file, in the form that its ending stands for; a file that is there already is replaced.

    Articles are taken one by one. A file cut off by an error is not left behind.

    Args:
        keep_all: also write to ``.ucdp.csv`` and ``.hxl.csv`` the events that these leave out of counts.

    Raises:
        ValueError: the ending is unknown, or a form cannot hold the articles.
        ImportError: the form needs a package that is not installed.
        OSError: the file cannot be written.
    """
    form = form_of(path)
    if keep_all and form.writer in (ucdp.writer, hxl.writer):
        form = Form(partial(form.writer, keep_all=True))
    with form.writer(Path(path)) as write:
        for article in records:
            write(article)


def read_records(path: str | Path) -> Iterator[ArticleRecord]:
    """Read articles back from JSON Lines, Parquet or DuckDB, one by one, just as they were written.

    Raises:
        ValueError: the form cannot be read back, or the file does not hold articles.
        ImportError: the form needs a package that is not installed.
        OSError: the file cannot be read.
    """
    form = form_of(path)
    if form.read is None:
        complete = ", ".join(ending for ending, form in FORMS.items() if form.read)
        raise ValueError(f"{path}: this form is not complete. {complete} can be read back")
    return form.read(Path(path))
