"""What a document says elsewhere, for each of its tokens.

A convolution sees a few words on either side. Whether `هجوم` was a suicide bombing, and `الحركة` an armed group, another
sentence tells. So each token gets, beside its own vector, the largest value of some learnt features over its document.
"""

from typing import Optional

from thinc.api import Model
from thinc.types import Floats2d

Docs = list[Floats2d]


def with_document_max(features: Model[Floats2d, Floats2d]) -> Model[Docs, Docs]:
    """Append to the vector of every token the largest value that each feature has in its document.

    In: one array a document, shape (tokens, width); out: (tokens, width + features).
    """
    return Model("with_document_max", _forward, init=_initialize, layers=[features])


def _initialize(
    model: Model[Docs, Docs], X: Optional[Docs] = None, Y: Optional[Docs] = None
) -> None:
    model.layers[0].initialize(X=model.ops.flatten(X) if X else None)


def _forward(model: Model[Docs, Docs], docs: Docs, is_train: bool):
    ops = model.ops
    full = [X for X in docs if len(X)]
    # An empty document need not have the width of the others: a transformer gives it none.
    width = (full or docs)[0].shape[1] if docs else 0
    if not full:
        n_features = model.layers[0].get_dim("nO")
        return [ops.alloc2f(0, width + n_features) for _ in docs], lambda dY: [
            ops.alloc2f(0, width) for _ in dY
        ]
    lengths = ops.asarray1i([len(X) for X in full])
    tokens = ops.flatten(full)
    features, backprop_features = model.layers[0](tokens, is_train)
    largest, which = ops.reduce_max(features, lengths)
    joined = ops.xp.hstack([tokens, ops.xp.repeat(largest, ops.to_numpy(lengths), axis=0)])

    def backprop(dY: Docs) -> Docs:
        d_joined = ops.flatten([d for d in dY if len(d)])
        d_largest = ops.reduce_sum(ops.as_contig(d_joined[:, width:]), lengths)
        d_features = ops.backprop_reduce_max(d_largest, which, lengths)
        d_tokens = ops.as_contig(d_joined[:, :width]) + backprop_features(d_features)
        return _split(model, d_tokens, docs)

    return _split(model, joined, docs), backprop


def _split(model: Model[Docs, Docs], rows: Floats2d, like: Docs) -> Docs:
    """Cut rows into documents as long as those of ``like``."""
    return model.ops.unflatten(rows, model.ops.asarray1i([len(X) for X in like]))
