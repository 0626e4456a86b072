"""DuckDB: the tables articles, events, casualties, participants and mentions, with primary and foreign keys.

``articles.record`` holds the whole record but for its text as JSON, so that what the tables flatten reads back exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sijill.export.files import optional, whole_file
from sijill.export.parquet import arrow_type
from sijill.export.tables import TABLES, column_types
from sijill.records.schema import ArticleRecord

ARTICLES_AT_ONCE = 1000
"""Articles whose rows are put in at once, and held in memory until then."""

_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}
_OF_EVENT = "FOREIGN KEY (article_id, event_id) REFERENCES events"
_OF_CASUALTY = "FOREIGN KEY (article_id, casualty) REFERENCES casualties"
_KEYS = {
    "articles": ["PRIMARY KEY (article_id)"],
    "events": [
        "PRIMARY KEY (article_id, event_id)",
        "FOREIGN KEY (article_id) REFERENCES articles",
    ],
    "casualties": ["PRIMARY KEY (article_id, casualty)", _OF_EVENT],
    "participants": ["PRIMARY KEY (article_id, participant)", _OF_EVENT, _OF_CASUALTY],
    "mentions": ["PRIMARY KEY (article_id, mention)", _OF_EVENT, _OF_CASUALTY],
}
_COLUMNS = {name: column_types(table.row) for name, table in TABLES.items()}


@contextmanager
def writer(path: Path) -> Iterator[Callable[[ArticleRecord], None]]:
    """Write articles, `ARTICLES_AT_ONCE` at a time.

    The writing raises ValueError where two articles, or two events of one, have the same id.
    """
    duckdb = optional("duckdb")
    optional("pyarrow")
    with whole_file(path) as part, closing(duckdb.connect(str(part))) as database:
        for name, columns in _COLUMNS.items():
            lines = [f'"{column}" {_TYPES[kind]}' for column, kind in columns.items()]
            lines += ["record JSON"] if name == "articles" else []
            database.execute(f"CREATE TABLE {name} ({', '.join(lines + _KEYS[name])})")
        batch = _Batch(database)
        yield batch.add
        batch.flush()


def read(path: Path) -> Iterator[ArticleRecord]:
    """Read the articles back, in the order in which they were written.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no database of articles.
    """
    duckdb = optional("duckdb")
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    try:
        database = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise ValueError(f"{path}: no DuckDB file: {error}") from error
    with closing(database):
        try:
            rows = database.execute("SELECT record, text FROM articles ORDER BY rowid")
        except duckdb.Error as error:
            raise ValueError(f"{path}: no table of articles: {error}") from error
        while found := rows.fetchmany(ARTICLES_AT_ONCE):
            for record, text in found:
                yield ArticleRecord.model_validate_json(record).model_copy(update={"text": text})


class _Batch:
    """Rows that wait to be put in."""

    def __init__(self, database: Any):
        self._database = database
        self._size = 0
        self._rows: dict[str, list[tuple]] = {name: [] for name in TABLES}

    def add(self, article: ArticleRecord) -> None:
        for name, table in TABLES.items():
            rows = table.rows(article)
            if name == "articles":
                record = article.model_dump_json(exclude={"text"})
                rows = ((*row, record) for row in rows)
            self._rows[name] += rows
        self._size += 1
        if self._size >= ARTICLES_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        arrow, duckdb = optional("pyarrow"), optional("duckdb")
        # In the order of TABLES: a key must be there before it is referred to.
        for name, rows in self._rows.items():
            if rows:
                columns = _COLUMNS[name] | ({"record": str} if name == "articles" else {})
                arrays = {
                    column: arrow.array(values, arrow_type(kind))
                    for (column, kind), values in zip(columns.items(), zip(*rows))
                }
                self._database.register("waiting", arrow.table(arrays))
                try:
                    self._database.execute(f"INSERT INTO {name} SELECT * FROM waiting")
                except duckdb.ConstraintException as error:
                    raise ValueError(f"{name}: {error}") from error
                self._database.unregister("waiting")
                rows.clear()
        self._size = 0
