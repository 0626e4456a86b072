"""What a Doc carries is set, read and kept by every way that spaCy stores a Doc."""

from datetime import date, datetime

import pytest
from spacy.tokens import Doc, DocBin, Span

from sijill.extensions import (
    Relation,
    annotated_value,
    register_extensions,
    set_relations,
    span_key,
    spans_of,
)
from sijill.text.numbers import Count


def through_docbin(doc: Doc) -> Doc:
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    return next(DocBin(store_user_data=True).from_bytes(stored).get_docs(doc.vocab))


def through_bytes(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def as_it_is(doc: Doc) -> Doc:
    return doc


ways = pytest.mark.parametrize("way", [as_it_is, through_bytes, through_docbin, Doc.copy])

ATTACK = """\
شنت [[a1|ARMED|فصائل محلية]] [[e1|ATTACK|هجوماً]] قرب [[l1|LOC|نوى]]، و[[k1|KILLED|قتل]] [[c1|COUNT|نحو ستة]]، \
و[[k2|KILLED|قتيلان]] [[d1|DATE|أمس]].
---
AGENT e1 a1
PLACE e1 l1
COUNT k1 c1
MODALITY e1 ALLEGED
MODALITY k2 DENIED
NUM c1 6 -
NUM k2 2 2
ISO d1 2023-12-30
"""


# --- published -----------------------------------------------------------------------------------


@ways
@pytest.mark.parametrize(
    "value", [date(2023, 12, 31), "2023-12-31", datetime(2023, 12, 31, 18, 30)], ids=repr
)
def test_published(nlp, value, way):
    doc = nlp.make_doc("هجوم")
    doc._.published = value
    assert way(doc)._.published == date(2023, 12, 31)


def test_published_is_none_at_first_and_can_be_taken_back(nlp):
    doc = nlp.make_doc("هجوم")
    assert doc._.published is None
    doc._.published = "2023-12-31"
    doc._.published = None
    assert doc._.published is None


def test_published_that_is_no_date(nlp):
    doc = nlp.make_doc("هجوم")
    with pytest.raises(ValueError, match="31.12.2023"):
        doc._.published = "31.12.2023"
    assert doc._.published is None


@ways
def test_article_id(nlp, way):
    doc = nlp.make_doc("هجوم")
    assert doc._.article_id == ""
    doc._.article_id = "sy-01"
    assert way(doc)._.article_id == "sy-01"


# --- relations -----------------------------------------------------------------------------------


@ways
def test_relations_are_read_as_live_spans(doc_of, way):
    doc = way(doc_of(ATTACK))
    first, second, third = doc._.relations
    assert (first.label, first.head.text, first.tail.text) == ("AGENT", "هجوماً", "فصائل محلية")
    assert (first.head.label_, first.tail.label_) == ("ATTACK", "ARMED")
    assert first.head.doc is doc
    assert [second.label, third.label] == ["PLACE", "COUNT"]


def test_ends_of_relations_carry_their_modality(doc_of):
    assert doc_of(ATTACK)._.relations[0].head._.modality == "ALLEGED"


@ways
def test_relations_are_set(doc_of, way):
    doc = doc_of(ATTACK)
    [attack], place = doc.spans["events"], doc.ents[1]
    doc._.relations = [Relation("TARGET", attack, place, 0.75)]
    [relation] = way(doc)._.relations
    assert (relation.label, relation.head.text, relation.tail.text) == ("TARGET", "هجوماً", "نوى")
    assert relation.score == 0.75


def test_relations_are_stored_plain(doc_of):
    doc = doc_of("[[a1|ARMED|فصائل]] قرب [[l1|LOC|نوى]]\n---\nLOCATED_IN a1 l1")
    assert doc._.relation_data == [
        {
            "label": "LOCATED_IN",
            "head_start": 0,
            "head_end": 5,
            "head_label": "ARMED",
            "tail_start": 10,
            "tail_end": 13,
            "tail_label": "LOC",
            "score": 1.0,
        }
    ]


def test_score_of_numpy_is_stored_plain(doc_of):
    import numpy

    doc = doc_of(ATTACK)
    set_relations(doc, [Relation("ALIAS", doc.ents[0], doc.ents[1], numpy.float32(0.5))])
    assert type(doc._.relation_data[0]["score"]) is float


def test_relation_outlives_its_spans(doc_of):
    doc = doc_of(ATTACK)
    doc.spans["events"] = []
    relation = doc._.relations[0]
    assert (relation.head.text, relation.head.label_) == ("هجوماً", "ATTACK")


def test_docs_do_not_share_relations(nlp):
    first, second = nlp.make_doc("نوى درعا"), nlp.make_doc("نوى درعا")
    first._.relations = [Relation("LOCATED_IN", Span(first, 0, 1, "LOC"), Span(first, 1, 2, "LOC"))]
    assert len(first._.relations) == 1
    assert second._.relations == []


# --- spans ---------------------------------------------------------------------------------------


@ways
def test_modality(doc_of, way):
    doc = way(doc_of(ATTACK))
    assert [span._.modality for span in doc.spans["events"]] == ["ALLEGED"]
    assert [span._.modality for span in doc.spans["harms"]] == ["ASSERTED", "DENIED"]


def test_id_of_an_entity_is_no_modality(nlp):
    doc = nlp.make_doc("قرب نوى")
    doc.ents = [Span(doc, 1, 2, "LOC", span_id="Q1234")]
    assert doc.ents[0]._.modality == "ASSERTED"


@ways
def test_count_that_an_annotator_gave(doc_of, way):
    doc = way(doc_of(ATTACK))
    assert doc.spans["counts"][0]._.count == Count(6, None)
    assert doc.spans["harms"][1]._.count == Count(2, 2)


@pytest.mark.parametrize(
    ("label", "words", "count"),
    [
        ("COUNT", "ما لا يقل عن ستة", Count(6, None)),
        ("COUNT", "12", Count(12, 12)),
        ("KILLED", "قتيلان", Count(2, 2)),
        ("KILLED", "قتلى", Count(2, None)),
        ("KILLED", "مقتل", None),
        ("ATTACK", "هجومان", None),
        ("DATE", "2015", None),
    ],
)
def test_count_that_is_read_from_the_words(nlp, label, words, count):
    doc = nlp.make_doc(words)
    assert Span(doc, 0, len(doc), label)._.count == count


def test_count_reads_on_behind_the_span(nlp):
    doc = nlp.make_doc("3 جنود على الأقل")
    assert Span(doc, 0, 1, "COUNT")._.count == Count(3, None)


@ways
def test_annotated_values(doc_of, way):
    values = {span.text: annotated_value(span) for span in spans_of(way(doc_of(ATTACK)))}
    assert values["أمس"] == "2023-12-30"
    assert values["نحو ستة"] == (6, None)
    assert values["نوى"] is None


def test_spans_of_come_layer_by_layer(doc_of):
    labels = [span.label_ for span in spans_of(doc_of(ATTACK))]
    assert labels == ["ARMED", "LOC", "DATE", "ATTACK", "KILLED", "KILLED", "COUNT"]


def test_spans_of_a_doc_that_no_pipeline_has_read(nlp):
    assert spans_of(nlp.make_doc("هجوم")) == []


def test_span_key(doc_of):
    assert span_key(doc_of("قرب [[l1|LOC|نوى]]").ents[0]) == (4, 7, "LOC")


# --- records and registration --------------------------------------------------------------------


@ways
def test_records_are_read_from_what_is_kept(doc_of, way):
    doc = way(doc_of(ATTACK))
    assert [event.kind for event in doc._.events] == ["ATTACK"]
    assert [casualty.count for casualty in doc._.casualties] == [Count(6, None), Count(2, 2)]


def test_records_of_a_doc_that_no_pipeline_has_read(nlp):
    doc = nlp.make_doc("هجوم")
    assert (doc._.relations, doc._.events, doc._.casualties) == ([], [], [])


def test_registering_again_leaves_what_a_user_has_registered():
    before = Doc.get_extension("published")
    register_extensions()
    assert Doc.get_extension("published") == before
