"""`sijill extract` and `sijill schema`: which articles are read, what is reported, what is written."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from typer.testing import CliRunner

from sijill.annotation.corpus import blank_pipeline
from sijill.cli import app
from sijill.export import FORMS, read_records
from sijill.extract import (
    Source,
    extract_records,
    find_files,
    read_country,
    read_day,
    read_line,
    read_sources,
)
from sijill.records.schema import ArticleRecord


@Language.component("test_fails_at_boom")
def fails_at_boom(doc):
    if "boom" in doc.text:
        raise RuntimeError("as asked")
    return doc


@pytest.fixture
def reports():
    """What is reported: a list of (where, what) that is called like `report`."""

    class Reports(list):
        def __call__(self, where, what):
            self.append((where, what))

    return Reports()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, the working one."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf8"))
    return path


# --- files ---------------------------------------------------------------------------------------


def test_folders_are_searched_through(folder, reports):
    for name in ("b.txt", "a/c.TXT", "d.jsonl", "d.jsonl.gz", "out.jsonl", "notes.md"):
        write(folder / "news" / name, "نص")

    found = find_files(["news"], reports, leave_out=[Path("news/out.jsonl")])

    names = ["news/a/c.TXT", "news/b.txt", "news/d.jsonl", "news/d.jsonl.gz"]
    assert [f.path.as_posix() for f in found] == names
    assert [f.name for f in found[:2]] == ["a/c", "b"]
    assert reports == []


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["x/1.txt"], ["1"]),
        (["x"], ["1"]),
        (["x", "y"], ["x/1", "y/1"]),
        (["x", "x/1.txt", "./x"], ["1"]),
    ],
)
def test_plain_texts_are_named_by_their_files(paths, names, folder, reports):
    for name in ("x/1.txt", "y/1.txt"):
        write(folder / name, "نص")
    assert [f.name for f in find_files(paths, reports)] == names


def test_what_is_no_file_of_articles_is_reported(folder, reports):
    write(folder / "a.pdf", "نص")
    write(folder / "out.jsonl", "{}")
    (folder / "empty").mkdir()

    found = find_files(
        ["a.pdf", "missing.txt", "empty", "out.jsonl"], reports, leave_out=[Path("out.jsonl")]
    )

    assert found == []
    assert reports == [
        ("a.pdf", "no file of articles; these end in .txt, .jsonl, .jsonl.gz"),
        ("missing.txt", "cannot be read: No such file or directory"),
        ("empty", "no file of articles; these end in .txt, .jsonl, .jsonl.gz"),
        ("out.jsonl", "is written to, so it is not read"),
    ]


# --- articles ------------------------------------------------------------------------------------


def sources_of(folder, reports, **options):
    return list(read_sources(find_files([folder], reports), reports, **options))


def test_a_plain_text_is_taken_as_it_is(folder, reports):
    write(folder / "a.txt", "\ufeffقتل ثلاثة\r\n ")
    (source,) = sources_of(folder, reports)
    assert (source.text, source.id, source.done) == ("قتل ثلاثة\r\n ", "a", 23)


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_json_lines(ending, folder, reports):
    lines = [
        {"text": "أ", "id": 7, "published": "2023-12-31T10:00:00Z", "country": "sy"},
        {"text": "ب", "published": None, "country": "", "title": "زائد"},
    ]
    content = "\n\n".join(json.dumps(line) for line in lines).encode("utf8")
    write(folder / f"a{ending}", gzip.compress(content) if ending.endswith("gz") else content)

    first, second = sources_of(folder, reports, published=date(2020, 1, 1), country="IQ")

    where = str(folder / f"a{ending}")
    assert first[:5] == ("أ", "7", date(2023, 12, 31), "SY", f"{where}:1")
    assert second[:5] == ("ب", "", date(2020, 1, 1), "IQ", f"{where}:3")
    assert 0 < first.done <= second.done == Path(where).stat().st_size
    assert reports == []


def test_records_are_articles_too(folder, reports):
    record = ArticleRecord(id="a1", sha1="", text="نص", published=date(2023, 1, 2))
    write(folder / "records.jsonl", record.model_dump_json())
    (source,) = sources_of(folder, reports)
    assert source[:3] == ("نص", "a1", date(2023, 1, 2))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("nonsense", "no JSON: Expecting value"),
        ("[" * 100_000, "no JSON"),
        ('{"text": "نص"', "no JSON"),
        ('["نص"]', "no JSON object"),
        ('{"title": "نص"}', "no text"),
        ('{"text": " \\n"}', "no text"),
        ('{"text": ["نص"]}', "no text"),
        ('{"text": "\\ud800"}', "half a character"),
        ('{"text": "نص", "id": "\\ud800"}', "half a character"),
        ('{"text": "نص", "id": {}}', "id: neither text nor number"),
        ('{"text": "نص", "published": "31.12.2023"}', "published '31.12.2023': no date such as"),
        ('{"text": "نص", "published": 2023}', "published 2023: no date such as 2023-12-31"),
        ('{"text": "نص", "country": "Syria"}', "country 'Syria': no code of two letters"),
        ("نص".encode("cp1256"), "not UTF-8: invalid continuation byte at byte 0"),
    ],
)
def test_a_line_that_is_no_article(line, what, folder, reports):
    line = line if isinstance(line, bytes) else line.encode("utf8")
    write(folder / "a.jsonl", b'{"text": "\xd8\xa3"}\n' + line + b'\n{"text": "\xd8\xa8"}')

    assert [s.text for s in sources_of(folder, reports)] == ["أ", "ب"]
    ((where, told),) = reports
    assert where == f"{folder / 'a.jsonl'}:2"
    assert what in told


@given(st.binary() | st.text().map(str.encode))
def test_any_line_is_an_article_or_none(line):
    try:
        assert read_line(line).text
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"", "no text"),
        ("a.txt", b" \n", "no text"),
        ("a.txt", "نص".encode("cp1256"), "not UTF-8: invalid continuation byte at byte 0"),
        ("a.txt", b"a" * 101, "101 characters; the pipeline takes 100 at most"),
        ("a.jsonl.gz", b"nonsense", "cannot be read: Not a gzipped file (b'no')"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "a"}')[:-12], "cannot be read: Compressed file"),
    ],
)
def test_a_file_that_cannot_be_read_does_not_end_the_run(name, content, what, folder, reports):
    write(folder / name, content)
    write(folder / "b.txt", "نص")
    assert [s.text for s in sources_of(folder, reports, max_length=100)] == ["نص"]
    ((where, told),) = reports
    assert where == str(folder / name)
    assert what in told


def test_an_article_is_told_once(folder, reports):
    lines = [("أ", "1"), ("ب", "1"), ("ج", None), ("ج", None), ("ج", "2")]
    content = "\n".join(json.dumps({"text": text, "id": key}) for text, key in lines)
    write(folder / "a.jsonl", content)

    assert [s.text for s in sources_of(folder, reports)] == ["أ", "ج", "ج"]
    place = folder / "a.jsonl"
    assert reports == [
        (f"{place}:2", f"told already: {place}:1 has the same id or text"),
        (f"{place}:4", f"told already: {place}:3 has the same id or text"),
    ]


@pytest.mark.parametrize("value", ["2023-12-31", "2023-12-31T23:00:00+03:00", "2023-12-31 23:00"])
def test_days(value):
    assert read_day(value) == date(2023, 12, 31)


@pytest.mark.parametrize("value", ["", "2023", "2023-02-30", "2023-12-311", "31/12/2023"])
def test_no_days(value):
    with pytest.raises(ValueError):
        read_day(value)


@pytest.mark.parametrize("value", ["SYR", "S", "س ", 12, "1A", ["SY"]])
def test_no_countries(value):
    with pytest.raises(ValueError, match="no code of two letters"):
        read_country(value)


# --- records -------------------------------------------------------------------------------------


def a_source(text, **fields):
    return Source(text, fields.pop("id", ""), None, "", f"{text}.txt")._replace(**fields)


def test_records_know_what_is_told_of_the_article(nlp, reports):
    source = a_source("نص", id="x", published=date(2023, 12, 31), country="SY")
    ((record, read_from),) = extract_records(nlp, [source], reports)
    assert read_from is source
    told = (record.id, record.published, record.country, record.text)
    assert told == ("x", date(2023, 12, 31), "SY", "نص")


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("batch_size", [1, 2, 10])
def test_an_article_that_fails_in_the_pipeline_is_reported(processes, batch_size, reports):
    nlp = blank_pipeline()
    nlp.add_pipe("test_fails_at_boom")
    texts = ["أ", "boom 1", "ب", "ج", "boom 2", "د"]

    found = extract_records(
        nlp, map(a_source, texts), reports, batch_size=batch_size, processes=processes
    )

    assert [record.text for record, _ in found] == ["أ", "ب", "ج", "د"]
    assert reports == [(f"boom {i}.txt", "fails: RuntimeError: as asked") for i in (1, 2)]


def test_an_article_that_fails_in_record_making_is_reported(nlp, reports, monkeypatch):
    from sijill import extract

    make = extract.article_record
    monkeypatch.setattr(extract, "article_record", lambda doc: make(fails_at_boom(doc)))

    found = extract_records(nlp, map(a_source, ["boom", "نص"]), reports)

    assert [record.text for record, _ in found] == ["نص"]
    assert reports == [("boom.txt", "fails: RuntimeError: as asked")]


def test_a_failure_that_is_no_articles_is_raised(nlp, reports):
    def broken():
        yield a_source("نص")
        raise RuntimeError("no article's")

    with pytest.raises(RuntimeError, match="no article's"):
        list(extract_records(nlp, broken(), reports))


def test_articles_are_streamed(nlp, reports):
    taken = []
    sources = (taken.append(i) or a_source(f"نص {i}") for i in range(1000))
    next(extract_records(nlp, sources, reports, batch_size=5))
    assert len(taken) <= 10


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def sijill(folder):
    """`sijill("extract", …)` in the empty folder, with an empty pipeline beside it."""
    model = folder.parent / "model"
    blank_pipeline().to_disk(model)

    def call(command, *arguments):
        options = ["--model", model] if "--model" not in arguments else []
        return CliRunner().invoke(app, [command, *map(str, [*arguments, *options])])

    return call


def test_extract(sijill, folder):
    write(folder / "news" / "a.txt", "قتل ثلاثة")
    write(folder / "news" / "bad.txt", b"\xff")
    write(folder / "more.jsonl", '{"text": "نزح", "id": "b", "published": "2023-01-01"}\n{}\n')
    arguments = ["news", "more.jsonl", "--published", "2023-12-31", "--country", "sy"]

    result = sijill("extract", *arguments, "--to", "out/r.jsonl", "--to", "r.parquet")

    assert result.exit_code == 0
    assert result.stdout == (
        "2 articles with 0 events written to out/r.jsonl, r.parquet; 2 skipped.\n"
    )
    assert result.stderr.splitlines() == [
        "news/bad.txt: not UTF-8: invalid start byte at byte 0",
        "more.jsonl:2: no text",
    ]
    records = list(read_records("out/r.jsonl"))
    assert [(r.id, r.published.isoformat(), r.country) for r in records] == [
        ("a", "2023-12-31", "SY"),
        ("b", "2023-01-01", "SY"),
    ]
    assert list(read_records("r.parquet")) == records


def test_extract_again_into_the_folder_that_is_read(sijill, folder):
    write(folder / "a.txt", "نص")
    for _ in range(2):
        result = sijill("extract", ".", "--to", "records.jsonl")
        assert result.stdout == "1 articles with 0 events written to records.jsonl; 0 skipped.\n"


def test_extract_with_processes(sijill, folder):
    write(folder / "a.jsonl", "\n".join(f'{{"text": "{i}"}}' for i in range(9)))
    result = sijill("extract", "a.jsonl", "--to", "r.jsonl", "--processes", 2, "--batch-size", 2)
    assert result.exit_code == 0
    assert [r.text for r in read_records("r.jsonl")] == [str(i) for i in range(9)]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["empty.txt", "--to", "r.jsonl"], "Nothing is written: no article could be read"),
        (["missing.txt", "--to", "r.jsonl"], "No file of articles here."),
        (["a.txt", "--to", "r.json"], "r.json: unknown ending. Known are .jsonl, .jsonl.gz"),
        (["a.txt", "--to", "folder.csv"], "Nothing is written: folder.csv is a folder"),
        (["a.txt", "--to", "r.csv", "--published", "2023"], "--published 2023: no date."),
        (["a.txt", "--to", "r.csv", "--country", "Syria"], "country 'Syria': no code of two"),
        (["a.txt", "--to", "r.csv", "--model", "none"], "none: no pipeline that loads."),
    ],
)
def test_extract_of_nothing(arguments, what, sijill, folder):
    write(folder / "a.txt", "نص")
    write(folder / "empty.txt", "")
    (folder / "folder.csv").mkdir()

    result = sijill("extract", *arguments)

    assert result.exit_code == 1
    assert what in result.stderr
    assert {p.name for p in folder.iterdir()} == {"a.txt", "empty.txt", "folder.csv"}


def test_extract_names_every_ending(sijill):
    text = " ".join(sijill("extract", "--help").stdout.replace("│", " ").split())
    assert not [ending for ending in FORMS if ending not in text]


def test_schema(sijill):
    result = CliRunner().invoke(app, ["schema"])
    schema = json.loads(result.stdout)
    assert schema["title"] == "ArticleRecord"
    assert list(schema["properties"]) == list(ArticleRecord.model_fields)
    assert "EventRecord" in schema["$defs"]
