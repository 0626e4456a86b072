"""Tags and a modality for each token, over a shared tok2vec."""

from typing import Optional

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Linear, Maxout, Model, chain, concatenate, expand_window, with_array
from thinc.types import Floats2d

from sijill.annotation import scheme
from sijill.components.document_context import with_document_max


@registry.architectures("sijill.SpanTagger.v1")
def build_span_tagger(
    tok2vec: Model[list[Doc], list[Floats2d]],
    hidden_width: int,
    modality_window: int,
    context_width: int,
    nO: Optional[int] = None,
) -> Model[list[Doc], list[Floats2d]]:
    """Build a model that scores, for each token, every tag and every modality.

    Output: one array a document, shape (tokens, tags + modalities), unnormalised. The two heads share the tok2vec and what
    the whole document says, and nothing else: what a word is shows in its neighbours, whether it happened often further off.

    Args:
        hidden_width: width of each head's hidden layer.
        modality_window: tokens on either side that the modality head sees beside what tok2vec has seen.
        context_width: how many features are looked for in the whole document; 0 leaves them out.
        nO: tags plus modalities; filled in at initialisation. The modality head's width is its own constant.
    """
    # No layer is told the width of its input: a transformer's listener does not know its own before it has seen a document.
    tags = Linear(nO=None, nI=hidden_width)
    tag_head = chain(
        expand_window(1), Maxout(hidden_width, nP=2, normalize=True, dropout=0.0), tags
    )
    modality_head = chain(
        expand_window(modality_window),
        Maxout(hidden_width, nP=2, normalize=True, dropout=0.0),
        Linear(len(scheme.TRIGGER_MODALITIES), hidden_width),
    )
    # Padded, or a head would see the words of the next document of a batch.
    heads = with_array(concatenate(tag_head, modality_head), pad=max(1, modality_window))
    context = with_document_max(Maxout(context_width, nP=2)) if context_width else None
    model = chain(tok2vec, chain(context, heads) if context else heads)
    model.set_ref("tok2vec", tok2vec)
    model.set_ref("tags", tags)
    model.set_ref("context", context)
    model.set_ref("heads", heads)
    model.set_ref("tag_head", tag_head)
    model.set_ref("modality_head", modality_head)
    return model


def predict_vectors(
    model: Model[list[Doc], list[Floats2d]], docs: list[Doc]
) -> tuple[Floats2d, np.ndarray]:
    """What both heads of a span tagger read: rows of all documents with blank ones between, and which rows are tokens."""
    vectors = model.get_ref("tok2vec").predict(docs)
    context = model.maybe_get_ref("context")
    if context is not None:
        vectors = context.predict(vectors)
    # Pipelines saved before the heads were padded have none.
    pad = model.get_ref("heads").attrs["pad"]
    lengths = [len(doc) for doc in docs if len(doc)]
    blanks_before = pad * np.arange(1, len(lengths) + 1)
    rows = np.arange(sum(lengths)) + np.repeat(blanks_before, lengths)
    return model.ops.flatten(vectors, pad=pad), rows


def predict_tags(
    model: Model[list[Doc], list[Floats2d]], vectors: Floats2d, rows: np.ndarray
) -> Floats2d:
    """Scores of tags, unnormalised, shape (tokens, tags)."""
    return model.get_ref("tag_head").predict(vectors)[model.ops.asarray1i(rows)]


def predict_modalities(
    model: Model[list[Doc], list[Floats2d]], vectors: Floats2d, rows: np.ndarray
) -> Floats2d:
    """Scores of modalities of some rows, unnormalised, shape (len(rows), modalities).

    Few tokens are triggers and the head's window is wide, so that the other tokens would cost most of the time.
    """
    window, *layers = model.get_ref("modality_head").layers
    size = window.attrs["window_size"]
    padded = model.ops.xp.pad(vectors, ((size, size), (0, 0)))
    around = model.ops.asarray1i(rows)[:, None] + model.ops.xp.arange(2 * size + 1)
    scores = padded[around].reshape(len(rows), -1)
    for layer in layers:
        scores = layer.predict(scores)
    return scores
