"""Numbers of people in Arabic words and digits: what a phrase such as ما لا يقل عن ستة comes to.

`read_count` reads a COUNT phrase, `read_noun` what a noun says by its own form: قتيلان are two,
قتلى at least two. The values are those of the annotation scheme (corpus/scheme.md, section Values).
The grammar of the numerals is that of any reference grammar (Ryding 2005, "A Reference Grammar of
Modern Standard Arabic", chapter 15), relaxed where the press is: gender and case are not checked,
مئة and مائة, ثلاثمئة and ثلاث مئة are the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import product
from typing import TypeVar

from sijill.text.orthography import FORMATS, LETTERS, MARKS, TATWEEL, fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Count:
    """The least and the most that the words allow; None where there is no limit."""

    minimum: int | None
    maximum: int | None


class Limit(Enum):
    """What the words around a number make of it."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    ABOUT = "about"
    LESS_THAN = "less than"
    AT_MOST = "at most"

    def apply(self, number: int) -> Count:
        """Return the count that this limit makes of a number.

        >>> Limit.MORE_THAN.apply(260)
        Count(minimum=261, maximum=None)
        """
        if self is Limit.AT_LEAST:
            return Count(number, None)
        if self is Limit.MORE_THAN:
            return Count(number + 1, None)
        if self is Limit.LESS_THAN:
            return Count(None, max(number - 1, 0))
        if self is Limit.AT_MOST:
            return Count(None, number)
        return Count(number, number)

    def negated(self) -> "Limit":
        """Return what لا before it makes of this limit: أقل is less than, لا يقل at least."""
        return {Limit.MORE_THAN: Limit.AT_MOST, Limit.LESS_THAN: Limit.AT_LEAST}.get(self, self)


# --- tables: words as the press spells them, folded when the module is loaded --------------------


def _words(text: str) -> list[str]:
    return [fold(word) for word in text.split()]


# What may stand before a word without a blank, the longest chains last: و ف, then ب ل ك, then ال.
_PROCLITICS = sorted(
    {"".join(chain) for chain in product(("", "و", "ف"), ("", "ب", "ل", "ك"), ("", "ال"))}
    | {"لل", "ولل", "فلل"},
    key=len,
)

_UNITS = {
    0: "صفر",
    1: "واحد واحدة واحدا أحد إحدى",
    2: "اثنان اثنين اثنتان اثنتين ثنتان ثنتين اثنا اثني اثنتا اثنتي ثنتا ثنتي",
    3: "ثلاث ثلاثة ثلاثا",
    4: "أربع أربعة أربعا",
    5: "خمس خمسة خمسا",
    6: "ست ستة ستا",
    7: "سبع سبعة سبعا",
    8: "ثمان ثماني ثمانية ثمانيا",
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
_HUNDRED = "مئة مائة مية ماية مأة"
_TWO_HUNDRED = "مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي ميتان ميتين"
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
_FRACTIONS = {
    Fraction(1, 2): "نصف",
    Fraction(1, 3): "ثلث",
    Fraction(2, 3): "ثلثا ثلثي",
    Fraction(1, 4): "ربع",
}
_ORDINALS = """
    أول أولى ثان ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع
    تاسعة عاشر عاشرة
"""
_SEVERAL = """
    عدد عددا أعداد أعدادا عدة عديد عديدة عديدون بضع بضعة كثير كثيرة كثيرون كثيرين بعض مجموعة مجموعات
    جمع حفنة ثلة نفر متعددون
"""
_A_FEW_MORE = dict.fromkeys(_words("بضع بضعة"), (3, 9))  # on top: بضعة عشر, بضعة وعشرون

# Before a number; لا, لم or ليس before them turns them round.
_LIMIT_WORDS = {
    Limit.MORE_THAN: """
        أكثر أزيد أكبر يزيد تزيد زاد زادت يزيدون يفوق تفوق يفوقون فاق فاقت فوق يتجاوز تتجاوز تجاوز
        تجاوزت يتجاوزون يتعدى تتعدى تعدى تعدت يتخطى تتخطى تخطى تخطت يربو تربو يربون ينيف تنيف ينوف
        نيف
    """,
    Limit.LESS_THAN: "أقل يقل تقل يقلون دون",
    Limit.ABOUT: """
        نحو حوالي قرابة زهاء يقارب تقارب يقاربون قارب قاربت مقارب يقرب قريب قريبا يناهز تناهز ناهز
        ناهزت مناهز تقريبا حدود يداني
    """,
    Limit.AT_MOST: "حتى لغاية لحد",
}
_NEGATIONS = dict.fromkeys(_words("لا لم لن ليس ليست ليسوا"), True)
# After a number or before it, as they stand.
_LIMIT_PHRASES = {
    Limit.AT_LEAST: (
        "على الأقل",
        "في الأقل",
        "على أقل تقدير",
        "كحد أدنى",
        "بحد أدنى",
        "حدا أدنى",
        "أو أكثر",
        "أو يزيد",
        "أو أزيد",
        "فأكثر",
        "فما فوق",
        "وما فوق",
        "فصاعدا",
    ),
    Limit.MORE_THAN: ("ونيف", "ونيفا"),
    Limit.ABOUT: ("تقريبا", "على وجه التقريب", "أو نحو ذلك", "أو ما يقارب ذلك"),
    Limit.AT_MOST: ("على الأكثر", "على أكثر تقدير", "كحد أقصى", "بحد أقصى", "أو أقل", "فأقل"),
}
_REACH = 3  # words after a count within which such a phrase has to begin

_ONE_WORD = fold("واحد")
_BETWEEN = fold("بين")
_OF = fold("من")
_TO = set(_words("إلى حتى أو"))
_AND = fold("و")


@dataclass(frozen=True, slots=True)
class _Numeral:
    """A number word: its kind, what it is worth, and its form where that matters."""

    kind: str  # unit, ten, tens, hundred, scale, fraction
    value: Fraction
    form: str = ""  # of a scale: dual, plural, either


_FORMS = ("", "dual", "plural", "either")


def _numerals() -> dict[str, _Numeral]:
    """Build the one table of number words from those above."""
    table: dict[str, _Numeral] = {}

    def add(words: Iterable[str], kind: str, value: "Fraction | int", form: str = "") -> None:
        for word in words:
            table.setdefault(fold(word), _Numeral(kind, Fraction(value), form))

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


_NUMERALS = _numerals()
_LIMITS = {word: limit for limit, words in _LIMIT_WORDS.items() for word in _words(words)}
_PHRASES = [
    (_words(phrase), limit) for limit, phrases in _LIMIT_PHRASES.items() for phrase in phrases
]
_VAGUE = dict.fromkeys(_words(_SEVERAL), Count(2, None))
_ONE_MORE = dict.fromkeys(_words(_ORDINALS), Count(1, 1))


def _look_up(word: str, table: Mapping[str, T]) -> "tuple[str, T] | None":
    """Find a folded word in a table, with as few proclitics taken off as will do.

    Returns these and the entry.
    """
    for proclitic in _PROCLITICS:
        if word.startswith(proclitic) and word[len(proclitic) :] in table:
            return proclitic, table[word[len(proclitic) :]]
    return None


def _entry(word: str, table: Mapping[str, T]) -> T | None:
    found = _look_up(word, table)
    return found[1] if found else None


# --- tokens --------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"(?P<digits>\d+(?:[.,'’،\u066b\u066c\u00a0\u202f]\d+)*)"
    rf"|(?P<word>[{LETTERS}{MARKS}{TATWEEL}]+)"
    r"|(?P<other>\S)"
)
_SEPARATOR = re.compile(r"\D")
_FORMAT = re.compile(f"[{FORMATS}]")
_DASHES = set("-–—−~")
_TANWIN = "\u064b"
_LONGEST = 15  # digits; what is longer is no number of people
_SCALES_IN_A_ROW = 2  # ألف مليون


@dataclass(frozen=True, slots=True)
class _Token:
    word: str  # folded
    numeral: _Numeral | None = None
    joined: bool = False  # و before it

    def spelled(self) -> str:
        """Return the word with its و, whether that was written apart or not."""
        return _AND + self.word if self.joined and not self.word.startswith(_AND) else self.word


def _read_digits(text: str) -> Fraction | None:
    """Read a number in digits of any script, with marks between thousands or before the decimals.

    >>> int(_read_digits("3,500")), _read_digits("1.5")
    (3500, Fraction(3, 2))
    """
    parts = _SEPARATOR.split(text)
    if sum(map(len, parts)) > _LONGEST:
        return None
    if len(parts) == 1:
        return Fraction(int(text))
    if 1 <= len(parts[0]) <= 3 and int(parts[0]) and all(len(part) == 3 for part in parts[1:]):
        return Fraction(int("".join(parts)))
    if len(parts) == 2:
        return Fraction(int("".join(parts)), 10 ** len(parts[1]))
    return None


def _numeral_of(raw: str, word: str) -> "tuple[str, _Numeral | None]":
    """Return the proclitics of a word and the numeral that it is, if it is one."""
    proclitic, numeral = _look_up(word, _NUMERALS) or ("", None)
    if numeral and numeral.form == "either" and _TANWIN in raw:
        numeral = _Numeral(numeral.kind, numeral.value)
    return proclitic, numeral


def _tokenize(text: str) -> list[_Token]:
    """Split a text into words, numbers and signs; a و that stands alone goes to what follows it."""
    tokens: list[_Token] = []
    joined = False
    for match in _TOKEN.finditer(_FORMAT.sub("", text)):
        raw = match.group()
        if match.lastgroup == "digits":
            value = _read_digits(raw)
            token = _Token(raw, None if value is None else _Numeral("digits", value), joined)
        elif match.lastgroup == "word":
            word = fold(raw)
            if word == _AND:
                joined = True
                continue
            proclitic, numeral = _numeral_of(raw, word)
            if tokens and numeral and numeral.kind == "ten" and tokens[-1].word == _ONE_WORD:
                tokens[-1] = replace(tokens[-1], joined=True)  # واحد عشر is وأحد عشر
            token = _Token(word, numeral, joined or proclitic.startswith(_AND))
        else:
            token = _Token(raw)
        joined = False
        tokens.append(token)
    return tokens


# --- from number words to numbers ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that was read; ``vague`` if it is a mere order of magnitude (مئات)."""

    value: Fraction
    end: int  # the token after it
    scale: Fraction = Fraction(1)  # of its last part
    vague: bool = False


def _at(
    tokens: list[_Token], index: int, *kinds: str, joined: bool | None = None
) -> _Numeral | None:
    """Return the numeral at a place if it is of one of these kinds, and joined by و or not."""
    if index >= len(tokens):
        return None
    token = tokens[index]
    if (
        token.numeral is None
        or token.numeral.kind not in kinds
        or (joined is not None and token.joined != joined)
    ):
        return None
    return token.numeral


def _below_hundred(tokens: list[_Token], start: int) -> _Number | None:
    """Read خمسة, خمسة عشر, خمسة وعشرون, عشرة, عشرون."""
    if unit := _at(tokens, start, "unit"):
        if ten := _at(tokens, start + 1, "ten", joined=False) or _at(
            tokens, start + 1, "tens", joined=True
        ):
            return _Number(unit.value + ten.value, start + 2)
        return _Number(unit.value, start + 1)
    if other := _at(tokens, start, "ten", "teen", "tens"):
        return _Number(other.value, start + 1)
    return None


def _below_thousand(tokens: list[_Token], start: int) -> _Number | None:
    """Read digits, or words up to تسعمئة وتسعة وتسعون."""
    if digits := _at(tokens, start, "digits"):
        return _Number(digits.value, start + 1)
    hundred, end = _at(tokens, start, "hundred"), start + 1
    value = hundred.value if hundred else Fraction(0)
    if unit := _at(tokens, start, "unit"):  # ثلاث مئة
        hundred, end = _at(tokens, start + 1, "hundred", joined=False), start + 2
        value = unit.value * hundred.value if hundred else value
    if not hundred:
        return _below_hundred(tokens, start)
    if _at(tokens, end, "unit", "ten", "teen", "tens", joined=True):
        rest = _below_hundred(tokens, end)
        # In بين مئة وخمس مئة what follows the hundred begins another number.
        if rest and not _at(tokens, rest.end, "hundred", joined=False):
            return _Number(value + rest.value, rest.end)
    if (digits := _at(tokens, end, "digits", joined=True)) and digits.value < 100:
        return _Number(value + digits.value, end + 1)
    return _Number(value, end)


def _scaled(tokens: list[_Token], start: int, below: "Fraction | float") -> _Number | None:
    """Read one part of a number: ثلاثة آلاف, ألفان, نصف مليون, or what the last scale leaves."""
    counted = _below_thousand(tokens, start)
    if counted is None and (share := _at(tokens, start, "fraction")):
        if not _at(tokens, start + 1, "scale", joined=False):
            return None
        counted = _Number(share.value, start + 1)
    end = counted.end if counted else start
    scale, value = Fraction(1), counted.value if counted else Fraction(1)
    for _ in range(_SCALES_IN_A_ROW):
        word = _at(tokens, end, "scale", joined=None if end == start else False)
        if word is None or (word.form == "dual" and end > start):
            break
        followed = end + 1 < len(tokens) and tokens[end + 1].joined
        if word.form == "dual" or (word.form == "either" and end == start and not followed):
            value *= 2
        scale *= word.value
        end += 1
    value *= scale
    if end == start or not (scale if scale > 1 else value) < below:
        return None
    return _Number(value, end, scale)


def _order(tokens: list[_Token], start: int) -> _Number | None:
    """Read a mere order of magnitude, مئات or عشرات الآلاف, as twice what one of it is."""
    word, value, end = _at(tokens, start, "scale"), Fraction(2), start
    if word is None or word.form != "plural":
        return None
    while word and end < start + _SCALES_IN_A_ROW:
        value, end = value * word.value, end + 1
        word = _at(tokens, end, "scale", joined=False)
    return _Number(value, end, value / 2, vague=True)


def _number(tokens: list[_Token], start: int) -> _Number | None:
    """Read the number that begins at a token: its parts are joined by و, the greatest first."""
    if order := _order(tokens, start):
        return order
    total, end, scale, below = Fraction(0), start, Fraction(1), float("inf")
    while end == start or (end < len(tokens) and tokens[end].joined):
        part = _scaled(tokens, end, below)
        if part is None:
            break
        total, end, scale, below = total + part.value, part.end, part.scale, part.scale
        if scale == 1:
            break
    if end == start:
        return None
    if scale > 1 and (share := _at(tokens, end, "fraction", joined=True)):  # مليون ونصف المليون
        total, end = total + share.value * scale, end + 1
        if _at(tokens, end, "scale", joined=False):
            end += 1
    return _Number(total, end, scale) if total.denominator == 1 else None


def _first_number(tokens: list[_Token], start: int = 0) -> "tuple[int, _Number] | None":
    for index in range(start, len(tokens)):
        if number := _number(tokens, index):
            return index, number
    return None


# --- limits and ranges ---------------------------------------------------------------------------


def _phrase_limit(words: list[str], reach: int | None = None) -> Limit | None:
    """Find a fixed phrase such as على الأقل that begins within the first ``reach`` words."""
    for start in range(len(words) if reach is None else min(reach, len(words))):
        for phrase, limit in _PHRASES:
            if words[start : start + len(phrase)] == phrase:
                return limit
    return None


def _word_limit(words: list[str]) -> Limit | None:
    """Find the limit that words before a number set: أكثر من, ما لا يقل عن, لايتجاوز."""
    for index in range(len(words) - 1, -1, -1):
        word, glued = words[index], False
        limit = _entry(word, _LIMITS)
        if limit is None and (bare := re.match("[وفب]?(?:ما)?(?:لا|لم)(?=...)", word)):
            limit, glued = _LIMITS.get(word[bare.end() :]), True
        if limit is not None:
            negated = glued or any(_entry(other, _NEGATIONS) for other in words[:index])
            return limit.negated() if negated else limit
    return None


def limits_after(text: str) -> Limit | None:
    """Return the limit that the text right after a count sets on it, if any.

    It has to begin within three words, before any punctuation and any other number.

    >>> limits_after(" جنود على الأقل")
    <Limit.AT_LEAST: 'at least'>
    >>> limits_after("، على الأقل في نظره")
    """
    words: list[str] = []
    for token in _tokenize(text):
        if token.numeral or not re.match(f"[{LETTERS}]", token.word):
            break
        words.append(token.spelled())
    return _phrase_limit(words, _REACH)


def _split_range(tokens: list[_Token], start: int, end: int) -> "tuple[_Number, _Number] | None":
    """Split what reads as one number after بين in two: بين خمسة وعشرين is no 25."""
    for index in range(start + 1, end):
        if tokens[index].joined:
            low, high = _number(tokens[:index], start), _number(tokens, index)
            if low and high and low.end == index and low.value < high.value:
                return low, high
    return None


def _range_end(tokens: list[_Token], number: _Number, between: bool) -> _Number | None:
    """Return the second number of a range: 5-7, من 5 إلى 7, بين 10 و15, ثلاثة أو أربعة."""
    index = number.end
    links = _TO | _DASHES
    if index < len(tokens) and not tokens[index].numeral and tokens[index].word not in links:
        index += 1  # one noun may stand between: من 5 أشخاص إلى 7
    if index >= len(tokens):
        return None
    if tokens[index].word in links:
        return _number(tokens, index + 1)
    return _number(tokens, index) if between and tokens[index].joined else None


def _read_range(tokens: list[_Token], start: int, number: _Number) -> Count | None:
    """Read a range from its first number; a scale said once goes for both: خمسة أو ستة آلاف."""
    words = [token.word for token in tokens[:start]]
    between = _BETWEEN in words and words[-2:] != [_OF, _BETWEEN]
    second = _range_end(tokens, number, between)
    if second is None and between:
        number, second = _split_range(tokens, start, number.end) or (number, None)
    if second is None or second.vague or number.vague:
        return None
    first = number.value
    if number.scale == 1 and second.scale > 1 and first < second.value / second.scale:
        first *= second.scale
    low, high = sorted((int(first), int(second.value)))
    return Count(low, high)


def _words_count(words: list[str], after: str) -> Count | None:
    """Read a count without a number: عدد من, عدة, or a limit on the noun itself, أكثر من شخص."""
    if limit := _word_limit(words) or _phrase_limit(words):
        nouns = (count for word in [*words, *after.split()[:1]] if (count := read_noun(word)))
        if (noun := next(nouns, None)) and noun.minimum is not None:
            return limit.apply(noun.minimum)
    for table in (_VAGUE, _ONE_MORE):
        if found := next((count for word in words if (count := _entry(word, table))), None):
            return found
    return None


def read_count(text: str, after: str = "") -> Count | None:
    """Return what a phrase that says how many comes to, or None where it holds no number.

    ``after`` is the text that follows: a limit may stand behind the noun, as in 3 جنود على الأقل.

    >>> read_count("ما لا يقل عن ستة")
    Count(minimum=6, maximum=None)
    >>> read_count("٢٣ ألفاً"), read_count("عشرات")
    (Count(minimum=23000, maximum=23000), Count(minimum=20, maximum=None))
    >>> read_count("3", after=" جنود على الأقل")
    Count(minimum=3, maximum=None)
    """
    tokens = _tokenize(text)
    words = [token.word for token in tokens]
    found = _first_number(tokens)
    if found is None:
        return _words_count(words, after)
    start, number = found
    if count := _read_range(tokens, start, number):
        return count
    value = int(number.value)
    if number.vague:
        return Count(value, None)
    if start and (more := _entry(words[start - 1], _A_FEW_MORE)):
        return Count(value + more[0], value + more[1])
    before = words[:start]
    rest = [token.spelled() for token in tokens[number.end :]]
    limit = _phrase_limit(before) or _word_limit(before)
    limit = limit or _phrase_limit(rest) or limits_after(after)
    return (limit or Limit.ABOUT).apply(value)


# --- nouns ---------------------------------------------------------------------------------------

# Two, and neither by a rule nor by any other list; and the verbs that say so.
_BOTH = """
    والدا والدي والدان والدين أبوا أبوي أبوان أبوين أخوان أخوين زوجان زوجين عروسان عروسين كلاهما
    كليهما أصيبا قضيا توفيا استشهدا
"""
# Broken plurals, collectives and bodies of people, verbs of harm that say "they": two at least.
_MANY = """
    قتلى جرحى شهداء ضحايا صرعى موتى أموات أسرى سجناء جثث جثامين إصابات وفيات غرقى مرضى رهائن ناس
    أناس أشخاص أفراد أنفار رجال نساء نسوة سيدات أطفال رضع قصر بنات فتيات أولاد أبناء صبية فتية
    فتيان شبان شباب شابات شيوخ عجائز آباء أمهات إخوة أخوات أشقاء شقيقات أزواج أقارب أقرباء
    أصدقاء رفاق زملاء جيران عائلة عائلات أسرة أسر قبيلة قبائل عشيرة عشائر شعب شعوب ذوو ذوي أهل
    أهالي أهال سكان نزلاء جمهور جماهير حشود مارة وجهاء مشايخ أعيان شخصيات جنود عساكر ضباط قادة
    قيادات كوادر زعماء أمراء عناصر أعضاء حراس فرسان ثوار شرطة عملاء أتباع مرتزقة شبيحة عمداء
    عقداء قوات قوة فصائل فصيل جماعة جماعات مجموعة مجموعات خلية خلايا دورية دوريات كتيبة كتائب
    لواء ألوية فرقة فيلق سرية سرايا جيش تنظيم حركة جبهة حزب ميليشيا ميليشيات مليشيا مليشيات
    عصابة عصابات طاقم حشد طلاب طلبة تلاميذ أطباء عمال ركاب تجار باعة رعاة بحارة خبراء علماء نقاد
    أئمة قضاة وزراء نواب رؤساء سفراء سياح ضيوف حجاج عرب أكراد أتراك روس فرس يهود أجانب بدو شهود
    آخرون آخرين أخريات أصيبوا استشهدوا توفوا ماتوا قضوا
"""
# Person nouns with a broken plural: with ين they are a dual.
_BROKEN = """
    قتيل جريح شهيد أسير سجين غريق مريض ضحية رهينة جثة جثمان رفيق زميل نزيل أحد شخص فرد نفر إنسان
    رجل طفل رضيع قاصر ولد صبي فتى شاب شيخ عجوز ابن بنت ابنة نجل أخ أخت شقيق والد أب أم زوج قريب
    صديق جار توأم عم خال حفيد يتيم طفلة فتاة امرأة مرأة سيدة جندي شرطي دركي ضابط عنصر عضو قائد
    زعيم أمير حارس عميل عقيد عميد رائد نقيب ملازم رقيب عريف فارس جاسوس طالب تلميذ طبيب تاجر بائع
    راكب راع راعي ساكن خبير عالم إمام خطيب قاض قاضي محامي وزير نائب رئيس سفير سائح ضيف حاج فلاح
    شاهد كردي تركي روسي أجنبي بدوي
"""
# Person nouns with a sound plural: with ين they are a plural.
_SOUND = """
    مدني عسكري أمني مسلح مقاتل مجاهد مصاب مفقود معتقل محتجز مختطف مخطوف موقوف مسجون نازح لاجئ
    مهاجر مشرد مواطن متظاهر محتج معتصم ناشط صحفي صحافي إعلامي مصور مراسل مسعف ممرض متطوع معلم
    مدرس موظف مسؤول سائق مزارع صياد بحار طيار حرفي مهندس محام عامل مصلي مشيع مسافر متسوق متفرج
    متحدث ناطق مفاوض دبلوماسي مجند مرافق قيادي انتحاري إرهابي جهادي متمرد منشق مهرب مطلوب مشتبه
    متهم مدان مخبر مسن مستوطن محارب مرابط مهاجم متشدد متطرف قناص مؤيد معارض موال مناصر ناج ناجي
    باق فار مجهول معاق قروي ريفي باحث كاتب ميت آخر أخرى حوثي داعشي مسلم مسيحي درزي علوي شيعي سني
    أزيدي إيزيدي يزيدي تركماني شركسي أرمني سوري عراقي لبناني فلسطيني يمني ليبي سوداني مصري سعودي
    أردني إيراني إسرائيلي أمريكي أميركي أفغاني مغربي تونسي جزائري كويتي قطري بحريني عماني
    إماراتي باكستاني هندي أوكراني فرنسي بريطاني ألماني
"""
# What happens, not whom it happens to: it says nothing of how many without a pronoun (مقتلهم).
_ACTS = """
    مقتل قتل قتلت قتلوا مصرع استشهاد استشهد استشهدت وفاة موت مات حتف لقي لقوا قضى قضت توفي توفيت
    أودى هلاك إصابة أصيب أصيبت جرح جرحت جرحوا فقدان فقد فقدت اختفاء حياة سقوط سقط إعدام اغتيال
    تصفية إبادة مجزرة
"""
_ONE, _TWO, _MORE = Count(1, 1), Count(2, 2), Count(2, None)
_PRONOUNS = {"هما": _TWO, "هم": _MORE, "هن": _MORE, "ها": None, "ه": _ONE, "نا": None}
_SELF = set(_words("اثنان اثنين اثنتان اثنتين"))  # جنديين اثنين

_FIXED: dict[str, Count | None] = {
    **dict.fromkeys(_words(_ORDINALS), _ONE),
    **dict.fromkeys(_words(_MANY), _MORE),
    **dict.fromkeys(_words(_BOTH), _TWO),
    **dict.fromkeys(_words(_ACTS)),
}
_BROKEN_NOUNS = set(_words(_BROKEN))
_SOUND_NOUNS = set(_words(_SOUND))
_PERSONS = _BROKEN_NOUNS | _SOUND_NOUNS
# A stem that no table knows: a participle in م, a relative noun in ي, the patterns فاعل and فعّال.
_PERSON_STEM = re.compile("(?:م.{2,}|.{2,}ي|.ا..|..ا.)")
_TEH = fold("ة")
_FATHA, _KASRA = "\u064e", "\u0650"
_VOWELLED = re.compile(f"([{_FATHA}{_KASRA}])ي\u0652?ن[{MARKS}]*$")


def _known(stem: str) -> bool:
    """Say whether a stem is a person noun of the tables, in the feminine too."""
    return stem in _PERSONS or stem.removesuffix(_TEH) in _PERSONS


def _person(stem: str, guess: bool) -> bool:
    """Say whether a stem is a person noun of the tables or, if guessing will do, looks like one."""
    return stem in _PERSONS or (guess and bool(_PERSON_STEM.fullmatch(stem)))


def _unbound(stem: str) -> str:
    """Return the noun as it is without a pronoun: زوجتـ is زوجة, قتلا is قتلى."""
    if stem.endswith("ت"):
        return stem[:-1] + _TEH
    return stem[:-1] + fold("ى") if stem.endswith("ا") else stem


def _ending(word: str, vowel: str, guess: bool) -> Count | None:
    """Read the ending of a folded word; ``vowel`` is the sign before ين where the text has one.

    ين is a plural where the singular takes the sound plural (مدنيين), a dual elsewhere (جنديين).
    """
    stem = word[:-2]
    if word.endswith(("تان", "تين")) and stem not in _PERSONS:
        return _TWO if _known(stem[:-1] + _TEH) or (guess and len(stem) > 3) else None
    if word.endswith("ان") and _person(stem, guess):
        return _TWO
    if word.endswith("ون") and _person(stem, guess):
        return _MORE
    if word.endswith("ين") and (_person(stem, guess) or (guess and vowel)):
        dual = vowel == _FATHA if vowel else stem in _BROKEN_NOUNS
        return _TWO if dual else _MORE
    if word.endswith("ات") and (_known(stem + _TEH) or _person(stem, guess)):
        return _MORE
    return _construct(word)


def _accusative(word: str, guess: bool) -> Count | None:
    """Read a noun with the ا of tanwin: جندياً, رجالاً."""
    noun = word.removesuffix("ا")
    if noun == word:
        return None
    return _FIXED.get(noun) or (_ONE if _known(noun) or _person(noun, guess) else None)


def _construct(word: str) -> Count | None:
    """Read a dual or plural that has lost its ن to what follows: مقاتلو, جثتي, طفليـ."""
    stem, ending = word[:-1], word[-1:]
    if ending not in ("ا", "و", "ي"):
        return None
    if stem.endswith("ت") and _known(stem[:-1] + _TEH):
        return _TWO
    if stem in _BROKEN_NOUNS:
        return _MORE if ending == "و" else _TWO
    return _MORE if ending != "ا" and stem in _SOUND_NOUNS else None


def _own(word: str, guess: bool) -> tuple[bool, Count | None]:
    """Read a noun with a pronoun on it: مقتلهم, طفليه (two), ابنه (one), أطفاله (more)."""
    for pronoun, theirs in _PRONOUNS.items():
        bare = word.removesuffix(pronoun)
        if bare == word or len(bare) < 2:
            continue
        for noun in (bare, _unbound(bare)):
            if noun in _FIXED:
                return True, _FIXED[noun] or theirs
            if noun in _PERSONS or (_known(noun) and noun != bare):
                return True, _ONE
        if count := _construct(bare):
            return True, count
        if bare.endswith(("و", "ي")) and _person(bare[:-1], guess):  # مرافقيه
            return True, _MORE
    return False, None


def _read_form(word: str, vowel: str, tanwin: bool, guess: bool) -> tuple[bool, Count | None]:
    """Read a folded word without proclitics: whether it is known at all, and what it says."""
    if word in _FIXED:
        return True, _FIXED[word]
    if _known(word):
        return True, _ONE
    if count := _accusative(word, guess and tanwin) or _ending(word, vowel, guess):
        return True, count
    return _own(word, guess)


def _forms(word: str) -> Iterator[str]:
    """Yield a folded word, then what is left of it without proclitics, if that may be a word."""
    yield word
    for proclitic in _PROCLITICS[1:]:
        if word.startswith(proclitic) and len(word) - len(proclitic) > 2:
            yield word[len(proclitic) :]


def read_noun(word: str) -> Count | None:
    """Return what a noun for people or for the dead and injured says of their number by its form.

    None where it says nothing: an act (مقتل, إصابة), or no such noun. Of several words the first
    counts.

    >>> read_noun("قتيلين"), read_noun("امرأة")
    (Count(minimum=2, maximum=2), Count(minimum=1, maximum=1))
    >>> read_noun("والجرحى"), read_noun("مقتل")
    (Count(minimum=2, maximum=None), None)
    """
    words = re.findall(f"[{LETTERS}{MARKS}{TATWEEL}]+", _FORMAT.sub("", word))
    if not words:
        return None
    if any(fold(other) in _SELF for other in words):
        return _TWO
    raw = words[0].replace(TATWEEL, "")
    vowelled = _VOWELLED.search(raw)
    vowel = vowelled.group(1) if vowelled else ""
    for guess, form in product((False, True), _forms(fold(raw))):
        known, count = _read_form(form, vowel, _TANWIN in raw, guess)
        if known:
            return count
    return None
