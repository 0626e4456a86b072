"""The flat tables and the spreadsheets made of them: cells, CSV, UCDP, HXL, ACLED, GeoJSON, Excel."""

import csv
import json
from datetime import date, datetime

import pytest

from sijill.export import write_records
from sijill.export.csv import cell, harmless
from sijill.export.hxl import TAGS
from sijill.export.tables import TABLES, column_types, event_rows, of_group
from sijill.export.ucdp import ucdp_rows
from sijill.records.schema import CountRecord, DateRecord, PartRecord, SiteRecord, TollRecord
from tests.export.samples import (
    ARMY,
    NAWA,
    REBELS,
    article,
    casualty,
    event,
    full_article,
    full_event,
    mention,
    participant,
)


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\x00=1", "'=1"),
        ("＝1", "'＝1"),
        ("- قال", "'- قال"),
        ("نوى = درعا", "نوى = درعا"),
        ("", ""),
    ],
)
def test_formulas_are_harmless(text, expected):
    assert harmless(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-12.5, -12.5),
        (-3, -3),
        (None, None),
        (True, "true"),
        (date(2023, 1, 2), "2023-01-02"),
        ("-3", "'-3"),
    ],
)
def test_cells(value, expected):
    assert cell(value) == expected


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_types_of_their_columns(name):
    table = TABLES[name]
    types = column_types(table.row)
    rows = list(table.rows(full_article()))
    assert rows
    for row in rows:
        for value, (column, kind) in zip(row, types.items()):
            assert value is None or type(value) is kind, column


# --- events and casualties -----------------------------------------------------------------------


def test_event_row():
    row = next(event_rows(full_article()))._asdict()
    expected = {
        "article_id": "a1",
        "event_id": "e1",
        "kind": "ATTACK",
        "date_start": date(2023, 12, 30),
        "place": "نوى",
        "place_words": "حاجز; نوى",
        "latitude": 32.8904,
        "agents": "فصائل",
        "killed_low": 5,
        "killed_best": 5,
        "killed_high": None,
        "injured_best": None,
        "abducted": 3,
        "displaced": None,
        "words": "هجوما",
        "start": 10,
        "end": 15,
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("casualties", "expected"),
    [
        ([], None),
        ([casualty(3, 3)], 3),
        ([casualty(3, 3, start=1), casualty(4, None, start=2)], 7),
        (
            [casualty(3, 3, start=1), casualty(9, 9, rival_of=mention("مقتل", "KILLED", 1))],
            3,
        ),
        ([casualty(0, 0, modality="DENIED")], 0),
        ([casualty(3, 3, modality="PLANNED")], None),
        ([casualty(count=None)], 1),
    ],
)
def test_sums_of_harm_other_than_death(casualties, expected):
    displaced = [c.model_copy(update={"kind": "DISPLACED"}) for c in casualties]
    (row,) = event_rows(article(event(casualties=displaced)))
    assert row.displaced == expected


def _parts(*counts):
    return [
        PartRecord(mention=mention("3", "COUNT"), count=CountRecord(minimum=n), group=group)
        for group, n in counts
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"groups": ["children"]}, 5),
        ({"groups": ["children", "women"]}, None),
        ({"groups": ["children"], "parts": _parts(("women", 2))}, None),
        ({"groups": ["children"], "parts": _parts(("children", 2), ("children", 1))}, 3),
    ],
)
def test_children_among_casualties(fields, expected):
    assert of_group(casualty(5, 5, **fields), "children") == expected


def test_csv_of_all_events(tmp_path):
    write_records([full_article()], tmp_path / "records.csv")
    assert (tmp_path / "records.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle_id,event_id,")
    first, second = rows_of(tmp_path / "records.csv")
    assert (first["kind"], first["latitude"], first["background"]) == ("ATTACK", "32.8904", "false")
    assert (second["modality"], second["latitude"], second["background"]) == ("PLANNED", "", "true")


@pytest.mark.parametrize("ending", [".csv", ".ucdp.csv", ".hxl.csv"])
def test_no_csv_has_a_formula(ending, tmp_path):
    formula = "=cmd|' /C calc'!A0"
    target = participant(formula, "ARMED")
    odd = full_event(id=formula, targets=[target], where=[SiteRecord(mention=target.mention)])
    path = tmp_path / f"records{ending}"

    write_records([article(odd, id=formula)], path)

    cells = [value for row in rows_of(path) for value in row.values()]
    assert f"'{formula}" in cells
    assert not [value for value in cells if value.startswith("=")]


# --- UCDP ----------------------------------------------------------------------------------------


def test_ucdp_row():
    (row,) = ucdp_rows(full_article())
    expected = {
        "id": "e1",
        "year": 2023,
        "type_of_violence": 1,
        "dyad_name": "Rebels (Syria) - Military Forces of Syria",
        "source_article": "a1",
        "source_original": "المرصد",
        "where_prec": 1,
        "where_coordinates": "نوى",
        "adm_1": "درعا",
        "adm_2": "ازرع",
        "date_prec": 1,
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": 5,
        "deaths_unknown": 0,
        "low": 5,
        "best": 5,
        "high": None,
    }
    assert {name: row._asdict()[name] for name in expected} == expected


REBEL, SOLDIER = participant("فصائل", "ARMED", REBELS), participant("جنود", "ARMED", ARMY)
MILITIA = ARMY.model_copy(update={"id": "militia", "kind": "Identity militia"})
NONE_KILLED = TollRecord(low=0, best=0, high=0)


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ({}, 1),
        ({"background": True}, 1),
        ({"modality": "ALLEGED"}, 0),
        ({"modality": "DENIED"}, 0),
        ({"modality": "PLANNED"}, 0),
        ({"modality": "GENERAL"}, 0),
        ({"kind": "ACCIDENT"}, 0),
        ({"killed": None}, 0),
        ({"killed": NONE_KILLED}, 0),
    ],
)
def test_which_events_ucdp_counts(fields, rows):
    told = article(full_event(**fields))
    assert len(list(ucdp_rows(told))) == rows
    assert len(list(ucdp_rows(told, keep_all=True))) == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 1),
        ({"targets": [participant("فصيل", "ARMED", REBELS)]}, 2),
        ({"agents": [], "kind": "KILLING"}, None),
        ({"targets": [participant("مسلحين", "ARMED")]}, None),
        ({"targets": [participant("مدنيين", "PEOPLE")]}, None),
        ({"targets": [participant("مدنيين", "PEOPLE")], "kind": "KILLING"}, 3),
        ({"targets": [participant("ميليشيا", "ARMED", MILITIA)]}, 2),
        ({"targets": [participant("ميليشيا", "ARMED", MILITIA)], "agents": [SOLDIER]}, None),
    ],
)
def test_type_of_violence(fields, expected):
    (row,) = ucdp_rows(article(full_event(**fields)))
    assert row.type_of_violence == expected


@pytest.mark.parametrize(
    ("casualties", "expected"),
    [
        ([], (0, 0, 0, 5)),
        ([casualty(5, 5)], (0, 0, 0, 5)),
        ([casualty(5, 5, groups=["civilians"])], (0, 0, 5, 0)),
        ([casualty(5, 5, groups=["fighters"], victims=[REBEL])], (5, 0, 0, 0)),
        ([casualty(5, 5, groups=["fighters"], victims=[SOLDIER])], (0, 5, 0, 0)),
        ([casualty(5, 5, groups=["fighters"])], (0, 0, 0, 5)),
        (
            [
                casualty(
                    5, 5, groups=["fighters", "children"], parts=_parts(("children", 2))
                )
            ],
            (0, 0, 2, 3),
        ),
        (
            [
                casualty(2, 2, groups=["fighters"], victims=[SOLDIER], start=1),
                casualty(2, 2, groups=["women"], start=2),
            ],
            (0, 2, 2, 1),
        ),
        ([casualty(9, 9, groups=["civilians"])], (0, 0, 0, 5)),  # more than the toll has
    ],
)  # fmt: skip
def test_deaths_by_side_add_up_to_the_best_figure(casualties, expected):
    toll = TollRecord(low=5, best=5, high=5)
    (row,) = ucdp_rows(article(full_event(casualties=casualties, killed=toll)))
    deaths = (row.deaths_a, row.deaths_b, row.deaths_civilians, row.deaths_unknown)
    assert deaths == expected
    assert sum(deaths) == row.best


@pytest.mark.parametrize(
    ("start", "end", "precision", "year"),
    [
        ("2023-05-01", "2023-05-01", 1, 2023),
        ("2023-05-01", "2023-05-02", 2, 2023),
        ("2023-05-07", "2023-05-13", 3, 2023),
        ("2023-05-01", "2023-05-31", 4, 2023),
        ("2023-01-01", "2023-12-31", 5, 2023),
        ("2023-12-31", "2024-01-01", 2, None),
    ],
)
def test_date_precision(start, end, precision, year):
    when = DateRecord(
        mention=mention("أيار", "DATE"),
        iso=f"{start}/{end}",
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        precision="span",
    )
    (row,) = ucdp_rows(article(full_event(when=when)))
    assert (row.date_prec, row.year) == (precision, year)


# --- HXL -----------------------------------------------------------------------------------------


def test_hxl_tags_stand_in_the_second_row(tmp_path):
    write_records([full_article()], tmp_path / "records.hxl.csv")
    tags, *rows = rows_of(tmp_path / "records.hxl.csv")

    assert list(tags) == list(TAGS)
    assert tags["event"] == "#event"
    assert tags["latitude"] == "#geo+lat"
    assert tags["killed_children"] == "#affected+killed+children"
    assert len(rows) == 1  # the plan is left out
    expected = {
        "event": "ATTACK",
        "date_start": "2023-12-30",
        "admin1": "درعا",
        "admin1_code": "",
        "latitude": "32.8904",
        "killed": "5",
        "killed_high": "",
        "killed_women": "2",
        "killed_children": "1",
        "injured": "",
        "abducted": "3",
        "sources": "المرصد",
        "modality": "ASSERTED",
    }
    assert {name: rows[0][name] for name in expected} == expected


def test_hxl_with_all_events(tmp_path):
    write_records([full_article()], tmp_path / "records.hxl.csv", keep_all=True)
    assert [row["modality"] for row in rows_of(tmp_path / "records.hxl.csv")[1:]] == [
        "ASSERTED",
        "PLANNED",
    ]


@pytest.mark.parametrize(
    ("precision", "codes"),
    [("governorate", ("SY12", "")), ("district", ("", "SY12")), ("place", ("", ""))],
)
def test_hxl_gives_the_code_of_the_area_itself(precision, codes, tmp_path):
    place = NAWA.model_copy(update={"precision": precision, "code": "SY12"})
    told = event(where=[SiteRecord(mention=mention("نوى", "LOC"), place=place)])
    write_records([article(told)], tmp_path / "records.hxl.csv")
    row = rows_of(tmp_path / "records.hxl.csv")[1]
    assert (row["admin1_code"], row["admin2_code"]) == codes


# --- ACLED ---------------------------------------------------------------------------------------

ACLED_COLUMNS = """\
event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,\
admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,\
tags,timestamp"""


def test_acled_has_its_columns_in_order(tmp_path):
    write_records([full_article()], tmp_path / "records.acled.csv")
    rows = rows_of(tmp_path / "records.acled.csv")
    assert ",".join(rows[0]) == ACLED_COLUMNS
    assert rows[0]["year"] == "2023"


# --- GeoJSON -------------------------------------------------------------------------------------


def test_geojson(tmp_path):
    write_records([full_article(), article(id="a2")], tmp_path / "records.geojson")
    collection = json.loads((tmp_path / "records.geojson").read_text(encoding="utf8"))

    assert collection["type"] == "FeatureCollection"
    first, second = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [36.0399, 32.8904]}
    assert first["properties"]["date_start"] == "2023-12-30"
    assert second["geometry"] is None
    assert second["properties"]["modality"] == "PLANNED"


def test_geojson_without_events(tmp_path):
    write_records([], tmp_path / "records.geojson")
    collection = json.loads((tmp_path / "records.geojson").read_text(encoding="utf8"))
    assert collection == {"type": "FeatureCollection", "features": []}


# --- Excel ---------------------------------------------------------------------------------------


def _sheets(path) -> dict[str, list[tuple]]:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book}


def test_excel_has_a_sheet_for_each_table(tmp_path):
    write_records([full_article()], tmp_path / "records.xlsx")
    sheets = _sheets(tmp_path / "records.xlsx")

    assert list(sheets) == ["events", "casualties", "participants", "mentions", "articles"]
    assert [len(rows) - 1 for rows in sheets.values()] == [2, 4, 5, 18, 1]
    first = dict(zip(*sheets["events"][:2]))
    assert first["latitude"] == 32.8904
    assert first["date_start"] == datetime(2023, 12, 30)
    assert first["background"] is False


def test_excel_has_no_formula(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    text = "=1+1\x0b" + "ا" * 40_000
    write_records([article(text=text, published=date(1850, 1, 1))], tmp_path / "records.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "records.xlsx")["articles"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2])}
    assert cells["text"].data_type == "s"
    assert cells["text"].value.startswith("'=1+1ا")
    assert len(cells["text"].value) == 32_767
    assert cells["published"].value == "1850-01-01"


def test_excel_goes_on_in_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("sijill.export.excel.ROWS", 3)
    events = [event(id=f"e{i}") for i in range(5)]
    write_records([article(*events)], tmp_path / "records.xlsx")
    sheets = _sheets(tmp_path / "records.xlsx")
    ids = [[row[1] for row in sheets[name]] for name in ("events", "events 2", "events 3")]
    assert ids == [["event_id", "e0", "e1"], ["event_id", "e2", "e3"], ["event_id", "e4"]]
