"""What the other mentions of a word show, for each of its mentions in a document.

A convolution sees a few words on either side. That `الرفاعي` is a person, the full name elsewhere in the article tells. So each
token also sees the largest values that some learnt features have among the tokens of its NORM in the document.
"""

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Maxout, Model
from thinc.types import Floats2d, Ints1d

Rows = list[Floats2d]


@registry.architectures("sijill.WordMemory.v1")
def build_word_memory(
    tok2vec: Model[list[Doc], Rows], width: int, memory_width: int
) -> Model[list[Doc], Rows]:
    """Add to the vector of every token what the mentions of its word in the document show.

    In: documents; out: one array each, as wide as those of ``tok2vec``.

    Args:
        tok2vec: gives each token its vector.
        width: width of these vectors.
        memory_width: how many features are looked for in the mentions of a word.
    """
    return Model(
        "word_memory",
        _forward,
        init=_initialize,
        layers=[
            tok2vec,
            Maxout(memory_width, width, nP=2),
            Maxout(width, width + memory_width, nP=3, normalize=True, dropout=0.0),
        ],
        dims={"nO": width},
    )


def _initialize(
    model: Model[list[Doc], Rows], X: list[Doc] | None = None, Y: Rows | None = None
) -> None:
    tok2vec, features, mix = model.layers
    tok2vec.initialize(X=X)
    features.initialize()
    mix.initialize()


def _forward(model: Model[list[Doc], Rows], docs: list[Doc], is_train: bool):
    ops = model.ops
    tok2vec, features, mix = model.layers
    rows, backprop_tok2vec = tok2vec(docs, is_train)
    if not any(len(doc) for doc in docs):
        return rows, backprop_tok2vec
    lengths = ops.asarray1i([len(doc) for doc in docs])
    order, counts = _mentions(docs)
    order, scope = ops.asarray1i(order), ops.asarray1i(counts)
    tokens = ops.flatten(rows)
    width = model.get_dim("nO")
    values, backprop_features = features(tokens, is_train)
    largest, which = ops.reduce_max(ops.as_contig(values[order]), scope)
    memory = ops.alloc2f(*values.shape)
    memory[order] = ops.xp.repeat(largest, counts, axis=0)
    mixed, backprop_mix = mix(ops.xp.hstack([tokens, memory]), is_train)

    def backprop(dY: Rows) -> list[Doc]:
        d_out = ops.flatten(dY)
        d_joined = backprop_mix(d_out)
        d_largest = ops.reduce_sum(ops.as_contig(d_joined[:, width:][order]), scope)
        d_values = ops.alloc2f(*values.shape)
        d_values[order] = ops.backprop_reduce_max(d_largest, which, scope)
        d_tokens = d_out + d_joined[:, :width] + backprop_features(d_values)
        return backprop_tok2vec(ops.unflatten(d_tokens, lengths))

    return ops.unflatten(tokens + mixed, lengths), backprop


def _mentions(docs: list[Doc]) -> tuple[np.ndarray, Ints1d]:
    """The tokens of all documents ordered by document and NORM, and how many each such word has."""
    norms = np.concatenate([doc.to_array("NORM") for doc in docs])
    owners = np.repeat(np.arange(len(docs)), [len(doc) for doc in docs])
    order = np.lexsort((norms, owners))
    norms, owners = norms[order], owners[order]
    new = np.append(True, (norms[1:] != norms[:-1]) | (owners[1:] != owners[:-1]))
    return order, np.diff(np.append(np.flatnonzero(new), len(norms))).astype("int32")
