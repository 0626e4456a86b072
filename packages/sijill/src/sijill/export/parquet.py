"""Parquet: a row an article, with the records as nested columns of the same names. Reads back exactly.

DuckDB makes rows of events by ``SELECT id, unnest(events, recursive := true) FROM 'records.parquet'``, polars by
``explode("events").unnest("events")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sijill.export.files import optional, whole_file
from sijill.records.schema import ArticleRecord

if TYPE_CHECKING:
    import pyarrow

ROWS_AT_ONCE = 1000
"""Articles of a row group, and of what is held in memory."""


@contextmanager
def writer(path: Path) -> Iterator[Callable[[ArticleRecord], None]]:
    """Write articles, `ROWS_AT_ONCE` at a time."""
    arrow, parquet = optional("pyarrow"), optional("pyarrow.parquet")
    schema = arrow_schema()
    waiting: list[dict[str, Any]] = []
    with whole_file(path) as part, parquet.ParquetWriter(part, schema, compression="zstd") as file:

        def flush() -> None:
            file.write_table(arrow.Table.from_pylist(waiting, schema))
            waiting.clear()

        def write(article: ArticleRecord) -> None:
            waiting.append(article.model_dump())
            if len(waiting) >= ROWS_AT_ONCE:
                flush()

        yield write
        if waiting:
            flush()


def read(path: Path) -> Iterator[ArticleRecord]:
    """Read the articles back.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no Parquet file of articles.
    """
    parquet = optional("pyarrow.parquet")
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE // 4):
            for row in batch.to_pylist():
                yield ArticleRecord.model_validate(row)


@cache
def arrow_schema() -> pyarrow.Schema:
    """The columns of an article as Arrow has them, from the fields of `ArticleRecord`."""
    arrow = optional("pyarrow")
    return arrow.schema(_fields(ArticleRecord))


def _fields(model: type[BaseModel]) -> list[pyarrow.Field]:
    arrow = optional("pyarrow")
    fields = []
    for name, info in model.model_fields.items():
        annotation = info.annotation
        arms = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else ()
        nullable = type(None) in arms
        kept = next(arm for arm in arms if arm is not type(None)) if arms else annotation
        fields.append(arrow.field(name, arrow_type(kept), nullable=nullable))
    return fields


def arrow_type(annotation: Any) -> pyarrow.DataType:
    """The Arrow type of a field of a record or of a column of a table."""
    arrow = optional("pyarrow")
    if get_origin(annotation) is list:
        item = arrow_type(get_args(annotation)[0])
        return arrow.list_(arrow.field("item", item, nullable=False))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return arrow.struct(_fields(annotation))
    if get_origin(annotation) is Literal:
        return arrow.string()
    return {
        str: arrow.string(),
        int: arrow.int64(),
        float: arrow.float64(),
        bool: arrow.bool_(),
        date: arrow.date32(),
    }[annotation]
