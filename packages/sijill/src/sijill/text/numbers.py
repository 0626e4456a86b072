"""Numbers of people in Arabic words and digits: what a phrase such as ما لا يقل عن ستة comes to.

`read_count` reads a COUNT phrase, `find_counts` finds the counts of a whole text, `read_noun` says
what a noun's own form tells: قتيلان are two, قتلى at least two. The values are those of the
annotation scheme (corpus/scheme.md, section Values).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from sijill.text.calendars import MONTHS
from sijill.text.nouns import Count, count_of_person, dual_of_person, read_noun
from sijill.text.numerals import (
    AND,
    FORMAT,
    ORDINALS,
    Number,
    Token,
    fold_words,
    read_number,
    tokenize,
    with_proclitics,
)
from sijill.text.orthography import LETTERS, fold, fold_letters

__all__ = [
    "Count",
    "FoundCount",
    "Limit",
    "find_counts",
    "is_part_of_total",
    "limits_after",
    "limits_before",
    "read_count",
    "read_noun",
]

LONGEST_PHRASE = 400
"""Characters of a phrase that `read_count` reads; the longest number below a milliard has 120."""
_CONTEXT = 100  # characters before and after a count in which a limit may stand


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
        return Count(number, number, approximate=True)

    def negated(self) -> Limit:
        """Return what لا before it makes of this limit: أقل is less than, لا يقل at least."""
        return {Limit.MORE_THAN: Limit.AT_MOST, Limit.LESS_THAN: Limit.AT_LEAST}.get(self, self)


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A count in a text: ``text[start:end]`` are its words, the limit before the number among them.

    ``part`` says that it is part of a total said before (بينهم 3 أطفال) and must not be added to it.
    """

    start: int
    end: int
    count: Count
    part: bool = False


# --- tables: words as the press spells them, folded when the module is loaded --------------------

_SEVERAL = """
    عدد عددا أعداد أعدادا عدة عديد عديدة عديدون بضع بضعة كثير كثيرة كثيرون كثيرين بعض مجموعة مجموعات
    جمع حفنة ثلة نفر متعددون
"""
# On top: بضعة عشر, بضعة وعشرون
_A_FEW_MORE = with_proclitics(dict.fromkeys(fold_words("بضع بضعة"), (3, 9)))

# Before a number; لا, لم or ليس before them turns them round.
_LIMIT_WORDS = {
    Limit.MORE_THAN: """
        أكثر أكتر أزيد أكبر يزيد تزيد زاد زادت يزيدون يفوق تفوق يفوقون فاق فاقت فوق يتجاوز تتجاوز تجاوز
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
_NEGATIONS = with_proclitics(dict.fromkeys(fold_words("لا لم لن ليس ليست ليسوا مالا"), True))
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
        "أو يزيدون",
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
_SHARE = re.compile("(?:ال)?(?:نصف|ثلث|ربع|معظم|جل)(?:هم|ها|هن|هما)?")  # of a whole not said here
_REACH = 3  # words after a count within which such a phrase has to begin
_REACH_BEFORE = 5  # words before a number within which a limit stands: تجاوز عدد القتلى الأربعين

_BETWEEN = with_proclitics({fold("بين"): True})
_OF = fold("من")
_ODD = fold("نيف")
_WHAT = with_proclitics({fold("ما"): True})
_OR = fold("أو")
_UNTIL = fold("إلى")
_TO = {*fold_words("إلى حتى أو"), *"-–—−~"}
_BETWEEN_LIMIT_AND_NUMBER = set(fold_words("من عن على عدد عددهم عددها عددهن ال"))
# Without one of these behind it such a word is no limit: حافلة تقل عشرة, أكبر عشر مدن.
_PREPOSITIONS = set(fold_words("من عن على عدد عددهم عددها عددهن"))
_WANTS_PREPOSITION = (
    with_proclitics(
        dict.fromkeys(
            fold_words(
                "أكثر أكتر أزيد أكبر أقل يزيد تزيد زاد زادت يزيدون يقل تقل يقلون يربو تربو يربون"
            ),
            True,
        )
    ).keys()
    - with_proclitics(dict.fromkeys(fold_words("الأقل الأكثر"), True)).keys()
)
_NUMBER_OF = set(fold_words("عدد حصيلة"))
_AT = set(fold_words("على في"))
_LEAST = set(fold_words("الأقل الأكثر"))

_LIMITS = with_proclitics(
    {word: limit for limit, words in _LIMIT_WORDS.items() for word in fold_words(words)}
)
_GLUED = re.compile("[وفب]?(?:ما)?(?:لا|لم)(?=...)")  # لايقل, مالايقل
_PHRASES: dict[str, list[tuple[list[str], Limit]]] = {}
for _limit, _phrases in _LIMIT_PHRASES.items():
    for _phrase in map(fold_words, _phrases):
        _PHRASES.setdefault(_phrase[0], []).append((_phrase, _limit))
_VAGUE = with_proclitics(dict.fromkeys(fold_words(_SEVERAL), Count(2, None)))
_ONE_MORE = with_proclitics(dict.fromkeys(ORDINALS, Count(1, 1)))
_PART = re.compile(r"\b[وف]?(?:(?:بين|ضمن)(?:هم|ها|هن|هما)|منهم|منها|منهن|فيهم)\b")
_BEFORE_PART = 25
"""Characters before a count in which a word such as بينهم makes it part of a total."""


# --- limits and ranges ---------------------------------------------------------------------------


def _word(tokens: Sequence[Token], index: int) -> str:
    """Return the word at a place, or an empty string."""
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _phrase_limit(words: Sequence[str], reach: int | None = None) -> Limit | None:
    """Find a fixed phrase such as على الأقل that begins within the first ``reach`` words."""
    for start, word in enumerate(words[:reach]):
        for phrase, limit in _PHRASES.get(word, ()):
            if words[start : start + len(phrase)] == phrase:
                return limit
    return None


@lru_cache(maxsize=1 << 12)
def _limit_of(word: str) -> Limit | None:
    """Return the limit that a folded word sets; one with its negation glued on is turned round."""
    if entry := _LIMITS.get(word):
        return entry[1]
    if bare := _GLUED.match(word):
        entry = _LIMITS.get(word[bare.end() :])
        return entry[1].negated() if entry and not entry[0] else None
    return None


def _word_limit(words: Sequence[str]) -> Limit | None:
    """Find the limit that words before a number set: أكثر من, ما لا يقل عن, لايتجاوز."""
    for index in range(len(words) - 1, -1, -1):
        limit = _limit_of(words[index])
        if limit is not None:
            turned = words[index] in _LIMITS and any(w in _NEGATIONS for w in words[:index])
            return limit.negated() if turned else limit
    return None


def _limit_start(tokens: Sequence[Token], start: int) -> tuple[int, bool] | None:
    """Return where the limit words before a number begin, and whether they stand right before it.

    Right before it: ما لا يقل عن 40. At some distance: تجاوز عدد القتلى 40.
    """
    if start < len(tokens) and tokens[start].joined:  # of more than 5 dead and 40 hurt
        few = tokens[start - 1].word if start else ""
        return (start - 1, True) if few in _A_FEW_MORE or few == _ODD else None
    adjacent = True
    for index in range(start - 1, max(start - 1 - _REACH_BEFORE, -1), -1):
        word = tokens[index].word
        if _limit_of(word):
            wanting = word in _WANTS_PREPOSITION and _word(tokens, index + 1) not in _PREPOSITIONS
            if wanting:
                return None
            if word in _LEAST and index and tokens[index - 1].word in _AT:
                return index - 1, adjacent
            while index and (
                tokens[index - 1].word in _NEGATIONS or tokens[index - 1].word in _WHAT
            ):
                index -= 1
            return index, adjacent
        if word in _A_FEW_MORE and index == start - 1:
            return index, True
        if word not in _BETWEEN_LIMIT_AND_NUMBER:
            if not index or tokens[index - 1].word not in _NUMBER_OF:
                return None
            adjacent = False
    return None


def _limit_behind(tokens: Sequence[Token], start: int = 0) -> Limit | None:
    """Find a phrase such as على الأقل that begins within three words of a token."""
    words: list[str] = []
    for token in tokens[start : start + _REACH + 3]:
        if token.numeral or not _IS_WORD(token.word):
            break
        words.append(token.spelled())
    return _phrase_limit(words, _REACH)


_IS_WORD = re.compile(f"[{LETTERS}]").match


@lru_cache(maxsize=1 << 12)
def limits_after(text: str) -> Limit | None:
    """Return the limit that the text right after a count sets on it, if any.

    It has to begin within three words, before any punctuation and any other number.

    >>> limits_after(" جنود على الأقل")
    <Limit.AT_LEAST: 'at least'>
    >>> limits_after("، على الأقل في نظره")
    """
    return _limit_behind(tokenize(FORMAT.sub("", text[:_CONTEXT])))


@lru_cache(maxsize=1 << 12)
def limits_before(text: str) -> Limit | None:
    """Return the limit that the text right before a count sets on it, if any.

    >>> limits_before("وقد تجاوز عدد القتلى ")
    <Limit.MORE_THAN: 'more than'>
    >>> limits_before("قتل أكثر من خمسة و")
    """
    tokens = tokenize(FORMAT.sub("", text[-_CONTEXT:]) + " 1")
    number = len(tokens) - 1
    found = None if tokens[number].joined else _limit_start(tokens, number)
    if found is None:
        return None
    words = [token.word for token in tokens[found[0] : number]]
    return _phrase_limit(words) or _word_limit(words)


def _split_range(tokens: Sequence[Token], start: int, end: int) -> tuple[Number, Number] | None:
    """Split what reads as one number after بين in two: بين خمسة وعشرين is no 25."""
    for index in range(start + 1, end):
        if tokens[index].joined:
            low, high = read_number(tokens[:index], start), read_number(tokens, index)
            if low and high and low.end == index and low.value < high.value:
                return low, high
    return None


def _range_end(tokens: Sequence[Token], number: Number, between: bool) -> Number | None:
    """Return the second number of a range: 5-7, من 5 إلى 7, بين 10 و15, ثلاثة أو أربعة."""
    index = number.end
    if index < len(tokens) and not tokens[index].numeral and tokens[index].word not in _TO:
        index += 1  # one noun may stand between: من 5 أشخاص إلى 7, not من 5 والإصابات إلى 7
        if tokens[index - 1].word.startswith(AND) and _word(tokens, index) == _UNTIL:
            return None
    if index >= len(tokens):
        return None
    if tokens[index].word in _TO:
        return read_number(tokens, index + 1)
    return read_number(tokens, index) if between and tokens[index].joined else None


def _read_range(
    tokens: Sequence[Token], start: int, number: Number, between: bool
) -> tuple[Count, int] | None:
    """Read a range from its first number, and say where it ends.

    A scale said once goes for both: خمسة أو ستة آلاف.
    """
    second = _range_end(tokens, number, between) if number.end < len(tokens) else None
    if second is None and between:
        number, second = _split_range(tokens, start, number.end) or (number, None)
    if second is None or second.vague or number.vague:
        return None
    first = number.value
    if number.scale == 1 and second.scale > 1 and first < second.value / second.scale:
        first *= second.scale
    low, high = sorted((int(first), int(second.value)))
    return Count(low, high), second.end


def _dual_or(tokens: Sequence[Token], index: int, number: Number) -> Count | None:
    """Read the dual of a person noun that أو joins to a greater number: رجلين أو ثلاثة."""
    if tokens[index + 1].word != _OR or number.value < 3 or number.vague:
        return None
    dual = dual_of_person(tokens[index].word) is not None
    return Count(2, int(number.value)) if dual else None


def _is_between(words: Sequence[str]) -> bool:
    """Say whether بين before a number begins a range; من بين 25 does not."""
    return any(word in _BETWEEN for word in words) and not (
        len(words) > 1 and words[-2] == _OF and words[-1] in _BETWEEN
    )


def _limited(number: Number, before: Sequence[str]) -> tuple[Count, bool]:
    """Return what a number comes to after the words before it, and whether it is still bare."""
    value = int(number.value)
    if number.vague:
        return Count(value, None), False
    if before and (more := _A_FEW_MORE.get(before[-1])):
        return Count(value + more[1][0], value + more[1][1]), False
    limit = before and (_phrase_limit(before) or _word_limit(before))
    return (limit.apply(value), False) if limit else (Count(value, value), True)


# --- one phrase ----------------------------------------------------------------------------------


class _Reading(NamedTuple):
    """What a phrase says by itself."""

    count: Count | None
    bare: bool = False  # a number on which the text around may set a limit
    limit: Limit | None = None  # that waits for the noun behind: أكثر من


def _read_words(text: str, tokens: Sequence[Token]) -> _Reading:
    """Read a count without a number: عدد من, عدة, قتيلان, or a limit on a noun, أكثر من شخص."""
    words = [token.word for token in tokens]
    limit = None
    if not any(token.numeral or _SHARE.fullmatch(token.word) for token in tokens):
        limit = _word_limit(words) or _phrase_limit(words)
    if limit:
        for word in words:
            if (noun := read_noun(word)) and noun.minimum is not None:
                return _Reading(limit.apply(noun.minimum))
    for table in (_VAGUE, _ONE_MORE):
        for word in words:
            if entry := table.get(word):
                return _Reading(entry[1], limit=limit)
    return _Reading(None if limit else read_noun(text), limit=limit)


@lru_cache(maxsize=1 << 16)
def _read_phrase(text: str) -> _Reading:
    text = FORMAT.sub("", text)
    tokens = tokenize(text)
    for start in range(len(tokens)):
        if number := read_number(tokens, start):
            break
    else:
        return _read_words(text, tokens)
    before = [token.word for token in tokens[:start]]
    if start > 1 and (count := _dual_or(tokens, start - 2, number)):
        return _Reading(count)
    if found := _read_range(tokens, start, number, _is_between(before)):
        return _Reading(found[0])
    count, bare = _limited(number, before)
    if bare and number.end < len(tokens):
        limit = _phrase_limit([token.spelled() for token in tokens[number.end :]])
        if limit:
            return _Reading(limit.apply(int(number.value)))
    return _Reading(count, bare)


def read_count(text: str, after: str = "", before: str = "") -> Count | None:
    """Return what a phrase that says how many comes to, or None where it says nothing of that.

    ``after`` is the text that follows: a limit may stand behind the noun, as in 3 جنود على الأقل;
    ``before`` the text that leads to it: تجاوز عدد القتلى 40. Of a longer phrase the first
    `LONGEST_PHRASE` characters are read. Never raises.

    >>> read_count("ما لا يقل عن ستة")
    Count(minimum=6, maximum=None)
    >>> read_count("٢٣ ألفاً"), read_count("عشرات")
    (Count(minimum=23000, maximum=23000), Count(minimum=20, maximum=None))
    >>> read_count("3", after=" جنود على الأقل")
    Count(minimum=3, maximum=None)
    """
    count, bare, limit = _read_phrase(text[:LONGEST_PHRASE])
    if bare:
        limit = (after and limits_after(after[:_CONTEXT])) or (
            before and limits_before(before[-_CONTEXT:])
        )
        return limit.apply(count.minimum) if limit and count else count
    if limit and (words := after[:_CONTEXT].split()):
        noun = read_noun(words[0])
        if noun and noun.minimum is not None:
            return limit.apply(noun.minimum)
    return count


# --- a whole text --------------------------------------------------------------------------------
# What is counted is people and things. Left out are, by the words beside a number: dates, times and
# ages, measures and money, percentages, names and labels with a number in them, ordinals; by its
# form: dates and codes with / : - or a leading 0, years, list numbers, decimals.

_CLOCK = "صباحا مساء ظهرا فجرا عصرا ليلا"
_UNITS = """
    ثانية ثوان ثواني دقيقة دقائق دقيقتين ساعة ساعات ساعتين يوم يوما أيام أياما ليلة ليال ليالي أسبوع
    أسبوعا أسابيع شهر شهرا أشهر شهور عام عاما أعوام سنة سنوات سنين سنينا ربيعا عقد عقدا عقود قرن قرنا
    قرون مرة مرات درجة درجات هجري هجرية ميلادي ميلادية
    متر مترا أمتار كيلومتر كيلومترا كيلومترات كيلو كيلوغرام كيلوغراما كيلوغرامات غرام غراما كغ كلغ كم
    كلم ملم سم ميل ميلا أميال هكتار هكتارا هكتارات دونم دونما دونمات طن طنا أطنان لتر ليتر لترا برميل
    برميلا براميل ميغاواط واط عيار
    دولار دولارا دولارات سنت سنتا ليرة ليرات دينار دينارا دنانير ريال ريالا ريالات جنيه جنيها جنيهات
    درهم درهما دراهم يورو شيكل شيكلا شواكل تومان
"""
_LABELS = """
    رقم الرقم اللواء لواء الفرقة فرقة الفوج فوج الكتيبة كتيبة المادة مادة الفقرة فقرة البند بند القرار
    قرار الطريق طريق قناة القناة القرن الذكرى العمر عمره عمرها بعمر الصفحة هاتف الهاتف تلفون جوال
    شارع الشارع ثورة مجموعة فرانس طراز نوع تي ميغ سو سوخوي إف
"""
_MEASURES = with_proclitics(dict.fromkeys(fold_words(_UNITS), True))
_DATES = with_proclitics(dict.fromkeys([name.split()[0] for name in MONTHS], True))
_TIMES = set(fold_words(_CLOCK))
_BEFORE_LABEL = _MEASURES | {
    and_ + word: ("", True) for word in fold_words(_LABELS) for and_ in ("", "و", "ف")
}
_BOMBS = set(fold_words("متفجرة ناسفة"))  # 4 براميل متفجرة
_HOURS = 24
_ORDINAL_WORDS = with_proclitics(dict.fromkeys([*ORDINALS, *fold_words("حادي حادية")], True))
_AGE = set(fold_words("عمره عمرها عمرهم العمر"))
_IN = fold("في")
_THE = fold("ال")
_HUNDRED_OF = {
    fold(start + hundred) for start in ("ال", "بال") for hundred in ("مئة", "مائة", "مية")
}
# Number words that are something else as often: أحد (one of), ميتين (dead), صفر (the month).
_DOUBTFUL = set(fold_words("أحد إحدى ميتين ميتان صفر"))
_MONDAY = set(fold_words("الاثنين"))
# From this number to that one is no range: ارتفع عدد القتلى من 5 إلى 7.
_RISES = with_proclitics(
    dict.fromkeys(fold_words("ارتفع ارتفعت ارتفاع يرتفع ترتفع زاد زادت انخفض انخفضت تراجع"), True)
)
_ONE_WORDS = set(fold_words("واحد واحدة واحدا"))
_BARE_SEVERAL = set(fold_words("عدة بضع بضعة"))
_NO_QUANTITY = set(fold_words("بعض متعددون"))
_THE_NUMBER = re.compile("[وفبلك]{0,2}(?:ال|لل)(?:عدد|اعداد|مجموع)")  # العدد, للأعداد: no quantity
_CODE = re.compile(
    r"(?=[\d+%٪(\[ \t])(?:"  # what no code begins with is passed over at once
    r"(?<!\d)\d{1,4}(?:[/:\-–]\d{1,4}){2,}"  # 2015-07-25, 10:30:15
    r"|(?<!\d)\d{1,4}[/:]\d{1,4}(?!\d)"  # 7/10, 10:30
    r"|(?<!\d)\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)"
    r"|\+\d{1,4}(?:[ \-]?\d{2,4}){2,5}"
    r"|(?<![\d.,\u066b\u066c،])[0٠۰]\d{4,14}(?!\d)"
    r"|(?<=[A-Za-z#@_])\d{1,15}"  # F16
    r"|(?<=\w[\-–])\d{1,15}"  # T-72, إف-16
    r"|\d{1,15}(?:[.,]\d{1,9})?[ ]?[%٪]"
    r"|(?<=[%٪])[ ]?\d{1,15}(?:[.,]\d{1,9})?"
    r"|(?<![^\n])[ \t]{0,9}[(\[]?\d{1,3}[.)\]\-–](?=\s))"  # a list number
)
_YEARS = (range(1900, 2100), range(1300, 1460))  # the second of the Hijra


class _Stretch(NamedTuple):
    """Tokens that hold a number; no count where it counts neither people nor things."""

    start: int
    end: int
    count: Count | None


def _measures(tokens: Sequence[Token], number: Number) -> bool:
    """Say whether a unit, a month, an hour, an age or a percentage follows a number."""
    word, second = _word(tokens, number.end), _word(tokens, number.end + 1)
    return (
        (word in _MEASURES and second not in _BOMBS)
        or word in _DATES
        or (word in _TIMES and not number.vague and number.value <= _HOURS)
        or (word in _HUNDRED_OF and word.startswith("ب"))
        or (word == _IN and second in _HUNDRED_OF)
        or (word == _OF and (second in _AGE or second in _DATES))
    )


def _is_label(tokens: Sequence[Token], start: int, number: Number) -> bool:
    """Say whether a number names a thing, or a year, and no person noun follows it."""
    token = tokens[start]
    digits = token.numeral.kind == "digits" and number.end == start + 1
    year = digits and len(token.word) == 4 and any(number.value in years for years in _YEARS)
    named = digits or token.proclitic.endswith("ال")  # اللواء 80, القرن العشرين
    before = _word(tokens, start - 1)
    if before == _THE:  # الذكرى الـ 25
        before = _word(tokens, start - 2)
    if not year and not (named and before in _BEFORE_LABEL):
        return False
    after = _word(tokens, number.end)
    # In اللواء 52 والفرقة 17 the noun behind و is not what is counted.
    return after.startswith(AND) or count_of_person(after) is None


def _is_other_word(tokens: Sequence[Token], start: int, number: Number) -> bool:
    """Say whether a number word stands for something else: الثالث عشر, أحد المسلحين, في المئة."""
    token, before = tokens[start], _word(tokens, start - 1)
    if before in _ORDINAL_WORDS and token.numeral.kind in ("ten", "tens"):
        return True
    if number.end > start + 1 or token.numeral.kind == "digits":
        return False
    bare = token.word[len(token.proclitic) :]
    if bare in _ONE_WORDS:  # جريح واحد, but not في وقت واحد
        return count_of_person(before) != Count(1, 1)
    return (
        bare in _DOUBTFUL
        or token.word in _MONDAY
        or (token.word in _HUNDRED_OF and (before == _IN or token.word.startswith("ب")))
    )


def _counts_nothing(tokens: Sequence[Token], start: int, number: Number) -> bool:
    """Say whether a number is none of people or things."""
    if _measures(tokens, number) or _is_label(tokens, start, number):
        return True
    link = number.end < len(tokens) and tokens[number.end].word in _TO
    if link or (number.end < len(tokens) and tokens[number.end].joined):  # 3 و9 أيار
        second = read_number(tokens, number.end + link)
        if second and _measures(tokens, second):
            return True
    return _is_other_word(tokens, start, number)


def _number_at(tokens: Sequence[Token], index: int) -> _Stretch | None:
    """Read the number that begins at a token, with the words before that limit it."""
    number = read_number(tokens, index)
    if number is None:
        return None
    first, before = index, _word(tokens, index - 1)
    between = before in _BETWEEN and _word(tokens, index - 2) != _OF
    count, end = _read_range(tokens, index, number, between) or (None, number.end)
    if before == _OF and any(token.word in _RISES for token in tokens[max(0, index - 8) : index]):
        count, end = None, number.end
    if _counts_nothing(tokens, index, number):
        return _Stretch(first, end, None)
    if count:
        if between or before == _OF:
            first = index - 1 - (_word(tokens, index - 2) in _WHAT)
        return _Stretch(first, end, count)
    limited = _limit_start(tokens, index)
    start, adjacent = limited or (index, True)
    count, bare = _limited(number, [token.word for token in tokens[start:index]])
    if bare and (limit := _limit_behind(tokens, end)):
        count = limit.apply(int(number.value))
    return _Stretch(start if adjacent else index, end, count)


def _several_at(tokens: Sequence[Token], index: int) -> _Stretch | None:
    """Read عدد من, عدد كبير من, عدة, بضعة; عدد القتلى is no count."""
    word = tokens[index].word
    proclitic, count = _VAGUE[word]
    bare = word[len(proclitic) :]
    if bare in _BARE_SEVERAL:
        number = read_number(tokens, index + 1)
        beside = (_word(tokens, index - 1), _word(tokens, index + 1))
        if number or any(word in _MEASURES for word in beside):
            return None
        return _Stretch(index, index + 1, count)
    if bare not in _NO_QUANTITY and not _THE_NUMBER.fullmatch(word):
        between = _word(tokens, index + 1)
        if between == _OF:
            return _Stretch(index, index + 2, count)
        if _word(tokens, index + 2) == _OF and _IS_WORD(between) and not between.startswith("ال"):
            return _Stretch(index, index + 3, count)
    return None


def _dual_at(tokens: Sequence[Token], index: int) -> _Stretch | None:
    """Read the dual of a person noun: جنديين, جنديين اثنين; not خمسة شرطيين, شابين تركيين."""
    before = tokens[index - 1] if index else Token("")
    proclitic = dual_of_person(tokens[index].word)
    if (
        proclitic is None
        or before.numeral
        or (not proclitic and before.word.endswith(("ان", "ين")))
    ):
        return None
    number = read_number(tokens, index + 2)
    if number and (count := _dual_or(tokens, index, number)):
        return _Stretch(index, number.end, count)
    number = read_number(tokens, index + 1)
    again = number is not None and number.value == 2 and not tokens[index + 1].joined
    return _Stretch(index, number.end if number and again else index + 1, Count(2, 2))


def _stretch_at(tokens: Sequence[Token], index: int) -> _Stretch | None:
    """Read whatever count begins at a token."""
    token = tokens[index]
    if token.numeral:
        return _number_at(tokens, index)
    if token.word in _VAGUE:
        return _several_at(tokens, index)
    return _dual_at(tokens, index) if token.word.endswith(("ان", "ين")) else None


# Words that a count may begin with, a number or a noun apart, and the proclitics on them.
_OPENING: dict[str, tuple[str, object]] = {
    **_NEGATIONS,
    **_WHAT,
    **_BETWEEN,
    **_A_FEW_MORE,
    **_LIMITS,
    **_VAGUE,
}


def _start_of(token: Token, text: str) -> int:
    """Return where a token begins without the و ف ب ل ك before it; the article stays with it."""
    if token.numeral:
        proclitics = token.proclitic
    else:
        entry = _OPENING.get(token.word)
        proclitics = entry[0] if entry else dual_of_person(token.word) or ""
    count = len(proclitics.removesuffix("ال"))
    if not count:
        return token.start
    _, places = fold_letters(text[token.start : token.end])
    return token.start + places[count]


def is_part_of_total(before: str) -> bool:
    """Say whether the words before a count make it part of a total said before: بينهم 3 أطفال.

    >>> is_part_of_total("قتل عشرة بينهم "), is_part_of_total("قتل عشرة بينهم طفل. وجرح ")
    (True, False)
    """
    return bool(_PART.search(re.split(r"[.\n]", before[-_BEFORE_PART:])[-1]))


def find_counts(text: str) -> list[FoundCount]:
    """Find the counts of people and things in a text, in the order of the text.

    Numbers in digits and words, orders of magnitude (عشرات), indefinite quantities (عدد من, عدة) and
    the duals of nouns for people (جنديين); each with the words before it that limit it, and read
    as `read_count` reads it between ``after`` and ``before``. Dates, times, ages, measures, money,
    percentages, ordinals, labels, codes and list numbers are left out as far as the words and
    signs beside them tell. Takes time in proportion to the length of the text. Never raises.

    >>> text = "مقتل أكثر من 20 مدنياً بينهم خمسة أطفال في 7 أكتوبر"
    >>> for found in find_counts(text):
    ...     print(text[found.start : found.end], found.count, found.part)
    أكثر من 20 Count(minimum=21, maximum=None) False
    خمسة Count(minimum=5, maximum=5) True
    """
    plain, places = _without_formats(text)
    tokens = tokenize(_CODE.sub(lambda match: "·" * len(match[0]), plain))
    any_part = _PART.search(plain) is not None
    found: list[FoundCount] = []
    index = 0
    while index < len(tokens):
        stretch = _stretch_at(tokens, index)
        if stretch is None:
            index += 1
            continue
        index = stretch.end
        if stretch.count:
            start = _start_of(tokens[stretch.start], plain)
            end = tokens[stretch.end - 1].end
            part = any_part and is_part_of_total(plain[max(0, start - _BEFORE_PART) : start])
            found.append(FoundCount(places[start], places[end - 1] + 1, stretch.count, part))
    return found


def _without_formats(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without format marks, and where each character of it stands in the text."""
    if not FORMAT.search(text):
        return text, range(len(text))
    places = [place for place, character in enumerate(text) if not FORMAT.match(character)]
    return "".join([text[place] for place in places]), places
