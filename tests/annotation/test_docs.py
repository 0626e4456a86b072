"""Articles become Docs and come back, and nothing is lost on the way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc, DocBin

from sijill.annotation.corpus import to_docbin
from sijill.annotation.docs import article_to_doc, doc_to_article
from sijill.annotation.markup import Article, Link, article_paths, read_article, write_article

CORPUS = Path(__file__).parents[2] / "corpus"

EXAMPLE = """\
شنت [[a1|ARMED|فصائل محلية]] [[e1|ATTACK|هجوماً]] على [[f1|FAC|منزل]] [[d1|DATE|مساء السبت]].
أسفر [[e2|ATTACK|الهجوم]] عن [[k1|KILLED|مقتل]] [[c1|COUNT|ما لا يقل عن ستة]] [[q1|PEOPLE|مدنيين]].
---
AGENT e1 a1
TARGET e1 f1
TIME e1 d1
CAUSE k1 e2
COUNT k1 c1
VICTIM k1 q1
COREF e2 e1
MODALITY e2 ALLEGED
ISO d1 2023-12-30
NUM c1 6 -
"""


def said(article: Article) -> tuple:
    """All that an article says, without the ids of its spans."""
    place = {span.id: (span.start, span.end, span.label) for span in article.spans}
    spans = [(*place[span.id], span.modality, span.value) for span in article.spans]
    links = [(link.label, place[link.head], place[link.tail]) for link in article.links]
    return article.meta, article.text, spans, links


def through_docbin(doc: Doc) -> Doc:
    stored = DocBin(
        attrs=["ORTH", "NORM", "ENT_IOB", "ENT_TYPE", "SENT_START"],
        docs=[doc],
        store_user_data=True,
    ).to_bytes()
    [restored] = DocBin(store_user_data=True).from_bytes(stored).get_docs(doc.vocab)
    return restored


def through_bytes(doc: Doc) -> Doc:
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


# --- article → Doc -------------------------------------------------------------------------------


def test_spans_live_in_their_layers(doc_of):
    doc = doc_of(EXAMPLE)
    assert [ent.label_ for ent in doc.ents] == ["ARMED", "FAC", "DATE", "PEOPLE"]
    assert [span.text for span in doc.spans["events"]] == ["هجوماً", "الهجوم"]
    assert [span.label_ for span in doc.spans["harms"]] == ["KILLED"]
    assert [span.text for span in doc.spans["counts"]] == ["ما لا يقل عن ستة"]


def test_layers_are_there_though_nothing_is_marked(doc_of):
    doc = doc_of("لم يقع شيء")
    assert {name: len(group) for name, group in doc.spans.items()} == {
        "events": 0,
        "harms": 0,
        "counts": 0,
    }
    assert doc.has_annotation("ENT_IOB")


def test_links_become_relations(doc_of):
    relations = doc_of(EXAMPLE)._.relations
    assert [(r.label, r.head.text, r.tail.text) for r in relations[:2]] == [
        ("AGENT", "هجوماً", "فصائل محلية"),
        ("TARGET", "هجوماً", "منزل"),
    ]


def test_modality_and_values(doc_of):
    doc = doc_of(EXAMPLE)
    assert [span._.modality for span in doc.spans["events"]] == ["ASSERTED", "ALLEGED"]
    [count] = doc.spans["counts"]
    assert (count._.count.minimum, count._.count.maximum) == (6, None)


def test_front_matter(doc_of):
    doc = doc_of("لم يقع شيء")
    assert doc._.article_id == "example"
    assert doc._.published == date(2023, 12, 31)


# --- a span that lies on no token borders --------------------------------------------------------

MISALIGNED = (
    "قرب [[l1|LOC|نوى]] وقع [[e1|ATTACK|هجو]]م\n[[k1|KILLED|قتلى]]\n---\nPLACE e1 l1\nNUM k1 2 -"
)


def test_misaligned_span_is_reported(article_of, nlp):
    _, [fault] = article_to_doc(article_of(MISALIGNED), nlp.make_doc, source="x.txt")
    assert (fault.source, fault.line, fault.column) == ("x.txt", 5, 24)
    assert fault.message == "e1 'هجو' does not lie on token borders"
    assert fault.suggestion == "The tokens there are هجوم"


def test_what_is_aligned_stays(article_of, nlp):
    doc, _ = article_to_doc(article_of(MISALIGNED), nlp.make_doc)
    assert [span.text for span in (*doc.ents, *doc.spans["harms"])] == ["نوى", "قتلى"]
    assert doc._.relations == []


# --- there and back ------------------------------------------------------------------------------


def test_ids_are_new_and_in_the_order_of_the_text(doc_of):
    article = doc_to_article(doc_of(EXAMPLE))
    assert [span.id for span in article.spans] == ["n1", "e1", "n2", "n3", "e2", "h1", "c1", "n4"]
    assert article.links[0] == Link("AGENT", "e1", "n1")


@pytest.mark.parametrize("way", [lambda doc: doc, through_docbin, through_bytes])
def test_example_comes_back(article_of, doc_of, way):
    assert said(doc_to_article(way(doc_of(EXAMPLE)))) == said(article_of(EXAMPLE))


def test_doc_without_annotation(nlp):
    article = doc_to_article(nlp.make_doc("لم يقع شيء"))
    assert article == Article({"id": "", "published": ""}, "لم يقع شيء")


def test_every_article_of_the_corpus_comes_back(nlp):
    """What is misaligned is reported, all else is the same behind a DocBin."""
    changed, count = [], 0
    for path in article_paths([CORPUS]):
        article = read_article(path)
        count += 1
        doc, unaligned = article_to_doc(article, nlp.make_doc)
        lost = {fault.message.split()[0] for fault in unaligned}
        kept = replace(
            article,
            spans=tuple(span for span in article.spans if span.id not in lost),
            links=tuple(k for k in article.links if not {k.head, k.tail} & lost),
        )
        if said(doc_to_article(through_docbin(doc))) != said(kept):
            changed.append(path.name)
    assert not changed
    assert count > 100


def test_docbin_of_the_corpus_module_keeps_all(article_of, nlp):
    stored = to_docbin([article_of(EXAMPLE)] * 2).to_bytes()
    docs = list(DocBin().from_bytes(stored).get_docs(nlp.vocab))
    assert [said(doc_to_article(doc)) for doc in docs] == [said(article_of(EXAMPLE))] * 2


def test_written_article_of_a_doc_is_read_back(doc_of, tmp_path):
    article = doc_to_article(doc_of(EXAMPLE))
    write_article(article, tmp_path / "x.txt")
    assert read_article(tmp_path / "x.txt") == article
