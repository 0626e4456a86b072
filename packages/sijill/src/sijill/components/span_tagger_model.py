"""Tags and a modality for each token, over a shared tok2vec."""

from typing import Optional

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
    if context_width:
        heads = chain(with_document_max(Maxout(context_width, nP=2)), heads)
    model = chain(tok2vec, heads)
    model.set_ref("tok2vec", tok2vec)
    model.set_ref("tags", tags)
    return model
