"""The relation model's arithmetic, checked against plain loops and numerical gradients."""

import numpy as np
import pytest
from thinc.api import Adam, Model

from sijill.annotation import scheme
from sijill.components import relation_model
from sijill.components.relation_model import (
    add_to_mean_rows,
    build_relation_model,
    mean_rows,
    running_sums,
)
from sijill.components.relation_pairs import make_pairs
from sijill.extensions import spans_of

WIDTH = 4
SENTENCE = "[[e1|SHELLING|قصف]] [[a1|ARMED|الجيش السوري]] قرب [[l1|LOC|سرمين]]"
STARTS, ENDS = np.array([0, 1, 4, 2]), np.array([2, 5, 4, 3])
"""Among them spans that overlap and one without a row."""


class Rows:
    """A stand-in for tok2vec: its rows are plain numbers, and it keeps the gradient that comes back."""

    def __init__(self, docs, seed=0):
        draws = np.random.default_rng(seed)
        self.rows = [draws.normal(size=(len(doc), WIDTH)).astype("float32") for doc in docs]
        self.gradient = None
        self.calls = 0
        self.model = Model("rows", self.forward, dims={"nO": WIDTH})

    def forward(self, model, docs, is_train):
        self.calls += 1

        def backprop(gradient):
            self.gradient = gradient
            return []

        return self.rows, backprop


def pairs_of(docs):
    return make_pairs(docs, [spans_of(doc) for doc in docs])


def model_over(tok2vec):
    return build_relation_model(tok2vec, hidden_width=8, feature_width=3, feature_rows=20)


@pytest.fixture
def docs(doc_of):
    second = "[[h1|KILLED|مقتل]] [[c1|COUNT|ثلاثة]] [[p1|PEOPLE|مدنيين]] في [[e1|EXPLOSION|انفجار]]"
    return [doc_of(SENTENCE), doc_of(""), doc_of(second)]


def test_the_mean_of_rows_is_that_of_numpy():
    rows = np.random.default_rng(0).normal(size=(6, 3)).astype("float32")
    expected = [rows[s:e].mean(axis=0) if e > s else np.zeros(3) for s, e in zip(STARTS, ENDS)]
    assert np.allclose(mean_rows(running_sums(rows), STARTS, ENDS), expected, atol=1e-6)


def test_sums_go_on_from_block_to_block(monkeypatch):
    monkeypatch.setattr(relation_model, "_ROWS_IN_CACHE", 4)
    for n in (0, 3, 4, 5, 9):
        rows = np.random.default_rng(n).normal(size=(n, 3)).astype("float32")
        sums = np.cumsum(rows, axis=0, dtype="float64")
        assert np.array_equal(running_sums(rows), np.vstack([np.zeros((1, 3)), sums]))


def test_the_gradient_of_a_mean_goes_to_its_rows_in_equal_shares():
    d_rows = np.zeros((6, 1), dtype="float32")
    add_to_mean_rows(d_rows, np.array([[1.0], [4.0], [9.0], [0.5]]), STARTS, ENDS)
    assert d_rows.ravel().tolist() == [0.5, 1.5, 1.5, 1.0, 1.0, 0.0]


def test_the_gradient_of_a_mean_is_added_to_what_is_there():
    d_rows = np.ones((2, 1), dtype="float32")
    add_to_mean_rows(d_rows, np.array([[4.0]]), np.array([0]), np.array([2]))
    assert d_rows.ravel().tolist() == [3.0, 3.0]


def test_means_and_their_gradient_are_each_other_s_transpose():
    """<mean(rows), d> = <rows, gradient(d)>, whatever the rows and the gradient."""
    draws = np.random.default_rng(1)
    rows, d_means = draws.normal(size=(6, 3)), draws.normal(size=(4, 3))
    d_rows = np.zeros_like(rows)
    add_to_mean_rows(d_rows, d_means, STARTS, ENDS)
    assert (mean_rows(running_sums(rows), STARTS, ENDS) * d_means).sum() == pytest.approx(
        (rows * d_rows).sum()
    )


def test_each_pair_has_a_score_for_each_link(docs):
    pairs = pairs_of(docs)
    model = model_over(Rows(docs).model)
    model.initialize(X=(docs, pairs))
    assert model.predict((docs, pairs)).shape == (len(pairs), len(scheme.SENTENCE_LINKS))


@pytest.mark.parametrize("at_a_time", [1, 5, 2048])
def test_pairs_score_as_they_do_in_training(docs, at_a_time, monkeypatch):
    monkeypatch.setattr(relation_model, "_PAIRS_IN_CACHE", at_a_time)
    pairs = pairs_of(docs)
    model = model_over(Rows(docs).model)
    model.initialize(X=(docs, pairs))
    in_training, _ = model.begin_update((docs, pairs))
    assert np.allclose(model.predict((docs, pairs)), in_training, atol=1e-5)


def test_the_gradient_of_the_rows_is_the_numerical_one(docs):
    pairs, tok2vec = pairs_of(docs), Rows(docs)
    model = model_over(tok2vec.model)
    model.initialize(X=(docs, pairs))
    weights = np.random.default_rng(2).normal(size=(len(pairs), len(scheme.SENTENCE_LINKS)))
    weights = weights.astype("float32")

    def objective():
        return float((model.predict((docs, pairs)) * weights).sum(dtype="float64"))

    _, backprop = model.begin_update((docs, pairs))
    backprop(weights)
    step = 1e-3
    for doc, gradient in enumerate(tok2vec.gradient):
        numerical = np.zeros_like(gradient)
        for at in np.ndindex(*gradient.shape):
            value = tok2vec.rows[doc][at]
            tok2vec.rows[doc][at] = value + step
            above = objective()
            tok2vec.rows[doc][at] = value - step
            below = objective()
            tok2vec.rows[doc][at] = value
            numerical[at] = (above - below) / (2 * step)
        assert np.allclose(gradient, numerical, rtol=0.05, atol=0.03)
    assert any(np.abs(gradient).max() > 0.1 for gradient in tok2vec.gradient if len(gradient))


@pytest.mark.parametrize("layer", ["head", "tail", "between"])
def test_the_gradient_of_the_weights_is_the_numerical_one(docs, layer):
    pairs = pairs_of(docs)
    model = model_over(Rows(docs).model)
    model.initialize(X=(docs, pairs))
    scores, backprop = model.begin_update((docs, pairs))
    backprop(np.ones_like(scores))
    part = model.get_ref(layer)
    gradient, weights, step = part.get_grad("W"), part.get_param("W"), 1e-3
    for at in [(0, 0), (3, 1), (7, 3)]:
        value = weights[at]
        values = []
        for change in (step, -step):
            weights[at] = value + change
            values.append(float(model.predict((docs, pairs)).sum(dtype="float64")))
        weights[at] = value
        assert gradient[at] == pytest.approx(
            (values[0] - values[1]) / (2 * step), rel=0.05, abs=0.03
        )


def test_without_a_pair_the_rows_still_get_a_gradient_of_zeros(doc_of):
    docs = [doc_of("لا خبر هنا"), doc_of("")]
    tok2vec = Rows(docs)
    model = model_over(tok2vec.model)
    model.initialize(X=(docs, pairs_of(docs)))
    scores, backprop = model.begin_update((docs, pairs_of(docs)))
    backprop(scores)
    assert scores.shape == (0, len(scheme.SENTENCE_LINKS))
    assert [gradient.shape for gradient in tok2vec.gradient] == [(3, WIDTH), (0, WIDTH)]
    assert not any(gradient.any() for gradient in tok2vec.gradient)


def test_the_tok2vec_runs_once_however_many_pairs_there_are(docs):
    tok2vec = Rows(docs)
    model = model_over(tok2vec.model)
    model.initialize(X=(docs, pairs_of(docs)))
    before = tok2vec.calls
    model.predict((docs, pairs_of(docs)))
    assert tok2vec.calls == before + 1


def test_a_document_scores_the_same_in_any_batch(docs):
    tok2vec = Rows(docs)
    model = model_over(tok2vec.model)
    model.initialize(X=(docs, pairs_of(docs)))
    together = model.predict((docs, pairs_of(docs)))
    alone = []
    rows = tok2vec.rows
    for doc, doc_rows in zip(docs, rows):
        tok2vec.rows = [doc_rows]
        alone.append(model.predict(([doc], pairs_of([doc]))))
    assert np.allclose(np.concatenate(alone), together, atol=1e-5)


def test_rows_that_do_not_tell_their_width_and_have_none_where_empty_serve_as_well(docs):
    """So are those of a transformer's listener."""
    tok2vec = Rows(docs)
    tok2vec.rows[1] = tok2vec.rows[1][:, :0]
    model = model_over(Model("rows", tok2vec.forward))
    model.initialize(X=(docs, pairs_of(docs)))
    scores, backprop = model.begin_update((docs, pairs_of(docs)))
    backprop(np.ones_like(scores))
    assert model.get_ref("head").get_dim("nI") == 3 * WIDTH
    assert tok2vec.gradient[0].any() and tok2vec.gradient[2].any()


def test_it_learns(docs):
    pairs = pairs_of(docs)
    model = model_over(Rows(docs).model)
    model.initialize(X=(docs, pairs))
    truth = pairs.allowed & (np.arange(len(pairs)) % 2 == 0)[:, None]
    optimizer = Adam(0.02)
    for _ in range(60):
        scores, backprop = model.begin_update((docs, pairs))
        backprop((1 / (1 + np.exp(-scores)) - truth).astype("float32"))
        model.finish_update(optimizer)
    assert np.array_equal(model.predict((docs, pairs)) > 0, truth)
