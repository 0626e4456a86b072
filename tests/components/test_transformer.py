"""The components on a tiny transformer: rows for every token, however long the article and wherever words are cut."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.training import Example
from thinc.api import Config

from sijill.evaluation import evaluate
from sijill.text.orthography import fold

pytest.importorskip("spacy_transformers", reason="the extra trf is not installed")

CONFIG = Path(__file__).parent.parent.parent / "configs/test/trf.cfg"
CUT = [
    "وبغارة",
    'لـ"تنظيم"',
    "قُتِلَ",
    "الـــجيش",
    "و5",
    "قصف🚀",
    "🚀🚀",
    "2014ـ",
    "ـ",
    "ﻻ",
    "ﷲ",
    "للسلطة،",
]
BLANKS = ["", " ", "\n\n", "كلمة", "\n قصف \t\n"]


def found(doc):
    """All that the pipeline has written to a Doc, as plain values."""
    spans = (span for spans in (doc.ents, *doc.spans.values()) for span in spans)
    return [(s.start_char, s.end_char, s.label_) for s in spans]


def rows_of(pipeline, doc):
    """What the listener of `event_types` gives for the tokens of a Doc."""
    return pipeline.get_pipe("event_types").model.get_ref("tok2vec").predict([doc])[0]


@pytest.fixture(scope="module")
def untrained(encoder):
    """A function that makes the tiny twin over the tiny encoder, not initialised."""

    def make():
        config = Config().from_disk(CONFIG, overrides={"paths.transformer": str(encoder)})
        return spacy.util.load_model_from_config(config, auto_fill=True)

    return make


@pytest.fixture(scope="module")
def taught(untrained, examples_of, train):
    pipeline = untrained()
    annotates = pipeline.config["training"]["annotating_components"]
    train(pipeline, examples_of(pipeline), steps=160, annotates=annotates)
    return pipeline


@pytest.fixture(scope="module")
def texts(nlp, examples_of):
    return [eg.text for eg in examples_of(nlp)]


def test_five_articles_are_learnt_by_heart(taught, examples_of):
    for eg in examples_of(taught):
        assert found(taught(eg.text)) == found(eg.reference)


@pytest.mark.parametrize("transformer_annotates", [True, False])
def test_listeners_that_annotate_while_training_see_real_rows(
    untrained, examples_of, monkeypatch, transformer_annotates
):
    """But where the transformer does not annotate: the trap that the order of `annotating_components` avoids."""
    pipeline = untrained()
    optimizer = pipeline.initialize(lambda: examples_of(pipeline))
    component, seen = pipeline.get_pipe("event_types"), []
    predict = component.predict

    def watch(docs):
        seen.extend(rows_of(pipeline, doc).any(axis=1).all() for doc in docs)
        return predict(docs)

    monkeypatch.setattr(component, "predict", watch)
    annotates = pipeline.config["training"]["annotating_components"]
    first = 0 if transformer_annotates else 1
    pipeline.update(examples_of(pipeline), sgd=optimizer, annotates=annotates[first:])
    assert seen == [transformer_annotates] * len(examples_of(pipeline))


def test_training_reaches_the_transformer(untrained, examples_of):
    pipeline = untrained()
    optimizer = pipeline.initialize(lambda: examples_of(pipeline))
    optimizer.learn_rate = 0.01
    weights = pipeline.get_pipe("transformer").model.transformer.embeddings.word_embeddings.weight
    before = weights.detach().clone()
    pipeline.update(examples_of(pipeline), sgd=optimizer)
    pipeline.get_pipe("transformer").finish_update(optimizer)
    assert (weights.detach() != before).any()


def test_the_library_itself_never_imports_the_extra():
    """Whoever has it not must still have all the rest. (Thinc imports torch by itself, where it finds it.)"""
    code = (
        "import pkgutil, sys, sijill\n"
        "for module in pkgutil.walk_packages(sijill.__path__, 'sijill.'): __import__(module.name)\n"
        "print(sorted({'transformers', 'spacy_transformers'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_relations_on_gold_spans_are_scored_over_real_rows(taught, article_of, monkeypatch):
    """Where the transformer is left out, a listener gives rows of zeros and says nothing."""
    component, seen = taught.get_pipe("relations"), []
    predict = component.predict

    def watch(docs):
        seen.extend(rows_of(taught, doc).any() for doc in docs)
        return predict(docs)

    monkeypatch.setattr(component, "predict", watch)
    evaluate(taught, [article_of("شن [[a1|ARMED|مسلحون]] [[e1|ATTACK|هجوماً]].\n---\nAGENT e1 a1")])
    assert seen == [True, True]


def test_saved_and_loaded_it_reads_the_same(taught, texts, tmp_path):
    taught.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert [found(loaded(text)) for text in texts] == [found(taught(text)) for text in texts]


def test_a_batch_is_read_as_its_texts_alone(taught, texts):
    together = taught.pipe([*texts, *BLANKS], batch_size=4)
    assert [found(doc) for doc in together] == [found(taught(t)) for t in [*texts, *BLANKS]]


@pytest.mark.parametrize("text", BLANKS)
def test_short_texts_are_learnt_from(untrained, examples_of, text):
    pipeline = untrained()
    examples = examples_of(pipeline)
    optimizer = pipeline.initialize(lambda: examples)
    short = pipeline.make_doc(text)
    short.spans["events"] = short.spans["harms"] = short.spans["counts"] = []
    annotates = pipeline.config["training"]["annotating_components"]
    for batch in ([short], [short, examples[0].reference]):
        fresh = [Example(pipeline.make_doc(doc.text), doc) for doc in batch]
        losses = pipeline.update(fresh, sgd=optimizer, annotates=annotates)
        assert all(np.isfinite(loss) for loss in losses.values())


def test_a_long_article_is_read_to_its_end(taught, texts):
    """Twenty times the five articles: many windows, more word pieces than one window may have."""
    once = "\n".join(texts)
    doc = taught("\n".join([once] * 20))
    pieces = doc._.trf_data.wordpieces
    rows = rows_of(taught, doc)
    assert sum(pieces.lengths) > 512 and len(pieces.lengths) > 20
    assert all(rows[t.i].any() for t in doc if not t.is_space)
    tail = len(doc.text) - len(once)
    at_the_end = {(s - tail, e - tail, label) for s, e, label in found(doc) if s >= tail}
    alone = set(found(taught(once)))
    assert len(at_the_end & alone) > 0.5 * len(alone)


def test_words_of_more_pieces_than_a_window_may_have_do_no_harm(taught):
    doc = taught(" ".join(["ضصثقفغعهخحجد" * 8] * 30) + " قصف")
    assert sum(doc._.trf_data.wordpieces.lengths) == 512


@pytest.mark.parametrize("text", [*CUT, " ".join(CUT), " \n ".join(["", *CUT[:8], ""])])
def test_each_token_has_the_pieces_of_its_own_letters(taught, text):
    doc = taught(text)
    data = doc._.trf_data
    tokenizer = taught.get_pipe("transformer").model.tokenizer
    offsets = tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
    assert len(data.wordpieces.lengths) == 1
    for token in doc:
        begin, end = token.idx, token.idx + len(token)
        own = [i for i, (start, stop) in enumerate(offsets) if start < end and stop > begin]
        assert sorted(data.align[token.i].dataXd.ravel().tolist()) == own
        assert bool(own) != token.is_space
    aligned = set(data.align.dataXd.ravel().tolist())
    assert aligned == {i for i, (start, stop) in enumerate(offsets) if start < stop}


def test_in_every_window_a_token_has_pieces_of_its_own_word(taught):
    """A window may begin amid a word, after its proclitic."""
    doc = taught(" ".join(CUT * 8))
    data = doc._.trf_data
    flat = [piece for window in data.wordpieces.strings for piece in window]
    words = {
        token.i: (word.group(), fold(word.group()))
        for word in re.finditer(r"\S+", doc.text)
        for token in doc.char_span(*word.span(), alignment_mode="expand")
    }
    assert len(data.wordpieces.lengths) > 4
    for token in doc:
        pieces = {flat[i].removeprefix("##") for i in data.align[token.i].dataXd.ravel()}
        assert pieces
        assert all(
            piece == "[UNK]" or any(piece in word for word in words[token.i]) for piece in pieces
        )
