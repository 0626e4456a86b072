"""Words are embedded once a batch, and every token gets what it would alone."""

import numpy as np
import pytest
from spacy.ml.models.tok2vec import MultiHashEmbed
from spacy.tokens import Doc
from thinc.api import fix_random_seed

from sijill.components.distinct_words import Words, build_distinct_words

WIDTH = 8
TEXTS = ("قتل جندي في حلب وقتل آخر", "", "في حلب")


@pytest.fixture
def docs(nlp) -> list[Doc]:
    return [nlp.make_doc(text) for text in TEXTS]


@pytest.fixture
def embed(docs):
    fix_random_seed(0)
    layer = MultiHashEmbed(WIDTH, ["NORM", "PREFIX", "SUFFIX", "SHAPE"], [50] * 4, False)
    layer.initialize(X=docs)
    return layer


def test_repeated_words_are_one_row(docs):
    words = Words(docs)
    tokens = [token.text for doc in docs for token in doc]
    assert tokens.count("قتل") == tokens.count("حلب") == 2
    assert len(words) == len(words.to_array("ORTH")) == len(set(tokens))
    assert words.to_array(["ORTH", "NORM"])[words.which].tolist() == [
        row for doc in docs for row in doc.to_array(["ORTH", "NORM"]).tolist()
    ]


def test_a_norm_of_its_own_makes_another_word(docs):
    before = len(Words(docs))
    docs[2][1].norm_ = "الشهباء"
    assert len(Words(docs)) == before + 1


def test_tokens_get_the_vector_that_they_get_without_it(embed, docs):
    found = build_distinct_words(embed).predict(docs)
    assert [array.shape for array in found] == [(len(doc), WIDTH) for doc in docs]
    for array, alone in zip(found, embed.predict(docs)):
        assert np.allclose(array, alone, atol=1e-6)


def test_training_learns_what_it_would_without_it(embed, docs):
    layer = build_distinct_words(embed)
    alone, _ = embed.begin_update(docs)
    found, backprop = layer.begin_update(docs)
    for array, expected in zip(found, alone):
        assert np.array_equal(array, expected)
    backprop([np.ones_like(array) for array in found])
    assert any(node.get_grad(name).any() for node in embed.walk() for name in node.grad_names)


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_nothing_to_read_is_no_trouble(embed, nlp, texts):
    found, backprop = build_distinct_words(embed).begin_update([nlp.make_doc(t) for t in texts])
    assert [array.shape for array in found] == [(0, WIDTH)] * len(texts)
    backprop(found)


@pytest.mark.parametrize("attr", ["SPACY", "POS", "SENT_START"])
def test_what_tells_tokens_of_a_word_apart_is_refused(attr):
    with pytest.raises(ValueError, match=attr):
        build_distinct_words(MultiHashEmbed(WIDTH, ["NORM", attr], [50] * 2, False))


def test_a_flag_of_a_word_is_read(docs):
    layer = build_distinct_words(MultiHashEmbed(WIDTH, ["NORM", "IS_SPACE"], [50] * 2, False))
    layer.initialize(X=docs)
    assert [len(rows) for rows in layer.predict(docs)] == [len(doc) for doc in docs]
