"""Which spans are paired, and what is known of each pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from sijill.annotation import scheme
from sijill.components.relation_pairs import FEATURES, LABEL_ID, make_pairs
from sijill.extensions import spans_of


def pairs_of(*docs):
    return make_pairs(docs, [spans_of(doc) for doc in docs])


def words_of(pairs):
    spans = pairs.table.spans
    return {(spans[h].text, spans[t].text) for h, t in zip(pairs.heads, pairs.tails)}


def links_of(pairs, row):
    return {link for link, allowed in zip(scheme.SENTENCE_LINKS, pairs.allowed[row]) if allowed}


def test_the_spans_of_a_sentence_are_paired_as_far_as_the_scheme_has_a_link(doc_of):
    doc = doc_of("[[e1|SHELLING|قصف]] [[a1|ARMED|الجيش]] سوقاً [[d1|DATE|أمس]].")
    assert words_of(pairs_of(doc)) == {("قصف", "الجيش"), ("قصف", "أمس")}


def test_spans_of_two_sentences_are_no_pair(doc_of):
    doc = doc_of("وقع [[e1|EXPLOSION|انفجار]] كبير. ونفى [[a1|ARMED|الجيش]] علمه به.")
    assert len(pairs_of(doc)) == 0


def test_spans_of_two_documents_are_no_pair(doc_of):
    attack, army = doc_of("وقع [[e1|ATTACK|هجوم]]"), doc_of("وصل [[a1|ARMED|الجيش]]")
    assert len(pairs_of(attack, army)) == 0


def test_two_dates_are_no_pair_but_two_places_are(doc_of):
    doc = doc_of("[[l1|LOC|نوى]] في [[l2|LOC|درعا]] [[d1|DATE|أمس]] و[[d2|DATE|اليوم]]")
    assert words_of(pairs_of(doc)) == {("نوى", "درعا"), ("درعا", "نوى")}


def test_each_pair_knows_the_links_that_the_scheme_allows(doc_of):
    pairs = pairs_of(doc_of("[[e1|KILLING|اغتيال]] [[p1|PER|سالم الحسن]]"))
    assert links_of(pairs, 0) == {"AGENT", "TARGET", "SOURCE"}


def test_links_across_the_article_are_left_to_coreference(doc_of):
    doc = doc_of("[[e1|CLASH|اشتباكات]] ثم [[e2|CLASH|مواجهات]]")
    assert len(pairs_of(doc)) == 0


def test_every_pair_lies_in_one_sentence_and_is_allowed(doc_of, examples_of, nlp):
    docs = [eg.reference for eg in examples_of(nlp)]
    pairs = pairs_of(*docs)
    assert len(pairs) > 20
    for row, (head, tail) in enumerate(zip(pairs.heads, pairs.tails)):
        head, tail = pairs.table.spans[head], pairs.table.spans[tail]
        assert head.doc is tail.doc
        assert head.sent == tail.sent
        links = set(scheme.links_between(head.label_, tail.label_)) - set(scheme.IDENTITY_LINKS)
        assert links
        assert links_of(pairs, row) == links


def test_every_gold_link_of_a_sentence_is_among_the_pairs(examples_of, nlp):
    docs = [eg.reference for eg in examples_of(nlp)]
    found = words_of(pairs_of(*docs))
    gold = [r for doc in docs for r in doc._.relations if r.label in scheme.SENTENCE_LINKS]
    assert gold
    assert {(r.head.text, r.tail.text) for r in gold} <= found


@pytest.mark.parametrize("marked", ["", "كلمة", "[[e1|ATTACK|هجوم]]", "\n"])
def test_fewer_than_two_spans_make_no_pair(doc_of, marked):
    pairs = pairs_of(doc_of(marked))
    assert (len(pairs), pairs.features.shape) == (0, (0, len(FEATURES)))


def test_no_document_makes_no_pair():
    assert len(make_pairs([], [])) == 0


def test_labels_that_are_not_of_the_scheme_are_passed_over(doc_of):
    doc = doc_of("[[e1|ATTACK|هجوم]] على الجيش")
    strange = Span(doc, 2, 3, label="GPE")
    assert len(make_pairs([doc], [[*spans_of(doc), strange]])) == 0


def test_what_is_known_of_a_pair_does_not_depend_on_the_batch(examples_of, nlp):
    docs = [eg.reference for eg in examples_of(nlp)]
    alone = np.concatenate([pairs_of(doc).features for doc in docs])
    together = pairs_of(nlp.make_doc(""), docs[0], nlp.make_doc(""), *docs[1:]).features
    assert np.array_equal(alone, together)


def test_a_pair_knows_its_labels_and_neighbours(doc_of):
    doc = doc_of("وقع [[e1|ATTACK|هجوم]] في [[l1|LOC|نوى]]")
    features = dict(zip(FEATURES, pairs_of(doc).features[0]))
    text = doc.vocab.strings
    assert text[features["token before the head"]] == "وقع"
    assert text[features["token after the head"]] == text[features["token before the tail"]] == "في"
    assert features["token after the tail"] == 0
    labels = LABEL_ID["ATTACK"] * len(scheme.LABELS) + LABEL_ID["LOC"]
    assert features["labels of head and tail"] == labels


def test_a_pair_counts_commas_and_triggers_between(doc_of):
    marked = "[[e1|ATTACK|هجوم]]، و[[e2|CLASH|اشتباكات]]، في [[l1|LOC|نوى]]"
    spans = pairs_of(doc_of(marked)).table.spans
    pairs = pairs_of(doc_of(marked))
    rows = {spans[h].text: row for h, row in zip(pairs.heads, pairs.features)}
    far, near = dict(zip(FEATURES, rows["هجوم"])), dict(zip(FEATURES, rows["اشتباكات"]))
    forward = 1
    assert (far["commas between"], near["commas between"]) == (2 * 2 + forward, 1 * 2 + forward)
    triggers = "triggers between, with direction and kind of head"
    n_labels = len(scheme.LABELS)
    assert (far[triggers] // n_labels, near[triggers] // n_labels) == (1 * 2 + forward, forward)


def test_a_document_without_sentences_is_one_sentence(nlp):
    doc = Doc(nlp.vocab, ["هجوم", ".", "الجيش"])
    spans = [Span(doc, 0, 1, label="ATTACK"), Span(doc, 2, 3, label="ARMED")]
    assert words_of(make_pairs([doc], [spans])) == {("هجوم", "الجيش")}


def test_pairs_grow_with_the_length_of_a_sentence_and_not_with_its_square(nlp):
    n = 2000
    doc = Doc(nlp.vocab, ["هجوم", "الجيش"] * n)
    spans = [Span(doc, i, i + 1, label=("ATTACK", "ARMED")[i % 2]) for i in range(2 * n)]
    assert n < len(make_pairs([doc], [spans])) < 96 * 2 * n


@given(st.lists(st.lists(st.sampled_from(scheme.LABELS), max_size=8), max_size=4))
def test_pairs_are_those_of_a_plain_loop(nlp, sentences):
    words = ["كلمة"] * sum(map(len, sentences))
    starts = [i == 0 for labels in sentences for i in range(len(labels))]
    doc = Doc(nlp.vocab, words, sent_starts=starts)
    labels = [label for sentence in sentences for label in sentence]
    spans = [Span(doc, i, i + 1, label=label) for i, label in enumerate(labels)]
    number = np.cumsum(starts)
    expected = {
        (h, t)
        for h in range(len(words))
        for t in range(len(words))
        if h != t
        and number[h] == number[t]
        and any(scheme.allows(link, labels[h], labels[t]) for link in scheme.SENTENCE_LINKS)
    }
    pairs = make_pairs([doc], [spans])
    assert set(zip(pairs.heads.tolist(), pairs.tails.tolist())) == expected
