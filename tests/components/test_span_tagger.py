"""What `event_types` and `casualties` have in common."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from sijill.components.span_tagger_model import predict_modalities, predict_tags, predict_vectors

FACTORIES = ("sijill_event_types", "sijill_casualties")
LAYERS = {"sijill_event_types": ["events"], "sijill_casualties": ["harms", "counts"]}
TRAINING_TEXTS = 5


def found(doc, factory):
    """What a component has written to a Doc, as plain values."""
    return [
        (span.start_char, span.end_char, span.label_, span._.modality)
        for layer in LAYERS[factory]
        for span in doc.spans[layer]
    ]


@pytest.fixture(scope="module", params=FACTORIES)
def factory(request):
    return request.param


@pytest.fixture(scope="module")
def taught(factory, pipeline_of, examples_of, train):
    pipeline = pipeline_of(factory)
    train(pipeline, examples_of(pipeline))
    return pipeline


@pytest.fixture(scope="module")
def texts(nlp, examples_of):
    return [eg.text for eg in examples_of(nlp)]


def test_five_articles_are_learnt_by_heart(taught, factory, examples_of):
    for eg in examples_of(taught):
        gold = found(eg.reference, factory)
        assert found(taught(eg.text), factory) == gold


def test_it_scores_what_it_has_learnt_as_perfect(taught, factory, examples_of):
    scores = taught.evaluate(examples_of(taught))
    assert {scores[f"{layer}_f"] for layer in LAYERS[factory]} == {1.0}


def test_to_disk_and_load_changes_no_prediction(taught, factory, texts, tmp_path):
    taught.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert [found(loaded(text), factory) for text in texts] == [
        found(taught(text), factory) for text in texts
    ]


def test_to_bytes_and_back_changes_no_prediction(taught, factory, texts, pipeline_of):
    again = pipeline_of(factory).from_bytes(taught.to_bytes())
    assert [found(again(text), factory) for text in texts] == [
        found(taught(text), factory) for text in texts
    ]


def test_the_spans_survive_a_docbin(taught, factory, texts):
    docs = [taught(text) for text in texts]
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    restored = DocBin().from_bytes(stored).get_docs(taught.vocab)
    assert [found(doc, factory) for doc in restored] == [found(doc, factory) for doc in docs]


def test_in_a_batch_it_finds_what_it_finds_alone(taught, factory, texts):
    together = taught.pipe([*texts, "", "كلمة"], batch_size=4)
    assert [found(doc, factory) for doc in together][:TRAINING_TEXTS] == [
        found(taught(text), factory) for text in texts
    ]


def test_no_word_is_scored_by_those_of_another_document(taught, texts):
    model = taught.pipeline[0][1].model
    docs = [taught.make_doc(text) for text in ("كلمة", "", *texts)]
    for doc, scores in zip(docs, model.predict(docs)):
        if len(doc):
            assert np.allclose(model.predict([doc])[0], scores, atol=1e-4)


def test_without_initialisation_it_says_so(factory, pipeline_of):
    with pytest.raises(ValueError, match="E109"):
        pipeline_of(factory)("نص قصير")


def test_without_labels_it_cannot_be_initialised(factory, pipeline_of):
    pipeline = pipeline_of(factory)
    doc = pipeline.make_doc("نص بلا علامات")
    with pytest.raises(ValueError, match="no span to learn from"):
        pipeline.initialize(lambda: [Example(pipeline.make_doc(doc.text), doc)])


def test_the_labels_come_from_all_examples_sorted(factory, pipeline_of, examples_of):
    pipeline = pipeline_of(factory)
    few = examples_of(pipeline)
    pipeline.initialize(lambda: few[2:3] * 12 + few)
    layers = LAYERS[factory]
    gold = {span.label_ for eg in few for layer in layers for span in eg.reference.spans[layer]}
    assert pipeline.pipeline[0][1].label_data == sorted(gold)


def test_labels_may_be_given_to_initialize(factory, pipeline_of, examples_of):
    pipeline = pipeline_of(factory)
    examples = examples_of(pipeline)
    component = pipeline.pipeline[0][1]
    label = {"sijill_event_types": "RIOT", "sijill_casualties": "MISSING"}[factory]
    component.initialize(lambda: examples, nlp=pipeline, labels=[label])
    assert component.labels == (label,)


def test_a_label_that_the_scheme_has_not_is_refused(factory, pipeline_of):
    with pytest.raises(ValueError, match="'PARADE' is not one of its labels"):
        pipeline_of(factory).pipeline[0][1].add_label("PARADE")


def test_a_label_after_initialisation_is_refused(taught, factory):
    label = {"sijill_event_types": "RIOT", "sijill_casualties": "MISSING"}[factory]
    with pytest.raises(ValueError, match="once the model is initialised"):
        taught.pipeline[0][1].add_label(label)


def test_a_gold_label_that_it_does_not_know_teaches_nothing(
    factory, pipeline_of, examples_of, read
):
    pipeline = pipeline_of(factory)
    known = examples_of(pipeline)
    optimizer = pipeline.initialize(lambda: known)
    strange = "وقع [[e1|RIOT|شغب]] وبقي [[h1|MISSING|مفقودون]]."
    gold = read(pipeline, strange)
    losses = pipeline.update([Example(pipeline.make_doc(gold.text), gold)], sgd=optimizer)
    assert list(losses.values())[0] > 0
    assert "RIOT" not in pipeline.pipeline[0][1].labels


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_is_found_in_blanks(taught, factory, text):
    assert found(taught(text), factory) == []


@pytest.mark.parametrize("text", ["", "كلمة", " ", "\n\n"])
def test_short_texts_are_learnt_from(taught, factory, text, examples_of):
    short = taught.make_doc(text)
    short.spans["events"] = short.spans["harms"] = short.spans["counts"] = []
    losses = taught.update([Example(taught.make_doc(text), short)], sgd=False)
    assert list(losses.values())[0] >= 0


def test_empty_texts_may_stand_among_others(pipeline_of, factory, examples_of, train, read):
    pipeline = pipeline_of(factory)
    examples = examples_of(pipeline)
    empty = Example(pipeline.make_doc(""), read(pipeline, ""))
    losses = train(pipeline, [empty, *examples, empty], steps=3)
    assert list(losses.values())[0] > 0


def test_a_document_without_its_layers_teaches_nothing(taught):
    bare = taught.make_doc("وقع انفجار في حلب.")
    losses = taught.update([Example(taught.make_doc(bare.text), bare)], sgd=False)
    assert list(losses.values()) == [0.0]


def test_a_document_whose_layers_are_empty_teaches_that_there_is_nothing(taught):
    gold = taught.make_doc("وقع انفجار في حلب.")
    gold.spans["events"] = gold.spans["harms"] = gold.spans["counts"] = []
    losses = taught.update([Example(taught.make_doc(gold.text), gold)], sgd=False)
    assert list(losses.values())[0] > 0


def test_gold_tokens_may_differ_from_those_of_the_pipeline(factory, pipeline_of, examples_of):
    """The gold side splits by blanks alone, so that بغارة is one token and a full stop sticks to its word."""
    pipeline = pipeline_of(factory)
    examples = examples_of(pipeline)
    pipeline.initialize(lambda: examples)
    for eg in examples:
        words = eg.text.split(" ")
        gold = Doc(pipeline.vocab, words, [True] * (len(words) - 1) + [False])
        for layer in ("events", "harms", "counts"):
            spans = eg.reference.spans[layer]
            same = [gold.char_span(s.start_char, s.end_char, label=s.label_) for s in spans]
            gold.spans[layer] = [span for span in same if span is not None]
        losses = pipeline.update([Example(pipeline.make_doc(eg.text), gold)], sgd=False)
        assert list(losses.values())[0] > 0


def test_spans_amid_stray_whitespace_are_learnt(factory, pipeline_of, examples_of, train):
    pipeline = pipeline_of(factory)
    spaced = (
        "\n وقع  [[e1|EXPLOSION|انفجار]]  \n أوقع  \t[[c1|COUNT|ستة]]\n  [[h1|KILLED|قتلى]] \n",
    )
    examples = examples_of(pipeline, spaced)
    train(pipeline, examples)
    assert found(pipeline(examples[0].text), factory) == found(examples[0].reference, factory)


def test_the_gradient_is_none_where_nothing_is_annotated(taught, factory):
    component = taught.pipeline[0][1]
    bare = taught.make_doc("وقع انفجار في حلب.")
    examples = [Example(taught.make_doc(bare.text), bare)]
    scores = component.model.predict([eg.predicted for eg in examples])
    loss, gradients = component.get_loss(examples, scores)
    assert loss == 0.0
    assert not gradients[0].any()


def test_the_heads_apart_score_as_the_whole_model(taught, texts):
    """The modality head reads some tokens alone, at the borders of a batch and of its documents as well."""
    model = taught.pipeline[0][1].model
    docs = [taught.make_doc(text) for text in [*texts, "", "كلمة"]]
    whole = np.concatenate(model.predict(docs))
    vectors, rows = predict_vectors(model, docs)
    tokens = np.array([0, 1, len(docs[0]) - 1, len(docs[0]), len(whole) - 1])
    apart = [
        predict_tags(model, vectors, rows)[tokens],
        predict_modalities(model, vectors, rows[tokens]),
    ]
    assert np.allclose(np.hstack(apart), whole[tokens], atol=1e-5)
