"""What a token sees of the other mentions of its word."""

import numpy as np
import pytest
from spacy.tokens import Doc
from thinc.api import Model, fix_random_seed

from sijill.components.word_memory import build_word_memory

WIDTH = 4
TEXTS = ("قال بديع الرفاعي ثم صمت. وأضاف الرفاعي", "", "عاد الرفاعي", "صمت")
MENTIONS = ((0, 2), (0, 8))
"""Both tokens `الرفاعي` of the first text: number of the text, number of the token."""


@pytest.fixture
def docs(nlp) -> list[Doc]:
    return [nlp.make_doc(text) for text in TEXTS]


@pytest.fixture
def rows(docs) -> list[np.ndarray]:
    random = np.random.default_rng(0)
    return [random.normal(size=(len(doc), WIDTH)).astype("float32") for doc in docs]


@pytest.fixture
def model(docs, rows):
    """A memory over fixed vectors, which a test may change in place; its gradient is theirs."""
    fix_random_seed(0)
    fixed = Model("fixed", lambda model, X, is_train: (rows, lambda dY: dY), dims={"nO": WIDTH})
    memory = build_word_memory(fixed, WIDTH, memory_width=8)
    memory.initialize(X=docs)
    return memory


def changed(before, after) -> set[tuple[int, int]]:
    return {
        (i, int(j))
        for i, (old, new) in enumerate(zip(before, after))
        for j in np.flatnonzero((old != new).any(axis=1))
    }


def test_a_mention_shows_in_the_other_mentions_of_its_document_alone(model, docs, rows):
    assert [docs[i][j].text for i, j in MENTIONS] == ["الرفاعي"] * 2
    before = [array.copy() for array in model.predict(docs)]
    rows[0][2] += 5

    assert changed(before, model.predict(docs)) == set(MENTIONS)


def test_mentions_are_told_by_their_norm(nlp):
    """So that spelling variants of press are one word."""
    fix_random_seed(0)
    doc = nlp.make_doc("أردوغان ... اردوغان")
    rows = [np.eye(len(doc), WIDTH, dtype="float32")]
    fixed = Model("fixed", lambda model, X, is_train: (rows, lambda dY: dY), dims={"nO": WIDTH})
    memory = build_word_memory(fixed, WIDTH, memory_width=8)
    memory.initialize(X=[doc])
    before = [array.copy() for array in memory.predict([doc])]
    rows[0][0] += 5

    assert (0, len(doc) - 1) in changed(before, memory.predict([doc]))


def test_a_document_is_read_alike_alone_and_in_a_batch(model, docs, rows):
    together = model.predict(docs)
    assert [array.shape for array in together] == [(len(doc), WIDTH) for doc in docs]
    rows[:] = rows[2:3]
    assert np.allclose(model.predict(docs[2:3])[0], together[2], atol=1e-6)


def test_documents_without_a_token_are_no_trouble(model, nlp, rows):
    rows[:] = [np.zeros((0, WIDTH), dtype="float32")]
    found, backprop = model.begin_update([nlp.make_doc("")])
    assert found[0].shape == (0, WIDTH)
    assert backprop(found)[0].shape == (0, WIDTH)


@pytest.mark.parametrize(("i", "j"), [*MENTIONS, (0, 0), (2, 1), (3, 0)])
def test_gradients_are_those_of_small_changes(model, docs, rows, i, j):
    found, backprop = model.begin_update(docs)
    weights = [np.random.default_rng(1).normal(size=y.shape).astype("float32") for y in found]
    gradient = backprop(weights)[i][j, 1]

    def loss() -> float:
        return float(sum((y * w).sum() for y, w in zip(model.predict(docs), weights)))

    step = 1e-2
    rows[i][j, 1] += step
    above = loss()
    rows[i][j, 1] -= 2 * step
    assert gradient == pytest.approx((above - loss()) / (2 * step), rel=0.05, abs=0.02)
