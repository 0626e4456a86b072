"""Records as plain data."""

import hashlib
import json

import pytest
from pydantic import ValidationError

from sijill.records.schema import VERSION, ArticleRecord, article_record

MARKED = """\
قالت [[o1|ORG|وكالة سانا]] إن [[a1|ARMED|داعش]] شن [[e1|ATTACK|هجوماً]] على [[f1|FAC|حاجز]] في [[l1|LOC|نوى]] [[d1|DATE|أمس]]، \
و[[h1|KILLED|قتل]] [[c1|COUNT|نحو 6]] [[p1|PEOPLE|مدنيين]]. و[[h2|INJURED|أصيب]] راعٍ في بلدة أخرى.
---
SOURCE e1 o1
AGENT e1 a1
TARGET e1 f1
PLACE e1 l1
TIME e1 d1
CAUSE h1 e1
COUNT h1 c1
VICTIM h1 p1"""


@pytest.fixture
def record(doc_of):
    return article_record(doc_of(MARKED))


def test_every_field_points_into_the_text(record):
    [event] = record.events
    fields = [*event.mentions, event.when.mention, event.where[0].mention, event.agents[0].mention]
    fields += [event.sources[0].mention, event.casualties[0].mention]
    assert [record.text[m.start : m.end] for m in fields] == [m.text for m in fields]


def test_an_event_has_its_values(record):
    [event] = record.events
    assert (event.kind, event.when.iso, event.when.precision) == ("ATTACK", "2023-12-30", "day")
    assert (event.place.name, event.place.country) == ("نوى", "SY")
    assert event.agents[0].actor.english.startswith("Islamic State")
    assert event.targets[0].actor is None
    assert (event.killed.low, event.killed.best, event.killed.high) == (6, 6, 6)
    assert event.casualties[0].count.approximate


def test_harm_that_no_event_explains_is_kept_by_the_article(record):
    assert [(c.kind, c.mention.text) for c in record.casualties] == [("INJURED", "أصيب")]


def test_the_article_is_told_by_its_id_day_and_hash(record):
    assert (record.id, record.published.isoformat(), record.country) == (
        "example",
        "2023-12-31",
        "SY",
    )
    assert record.sha1 == hashlib.sha1(record.text.encode("utf8")).hexdigest()
    assert record.version == VERSION


def test_an_article_without_an_id_gets_one_from_its_text(doc_of):
    doc = doc_of("لا خبر هنا")
    doc._.article_id = ""
    record = article_record(doc)
    assert record.id == record.sha1[:12]


def test_the_text_may_be_left_out(doc_of):
    assert article_record(doc_of(MARKED), with_text=False).text is None


def test_records_survive_json(record):
    assert ArticleRecord.model_validate_json(record.model_dump_json()) == record


def test_a_field_that_the_schema_lacks_is_refused(record):
    data = json.loads(record.model_dump_json())
    data["events"][0]["kin"] = "ATTACK"
    with pytest.raises(ValidationError, match="kin"):
        ArticleRecord.model_validate(data)


def test_the_json_schema_names_every_record():
    names = ArticleRecord.model_json_schema()["$defs"]
    assert {"EventRecord", "CasualtyRecord", "PlaceRecord", "ActorRecord"} <= names.keys()
