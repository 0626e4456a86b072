"""Arabic number words and the numbers that they make: خمسة وعشرون ألفاً is 25,000.

The grammar of the numerals is that of any reference grammar (Ryding 2005, "A Reference Grammar of
Modern Standard Arabic", chapter 15), relaxed where the press is: gender and case are not checked,
مئة and مائة, ثلاثمئة and ثلاث مئة are the same. Parts are joined by و, the greatest first (مئة
وخمسة وعشرون) or, in the older style, the least first (خمسة وعشرون ومئة).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import NamedTuple, TypeVar

from sijill.text.orthography import FORMATS, LETTERS, MARKS, TATWEEL, fold

T = TypeVar("T")


class Numeral(NamedTuple):
    """A number word: its kind, what it is worth, and its form where that matters."""

    kind: str  # digits, unit, ten, teen, tens, hundred, scale, fraction
    value: int | Fraction
    form: str = ""  # of a scale: dual, plural, either


class Token(NamedTuple):
    """A word, a number in digits or a sign; ``start`` and ``end`` are offsets into the text."""

    word: str  # folded
    numeral: Numeral | None = None
    joined: bool = False  # و before it
    proclitic: str = ""  # what a number word has before it
    start: int = 0
    end: int = 0

    def spelled(self) -> str:
        """Return the word with its و, whether that was written apart or not."""
        return AND + self.word if self.joined and not self.word.startswith(AND) else self.word


class Number(NamedTuple):
    """A number that was read; ``vague`` if it is a mere order of magnitude (مئات)."""

    value: int | Fraction
    end: int  # the token after it
    scale: int = 1  # of its last part
    vague: bool = False


# --- tables: words as the press spells them, folded when the module is loaded --------------------


def fold_words(text: str) -> list[str]:
    """Return the words of a table's cell, folded."""
    return [fold(word) for word in text.split()]


# What may stand before a word without a blank, the longest chains last: و ف, then ب ل ك, then ال.
PROCLITICS = sorted(
    {"".join(chain) for chain in product(("", "و", "ف"), ("", "ب", "ل", "ك"), ("", "ال"))}
    | {"لل", "ولل", "فلل"},
    key=len,
)
AND = fold("و")

_UNITS = {
    0: "صفر",
    1: "واحد واحدة واحدا أحد إحدى",
    2: """اثنان اثنين اثنتان اثنتين ثنتان ثنتين اثنا اثني اثنتا اثنتي ثنتا ثنتي اتنان اتنين اتنتان
        اتنتين""",
    3: "ثلاث ثلاثة ثلاثا تلات تلاتة",
    4: "أربع أربعة أربعا",
    5: "خمس خمسة خمسا",
    6: "ست ستة ستا",
    7: "سبع سبعة سبعا",
    8: "ثمان ثماني ثمانية ثمانيا تمان تماني تمانية",
    9: "تسع تسعة تسعا",
}
_TEN = "عشر عشرة عشرا"
_TENS = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
_HUNDRED = "مئة مائة مية ماية مأة ميئة"
_TWO_HUNDRED = "مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي ميتان ميتين ميتا ميتي"
_HUNDREDS = {  # ثلاثمئة, written in one word with any spelling of the hundred
    3: "ثلاث ثلث",
    4: "أربع",
    5: "خمس",
    6: "ست",
    7: "سبع",
    8: "ثمان ثماني",
    9: "تسع",
}
# One; two; many; and what may be one with tanwin (ألفاً) or two in construct state (ألفا جندي).
_SCALES = {
    10: ("", "", "عشرات", ""),
    100: ("", "", "مئات مئاة مائات ميات", ""),
    1_000: ("ألف", "ألفان ألفين ألفي", "آلاف ألوف", "ألفا"),
    1_000_000: ("مليون", "مليونان مليونين مليوني", "ملايين", "مليونا"),
    1_000_000_000: ("مليار بليون", "ملياران مليارين ملياري", "مليارات بلايين", "مليارا"),
}
_FORMS = ("", "dual", "plural", "either")
_FRACTIONS = {
    Fraction(1, 2): "نصف",
    Fraction(1, 3): "ثلث",
    Fraction(2, 3): "ثلثا ثلثي",
    Fraction(1, 4): "ربع",
}
ORDINALS = frozenset(
    fold_words("""
        أول أولى ثان ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة
        تاسع تاسعة عاشر عاشرة
    """)
)
_ONE = set(fold_words("واحد واحدة"))  # وأحد, once it is folded


def _numerals() -> dict[str, Numeral]:
    """Build the one table of number words from those above."""
    table: dict[str, Numeral] = {}

    def add(words: Iterable[str], kind: str, value: int | Fraction, form: str = "") -> None:
        for word in words:
            table.setdefault(fold(word), Numeral(kind, value, form))

    add(_TEN.split(), "ten", 10)
    for value, words in _UNITS.items():
        add(words.split(), "unit", value)
        if value:  # خمسةعشر
            add(map("".join, product(words.split(), _TEN.split()[:2])), "teen", value + 10)
    for value, words in _TENS.items():
        add(words.split(), "tens", value)
    add(_HUNDRED.split(), "hundred", 100)
    add(_TWO_HUNDRED.split(), "hundred", 200)
    for value, words in _HUNDREDS.items():
        add(map("".join, product(words.split(), _HUNDRED.split())), "hundred", 100 * value)
    for value, forms in _SCALES.items():
        for words, form in zip(forms, _FORMS, strict=True):
            add(words.split(), "scale", value, form)
    for share, words in _FRACTIONS.items():
        add(words.split(), "fraction", share)
    return table


# With proclitics these would be numbers, but they are words of their own: كمية is no ك + مية.
_OTHER_WORDS = fold_words("كمية كمأة لست")


def with_proclitics(table: Mapping[str, T]) -> dict[str, tuple[str, T]]:
    """Return a table of words under every form that proclitics give them.

    An entry is the proclitics, as few as will do, and what the word itself has.
    """
    out: dict[str, tuple[str, T]] = {}
    for proclitic in PROCLITICS:
        for word, entry in table.items():
            out.setdefault(proclitic + word, (proclitic, entry))
    return out


_NUMERALS = with_proclitics(_numerals())
for _word in _OTHER_WORDS:
    del _NUMERALS[_word]


# --- tokens --------------------------------------------------------------------------------------

_WORD_GROUP, _DIGITS_GROUP = 1, 2
_TOKEN = re.compile(
    rf"([{LETTERS}{MARKS}{TATWEEL}]+)"
    r"|(\d{1,3}(?: \d{3})? \d00(?!\d)"  # 12 500, in the French manner: round numbers alone
    r"|\d+(?:[.,'’،\u066b\u066c\u00a0\u202f]\d+)*)"
    r"|\S"
)
_SEPARATOR = re.compile(r"\D")
FORMAT = re.compile(f"[{FORMATS}]")
TANWIN = "\u064b"
_LONGEST = 15  # digits; what is longer is no number of people
_LONGEST_WORD = 60  # letters; longer ones are not worth a place in the cache


def _read_digits(text: str) -> int | Fraction | None:
    """Read a number in digits of any script, with marks between thousands or before the decimals.

    >>> _read_digits("3,500"), _read_digits("1.5")
    (3500, Fraction(3, 2))
    """
    if len(text) <= _LONGEST and text.isdigit():
        return int(text)
    parts = _SEPARATOR.split(text)
    if sum(map(len, parts)) > _LONGEST:
        return None
    if 1 <= len(parts[0]) <= 3 and int(parts[0]) and all(len(part) == 3 for part in parts[1:]):
        return int("".join(parts))
    if len(parts) == 2:
        return Fraction(int("".join(parts)), 10 ** len(parts[1]))
    return None


@lru_cache(maxsize=1 << 14)
def _read_word(raw: str) -> tuple[str, Numeral | None, str]:
    """Return a word folded, the numeral that it is, if it is one, and that numeral's proclitics."""
    word = fold(raw)
    proclitic, numeral = _NUMERALS.get(word, ("", None))
    if numeral and numeral.form == "either" and TANWIN in raw:
        numeral = Numeral(numeral.kind, numeral.value)
    return word, numeral, proclitic


def tokenize(text: str) -> list[Token]:
    """Split a text into words, numbers and signs; a و that stands alone goes to what follows it.

    The text holds no format marks.
    """
    tokens: list[Token] = []
    joined = False
    for match in _TOKEN.finditer(text):
        raw, group, (start, end) = match[0], match.lastindex, match.span()
        if group == _WORD_GROUP:
            read = _read_word if end - start <= _LONGEST_WORD else _read_word.__wrapped__
            word, numeral, proclitic = read(raw)
            if word == AND:
                joined = True
                continue
            if proclitic:
                joined = joined or proclitic[0] == AND
            if numeral and numeral.kind == "ten" and tokens and tokens[-1].word in _ONE:
                tokens[-1] = tokens[-1]._replace(joined=True, proclitic=AND)  # واحد عشر: وأحد عشر
            tokens.append(Token(word, numeral, joined, proclitic, start, end))
        elif group == _DIGITS_GROUP:
            value = _read_digits(raw)
            numeral = None if value is None else Numeral("digits", value)
            tokens.append(Token(raw, numeral, joined, "", start, end))
        else:
            tokens.append(Token(raw, None, False, "", start, end))
        joined = False
    return tokens


# --- from number words to numbers ----------------------------------------------------------------

_SCALES_IN_A_ROW = 2  # ألف مليون
_BELOW_HUNDRED = ("unit", "ten", "teen", "tens")


def _at(
    tokens: Sequence[Token], index: int, *kinds: str, joined: bool | None = None
) -> Numeral | None:
    """Return the numeral at a place if it is of one of these kinds, and joined by و or not."""
    if index >= len(tokens):
        return None
    token = tokens[index]
    numeral = token.numeral
    if (
        numeral is None
        or numeral.kind not in kinds
        or (joined is not None and token.joined != joined)
    ):
        return None
    return numeral


def _below_hundred(tokens: Sequence[Token], start: int) -> Number | None:
    """Read خمسة, خمسة عشر, خمسة وعشرون, عشرة, عشرون."""
    if unit := _at(tokens, start, "unit"):
        if ten := _at(tokens, start + 1, "ten", joined=False) or _at(
            tokens, start + 1, "tens", joined=True
        ):
            return Number(unit.value + ten.value, start + 2)
        return Number(unit.value, start + 1)
    if other := _at(tokens, start, "ten", "teen", "tens"):
        return Number(other.value, start + 1)
    return None


def _hundreds(tokens: Sequence[Token], start: int) -> Number | None:
    """Read مئة, مئتان, ثلاثمئة, ثلاث مئة."""
    if hundred := _at(tokens, start, "hundred"):
        return Number(hundred.value, start + 1)
    unit = _at(tokens, start, "unit")
    hundred = unit and _at(tokens, start + 1, "hundred", joined=False)
    return Number(unit.value * hundred.value, start + 2) if unit and hundred else None


def _below_thousand(tokens: Sequence[Token], start: int) -> Number | None:
    """Read digits, or words up to تسعمئة وتسعة وتسعون."""
    first = tokens[start].numeral if start < len(tokens) else None
    if first is None:
        return None
    if first.kind == "digits":
        return Number(first.value, start + 1)
    hundreds = _hundreds(tokens, start) if first.kind in ("hundred", "unit") else None
    if not hundreds:
        return _hundreds_last(tokens, _below_hundred(tokens, start))
    value, end = hundreds.value, hundreds.end
    if end >= len(tokens) or not tokens[end].joined:
        return hundreds
    if _at(tokens, end, *_BELOW_HUNDRED, joined=True):
        rest = _below_hundred(tokens, end)
        # In بين مئة وخمس مئة what follows the hundred begins another number.
        if rest and not _at(tokens, rest.end, "hundred", joined=False):
            return Number(value + rest.value, rest.end)
    if (digits := _at(tokens, end, "digits", joined=True)) and digits.value < 100:
        return Number(value + digits.value, end + 1)
    return Number(value, end)


def _hundreds_last(tokens: Sequence[Token], number: Number | None) -> Number | None:
    """Add the hundreds that follow, as in خمسة وعشرون ومئة, unless they begin another number."""
    if number is None or not (number.end < len(tokens) and tokens[number.end].joined):
        return number
    hundreds = _hundreds(tokens, number.end)
    if hundreds and not _at(tokens, hundreds.end, *_BELOW_HUNDRED, joined=True):
        return Number(number.value + hundreds.value, hundreds.end)
    return number


def _scaled(tokens: Sequence[Token], start: int, below: float) -> Number | None:
    """Read one part of a number: ثلاثة آلاف, ألفان, نصف مليون, or what the last scale leaves."""
    counted = _below_thousand(tokens, start)
    if counted is None and (share := _at(tokens, start, "fraction")):
        if not _at(tokens, start + 1, "scale", joined=False):
            return None
        counted = Number(share.value, start + 1)
    end = counted.end if counted else start
    scale, value = 1, counted.value if counted else 1
    for _ in range(_SCALES_IN_A_ROW):
        word = _at(tokens, end, "scale", joined=None if end == start else False)
        if word is None or (word.form == "dual" and end > start):
            break
        followed = end + 1 < len(tokens) and tokens[end + 1].joined
        if word.form == "dual" or (word.form == "either" and end == start and not followed):
            value *= 2
        scale *= int(word.value)
        end += 1
    value *= scale
    if end == start or not (scale if scale > 1 else value) < below:
        return None
    return Number(value, end, scale)


def _order(tokens: Sequence[Token], start: int) -> Number | None:
    """Read a mere order of magnitude, مئات or عشرات الآلاف, as twice what one of it is."""
    word, value, end = _at(tokens, start, "scale"), 1, start
    if word is None or word.form != "plural":
        return None
    while word and end < start + _SCALES_IN_A_ROW:
        value, end = value * int(word.value), end + 1
        word = _at(tokens, end, "scale", joined=False)
    return Number(2 * value, end, value, vague=True)


def _scales_first(tokens: Sequence[Token], number: Number) -> Number:
    """Add what follows a scale, the greatest first: ألف وتسعمئة وخمسة, مليون ونصف المليون."""
    while (
        number.scale > 1
        and number.end < len(tokens)
        and tokens[number.end].joined
        and (part := _scaled(tokens, number.end, number.scale + 1))
    ):
        again = part.scale == number.scale  # مئة ألف وألف
        if again and (number.value % (100 * part.scale) or part.value > 2 * part.scale):
            break
        number = Number(number.value + part.value, part.end, part.scale)
    value, end, scale, _ = number
    if scale > 1 and (share := _at(tokens, end, "fraction", joined=True)):
        repeated = _at(tokens, end + 1, "scale", joined=False) is not None
        return Number(value + share.value * scale, end + 1 + repeated, scale)
    return number


def _scales_last(tokens: Sequence[Token], number: Number) -> Number:
    """Add the thousands and millions that follow, the least first: خمسة وتسعمئة وألف."""
    total, end, scale = number.value, number.end, number.scale
    while (
        end < len(tokens)
        and tokens[end].joined
        and not _at(tokens, end, "digits")
        and not _order(tokens, end)
        and (part := _scaled(tokens, end, float("inf")))
        and part.scale > scale
    ):
        total, end, scale = total + part.value, part.end, part.scale
    another = end < len(tokens) and tokens[end].joined and tokens[end].numeral
    return number if another else Number(total, end, scale)


def read_number(tokens: Sequence[Token], start: int) -> Number | None:
    """Read the number that begins at a token; None where none begins or it is no whole number."""
    if start >= len(tokens) or tokens[start].numeral is None:
        return None
    if order := _order(tokens, start):
        return order
    number = _scaled(tokens, start, float("inf"))
    if number is None:
        return None
    if number.scale > 1:
        number = _scales_first(tokens, number)
    elif not _at(tokens, start, "digits"):
        number = _scales_last(tokens, number)
    return number if number.value.denominator == 1 else None
