"""The tokenizer: Arabic text to a spaCy Doc, with the attached proclitics as tokens of their own."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import spacy
import srsly
from spacy.attrs import NORM, SENT_START
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, ensure_path
from spacy.vocab import Vocab

from .orthography import FORMATS, LETTERS, MARKS, TATWEEL, fold
from .proclitics import Proclitics
from .sentences import is_mark, sentence_starts

# Repetitions are bounded wherever a match may fail after them: a megabyte without a space must not take square time.
_NOT_IN_URL = r"\s<>\"«»“”،؛؟"
_NOT_AT_URL_END = _NOT_IN_URL + r".,;:!?'()\[\]{}…"
TOKEN = re.compile(
    rf"""
    (?P<address>
        (?:https?://|ftp://|www\.)[^{_NOT_IN_URL}]{{0,2000}}[^{_NOT_AT_URL_END}]
      | [A-Za-z0-9][\w.+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,4}}
      | (?!\d+\.)(?:[A-Za-z0-9-]{{1,63}}\.){{1,4}}[a-z]{{2,18}}\b(?:/(?:[^{_NOT_IN_URL}]{{0,2000}}[^{_NOT_AT_URL_END}])?)?
      | @[A-Za-z0-9_]+
    )
    | (?P<number>\d{{1,4}}-\d{{1,2}}-\d{{1,4}}(?!\d) | \d{{1,3}}(?:،\d{{3}})+(?!\d) | \d+(?:[.,/:٫٬]\d+)*)
    | (?P<acronym>[{LETTERS}](?:\.[{LETTERS}]){{1,7}}(?![{LETTERS}{MARKS}{TATWEEL}]))
    | (?P<arabic>[{LETTERS}{TATWEEL}][{LETTERS}{MARKS}{TATWEEL}]*(?:[{FORMATS}]+[{LETTERS}][{LETTERS}{MARKS}{TATWEEL}]*)*)
    | (?P<foreign>(?:[^\W\d_{LETTERS}{TATWEEL}][\u0300-\u036f]*)+)
    | (?P<run>(?P<same>[-._=*~])(?P=same)+)
    | (?P<other>.[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\u20e3]*(?:\u200d[^\s\w][\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*)*)
    """,
    re.VERBOSE | re.DOTALL,
)
PIECE = re.compile(r"\s+|\S+")
# Longer pieces are hardly ever met twice.
LONGEST_CACHED = 60
# No Arabic word is longer; a megabyte without a space is no word.
LONGEST_SPLIT = 60
# Characters that a pipeline takes at once: spaCy's own limit, a million, is below a megabyte of text.
LONGEST_TEXT = 2_000_000
NOT_SENT_START = numpy.uint64(2**64 - 1)  # -1, as from_array wants it


class Piece(NamedTuple):
    """What stands between two spaces, as tokens: where marks are among them, and which norms are not fold(word)."""

    words: tuple[str, ...]
    marks: tuple[int, ...] = ()
    norms: tuple[tuple[int, str], ...] = ()


class ArabicTokenizer(DummyTokenizer):
    """Split Arabic text into words, punctuation and attached proclitics, and find where sentences start.

    >>> nlp = spacy.blank("ar", config={"nlp": {"tokenizer": {"@tokenizers": "sijill.ArabicTokenizer.v1"}}})
    >>> [token.text for token in nlp("وبغارة للنظام.")]
    ['و', 'ب', 'غارة', 'ل', 'لنظام', '.']

    The text of the Doc is the text given, whatever it is. NORM is the folded spelling (orthography.fold); after ل it is
    the word that stands behind the contracted article (لنظام: النظام). The vocab takes on fold for all its lexemes.

    vocab: the pipeline's vocab.
    proclitics: the lexicon; by default the one that ships with the library. It is saved with the pipeline, so that a
        trained model keeps the tokens that it was trained on.
    cache_size: how many distinct pieces of text to remember.
    """

    def __init__(
        self, vocab: Vocab, proclitics: Proclitics | None = None, cache_size: int = 200_000
    ) -> None:
        self.vocab = vocab
        self.cache_size = cache_size
        self._proclitics = proclitics
        self._cache: dict[str, Piece] = {}
        vocab.lex_attr_getters[NORM] = fold
        for lexeme in vocab:
            lexeme.norm_ = fold(lexeme.orth_)

    @property
    def proclitics(self) -> Proclitics:
        """The lexicon, read when it is first needed."""
        if self._proclitics is None:
            self._proclitics = Proclitics.load()
        return self._proclitics

    def __call__(self, text: str) -> Doc:
        """Tokenize one text. Raises ValueError if it holds a lone surrogate, which no Doc can hold."""
        try:
            text.encode("utf8")
        except UnicodeEncodeError as error:
            raise ValueError(
                f"cannot tokenize: lone surrogate at character {error.start}"
            ) from error
        words: list[str] = []
        spaces: list[bool] = []
        marks: list[int] = []
        norms: list[tuple[int, str]] = []
        for string in PIECE.findall(text):
            if string[0] == " " and spaces:
                spaces[-1] = True
                string = string[1:]
                if not string:
                    continue
            piece = self._cache.get(string) or self._read(string)
            if piece.marks:
                marks.extend([len(words) + i for i in piece.marks])
            if piece.norms:
                norms.extend([(len(words) + i, norm) for i, norm in piece.norms])
            words.extend(piece.words)
            spaces.extend([False] * len(piece.words))
        doc = Doc(self.vocab, words, spaces)
        if words:
            attributes = numpy.zeros((len(words), 2), dtype="uint64")
            attributes[:, 0] = NOT_SENT_START
            attributes[sentence_starts(words, spaces, marks), 0] = 1
            for i, norm in norms:
                attributes[i, 1] = self.vocab.strings.add(norm)
            doc.from_array([SENT_START, NORM], attributes)
        return doc

    def _read(self, string: str) -> Piece:
        """Tokenize what stands between two spaces, or a run of whitespace, and remember the result."""
        if string.isspace():
            piece = Piece((string,), (0,) if is_mark(string) else ())
        else:
            words: list[str] = []
            norms: list[tuple[int, str]] = []
            for match in TOKEN.finditer(string):
                if match.lastgroup == "arabic" and match.end() - match.start() <= LONGEST_SPLIT:
                    parts = self.proclitics.split(match[0])
                    words.extend(parts)
                    norm = self.proclitics.norm(parts)
                    if norm is not None:
                        norms.append((len(words) - 1, norm))
                else:
                    words.append(match[0])
            marks = tuple(i for i, word in enumerate(words) if is_mark(word))
            piece = Piece(tuple(words), marks, tuple(norms))
        if len(string) <= LONGEST_CACHED:
            if len(self._cache) >= self.cache_size:
                self._cache.clear()
            self._cache[string] = piece
        return piece

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Serialise the lexicon."""
        return srsly.msgpack_dumps(self.proclitics.to_dict())

    def from_bytes(self, data: bytes, **kwargs: Any) -> "ArabicTokenizer":
        """Take over a serialised lexicon."""
        self._proclitics = Proclitics.from_dict(srsly.msgpack_loads(data))
        self._cache.clear()
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write the lexicon to a file."""
        ensure_path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **kwargs: Any) -> "ArabicTokenizer":
        """Read the lexicon from a file."""
        return self.from_bytes(ensure_path(path).read_bytes())

    def __reduce__(self) -> tuple:
        return ArabicTokenizer, (self.vocab, self._proclitics, self.cache_size)


@spacy.registry.tokenizers("sijill.ArabicTokenizer.v1")
def create_arabic_tokenizer() -> Callable[[Language], ArabicTokenizer]:
    """Make the factory that a config's `[nlp.tokenizer]` block asks for.

    It also lets the pipeline take texts of up to `LONGEST_TEXT` characters.
    """

    def create(nlp: Language) -> ArabicTokenizer:
        nlp.max_length = max(nlp.max_length, LONGEST_TEXT)
        return ArabicTokenizer(nlp.vocab)

    return create
