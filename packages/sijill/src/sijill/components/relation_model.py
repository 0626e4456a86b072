"""Scores of all links for all candidate pairs of spans at once, over a shared tok2vec."""

from collections.abc import Callable

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Dropout, HashEmbed, Linear, Maxout, Model, chain, concatenate
from thinc.types import Floats2d

from sijill.annotation import scheme
from sijill.components.relation_pairs import FEATURES, PairBatch

# How much is worked on at a time, so that what one step writes the next still finds in the processor's cache.
_ROWS_IN_CACHE = 256
_PAIRS_IN_CACHE = 2048
PairInputs = tuple[list[Doc], PairBatch]


@registry.architectures("sijill.RelationModel.v1")
def build_relation_model(
    tok2vec: Model[list[Doc], list[Floats2d]],
    hidden_width: int,
    feature_width: int,
    feature_rows: int,
) -> Model[PairInputs, Floats2d]:
    """Build a model from documents and their candidate pairs to scores, shape (pairs, sentence links), unnormalised.

    A span is the mean of its rows and the rows on either side of it; a pair is its head, its tail, the mean of the
    rows between them, and embedded features (`FEATURES`). Spans are projected once, however many pairs they are in.

    Args:
        hidden_width: width of the hidden layers.
        feature_width: width of each feature's embedding.
        feature_rows: rows of each feature's table; features are hashed into it.
    """
    embed = concatenate(
        *(
            HashEmbed(feature_width, feature_rows, column=i, seed=100 + i)
            for i in range(len(FEATURES))
        )
    )
    layers = {
        "tok2vec": tok2vec,
        "head": Linear(hidden_width),
        "tail": Linear(hidden_width),
        "between": Linear(hidden_width),
        "features": chain(embed, Linear(hidden_width, feature_width * len(FEATURES))),
        "output": chain(
            Maxout(hidden_width, hidden_width, nP=3, normalize=True),
            Dropout(0.0),
            Linear(len(scheme.SENTENCE_LINKS), hidden_width),
        ),
    }
    return Model(
        "relation_model",
        forward,
        init=init,
        layers=list(layers.values()),
        refs=layers,
        dims={"nO": len(scheme.SENTENCE_LINKS)},
    )


def init(model: Model[PairInputs, Floats2d], X: PairInputs, Y: Floats2d | None = None) -> None:
    """Fill in the weights. The sample ``X`` serves the tok2vec, and tells the width of its rows."""
    docs, _ = X
    tok2vec = model.get_ref("tok2vec")
    tok2vec.initialize(X=docs)
    # A transformer gives an empty document rows of no width.
    width = max(rows.shape[1] for rows in tok2vec.predict(docs))
    for name, n_rows in (("head", 3), ("tail", 3), ("between", 1)):
        model.get_ref(name).set_dim("nI", n_rows * width)
    for name in ("head", "tail", "between", "features", "output"):
        model.get_ref(name).initialize()


def forward(
    model: Model[PairInputs, Floats2d], inputs: PairInputs, is_train: bool
) -> tuple[Floats2d, Callable[[Floats2d], list]]:
    """Scores of shape (pairs, sentence links), and the function that takes their gradient back to the tok2vec."""
    docs, batch = inputs
    ops = model.ops
    tok2vec = model.get_ref("tok2vec")
    rows_by_doc, backprop_tok2vec = tok2vec(docs, is_train)
    if not len(batch):
        # Thinc's layers take no empty input; the shared tok2vec still gets its gradient, of zeros.
        def backprop_nothing(d_scores: Floats2d) -> list:
            return backprop_tok2vec([ops.alloc2f(*doc_rows.shape) for doc_rows in rows_by_doc])

        return ops.alloc2f(0, len(scheme.SENTENCE_LINKS)), backprop_nothing

    width = model.get_ref("between").get_dim("nI")
    table = batch.table
    rows = np.zeros((batch.offsets[-1], width), dtype="float32")
    for start, doc_rows in zip(batch.offsets, rows_by_doc):
        if len(doc_rows):
            rows[start : start + len(doc_rows)] = ops.to_numpy(doc_rows)
    left, right = np.minimum(batch.heads, batch.tails), np.maximum(batch.heads, batch.tails)
    gap_starts, gap_ends = np.minimum(table.ends[left], table.starts[right]), table.starts[right]
    running = running_sums(rows)
    spans = np.hstack(
        [mean_rows(running, table.starts, table.ends), rows[table.starts - 1], rows[table.ends]]
    )
    between = mean_rows(running, gap_starts, gap_ends)

    head, backprop_head = model.get_ref("head")(ops.asarray2f(spans), is_train)
    tail, backprop_tail = model.get_ref("tail")(ops.asarray2f(spans), is_train)
    gap, backprop_gap = model.get_ref("between")(ops.asarray2f(between), is_train)
    if is_train:
        known, backprop_known = model.get_ref("features")(ops.asarray(batch.features), is_train)
    else:
        known = predict_features(model.get_ref("features"), batch)
    head_rows, tail_rows = ops.asarray1i(batch.heads), ops.asarray1i(batch.tails)
    hidden = head[head_rows] + tail[tail_rows] + gap + known
    output = model.get_ref("output")
    if is_train:
        scores, backprop_output = output(hidden, is_train)
    else:
        parts = range(0, len(hidden), _PAIRS_IN_CACHE)
        scores = ops.xp.vstack([output.predict(hidden[i : i + _PAIRS_IN_CACHE]) for i in parts])

    def backprop(d_scores: Floats2d) -> list:
        d_hidden = backprop_output(d_scores)
        backprop_known(d_hidden)
        d_between = ops.to_numpy(backprop_gap(d_hidden))
        d_head, d_tail = ops.alloc2f(*head.shape), ops.alloc2f(*tail.shape)
        ops.scatter_add(d_head, head_rows, d_hidden)
        ops.scatter_add(d_tail, tail_rows, d_hidden)
        d_spans = ops.to_numpy(backprop_head(d_head) + backprop_tail(d_tail))
        d_rows = np.zeros_like(rows)
        add_to_mean_rows(d_rows, d_spans[:, :width], table.starts, table.ends)
        add_to_mean_rows(d_rows, d_between, gap_starts, gap_ends)
        np.add.at(d_rows, table.starts - 1, d_spans[:, width : 2 * width])
        np.add.at(d_rows, table.ends, d_spans[:, 2 * width :])
        return backprop_tok2vec(
            [ops.asarray2f(d_rows[i : i + len(r)]) for i, r in zip(batch.offsets, rows_by_doc)]
        )

    return scores, backprop


def predict_features(model: Model, batch: PairBatch) -> Floats2d:
    """What the layer ``features`` makes of a batch. Each value is embedded once, and not for each pair that has it."""
    embed, project = model.layers
    embedded = []
    for column, layer in enumerate(embed.layers):
        values, of_pairs = batch.distinct(column)
        _, table = layer.layers  # after the choice of the column
        embedded.append(table.predict(model.ops.asarray(values))[model.ops.asarray1i(of_pairs)])
    return project.predict(model.ops.xp.hstack(embedded))


def running_sums(rows: np.ndarray) -> np.ndarray:
    """The sums of the first 0, 1, … rows, one more than there are rows; doubles, since long sums are subtracted."""
    running = np.zeros((len(rows) + 1, rows.shape[1]), dtype="float64")
    # NumPy sums column by column, and would fetch all rows anew for each.
    for start in range(0, len(rows), _ROWS_IN_CACHE):
        block = running[start + 1 : start + 1 + _ROWS_IN_CACHE]
        block[:] = rows[start : start + _ROWS_IN_CACHE]
        block[0] += running[start]
        np.cumsum(block, axis=0, out=block)
    return running


def mean_rows(running: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The mean of ``rows[start:end]`` for each pair of offsets, from the rows' `running_sums`; zeros where that is empty."""
    lengths = np.maximum(ends - starts, 1)[:, None]
    return ((running[ends] - running[starts]) / lengths).astype("float32")


def add_to_mean_rows(
    d_rows: np.ndarray, d_means: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> None:
    """Add the gradient of `mean_rows` to ``d_rows``."""
    share = d_means / np.maximum(ends - starts, 1)[:, None]
    steps = np.zeros((len(d_rows) + 1, d_rows.shape[1]), dtype="float64")
    np.add.at(steps, starts, share)
    np.subtract.at(steps, ends, share)
    d_rows += np.cumsum(steps, axis=0)[:-1].astype(d_rows.dtype)
