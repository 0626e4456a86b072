"""`relations`: links between the spans of one sentence."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from sijill.annotation import scheme
from sijill.components.relations import _best_threshold
from sijill.extensions import set_relations, span_key, spans_of

SENTENCE = "[[e1|SHELLING|قصف]] [[a1|ARMED|الجيش]] [[l1|LOC|سرمين]]\n---\nAGENT e1 a1\nTARGET e1 l1"


def links(doc):
    """The relations of a Doc but those across sentences, as plain values."""
    return {
        (r.label, span_key(r.head), span_key(r.tail))
        for r in doc._.relations
        if r.label in scheme.SENTENCE_LINKS
    }


def without_links(doc):
    bare = doc.copy()
    set_relations(bare, [])
    return bare


def to_learn(pipeline, examples):
    """The same examples, with gold spans on the predicted side: what `relations` links when it stands alone."""
    return [Example(without_links(eg.reference), eg.reference) for eg in examples]


@pytest.fixture(scope="module")
def taught(pipeline_of, examples_of, train):
    pipeline = pipeline_of("sijill_relations", relations={"span_source": "gold"})
    train(pipeline, examples_of(pipeline), steps=60)
    return pipeline


@pytest.fixture
def examples(taught, examples_of):
    return to_learn(taught, examples_of(taught))


def test_five_articles_are_learnt_by_heart(taught, examples):
    for eg in examples:
        assert links(taught(eg.predicted)) == links(eg.reference)


def test_it_scores_what_it_has_learnt_as_perfect(taught, examples):
    for eg in examples:
        taught(eg.predicted)
    assert taught.get_pipe("relations").score(examples)["relations_f"] == 1.0


def test_each_relation_has_a_score_between_the_threshold_and_one(taught, examples):
    scores = [r.score for eg in examples for r in taught(eg.predicted)._.relations]
    assert scores
    assert all(0.5 <= score <= 1 for score in scores)


def test_to_disk_and_load_changes_no_prediction(taught, examples, tmp_path):
    taught.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    for eg in examples:
        stored = Doc(loaded.vocab).from_bytes(eg.predicted.to_bytes())
        assert links(loaded(stored)) == links(taught(eg.predicted)) != set()


def test_to_bytes_and_back_changes_no_prediction(taught, examples, pipeline_of):
    again = pipeline_of("sijill_relations").from_bytes(taught.to_bytes())
    for eg in examples:
        stored = Doc(again.vocab).from_bytes(eg.predicted.to_bytes())
        assert links(again(stored)) == links(taught(eg.predicted)) != set()


def test_the_relations_survive_bytes_docbin_and_copy(taught, examples):
    docs = [taught(eg.predicted) for eg in examples]
    stored = DocBin(docs=docs, store_user_data=True, attrs=["ENT_IOB", "ENT_TYPE"]).to_bytes()
    restored = list(DocBin().from_bytes(stored).get_docs(taught.vocab))
    for doc, from_docbin in zip(docs, restored):
        from_bytes = Doc(taught.vocab).from_bytes(doc.to_bytes())
        assert links(doc) == links(from_docbin) == links(from_bytes) == links(doc.copy()) != set()


def test_in_a_batch_it_finds_what_it_finds_alone(taught, examples):
    alone = [links(taught(without_links(eg.predicted))) for eg in examples]
    together = taught.pipe([taught.make_doc(""), *(eg.predicted for eg in examples)])
    assert [links(doc) for doc in together] == [set(), *alone]


def test_relations_stand_in_the_order_of_the_text(taught, examples):
    heads = [r.head.start for r in taught(examples[0].predicted)._.relations]
    assert heads == sorted(heads)


def test_without_initialisation_it_says_so(pipeline_of):
    with pytest.raises(ValueError, match="E109"):
        pipeline_of("sijill_relations")("نص قصير")


def test_without_relations_it_cannot_be_initialised(pipeline_of, read):
    pipeline = pipeline_of("sijill_relations")
    doc = read(pipeline, "وقع [[e1|ATTACK|هجوم]]")
    with pytest.raises(ValueError, match="no relation to learn from"):
        pipeline.initialize(lambda: [Example(pipeline.make_doc(doc.text), doc)])


def test_labels_come_from_all_examples_and_identity_is_not_among_them(taught):
    expected = {"AGENT", "TARGET", "PLACE", "TIME", "SOURCE", "COUNT", "VICTIM", "CAUSE"}
    assert set(taught.get_pipe("relations").labels) == expected | {"LOCATED_IN"}


def test_labels_may_be_given_to_initialize(pipeline_of, examples_of):
    pipeline = pipeline_of("sijill_relations")
    examples = examples_of(pipeline)
    relations = pipeline.get_pipe("relations")
    relations.initialize(lambda: examples, labels=["TIME", "AGENT"])
    assert relations.label_data == ["AGENT", "TIME"]


@pytest.mark.parametrize("label", ["MARRIED_TO", "COREF"])
def test_a_label_that_is_no_link_of_a_sentence_is_refused(pipeline_of, examples_of, label):
    pipeline = pipeline_of("sijill_relations")
    examples = examples_of(pipeline)
    with pytest.raises(ValueError, match=f"no link of the scheme inside a sentence: {label}"):
        pipeline.get_pipe("relations").initialize(lambda: examples, labels=[label])


def test_gold_links_that_it_does_not_know_teach_nothing(pipeline_of, examples_of, read):
    pipeline = pipeline_of("sijill_relations")
    first = examples_of(pipeline)[:1]
    pipeline.initialize(lambda: first)
    gold = read(pipeline, "[[p1|PER|سالم الحسن]] قائد [[a1|ARMED|الفصيل]]\n---\nLEADS p1 a1")
    losses = pipeline.update([Example(pipeline.make_doc(gold.text), gold)], sgd=False)
    assert losses["relations"] > 0
    assert "LEADS" not in pipeline.get_pipe("relations").labels


@pytest.mark.parametrize("text", ["", "كلمة", " ", "\n\n", "لا شيء هنا"])
def test_texts_without_a_pair_are_predicted_and_learnt_from(taught, text):
    assert taught(text)._.relations == []
    doc = taught.make_doc(text)
    assert taught.update([Example(doc, doc.copy())], sgd=False) == {"relations": 0.0}


def test_the_first_examples_may_be_without_a_pair(pipeline_of, examples_of, read):
    pipeline = pipeline_of("sijill_relations")
    empty = [Example(pipeline.make_doc(text), read(pipeline, text)) for text in ("", "كلمة")] * 6
    examples = empty + examples_of(pipeline)
    optimizer = pipeline.initialize(lambda: examples)
    assert pipeline.update(examples, sgd=optimizer)["relations"] > 0


def test_gold_tokens_may_differ_from_those_of_the_pipeline(pipeline_of, read):
    """The gold side has one token a character; links are compared by offsets."""
    pipeline = pipeline_of("sijill_relations", relations={"span_source": "gold"})
    marked = read(pipeline, SENTENCE)
    gold = Doc(pipeline.vocab, list(marked.text), [False] * len(marked.text))
    for layer in ("events", "harms", "counts"):
        spans = marked.spans[layer]
        gold.spans[layer] = [gold.char_span(*span_key(s)[:2], label=s.label_) for s in spans]
    gold.set_ents([gold.char_span(*span_key(s)[:2], label=s.label_) for s in marked.ents])
    gold._.relation_data = marked._.relation_data
    examples = [Example(pipeline.make_doc(gold.text), gold)]
    optimizer = pipeline.initialize(lambda: examples)
    optimizer.learn_rate = 0.01
    for _ in range(40):
        pipeline.update(examples, sgd=optimizer)
    assert links(pipeline(without_links(marked))) == links(gold)


def test_a_document_without_any_relation_teaches_that_there_is_none(taught, read):
    marked = read(taught, SENTENCE)
    set_relations(marked, [])
    losses = taught.update([Example(taught.make_doc(marked.text), marked)], sgd=False)
    assert losses["relations"] > 0


# --- where the spans come from -------------------------------------------------------------------


def test_an_unknown_span_source_is_refused(pipeline_of):
    with pytest.raises(ValueError, match="span_source is 'silver'; it must be one of gold"):
        pipeline_of("sijill_relations", relations={"span_source": "silver"})


def loss_on(pipeline, predicted, reference):
    return pipeline.update([Example(predicted, reference)], sgd=False)["relations"]


@pytest.mark.parametrize(
    ("source", "learns_from_gold"),
    [("gold", [True, True]), ("predicted", [False, False]), ("mixed", [True, False])],
)
def test_span_source_says_whose_spans_it_learns_from(pipeline_of, read, source, learns_from_gold):
    """Nothing is predicted, so that predicted spans make no pair and no loss."""
    pipeline = pipeline_of("sijill_relations", relations={"span_source": source})
    gold = read(pipeline, SENTENCE)
    pipeline.initialize(lambda: [Example(pipeline.make_doc(gold.text), gold)])
    losses = [loss_on(pipeline, pipeline.make_doc(gold.text), gold) for _ in range(2)]
    assert [loss > 0 for loss in losses] == learns_from_gold


# --- thresholds ----------------------------------------------------------------------------------


def test_a_threshold_given_at_load_time_takes_effect(taught, examples, tmp_path):
    taught.to_disk(tmp_path)
    strict = spacy.load(tmp_path, config={"components.relations.threshold": 1.0})
    doc = Doc(strict.vocab).from_bytes(examples[0].predicted.to_bytes())
    assert strict(doc)._.relations == []


def test_tuned_thresholds_are_saved_and_used(taught, examples, pipeline_of):
    taught = pipeline_of("sijill_relations").from_bytes(taught.to_bytes())
    taught.get_pipe("relations").cfg["thresholds"]["AGENT"] = 1.0
    again = pipeline_of("sijill_relations").from_bytes(taught.to_bytes())
    doc = Doc(again.vocab).from_bytes(examples[0].predicted.to_bytes())
    found = {r.label for r in again(doc)._.relations}
    assert found >= {"TARGET", "CAUSE"}
    assert "AGENT" not in found


def test_tune_gives_a_threshold_for_each_label(taught, examples, pipeline_of):
    copy = pipeline_of("sijill_relations").from_bytes(taught.to_bytes())
    relations = copy.get_pipe("relations")
    assert relations.tune(examples) == dict.fromkeys(relations.labels, 0.5)


def test_the_best_threshold_is_the_one_with_the_best_f():
    scores = np.array([0.3] * 10 + [0.19] * 30)
    truth = np.array([True] * 10 + [False] * 30)
    assert _best_threshold(scores, truth, total=10) == 0.2
    assert _best_threshold(scores, truth, total=9) == 0.5
    assert _best_threshold(scores, ~truth & truth, total=10) == 0.5


# --- scores --------------------------------------------------------------------------------------


def test_a_gold_link_that_it_never_learnt_counts_as_missed(pipeline_of, examples_of, read):
    pipeline = pipeline_of("sijill_relations")
    first = examples_of(pipeline)[:1]
    pipeline.initialize(lambda: first)
    gold = read(pipeline, "[[p1|PER|سالم الحسن]] قائد [[a1|ARMED|الفصيل]]\n---\nLEADS p1 a1")
    scores = pipeline.evaluate([Example(pipeline.make_doc(gold.text), gold)])
    assert scores["relations_r"] == 0.0
    assert scores["relations_per_type"]["LEADS"]["r"] == 0.0


def test_relations_of_spans_that_were_not_found_count_as_missed(taught, examples_of):
    scores = taught.evaluate(examples_of(taught))
    assert scores["relations_r"] == 0.0


# --- with a shared tok2vec -----------------------------------------------------------------------


def gradient_reaches(model):
    return any(
        model_part.get_grad(name).any()
        for model_part in model.walk()
        for name in model_part.param_names
        if model_part.has_grad(name)
    )


@pytest.mark.parametrize("last", ["sijill_relations", "sijill_event_types"])
def test_a_batch_without_a_pair_does_not_lose_the_others_gradient(
    pipeline_of, examples_of, read, last
):
    order = [f for f in ("sijill_relations", "sijill_event_types") if f != last] + [last]
    pipeline = pipeline_of(*order, shared=True)
    examples = examples_of(pipeline)
    optimizer = pipeline.initialize(lambda: examples)
    gold = read(pipeline, "وقع [[e1|ATTACK|هجوم]]")
    losses = pipeline.update([Example(pipeline.make_doc(gold.text), gold)], sgd=optimizer)
    assert losses["relations"] == 0.0
    assert losses["event_types"] > 0
    assert gradient_reaches(pipeline.get_pipe("tok2vec").model)


def test_a_batch_of_empty_texts_harms_nothing(pipeline_of, examples_of, read):
    pipeline = pipeline_of(
        "sijill_event_types", "sijill_casualties", "sijill_relations", shared=True
    )
    examples = examples_of(pipeline)
    optimizer = pipeline.initialize(lambda: examples)
    empty = [Example(pipeline.make_doc(""), read(pipeline, ""))] * 2
    assert set(pipeline.update(empty, sgd=optimizer).values()) == {0.0}
    assert pipeline.update(examples, sgd=optimizer)["relations"] > 0


def test_spans_predicted_while_training_are_learnt_from(pipeline_of, examples_of, train):
    """`annotating_components` write their spans to the documents that `relations` learns from."""
    pipeline = pipeline_of(
        "sijill_event_types", "sijill_casualties", "sijill_relations", shared=True
    )
    pipeline.get_pipe("relations").span_source = "predicted"
    losses = train(
        pipeline,
        examples_of(pipeline),
        steps=60,
        annotates=["tok2vec", "event_types", "casualties"],
    )
    doc = pipeline("قُتل 3 مدنيين جراء قصف قوات النظام بلدة سرمين في ريف إدلب.")
    assert losses["relations"] > 0
    assert {(r.label, r.tail.text) for r in doc._.relations} == {("CAUSE", "قصف"), ("COUNT", "3")}


def test_spans_of_the_scheme_only_are_linked(taught, read):
    marked = without_links(read(taught, SENTENCE))
    marked.spans["notes"] = [marked[0:3]]
    assert {span_key(r.head) for r in taught(marked)._.relations} <= set(
        map(span_key, spans_of(marked))
    )
