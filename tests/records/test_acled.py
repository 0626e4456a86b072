"""ACLED coding against a table of sentences: `acled.txt` says how its entries are written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.records.acled import SUB_EVENTS, AcledRow, code_events, explain
from sijill.records.schema import ArticleRecord, EventRecord, MentionRecord, article_record

COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
TABLE = Path(__file__).with_name("acled.txt")


@dataclass
class Entry:
    """One entry of the table."""

    name: str
    published: str
    country: str
    markup: str
    rows: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    cells: list[tuple[str, str]] = field(default_factory=list)


def read_table() -> tuple[dict[str, tuple[str, str]], list[Entry]]:
    """The codebook's types, and the entries."""
    types, entries = {}, []
    head, *blocks = re.split(r"^## ", TABLE.read_text(encoding="utf8"), flags=re.M)
    for line in head.splitlines():
        if line.startswith("TYPE "):
            sub, type_, disorder = line[5:].split(" | ")
            types[sub] = (type_, disorder)
    for block in blocks:
        title, *lines = block.strip().splitlines()
        name, day, country = re.fullmatch(r"(.*?)(?: @ (\S+) (\w\w))?", title).groups()
        told = {"ROW": [], "NONE": [], "CELL": []}
        text, links = [], []
        for line in lines:
            key, _, rest = line.partition(" ")
            if key in told:
                told[key].append(rest)
            elif re.match(r"[A-Z_]+ [a-z]", line):
                links += line.split("; ")
            elif line:
                text.append(line)
        entries.append(
            Entry(
                name=name,
                published=day or "2024-03-10",
                country=country or "SY",
                markup="\n".join([*text, "---", *links]),
                rows=sorted(told["ROW"]),
                reasons=told["NONE"],
                cells=[tuple(cell.split("=", 1)) for cell in told["CELL"]],
            )
        )
    return types, entries


TYPES, ENTRIES = read_table()


def record_of(entry: Entry, doc_of) -> ArticleRecord:
    doc = doc_of(entry.markup)
    doc._.published = entry.published
    doc._.country = entry.country
    return article_record(doc)


def as_told(row: AcledRow) -> str:
    """A row as the table writes it."""
    hit = "civilians" if row.civilian_targeting == "Civilians targeted" else "-"
    exact = f"{row.time_precision} {row.geo_precision}"
    return f"{row.sub_event_type} | {row.interaction} | {hit} | {row.fatalities} | {exact}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_sentence_gives_the_rows_of_the_codebook(entry, doc_of):
    record = record_of(entry, doc_of)
    decisions = explain(record)
    rows = [d.row for d in decisions if d.row is not None]
    reasons = [d.reason for d in decisions if d.row is None]
    assert sorted(map(as_told, rows)) == entry.rows, reasons
    assert len(reasons) == len(entry.reasons), reasons
    for told, reason in zip(entry.reasons, reasons):
        assert told in reason
    for column, value in entry.cells:
        assert value in [str(getattr(row, column)) for row in rows], column
    for row in rows:
        assert (row.event_type, row.disorder_type) == TYPES[row.sub_event_type]
        inters = [inter for inter in (row.inter1, row.inter2) if inter]
        assert sorted(inters) == sorted(
            row.interaction.removesuffix(" only").split("-", *_ones(inters))
        )
        if row.event_type == "Violence against civilians":
            assert row.inter2 == "Civilians"
    # Every event ends in a row or in a reason.
    assert {e for d in decisions for e in d.events} == {e.id for e in record.events}


def _ones(inters: list[str]) -> tuple[int, ...]:
    """``Non-state`` has no part in the names of kinds: a pair has one hyphen, one side none."""
    return (1,) if len(inters) == 2 else (0,)


def test_table_is_complete():
    assert len(ENTRIES) >= 150
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    told = Counter(row.split(" | ")[0] for entry in ENTRIES for row in entry.rows)
    assert {sub for sub in TYPES if told[sub] < 3} == set()
    assert TYPES == SUB_EVENTS


def test_row_has_the_columns_of_the_export():
    assert list(AcledRow.model_fields) == COLUMNS


def test_ids_and_times_come_from_the_article(doc_of):
    entry = next(entry for entry in ENTRIES if entry.rows)
    first, again = (code_events(record_of(entry, doc_of)) for _ in range(2))
    assert first == again
    assert first[0].event_id_cnty.startswith("SYR")
    assert first[0].timestamp == 1710028800


@pytest.mark.parametrize("kind", ["CLASH", "PROTEST", "CONTROL", "ACCIDENT", "NOTHING"])
def test_event_without_anything_has_a_reason(kind):
    mention = MentionRecord(text="", label=kind, start=0, end=0)
    event = EventRecord(
        id="e", kind=kind, modality="ASSERTED", background=False, mentions=[mention]
    )
    (decision,) = explain(ArticleRecord(id="a", sha1="", events=[event]))
    assert decision.row is None
    assert decision.reason


@given(st.text(), st.text(), st.sampled_from(["ATTACK", "DISARM", "RIOT", "SHELLING"]))
def test_any_words_are_coded_without_error(words, means, kind):
    event = EventRecord(
        id="e",
        kind=kind,
        modality="ALLEGED",
        background=False,
        instruments=[MentionRecord(text=means, label="WEAPON", start=0, end=len(means))],
        agents=[{"mention": {"text": words, "label": "ARMED", "start": 0, "end": len(words)}}],
        targets=[{"mention": {"text": words, "label": "FAC", "start": 0, "end": len(words)}}],
        where=[{"mention": {"text": words, "label": "LOC", "start": 0, "end": len(words)}}],
        mentions=[MentionRecord(text=words, label=kind, start=0, end=len(words))],
    )
    article = ArticleRecord(
        id="a", sha1="", published="2024-03-10", country="SY", text=words, events=[event]
    )
    assert len(explain(article)) == 1
