"""Reports of several articles that are one incident, and those that are not."""

import random
import time
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sijill.annotation import scheme
from sijill.cli import app
from sijill.export import write_records
from sijill.records.incidents import IncidentRecord, link_events
from sijill.records.incidents.blocking import CAN_BE_ONE, candidate_pairs
from sijill.records.incidents.clustering import average_link
from sijill.records.incidents.reports import Table, name_keys, read_reports
from sijill.records.schema import (
    ActorRecord,
    ArticleRecord,
    CasualtyRecord,
    DateRecord,
    EventRecord,
    MentionRecord,
    ParticipantRecord,
    PlaceRecord,
    SiteRecord,
    TollRecord,
)

DAY = date(2021, 5, 3)
PLACES = {
    "نوى": (32.89, 36.04, "درعا", "place"),
    "الشيخ سعد": (32.84, 36.03, "درعا", "place"),  # 6 km from نوى
    "جاسم": (32.99, 36.06, "درعا", "place"),  # 12 km from نوى
    "درعا": (32.62, 36.11, "درعا", "governorate"),
    "سوريا": (35.0, 38.5, "", "country"),
    "الباب": (36.37, 37.52, "حلب", "place"),
    "مدينة درعا": (32.62, 36.10, "درعا", "place"),
}


def mention(text, label):
    return MentionRecord(text=text, label=label, start=0, end=len(text))


def site(name):
    if name not in PLACES:
        return SiteRecord(mention=mention(name, "LOC"))
    latitude, longitude, admin1, precision = PLACES[name]
    place = PlaceRecord(
        name=name,
        latitude=latitude,
        longitude=longitude,
        country="SY",
        admin1=admin1,
        admin2="",
        code="",
        precision=precision,
        score=1.0,
    )
    return SiteRecord(mention=mention(name, "LOC"), place=place)


def actor(name):
    record = ActorRecord(id=name, name=name, english="", kind="", country="")
    known = not name.startswith("مسلح")
    return ParticipantRecord(mention=mention(name, "ARMED"), actor=record if known else None)


def event(
    where="نوى",
    days=0,
    kind="EXPLOSION",
    agent="",
    killed=None,
    names=(),
    sources=(),
    modality="ASSERTED",
    background=False,
    until=None,
    number=1,
):
    """An event on a day counted from DAY; without a day if ``days`` is None. ``killed`` is a number or (least, None)."""
    when = None
    if days is not None:
        start, end = DAY + timedelta(days), DAY + timedelta(days if until is None else until)
        when = DateRecord(
            mention=mention("يوم", "DATE"), iso="", start=start, end=end, precision="span"
        )
    least, most = killed if isinstance(killed, tuple) else (killed, killed)
    casualty = CasualtyRecord(
        kind="KILLED",
        modality="ASSERTED",
        mention=mention("مقتل", "KILLED"),
        names=list(names),
    )
    return EventRecord(
        id=f"e{number}",
        kind=kind,
        modality=modality,
        background=background,
        when=when,
        where=[site(where)] if where else [],
        agents=[actor(agent)] if agent else [],
        casualties=[casualty] if names else [],
        killed=None if killed is None else TollRecord(low=least, best=least, high=most),
        sources=[ParticipantRecord(mention=mention(source, "ORG")) for source in sources],
        mentions=[mention("انفجار", kind)],
    )


def article(name, *events, published=DAY, country="SY"):
    return ArticleRecord(
        id=name, published=published, country=country, sha1=name, events=list(events)
    )


def linked(*articles):
    """The groups of article ids."""
    groups = [[report.article for report in i.reports] for i in link_events(articles)]
    return sorted(sorted(group) for group in groups)


def are_one(one, other):
    return linked(article("a", one), article("b", other)) == [["a", "b"]]


ONE = {
    "place, day and kind": (event(), event()),
    "a toll that rises": (event(killed=3), event(killed=4)),
    "a toll with an open end": (event(killed=(6, None)), event(killed=7)),
    "a bomb, by another word": (event(kind="SUICIDE_BOMB", killed=9), event(killed=9)),
    "the next village, by the toll": (event(killed=6), event("الشيخ سعد", killed=6)),
    "the next day, by a name": (
        event(names=["خالد محمد الحسن"], killed=1),
        event(days=1, names=["خالد الحسن"], killed=1),
    ),
    "the governorate, by the toll": (event(killed=8), event("درعا", killed=8)),
    "a day of publication only": (event(killed=2), event(days=None, killed=2)),
    "a place that no gazetteer knows": (event("تل الغراب"), event("تلّ الغُراب")),
    "a place that one article does not know, by a name": (
        event(names=["سامر الزعبي"], killed=1),
        event("", names=["سامر الزعبي"], killed=1),
    ),
    "an accusation": (event(agent="داعش"), event(agent="داعش", modality="ALLEGED")),
}
TWO = {
    "another town": (event(killed=6), event("الباب", killed=6)),
    "a town farther off than ten kilometres": (event(killed=6), event("جاسم", killed=6)),
    "two days later": (event(killed=6), event(days=2, killed=6)),
    "the next day, with nothing else to tie them": (event(), event(days=1)),
    "the next day, with another toll": (event(killed=2), event(days=1, killed=9)),
    "a toll out of reach": (event(killed=2), event(kind="ATTACK", killed=60)),
    "other victims": (
        event(kind="KILLING", names=["سامر الزعبي"], killed=1),
        event(kind="ATTACK", names=["رامي الحريري"], killed=1),
    ),
    "an arrest and a bomb": (event(), event(kind="ARREST")),
    "somewhere in the country": (event(), event("سوريا")),
    "no place at all": (event(), event("")),
    "another place that no gazetteer knows": (event("تل الغراب"), event("تل الحمام")),
    "a whole month": (event(killed=6), event(days=-10, until=20, killed=6)),
}


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE)
def test_one_incident(pair):
    assert are_one(*pair)
    assert are_one(*reversed(pair))


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO)
def test_two_incidents(pair):
    assert not are_one(*pair)
    assert not are_one(*reversed(pair))


def test_the_town_that_a_province_is_named_for_is_not_where_its_villages_lie():
    """``نوى بدرعا`` was read as a village and a town: what happened in the town is another incident."""
    town = site("مدينة درعا").place.model_copy(update={"name": "درعا"})
    outer = SiteRecord(mention=mention("درعا", "LOC"), place=town)
    village, there = event(killed=6), event("مدينة درعا", killed=6)
    village = village.model_copy(update={"where": [*village.where, outer]})
    there = there.model_copy(update={"where": [outer]})
    assert not are_one(village, there)


@pytest.mark.parametrize("modality", ["DENIED", "PLANNED", "GENERAL"])
def test_what_did_not_happen_takes_no_part(modality):
    assert linked(article("a", event(modality=modality))) == []


def test_background_takes_no_part():
    assert linked(article("a", event(background=True))) == []


def test_events_of_one_article_are_never_one():
    assert linked(article("a", event(), event(number=2))) == [["a"], ["a"]]


def test_a_third_report_does_not_join_two_events_of_one_article():
    groups = linked(article("a", event(), event(number=2)), article("b", event()))
    assert groups == [["a"], ["a", "b"]]


def test_of_two_events_the_nearer_is_taken():
    both = article("a", event(killed=2), event(killed=9, number=2))
    incidents = link_events([both, article("b", event(killed=9))])
    assert sorted([r.event for r in i.reports] for i in incidents) == [["e1"], ["e2", "e1"]]


def test_an_article_given_twice_counts_once():
    assert linked(article("a", event()), article("a", event())) == [["a"]]


def test_an_article_without_day_and_place_stands_alone():
    bare = event("", days=None)
    articles = [article(name, bare, published=None, country="") for name in "ab"]
    assert linked(*articles) == [["a"], ["b"]]


def test_the_order_of_articles_does_not_matter():
    rng = random.Random(0)
    articles = [
        article(
            f"a{i}", event(rng.choice(["نوى", "الشيخ سعد", "درعا"]), rng.randrange(4), killed=i % 5)
        )
        for i in range(40)
    ]
    expected = link_events(articles)
    rng.shuffle(articles)
    assert link_events(articles) == expected


# --- what an incident holds ----------------------------------------------------------------------


def incident(*articles):
    [found] = link_events(articles)
    return found


def test_first_and_last_report():
    found = incident(
        article("b", event(killed=4), published=DAY + timedelta(2)), article("a", event(killed=3))
    )
    assert (found.first_report, found.last_report) == (DAY, DAY + timedelta(2))
    assert [report.article for report in found.reports] == ["a", "b"]


def test_the_id_stays_when_a_later_report_joins():
    first = article("b", event())
    later = article("a", event(), published=DAY + timedelta(1))
    assert incident(first).id == incident(first, later).id


def test_day_place_and_kind_are_those_most_told():
    found = incident(
        article("a", event(kind="ATTACK", killed=9)),
        article("b", event(kind="SUICIDE_BOMB", killed=9)),
        article("c", event("درعا", killed=9)),
        article("d", event(killed=9)),
    )
    assert (found.kind, found.place.name, found.place_name) == ("EXPLOSION", "نوى", "نوى")
    assert (found.start, found.end, found.dated) == (DAY, DAY, True)


def test_a_day_taken_from_publication():
    found = incident(article("a", event(days=None)))
    assert (found.start, found.end, found.dated) == (DAY - timedelta(1), DAY, False)


def test_who_says_what():
    found = incident(
        article("a", event(killed=3, sources=["الشرطة"])),
        article("b", event(killed=3, sources=["المرصد"])),
        article("c", event(killed=5, sources=["سانا"])),
    )
    figures = [(f.best, f.articles, f.sources) for f in found.killed.figures]
    assert figures == [(3, ["a", "b"], ["الشرطة", "المرصد"]), (5, ["c"], ["سانا"])]


def test_actors_and_names():
    found = incident(
        article("a", event(agent="داعش", names=["خالد محمد الحسن"], killed=1)),
        article("b", event(agent="داعش", names=["خالد الحسن"], killed=1)),
    )
    assert [(a.name, a.articles) for a in found.actors] == [("داعش", ["a", "b"])]
    assert found.names == ["خالد محمد الحسن"]


TOLLS = [  # (day of publication, figure) … → low, best, high
    ([(0, 3)], (3, 3, 3)),
    ([(0, 3), (0, 4), (0, 4)], (3, 4, 4)),
    ([(0, 3), (0, 4)], (3, 3, 4)),  # of two the lower
    ([(0, 3), (0, 3), (1, 5)], (3, 5, 5)),  # the newest day's
    ([(0, 6), (1, 5)], (5, 5, 6)),
    ([(0, (4, None))], (4, 4, None)),
    ([(0, (4, None)), (0, (6, None))], (4, 4, None)),
    ([(0, (2, None)), (0, 4)], (4, 4, 4)),  # some people were killed: 4
    ([(0, 4), (1, (6, None))], (4, 6, 6)),  # a floor above the figure
    ([(0, (6, None)), (1, 5)], (5, 5, 6)),
]


@pytest.mark.parametrize(("told", "expected"), TOLLS)
def test_toll(told, expected):
    names = ["سامر حمد الزعبي"]
    articles = [
        article(f"a{i}", event(killed=figure, names=names), published=DAY + timedelta(day))
        for i, (day, figure) in enumerate(told)
    ]
    toll = incident(*articles).killed
    assert (toll.low, toll.best, toll.high) == expected


def test_an_incident_survives_json():
    found = incident(article("a", event(agent="داعش", killed=3)))
    assert type(found).model_validate_json(found.model_dump_json()) == found


# --- the parts -----------------------------------------------------------------------------------

NAMES = [
    ("خالد الحسن", "خالد محمد الحسن", True),
    ("محمّد العُمري", "محمد العمرى", True),
    ("عبد الله سليمان", "عبدالله سليمان", True),
    ("عبد الرحمن بن علي الهاشمي", "عبد الرحمان الهاشمي", True),
    ("أبو حمزة", "ابو حمزه", True),
    ("خالد الحسن", "خالد الحريري", False),
    ("أبو حمزة", "حمزة", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), NAMES)
def test_spellings_of_a_name(one, other, expected):
    assert bool(set(name_keys(one)) & set(name_keys(other))) == expected


@given(st.text())
def test_any_name_has_keys(name):
    assert all(isinstance(key, str) for key in name_keys(name))


def test_kinds_that_can_be_one_are_so_both_ways():
    assert (CAN_BE_ONE == CAN_BE_ONE.T).all()
    assert CAN_BE_ONE.diagonal().all()
    assert len(CAN_BE_ONE) == len(scheme.EVENTS)


def test_average_link_does_not_chain():
    """Two good pairs in a row do not bring together what speaks against itself."""
    first, second = np.array([0, 1, 0]), np.array([1, 2, 2])
    found = average_link(np.arange(3), first, second, np.array([2.0, 1.0, -5.0]))
    assert found == [[0, 1], [2]]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 5)),
        min_size=2,
        max_size=30,
    )
)
def test_blocking_misses_no_near_pair(points):
    """Against all pairs: every two within 10 km and a day are found, at the poles and the date line too."""

    def at(latitude, longitude, day):
        told = event(days=day)
        place = told.place.model_copy(update={"latitude": latitude, "longitude": longitude})
        where = [SiteRecord(mention=mention(f"{latitude} {longitude}", "FAC"), place=place)]
        return told.model_copy(update={"where": where})

    points += [(lat, lon + 0.05, day + 1) for lat, lon, day in points[:10]]
    table = Table(read_reports(article(f"a{i}", at(*p)) for i, p in enumerate(points)))
    near = np.linalg.norm(table.points[:, None, 0] - table.points[None, :, 0], axis=2) * 6371 <= 10
    days = np.abs(table.start[:, None] - table.start[None, :]) <= 1
    expected = {(i, j) for i, j in zip(*np.nonzero(near & days)) if i < j}
    assert set(zip(*candidate_pairs(table))) == expected


def test_cost_grows_with_the_number_of_events():
    """Ten times the events over ten times the days cost ten times the time, not a hundred times."""

    def seconds(size):
        articles = [article(f"a{i}", event(days=i // 4, killed=i % 4)) for i in range(size)]
        start = time.process_time()
        link_events(articles)
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 30 * seconds(400)


# --- sijill link ---------------------------------------------------------------------------------


@pytest.fixture
def link(tmp_path):
    def run(*lines):
        records, to = tmp_path / "records.jsonl", tmp_path / "incidents.jsonl"
        records.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")
        result = CliRunner().invoke(app, ["link", str(records), "--to", str(to)])
        found = to.read_text("utf8").splitlines() if to.exists() else []
        return result, [IncidentRecord.model_validate_json(line) for line in found]

    return run


def test_link_writes_an_incident_a_line(link):
    articles = [article("a", event()), article("b", event()), article("c", event("الباب"))]
    result, incidents = link(*(one.model_dump_json() for one in articles))
    assert incidents == link_events(articles)
    assert "3 articles, 0 broken lines skipped; 3 reports of 2 incidents, 1" in result.stdout


@pytest.mark.parametrize("ending", [".parquet", ".duckdb", ".jsonl.gz"])
def test_link_reads_every_complete_form(tmp_path, ending):
    articles = [article("a", event()), article("b", event())]
    records, to = tmp_path / f"records{ending}", tmp_path / "incidents.jsonl"
    write_records(articles, records)
    result = CliRunner().invoke(app, ["link", str(records), "--to", str(to)])
    assert "2 articles, 0 broken lines skipped; 2 reports of 1 incidents" in result.stdout


def test_link_of_a_file_that_is_no_parquet_fails(tmp_path):
    records = tmp_path / "records.parquet"
    records.write_bytes(b"no parquet")
    result = CliRunner().invoke(app, ["link", str(records), "--to", str(tmp_path / "out")])
    assert (result.exit_code, "cannot be read" in result.stderr) == (1, True)


def test_link_reports_and_skips_broken_lines(link):
    result, incidents = link("{", "", '{"id": "b"}', article("a", event()).model_dump_json())
    assert result.exit_code == 0
    assert [r.article for r in incidents[0].reports] == ["a"]
    assert "2 broken lines skipped" in result.stdout
    assert "records.jsonl:1:" in result.stderr and "records.jsonl:3:" in result.stderr


def test_link_of_nothing_fails(link):
    result, _ = link("{")
    assert result.exit_code == 1


def test_link_of_a_missing_file_fails(tmp_path):
    result = CliRunner().invoke(app, ["link", str(tmp_path / "no"), "--to", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "no" in result.stderr
