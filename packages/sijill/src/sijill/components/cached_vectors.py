"""Floret vectors that are worked out once a word.

spaCy puts a word's vector together from its n-grams, in Python, each time the word is asked for: a twentieth of the time that the
pipeline takes.
"""

from collections.abc import Callable, Iterable
from typing import Any, Optional, Union

import numpy as np
from spacy.strings import StringStore
from spacy.util import registry
from spacy.vectors import Mode, Vectors
from spacy.vocab import Vocab

MAX_WORDS = 50_000
"""When more are kept, it begins anew: 20 MB where a vector has 100 numbers."""


@registry.vectors("sijill.CachedVectors.v1")
def create_cached_vectors() -> Callable[[Vocab], Vectors]:
    """For ``nlp.vectors``: as ``spacy.Vectors.v1``, but the vectors of floret's words are kept when they have been asked for."""

    def create(vocab: Vocab) -> Vectors:
        return CachedVectors(strings=vocab.strings)

    return create


class CachedVectors(Vectors):
    """spaCy's `Vectors`, whose `get_batch` keeps what it found where the table is floret's and on the CPU.

    A table that is changed in place goes unnoticed; give ``data`` anew.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._cache: tuple[Optional[np.ndarray], dict[Union[int, str], np.ndarray]] = (None, {})
        self._pickled_with: Optional[StringStore] = None

    def get_batch(self, keys: Iterable[Union[int, str]]) -> np.ndarray:
        """The vectors of words, shape (words, width), as those of `Vectors.get_batch`."""
        if self._pickled_with is not None:
            self.strings, self._pickled_with = self._pickled_with, None
        words = keys.tolist() if isinstance(keys, np.ndarray) else list(keys)
        if not words or self.mode != Mode.floret or not isinstance(self.data, np.ndarray):
            return super().get_batch(words)
        # Threads may fill one cache together: each reads only what is in it for good.
        table, kept = self._cache
        if table is not self.data or len(kept) > MAX_WORDS:
            kept = {}
            self._cache = self.data, kept
        new = [word for word in dict.fromkeys(words) if word not in kept]
        if new:
            kept.update(zip(new, super().get_batch(new)))
        rows = np.concatenate([kept[word] for word in words], dtype=self.data.dtype)
        return rows.reshape(len(words), -1)

    def __reduce__(self):
        return _unpickle, (self.strings, self.to_bytes(exclude=["strings"]))


def _unpickle(strings: StringStore, saved: bytes) -> CachedVectors:
    vectors = CachedVectors(strings=strings).from_bytes(saved)
    # A Vocab that is unpickled gives its vectors the strings of an empty one, and keeps its own.
    vectors._pickled_with = strings
    return vectors
