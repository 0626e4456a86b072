"""A vector for each token, computed once for all tokens of a batch that are the same word, when predicting.

What spaCy's ``MultiHashEmbed`` gives a token hangs on the word alone, and half of the tokens of a batch repeat another.
"""

from collections.abc import Sequence
from typing import Optional, Union

import numpy as np
from spacy.attrs import LENGTH, LOWER, NORM, ORTH, PREFIX, SHAPE, SUFFIX, intify_attr
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model
from thinc.types import Floats2d

Rows = list[Floats2d]
_OF_WORDS = {ORTH, LOWER, NORM, PREFIX, SUFFIX, SHAPE, LENGTH, *range(ORTH)}
"""What spaCy keeps of a word and not of a token, flags among them; NORM may be a token's own."""


class Words:
    """The distinct words of documents, with as much of a `Doc` as layers read that embed words."""

    def __init__(self, docs: Sequence[Doc]):
        self.docs = docs
        self.vocab = docs[0].vocab
        # A token's NORM need not be its lexeme's.
        orths, norms = self._of_all(["ORTH", "NORM"]).T
        _, self.first, self.which = np.unique(
            orths ^ norms * np.uint64(3), return_index=True, return_inverse=True
        )

    def __len__(self) -> int:
        return len(self.first)

    def to_array(self, attrs: Union[int, str, list]) -> np.ndarray:
        """As `Doc.to_array`, a row a word."""
        return self._of_all(attrs)[self.first]

    def _of_all(self, attrs: Union[int, str, list]) -> np.ndarray:
        return np.concatenate([doc.to_array(attrs) for doc in self.docs])


@registry.architectures("sijill.DistinctWords.v1")
def build_distinct_words(embed: Model[list[Doc], Rows]) -> Model[list[Doc], Rows]:
    """Give each token what ``embed`` gives its word, which is worked out once a batch.

    In: documents; out: one array each, as wide as those of ``embed``. In training, where dropout tells the tokens of a word
    apart, ``embed`` sees all of them.

    Args:
        embed: reads nothing of a token but its NORM, its static vector and what hangs on its spelling.

    Raises:
        ValueError: ``embed`` reads an attribute, such as SPACY, in which two tokens of one word may differ.
    """
    for layer in embed.walk():
        for attr in layer.attrs.get("columns", ()):
            if intify_attr(attr) not in _OF_WORDS:
                raise ValueError(f"sijill.DistinctWords.v1: {attr} is no attribute of a word")
    return Model("distinct_words", _forward, init=_initialize, layers=[embed])


def _initialize(
    model: Model[list[Doc], Rows], X: Optional[list[Doc]] = None, Y: Optional[Rows] = None
) -> None:
    model.layers[0].initialize(X=X)


def _forward(model: Model[list[Doc], Rows], docs: list[Doc], is_train: bool):
    ops = model.ops
    embed = model.layers[0]
    if not any(len(doc) for doc in docs):
        return [ops.alloc2f(0, embed.get_dim("nO")) for _ in docs], lambda dY: []
    if is_train:
        return embed(docs, is_train)
    words = Words(docs)
    (vectors,) = embed.predict([words])
    lengths = ops.asarray1i([len(doc) for doc in docs])
    return ops.unflatten(vectors[ops.asarray1i(words.which)], lengths), lambda dY: []
