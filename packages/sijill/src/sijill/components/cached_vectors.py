"""Floret vectors that are worked out once a word.

spaCy puts a word's vector together from its n-grams, in Python, each time the word is asked for: a twentieth of the time that the
pipeline takes.
"""

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any, Union

import numpy as np
from spacy.util import registry
from spacy.vectors import Mode, Vectors
from spacy.vocab import Vocab

MAX_WORDS = 50_000
"""So many are kept, 20 MB where a vector has 100 numbers; then it begins anew."""
_LOCK = Lock()
"""One for all tables: they are pickled, which a lock cannot be."""


@registry.vectors("sijill.CachedVectors.v1")
def create_cached_vectors() -> Callable[[Vocab], Vectors]:
    """For ``nlp.vectors``: as ``spacy.Vectors.v1``, but the vectors of floret's words are kept when they have been asked for."""

    def create(vocab: Vocab) -> Vectors:
        return CachedVectors(strings=vocab.strings)

    return create


class CachedVectors(Vectors):
    """spaCy's `Vectors`, whose `get_batch` keeps what it found where the table is floret's and on the CPU."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._forget()

    def get_batch(self, keys: Iterable[Union[int, str]]) -> np.ndarray:
        """The vectors of words, shape (words, width), as those of `Vectors.get_batch`."""
        words = keys.tolist() if isinstance(keys, np.ndarray) else list(keys)
        if not words or self.mode != Mode.floret or not isinstance(self.data, np.ndarray):
            return super().get_batch(words)
        with _LOCK:
            if self._table is not self.data:
                self._forget()
            new = [word for word in dict.fromkeys(words) if word not in self._row_of]
            if len(self._row_of) + len(new) > MAX_WORDS:
                self._forget()
                return super().get_batch(words)
            if new:
                self._keep(new, super().get_batch(new))
            return self._kept[[self._row_of[word] for word in words]]

    def _keep(self, words: Sequence[Union[int, str]], vectors: np.ndarray) -> None:
        start = len(self._row_of)
        if not start:
            self._table = self.data
            self._kept = np.empty((MAX_WORDS, vectors.shape[1]), dtype=self.data.dtype)
        self._kept[start : start + len(words)] = vectors
        self._row_of.update(zip(words, range(start, start + len(words))))

    def _forget(self) -> None:
        self._row_of: dict[Union[int, str], int] = {}
        self._kept = self._table = None
