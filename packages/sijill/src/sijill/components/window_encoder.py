"""spaCy's convolutional encoder, which predicts a batch in parts that stay in the processor's cache."""

from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.util import registry
from thinc.api import Model, NumpyOps
from thinc.layers.with_array import forward as encode
from thinc.layers.with_array import init
from thinc.types import Floats2d

Rows = list[Floats2d]
_TOKENS_IN_CACHE = 1500
"""A whole batch of 32 articles takes a tenth to a third longer, 224 wide; from 500 to 3,000 tokens make no difference."""


@registry.architectures("sijill.MaxoutWindowEncoder.v1")
def build_window_encoder(
    width: int, window_size: int, maxout_pieces: int, depth: int
) -> Model[Rows, Rows]:
    """Build ``spacy.MaxoutWindowEncoder.v2``: the same settings, layers and results, faster on many documents.

    In and out: one array a document, shape (tokens, width). What was predicted has no way back. On a GPU the batch is one part.
    """
    whole = MaxoutWindowEncoder(
        width=width, window_size=window_size, maxout_pieces=maxout_pieces, depth=depth
    )
    dims = {name: whole.maybe_get_dim(name) for name in whole.dim_names}
    return Model(
        "window_encoder", _forward, init=init, layers=whole.layers, dims=dims, attrs=whole.attrs
    )


def _forward(model: Model[Rows, Rows], docs: Rows, is_train: bool):
    if is_train or not isinstance(model.ops, NumpyOps):
        return encode(model, docs, is_train)
    encoded: Rows = []
    part: Rows = []
    n_tokens = 0
    for rows in docs:
        if part and n_tokens + len(rows) > _TOKENS_IN_CACHE:
            encoded += encode(model, part, is_train)[0]
            part, n_tokens = [], 0
        part.append(rows)
        n_tokens += len(rows)
    if part:
        encoded += encode(model, part, is_train)[0]
    return encoded, lambda d_encoded: []
