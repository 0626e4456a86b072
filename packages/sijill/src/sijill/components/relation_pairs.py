"""Which pairs of spans may be linked, and what is known of each pair, in arrays.

All of it is computed for a whole batch of documents at once; nothing here loops over pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.attrs import NORM, SENT_START
from spacy.tokens import Doc, Span

from sijill.annotation import scheme

LABEL_ID = {label: i for i, label in enumerate(scheme.LABELS)}
_TRIGGER = np.array([label in scheme.TRIGGERS for label in scheme.LABELS])
_ALLOWED = np.zeros(
    (len(scheme.SENTENCE_LINKS), len(scheme.LABELS), len(scheme.LABELS)), dtype=bool
)
for _i, _link in enumerate(scheme.SENTENCE_LINKS):
    for _head in scheme.LINKS[_link].heads:
        for _tail in scheme.LINKS[_link].tails:
            _ALLOWED[_i, LABEL_ID[_head], LABEL_ID[_tail]] = True
_PAIRABLE = _ALLOWED.any(axis=0)

FEATURES = (
    "labels of head and tail",
    "tokens between, with direction",
    "triggers between, with direction and kind of head",
    "spans of the tail's label between",
    "spans of the head's label between",
    "token before the tail",
    "token before the head",
    "token after the head",
    "token after the tail",
    "commas between",
)
_WORDS_BESIDE = {
    "token before the tail": "tails",
    "token before the head": "heads",
    "token after the head": "heads",
    "token after the tail": "tails",
}
"""Features that are the same in all pairs of a span, and whose span it is; the others are small numbers."""
_MAX_SPANS_PER_SENTENCE = 96
_DISTANCES = np.array([0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45])


@dataclass(frozen=True)
class SpanTable:
    """The spans of a batch, in the order of the text. Token positions count through all documents, with one blank
    position before, between and after them, so that no document sees its neighbours.

    Arrays of shape (spans,): ``starts``, ``ends`` (the token after the last), ``labels`` (numbers of `LABEL_ID`),
    ``sentences`` (numbers that differ between documents); ``spans`` and ``docs`` say what each row is.
    """

    spans: list[Span]
    docs: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    labels: np.ndarray
    sentences: np.ndarray


@dataclass(frozen=True)
class PairBatch:
    """Candidate pairs: rows of the table (``heads``, ``tails``), features of shape (pairs, len(FEATURES)), and which
    links the scheme allows between their labels, shape (pairs, sentence links). ``offsets`` has the position of each
    document's first token, and one more for the end."""

    table: SpanTable
    heads: np.ndarray
    tails: np.ndarray
    features: np.ndarray
    allowed: np.ndarray
    offsets: np.ndarray

    def __len__(self) -> int:
        return len(self.heads)

    def distinct(self, column: int) -> tuple[np.ndarray, np.ndarray]:
        """Values of a feature, far fewer than pairs, and which of them each pair has."""
        of_pairs = self.features[:, column]
        side = _WORDS_BESIDE.get(FEATURES[column])
        if side is None:
            return np.arange(of_pairs.max() + 1, dtype="uint64"), of_pairs.astype("int64")
        rows = getattr(self, side)
        of_spans = np.zeros(len(self.table.spans), dtype="uint64")
        of_spans[rows] = of_pairs
        return of_spans, rows


def make_pairs(docs: Sequence[Doc], spans: Sequence[Sequence[Span]]) -> PairBatch:
    """All pairs of spans of one sentence that the scheme allows any link between, for a batch of documents.

    ``spans`` has the candidate spans of each document, on its own tokens. A sentence of more than 96 spans is cut, so
    that the number of pairs grows with the length of a text and not with its square.
    """
    offsets = np.cumsum([1, *(len(doc) + 1 for doc in docs)])
    table = _make_table(docs, spans, offsets)
    heads, tails = _pairs_in_sentences(table)
    norms, commas = _token_arrays(docs)
    features = _features(table, heads, tails, norms, commas)
    allowed = _ALLOWED[:, table.labels[heads], table.labels[tails]].T
    return PairBatch(table, heads, tails, features, allowed, offsets)


def _make_table(
    docs: Sequence[Doc], spans: Sequence[Sequence[Span]], offsets: np.ndarray
) -> SpanTable:
    rows: list[tuple[int, int, int, int, int]] = []
    flat: list[Span] = []
    n_sentences = 0
    for i, (doc, doc_spans) in enumerate(zip(docs, spans)):
        sentence_of = (
            np.cumsum(doc.to_array([SENT_START]).ravel() == 1) if len(doc) else np.zeros(0)
        )
        in_order = sorted(
            (s for s in doc_spans if s.label_ in LABEL_ID and len(s)),
            key=lambda s: (s.start, s.end),
        )
        base = int(offsets[i])
        for span in in_order:
            flat.append(span)
            rows.append(
                (
                    i,
                    base + span.start,
                    base + span.end,
                    LABEL_ID[span.label_],
                    n_sentences + int(sentence_of[span.start]),
                )
            )
        n_sentences += int(sentence_of[-1]) + 1 if len(doc) else 0
    array = np.array(rows, dtype="int64").reshape(-1, 5)
    return SpanTable(flat, *(array[:, k] for k in range(5)))


def _pairs_in_sentences(table: SpanTable) -> tuple[np.ndarray, np.ndarray]:
    n = len(table.spans)
    if not n:
        return np.zeros(0, dtype="int64"), np.zeros(0, dtype="int64")
    first = np.flatnonzero(np.diff(table.sentences, prepend=-1))
    group_start = first[np.searchsorted(first, np.arange(n), side="right") - 1]
    position = np.arange(n) - group_start
    block_start = group_start + position // _MAX_SPANS_PER_SENTENCE * _MAX_SPANS_PER_SENTENCE
    _, block, sizes = np.unique(block_start, return_inverse=True, return_counts=True)
    size = sizes[block]
    heads = np.repeat(np.arange(n), size)
    within = np.arange(len(heads)) - np.repeat(np.cumsum(size) - size, size)
    tails = np.repeat(block_start, size) + within
    keep = (heads != tails) & _PAIRABLE[table.labels[heads], table.labels[tails]]
    return heads[keep], tails[keep]


def _token_arrays(docs: Sequence[Doc]) -> tuple[np.ndarray, np.ndarray]:
    """NORM at each position of the batch, and the number of commas before it."""
    blank = np.zeros(1, dtype="uint64")
    pieces = [blank]
    for doc in docs:
        pieces += [doc.to_array([NORM]).ravel(), blank]
    norms = np.concatenate(pieces)
    is_comma = np.isin(norms, [doc.vocab.strings[mark] for doc in docs[:1] for mark in "،,؛;"])
    return norms, np.concatenate([[0], np.cumsum(is_comma)])


def _features(
    table: SpanTable, heads: np.ndarray, tails: np.ndarray, norms: np.ndarray, commas: np.ndarray
) -> np.ndarray:
    features = np.zeros((len(heads), len(FEATURES)), dtype="uint64")
    if not len(heads):
        return features
    labels = table.labels
    forward = heads < tails
    left, right = np.minimum(heads, tails), np.maximum(heads, tails)
    gap = np.maximum(table.starts[right] - table.ends[left], 0)
    direction = forward.astype("int64")
    n_labels = len(scheme.LABELS)
    # Running counts of each label over the table's rows: what lies between two rows is a difference of two of them.
    one_hot = np.zeros((len(labels) + 1, n_labels), dtype="int64")
    one_hot[np.arange(1, len(labels) + 1), labels] = 1
    running = one_hot.cumsum(axis=0)
    triggers = running[:, _TRIGGER].sum(axis=1)

    def between(counts: np.ndarray) -> np.ndarray:
        return counts[right] - counts[left + 1]

    def of_label(rows: np.ndarray) -> np.ndarray:
        return running[right, labels[rows]] - running[left + 1, labels[rows]]

    pair_of_labels = labels[heads] * n_labels + labels[tails]
    columns = (
        pair_of_labels,
        np.searchsorted(_DISTANCES, gap, side="right") * 2 + direction,
        (np.minimum(between(triggers), 4) * 2 + direction) * n_labels + labels[heads],
        (np.minimum(of_label(tails), 4) * 2 + direction) * n_labels + labels[tails],
        (np.minimum(of_label(heads), 4) * 2 + direction) * n_labels + labels[heads],
        norms[table.starts[tails] - 1],
        norms[table.starts[heads] - 1],
        norms[table.ends[heads]],
        norms[table.ends[tails]],
        np.clip(commas[table.starts[right]] - commas[table.ends[left]], 0, 4) * 2 + direction,
    )
    for i, column in enumerate(columns):
        features[:, i] = column.astype("uint64")
    return features
