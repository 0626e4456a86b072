"""Vectors are those of spaCy, however often and after whatever they are asked for."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from spacy.strings import StringStore
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from sijill.components import cached_vectors
from sijill.components.cached_vectors import CachedVectors

WORDS = ["قتل", "جندي", "قتل", "", "في", "حلب"]


def settings(seed=0):
    table = np.random.default_rng(seed).normal(size=(40, 5)).astype("float32")
    return {"mode": "floret", "data": table, "minn": 2, "maxn": 3, "hash_count": 2}


@pytest.fixture
def strings():
    return StringStore(WORDS)


@pytest.fixture
def ours(strings):
    return CachedVectors(strings=strings, **settings())


@pytest.fixture
def spacys(strings):
    return Vectors(strings=strings, **settings())


def same(ours, theirs, words=WORDS):
    return np.allclose(ours.get_batch(words), theirs.get_batch(words), atol=1e-6)


def test_vectors_are_those_of_spacy_the_first_time_and_later(ours, spacys):
    assert same(ours, spacys)
    assert same(ours, spacys, [*reversed(WORDS), "حمص"])
    assert np.allclose(ours["قتل"], spacys["قتل"], atol=1e-6)


def test_words_are_asked_for_by_number_too(ours, spacys, strings):
    numbers = np.asarray([strings[word] for word in WORDS], dtype="uint64")
    assert same(ours, spacys, numbers)


def test_a_word_is_worked_out_once(ours):
    ours.get_batch(WORDS)
    _, kept = ours._cache
    kept["قتل"] = np.full(5, 7)
    assert ours.get_batch(["حلب", "قتل"])[1].tolist() == [7] * 5


def test_no_words_have_no_vectors(ours):
    assert len(ours.get_batch([])) == 0


def test_another_table_gives_other_vectors(ours, strings):
    ours.get_batch(WORDS)
    other = Vectors(strings=strings, **settings(seed=1))
    ours.from_bytes(other.to_bytes())
    assert same(ours, other)


@pytest.mark.parametrize("limit", [0, 4, 5])
def test_more_words_than_are_kept(monkeypatch, ours, spacys, limit):
    monkeypatch.setattr(cached_vectors, "MAX_WORDS", limit)
    for words in (WORDS[:2], WORDS, ["حمص"], WORDS[2:]):
        assert same(ours, spacys, words)
        assert len(ours._cache[1]) <= limit + len(words)


@pytest.mark.parametrize("words", [[""], ["", "قتل"]])
def test_numbers_are_those_of_the_table(ours, words):
    assert ours.get_batch(words).dtype == "float32"


def test_pickled_vectors_are_the_same(ours, spacys):
    ours.get_batch(WORDS)
    again = pickle.loads(pickle.dumps(ours))
    assert type(again) is CachedVectors
    assert same(again, spacys)


def test_words_that_an_unpickled_vocab_meets_have_vectors(ours, spacys):
    """As in a process that was spawned: spaCy's own vectors do not know them."""
    vocab = Vocab()
    vocab.vectors = ours
    vocab = pickle.loads(pickle.dumps(vocab))
    word = vocab.strings.add("الحسكة")
    assert np.allclose(vocab.vectors.get_batch([word]), spacys.get_batch(["الحسكة"]), atol=1e-6)


def test_threads_get_the_same_vectors(monkeypatch, ours, spacys):
    monkeypatch.setattr(cached_vectors, "MAX_WORDS", 20)
    batches = [[f"كلمة{n}" for n in range(start, start + 9)] for start in range(0, 300, 3)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ours.get_batch, batches))
    for vectors, words in zip(found, batches):
        assert np.allclose(vectors, spacys.get_batch(words), atol=1e-6)


def test_a_table_that_is_not_florets_is_spacys_own():
    words = ["قتل", "حلب"]
    ours = CachedVectors(data=np.eye(2, dtype="float32"), keys=words)
    assert ours.get_batch(["حلب", "قتل"]).tolist() == [[0, 1], [1, 0]]
