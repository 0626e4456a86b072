"""Spans as tags and back, and the best sequence of tags."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sijill.components.tagging import best_path, decode, encode, n_tags


@st.composite
def spans_in_order(draw):
    """Spans of two labels that do not overlap, and the length of their document."""
    length = draw(st.integers(0, 12))
    spans, at = [], 0
    while at < length:
        end = draw(st.integers(at + 1, length))
        if draw(st.booleans()):
            spans.append((at, end, draw(st.integers(0, 1))))
        at = end
    return spans, length


def scores_of(max_tokens, labels):
    scores = st.floats(-5, 5, width=32)
    shapes = st.tuples(st.integers(0, max_tokens), st.just(n_tags(labels)))
    return shapes.flatmap(lambda shape: arrays("float32", shape, elements=scores))


def is_valid(tags):
    before = [0, *tags]
    return all(tag % 2 or not tag or b in (tag, tag - 1) for b, tag in zip(before, tags))


def test_tags_spell_a_span_as_begin_and_inside():
    assert encode([(1, 4, 0), (4, 5, 1)], 6).tolist() == [0, 1, 2, 2, 3, 0]


@given(spans_in_order())
def test_spans_survive_being_tags(spans_and_length):
    spans, length = spans_and_length
    assert decode(encode(spans, length)) == spans


def test_of_spans_that_overlap_the_first_given_stays():
    assert decode(encode([(2, 4, 1), (0, 3, 0)], 4)) == [(2, 4, 1)]


def test_a_span_without_tokens_has_no_tag():
    assert encode([(1, 1, 0)], 2).tolist() == [0, 0]


@pytest.mark.parametrize("tags", [[1, 1], [1, 3], [1, 2, 1, 2]])
def test_spans_that_touch_stay_apart(tags):
    assert len(decode(np.array(tags))) == 2


@given(scores_of(max_tokens=30, labels=3))
def test_the_best_path_never_has_an_inside_without_its_begin(scores):
    assert is_valid(best_path(scores).tolist())


@given(scores_of(max_tokens=4, labels=2))
def test_the_best_path_is_the_best_of_all_valid_ones(scores):
    n, width = scores.shape
    valid = [tags for tags in product(range(width), repeat=n) if is_valid(tags)]
    best = max(scores[range(n), tags].sum(dtype="float64") for tags in valid) if n else 0.0
    found = scores[range(n), best_path(scores)].sum(dtype="float64")
    assert found == pytest.approx(best, abs=1e-6)


def test_a_weak_begin_before_a_strong_inside_is_taken():
    outside_first = np.array([[1.0, 0.9, 0.0], [0.0, 0.0, 5.0]])
    assert best_path(outside_first).tolist() == [1, 2]


def test_no_tokens_have_no_tags():
    assert best_path(np.zeros((0, 3))).tolist() == []
    assert decode(np.zeros(0, dtype="int64")) == []
