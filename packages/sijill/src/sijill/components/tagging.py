"""Spans as one tag a token (BIO), and the best sequence of tags that spells spans.

Tag 0 is O; label k has the tags ``1 + 2k`` (B, a span begins) and ``2 + 2k`` (I, the span goes on).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

TokenSpan = tuple[int, int, int]
"""First token, token after the last, number of the label."""


def n_tags(n_labels: int) -> int:
    """How many tags spell the spans of so many labels."""
    return 1 + 2 * n_labels


def encode(spans: Iterable[TokenSpan], length: int) -> np.ndarray:
    """Spans as tags, shape (length,). Of spans that overlap, the one that comes first stays."""
    tags = np.zeros(length, dtype="int64")
    for start, end, label in spans:
        if start < end and not tags[start:end].any():
            tags[start] = 1 + 2 * label
            tags[start + 1 : end] = 2 + 2 * label
    return tags


def decode(tags: np.ndarray) -> list[TokenSpan]:
    """The spans that a valid sequence of tags spells, in the order of the text."""
    begins = np.flatnonzero(tags % 2 == 1)
    inside = (tags > 0) & (tags % 2 == 0)
    ends_of_runs = np.flatnonzero(np.append(~inside, True))
    ends = ends_of_runs[np.searchsorted(ends_of_runs, begins, side="right")]
    return [
        (int(start), int(end), int(tag) // 2) for start, end, tag in zip(begins, ends, tags[begins])
    ]


def best_path(scores: np.ndarray) -> np.ndarray:
    """The best valid sequence of tags under scores that add up, shape (tokens, tags) → (tokens,).

    The one constraint is that I of a label follows B or I of it. Where the best tag of each token already obeys, that
    is the answer; else Viterbi (1967), linear in the number of tags since all but I may follow anything.
    """
    if not len(scores):
        return np.zeros(0, dtype="int64")
    greedy = scores.argmax(axis=1)
    if _is_valid(greedy):
        return greedy
    # The score of the best path that ends with each tag.
    totals = scores.astype("float64")
    begin, inside = totals[:, 1::2], totals[:, 2::2]
    inside[0] = -np.inf
    for i in range(1, len(totals)):
        highest = totals[i - 1].max()
        totals[i, 0] += highest
        begin[i] += highest
        inside[i] += np.maximum(begin[i - 1], inside[i - 1])
    path = totals.argmax(axis=1)
    for i in range(len(path) - 2, -1, -1):
        following = path[i + 1]
        if following and following % 2 == 0:
            begins = totals[i, following - 1] >= totals[i, following]
            path[i] = following - 1 if begins else following
    return path


def _is_valid(tags: np.ndarray) -> bool:
    inside = (tags > 0) & (tags % 2 == 0)
    if inside[0]:
        return False
    label, before = (
        (tags[1:] + 1) // 2,
        (tags[:-1] + 1) // 2,
    )  # B and I of a label share this number
    return not (inside[1:] & (label != before)).any()
