"""Documents are encoded in parts, and every one as it would be alone."""

import numpy as np
import pytest
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import fix_random_seed

from sijill.components import window_encoder
from sijill.components.window_encoder import build_window_encoder

SETTINGS = {"width": 6, "window_size": 1, "maxout_pieces": 2, "depth": 2}
LENGTHS = (5, 0, 9, 1, 4, 30, 2)


@pytest.fixture
def docs():
    rng = np.random.default_rng(0)
    return [rng.normal(size=(n, SETTINGS["width"])).astype("float32") for n in LENGTHS]


@pytest.fixture
def encoder(docs):
    fix_random_seed(0)
    encoder = build_window_encoder(**SETTINGS)
    encoder.initialize(X=docs)
    return encoder


@pytest.fixture
def spacys(encoder):
    return MaxoutWindowEncoder(**SETTINGS).from_bytes(encoder.to_bytes())


@pytest.mark.parametrize("tokens", [1, 10, 1000])
def test_parts_are_encoded_as_the_whole(monkeypatch, encoder, spacys, docs, tokens):
    monkeypatch.setattr(window_encoder, "_TOKENS_IN_CACHE", tokens)
    found = encoder.predict(docs)
    assert [len(rows) for rows in found] == list(LENGTHS)
    for rows, expected in zip(found, spacys.predict(docs)):
        assert np.allclose(rows, expected, atol=1e-6)


def test_no_part_is_larger_than_its_limit_but_for_one_document(monkeypatch, encoder, docs):
    parts = []

    def encode(model, part, is_train):
        parts.append([len(rows) for rows in part])
        return part, None

    monkeypatch.setattr(window_encoder, "_TOKENS_IN_CACHE", 10)
    monkeypatch.setattr(window_encoder, "encode", encode)
    encoder.predict(docs)
    assert parts == [[5, 0], [9, 1], [4], [30], [2]]


def test_training_is_that_of_spacy(encoder, spacys, docs):
    ours, backprop = encoder.begin_update(docs)
    theirs, expected = spacys.begin_update(docs)
    gradient = [np.ones_like(rows) for rows in ours]
    for rows, same in zip([*ours, *backprop(gradient)], [*theirs, *expected(gradient)]):
        assert np.array_equal(rows, same)


def test_nothing_to_encode_is_no_trouble(encoder):
    assert encoder.predict([]) == []
