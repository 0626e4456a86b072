"""`coreference`: which mentions are one thing."""

import time

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

from sijill.components.coreference import (
    ALIAS_FEATURES,
    COREF_FEATURES,
    _CorefReader,
    _fit_logistic,
    name_key,
    word_key,
)
from sijill.extensions import set_relations, span_key

EXPLOSION = """وقع [[e1|EXPLOSION|انفجار]] في [[l1|LOC|{place}]]. وقال شهود إن [[e2|EXPLOSION|الانفجار]] نجم عن عبوة.
---
PLACE e1 l1
COREF e2 e1"""
TWO_EXPLOSIONS = """وقع [[e1|EXPLOSION|انفجار]] في [[l1|LOC|{place}]]. ووقع [[e2|EXPLOSION|انفجار]] في [[l2|LOC|{other}]].
---
PLACE e1 l1
PLACE e2 l2"""
GROUP = """هاجم [[a1|ARMED|تنظيم الدولة]] حاجزاً في [[l1|LOC|{place}]]. وقال [[o1|ORG|المرصد]] إن [[a2|ARMED|داعش]] انسحب.
---
ALIAS a2 a1"""
CITIES = (("الباب", "جرابلس"), ("تدمر", "السخنة"), ("نوى", "جاسم"), ("الموصل", "سنجار"))
ARTICLES = [
    template.format(place=place, other=other)
    for place, other in CITIES
    for template in (EXPLOSION, TWO_EXPLOSIONS, GROUP)
]


def identities(doc):
    return [
        (r.label, r.head.text, r.tail.text)
        for r in doc._.relations
        if r.label in ("ALIAS", "COREF")
    ]


def without_identities(doc):
    bare = doc.copy()
    set_relations(bare, [r for r in doc._.relations if r.label not in ("ALIAS", "COREF")])
    return bare


@pytest.fixture(scope="module")
def taught(pipeline_of, examples_of):
    pipeline = pipeline_of("sijill_coreference")
    examples = examples_of(pipeline, ARTICLES)
    pipeline.initialize(lambda: examples)
    return pipeline


@pytest.fixture
def gold(taught, read):
    return [read(taught, marked) for marked in ARTICLES]


def test_a_second_mention_of_an_incident_points_to_the_first(taught, read):
    doc = read(taught, EXPLOSION.format(place="الرقة"))
    assert identities(taught(without_identities(doc))) == [("COREF", "الانفجار", "انفجار")]


def test_incidents_in_two_places_stay_apart(taught, read):
    doc = read(taught, TWO_EXPLOSIONS.format(place="الرقة", other="منبج"))
    assert identities(taught(without_identities(doc))) == []


def test_another_name_of_a_group_points_to_the_first(taught, read):
    doc = read(taught, GROUP.format(place="الرقة"))
    assert identities(taught(without_identities(doc))) == [("ALIAS", "داعش", "تنظيم الدولة")]


def test_the_same_name_is_one_group_but_no_alias(taught, read):
    marked = "هاجم [[a1|ARMED|داعش]] حاجزاً. وانسحب [[a2|ARMED|داعش]]."
    assert identities(taught(read(taught, marked))) == []


def test_all_mentions_point_to_the_first_one(taught, read):
    marked = "هاجم [[a1|ARMED|تنظيم الدولة]] حاجزاً. وقال إن [[a2|ARMED|داعش]] انسحب. ثم عاد [[a3|ARMED|داعش]]."
    found = [
        (r.head.start_char, r.tail.start_char) for r in taught(read(taught, marked))._.relations
    ]
    first = marked.index("تنظيم") - len("[[a1|ARMED|")
    assert len(found) == 2
    assert {tail for _, tail in found} == {first}


def test_a_habit_is_no_incident(taught, read):
    marked = EXPLOSION.format(place="الرقة") + "\nMODALITY e2 GENERAL"
    assert identities(taught(without_identities(read(taught, marked)))) == []


def test_a_label_that_is_no_trigger_is_no_incident(taught, read):
    """Rules of a user's own may add spans to a layer of the pipeline."""
    learnt = taught.get_pipe("coreference")._learnt
    doc = read(taught, EXPLOSION.format(place="الرقة"))
    before = _CorefReader(doc, doc.text, learnt, []).mentions
    doc.spans["events"] = [*doc.spans["events"], Span(doc, 0, 2, label="OWN")]
    assert _CorefReader(doc, doc.text, learnt, []).mentions == before != []


def test_the_other_links_stay_as_they_are(taught, gold):
    for doc in gold:
        kept = [r for r in doc._.relations if r.label == "PLACE"]
        found = taught(without_identities(doc))._.relations
        assert [(r.label, span_key(r.head)) for r in found if r.label == "PLACE"] == [
            (r.label, span_key(r.head)) for r in kept
        ]


def test_running_twice_changes_nothing(taught, gold):
    once = identities(taught(without_identities(gold[0])))
    assert once
    assert identities(taught(taught(without_identities(gold[0])))) == once


def test_the_gold_links_are_found_and_scored(taught, gold):
    examples = [Example(taught(without_identities(doc)), doc) for doc in gold]
    assert taught.get_pipe("coreference").score(examples)["identity_f"] == 1.0


@pytest.mark.parametrize(
    "marked", ["", "كلمة", "\n", "وقع [[e1|ATTACK|هجوم]]", "[[a1|ARMED|داعش]]"]
)
def test_fewer_than_two_mentions_are_no_link(taught, read, marked):
    assert taught(read(taught, marked))._.relations == []


def test_before_initialisation_it_links_nothing(pipeline_of, read):
    pipeline = pipeline_of("sijill_coreference")
    assert pipeline(read(pipeline, EXPLOSION.format(place="الرقة")))._.relations[0].label == "PLACE"
    assert identities(pipeline(without_identities(read(pipeline, ARTICLES[0])))) == []


def test_examples_without_any_link_leave_it_linking_nothing(pipeline_of, read):
    pipeline = pipeline_of("sijill_coreference")
    bare = [without_identities(read(pipeline, marked)) for marked in ARTICLES]
    pipeline.initialize(lambda: [Example(doc, doc) for doc in bare])
    assert identities(pipeline(without_identities(read(pipeline, ARTICLES[0])))) == []


def test_examples_without_any_span_can_be_initialised_with(pipeline_of):
    pipeline = pipeline_of("sijill_coreference")
    docs = [pipeline.make_doc(text) for text in ("", "كلمة")]
    pipeline.initialize(lambda: [Example(doc, doc) for doc in docs])
    assert pipeline("كلمة")._.relations == []


def test_to_disk_and_load_changes_no_prediction(taught, gold, tmp_path):
    taught.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    for doc in map(without_identities, gold):
        again = Doc(loaded.vocab).from_bytes(doc.to_bytes())
        assert identities(loaded(again)) == identities(taught(doc))


def test_to_bytes_and_back_changes_no_prediction(taught, gold, pipeline_of):
    again = pipeline_of("sijill_coreference").from_bytes(taught.to_bytes())
    for doc in map(without_identities, gold):
        stored = Doc(again.vocab).from_bytes(doc.to_bytes())
        assert identities(again(stored)) == identities(taught(doc))


def test_its_links_survive_a_docbin(taught, gold):
    docs = [taught(without_identities(doc)) for doc in gold]
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    restored = DocBin().from_bytes(stored).get_docs(taught.vocab)
    assert [identities(doc) for doc in restored] == [identities(doc) for doc in docs]


def test_a_threshold_given_at_load_time_takes_effect(taught, gold, tmp_path):
    taught.to_disk(tmp_path)
    strict = spacy.load(tmp_path, config={"components.coreference.threshold": 1.0})
    doc = Doc(strict.vocab).from_bytes(without_identities(gold[0]).to_bytes())
    assert identities(strict(doc)) == []


def test_each_feature_has_a_weight(taught):
    cfg = taught.get_pipe("coreference").cfg
    assert len(cfg["alias"]) == len(ALIAS_FEATURES)
    assert len(cfg["coref"]) == len(COREF_FEATURES)


@pytest.mark.parametrize("name", ["ـ", "!", "\u064b", "\n"])
def test_a_name_without_a_letter_is_read_like_any_other(taught, name):
    """A pipeline may take anything for a name, even a line end, which holds no word."""
    doc = Doc(taught.vocab, ["داعش", name, "الجيش", name], sent_starts=[True, False, False, False])
    doc.set_ents([Span(doc, i, i + 1, label="ARMED") for i in range(4)])
    assert identities(taught(doc)) == []


@pytest.mark.parametrize("label", ["ARMED", "EXPLOSION"])
def test_a_long_text_takes_time_in_step_with_its_length(taught, label):
    """With every candidate asking again which is the latest, this took many minutes."""
    n = 2000
    doc = Doc(taught.vocab, [f"كلمة{i}" for i in range(n)], sent_starts=[True] * n)
    spans = [Span(doc, i, i + 1, label=label) for i in range(n)]
    doc.spans["events"] = spans if label == "EXPLOSION" else []
    doc.set_ents(spans if label == "ARMED" else [])
    started = time.perf_counter()
    taught(doc)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("name", "same"),
    [("التنظيم", "تنظيم"), ("إدلب", "ادلب"), ("الجيش السوري", "جيش سوري"), ("حَلَب", "حلب")],
)
def test_names_are_compared_without_article_marks_and_spelling(name, same):
    assert name_key(name) == name_key(same)


def test_triggers_are_compared_without_the_alif_of_the_accusative():
    assert word_key("هجوماً") == word_key("الهجوم")


def test_the_regression_learns_a_sign():
    rows = np.array([[1.0, 1.0], [1.0, -1.0]] * 20)
    weights = _fit_logistic(rows, np.array([True, False] * 20))
    assert weights[1] > 1
