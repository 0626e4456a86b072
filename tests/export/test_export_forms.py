"""Writing by ending, reading back, and files that are there whole or not at all."""

import gzip
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Literal, Union, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from sijill.export import FORMS, form_of, open_writer, read_records, write_records
from sijill.records.schema import ArticleRecord, EventRecord
from tests.export.samples import article, event, full_article

COMPLETE = [ending for ending, form in FORMS.items() if form.read]


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("records.jsonl", ".jsonl"),
        ("records.jsonl.gz", ".jsonl.gz"),
        ("records.csv", ".csv"),
        ("records.acled.csv", ".acled.csv"),
        ("records.ucdp.csv", ".ucdp.csv"),
        ("2023.12.hxl.csv", ".hxl.csv"),
        ("Records.HXL.CSV", ".hxl.csv"),
    ],
)
def test_the_longest_ending_counts(name, ending):
    assert form_of(name) is FORMS[ending]


@pytest.mark.parametrize("name", ["records", "records.json", "records.gz", "jsonl", "a.csv/b"])
def test_an_unknown_ending_lists_those_known(name, tmp_path):
    with pytest.raises(ValueError, match="unknown ending. Known are .jsonl, .jsonl.gz, .parquet"):
        write_records([], tmp_path / name)


@pytest.mark.parametrize("ending", [e for e in FORMS if e not in COMPLETE])
def test_what_is_not_complete_is_not_read_back(ending, tmp_path):
    with pytest.raises(ValueError, match=".jsonl, .jsonl.gz, .parquet, .duckdb can be read back"):
        read_records(tmp_path / f"records{ending}")


# --- round trips ---------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", COMPLETE)
@pytest.mark.parametrize(
    "articles",
    [
        [],
        [full_article()],
        [article(text=None, published=None, country="")],
        [article(event(), id=f"a{i}") for i in (3, 1, 2)],  # the order stays
        [article(text="=1+1\r\n\x00 '\"\\ 𐍈", id="'; DROP TABLE articles")],
    ],
    ids=["none", "full", "empty", "several", "odd text"],
)
def test_round_trip(articles, ending, tmp_path):
    path = tmp_path / f"records{ending}"
    write_records(articles, path)
    assert list(read_records(path)) == articles


@pytest.mark.parametrize("ending", [".parquet", ".duckdb"])
def test_round_trip_of_more_than_are_written_at_once(ending, tmp_path, monkeypatch):
    monkeypatch.setattr("sijill.export.parquet.ROWS_AT_ONCE", 4)
    monkeypatch.setattr("sijill.export.duckdb.ARTICLES_AT_ONCE", 4)
    articles = [full_article().model_copy(update={"id": str(i)}) for i in range(10)]

    write_records(iter(articles), tmp_path / f"records{ending}")

    assert list(read_records(tmp_path / f"records{ending}")) == articles


def _values(annotation, name=""):
    """Values of a field's type, so that a field added to the records is tried as well."""
    if get_origin(annotation) in (Union, UnionType):
        return st.one_of(
            [st.none() if a is type(None) else _values(a) for a in get_args(annotation)]
        )
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if get_origin(annotation) is list:
        item = get_args(annotation)[0]
        key = (lambda e: e.id) if item is EventRecord else None
        least = 1 if name == "mentions" else 0
        return st.lists(_values(item), min_size=least, max_size=2, unique_by=key)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return st.builds(annotation, **{n: _values(f.annotation, n) for n, f in fields})
    return {
        str: st.text(max_size=8),
        int: st.integers(0, 2**63 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        date: st.dates(),
    }[annotation]


ARTICLES = st.lists(_values(ArticleRecord), max_size=2, unique_by=lambda a: a.id)


@pytest.mark.parametrize("ending", COMPLETE)
def test_round_trip_of_anything(ending):
    # The searching is done inside: what it costs is the files, not the records.
    @settings(max_examples=15, deadline=None)
    @given(ARTICLES)
    def round_trip(articles):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"records{ending}"
            write_records(articles, path)
            assert list(read_records(path)) == articles

    round_trip()


@pytest.mark.parametrize("ending", [e for e in FORMS if e not in COMPLETE])
def test_anything_is_written(ending):
    @settings(max_examples=15, deadline=None)
    @given(ARTICLES)
    def write(articles):
        with tempfile.TemporaryDirectory() as folder:
            write_records(articles, Path(folder) / f"records{ending}", keep_all=True)

    write()


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMS)
def test_a_run_that_is_cut_off_leaves_what_was_there(ending, tmp_path):
    path = tmp_path / f"records{ending}"
    path.write_text("earlier", encoding="utf8")

    def cut_off():
        yield full_article()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_records(cut_off(), path)

    assert path.read_text(encoding="utf8") == "earlier"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_an_earlier_file_is_replaced_and_folders_are_made(tmp_path):
    path = tmp_path / "new" / "records.duckdb"
    write_records([article(), article(id="a2")], path)
    write_records([article(id="a3")], path)

    assert [a.id for a in read_records(path)] == ["a3"]
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "records.csv").mkdir()
    with pytest.raises(IsADirectoryError):
        write_records([], tmp_path / "records.csv")


def test_articles_are_written_one_by_one(tmp_path):
    with open_writer(tmp_path / "records.jsonl") as write:
        write(article())
    assert list(read_records(tmp_path / "records.jsonl")) == [article()]


@pytest.mark.parametrize(
    ("package", "ending"), [("pyarrow", ".parquet"), ("duckdb", ".duckdb"), ("openpyxl", ".xlsx")]
)
def test_a_package_that_is_missing_is_told(package, ending, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=rf'{package} is missing: pip install "sijill\[tables\]"'):
        write_records([], tmp_path / f"records{ending}")


# --- JSON Lines ----------------------------------------------------------------------------------


def test_json_lines_are_plain_json(tmp_path):
    write_records([full_article()], tmp_path / "records.jsonl")
    line = json.loads((tmp_path / "records.jsonl").read_text(encoding="utf8"))
    assert line["events"][0]["where"][1]["place"]["name"] == "نوى"
    assert line["events"][0]["killed"] == {"low": 5, "best": 5, "high": None}


def test_packed_json_lines_are_the_same_lines(tmp_path):
    for name in ("a.jsonl", "a.jsonl.gz", "b.jsonl.gz"):
        write_records([full_article()], tmp_path / name)
    packed = (tmp_path / "a.jsonl.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "a.jsonl").read_bytes()
    assert packed == (tmp_path / "b.jsonl.gz").read_bytes()


def test_a_line_that_is_no_record_is_told(tmp_path):
    path = tmp_path / "records.jsonl"
    write_records([article()], path)
    path.write_bytes(path.read_bytes() + b'\n{"id": "a2"}\n')
    with pytest.raises(
        ValueError, match=r"records.jsonl:3: no record of an article: sha1 Field req"
    ):
        list(read_records(path))


@pytest.mark.parametrize("ending", [".parquet", ".duckdb"])
def test_a_file_of_something_else_is_told(ending, tmp_path):
    path = tmp_path / f"records{ending}"
    with pytest.raises(OSError):
        list(read_records(path))
    path.write_bytes(b"something else" * 1000)
    with pytest.raises(ValueError):
        list(read_records(path))


# --- DuckDB and Parquet --------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    write_records([full_article(), article(event(), id="a2")], tmp_path / "records.duckdb")
    with duckdb.connect(str(tmp_path / "records.duckdb"), read_only=True) as database:
        yield database


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (
            "SELECT article_id, published, country FROM articles LIMIT 1",
            [("a1", date(2023, 12, 31), "SY")],
        ),
        ("SELECT count(*) FROM events", [(3,)]),
        (
            "SELECT casualty, minimum, maximum, rival_of FROM casualties WHERE kind = 'KILLED'",
            [(0, 5, 5, None), (1, 7, None, 0)],
        ),
        (
            "SELECT agents, actor_english FROM participants JOIN events USING (article_id, event_id)"
            " WHERE role = 'AGENT' AND place = 'نوى'",
            [("فصائل", "Rebels (Syria)")],
        ),
        (
            "SELECT role, count(*) FROM mentions GROUP BY role ORDER BY role",
            [
                ("AGENT", 1),
                ("CASUALTY", 4),
                ("DATE", 1),
                ("INSTRUMENT", 1),
                ("PART", 2),
                ("PLACE", 2),
                ("SOURCE", 2),
                ("TARGET", 1),
                ("TOLD_AGAIN", 1),
                ("TRIGGER", 3),
                ("VICTIM", 1),
            ],
        ),
        ("SELECT record->>'$.events[0].kind' FROM articles LIMIT 1", [("ATTACK",)]),
    ],
)
def test_queries(database, query, answer):
    assert database.execute(query).fetchall() == answer


def test_tables_have_keys(database):
    keys = database.execute(
        "SELECT table_name, constraint_type, constraint_column_names FROM duckdb_constraints()"
        " WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')"
    ).fetchall()
    tables = {"articles", "events", "casualties", "participants", "mentions"}
    assert {table for table, kind, _ in keys if kind == "PRIMARY KEY"} == tables
    of_event = ("FOREIGN KEY", ["article_id", "event_id"])
    assert {table for table, *key in keys if tuple(key) == of_event} == tables - {
        "articles",
        "events",
    }


@pytest.mark.parametrize("articles", [[article(), article()], [article(event(), event())]])
def test_two_of_one_id_are_an_error(articles, tmp_path):
    with pytest.raises(ValueError, match="(?i)duplicate key"):
        write_records(articles, tmp_path / "records.duckdb")


def test_parquet_is_nested(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    write_records([full_article()], tmp_path / "records.parquet")
    table = parquet.read_table(tmp_path / "records.parquet")
    assert table.column_names == list(ArticleRecord.model_fields)
    assert table["published"].to_pylist() == [date(2023, 12, 31)]
    assert table["events"][0][0]["when"]["start"].as_py() == date(2023, 12, 30)
