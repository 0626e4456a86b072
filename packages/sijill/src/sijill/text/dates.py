"""Dates in Arabic news: the days that a phrase such as مساء السبت comes to, counted from the day of publication.

`read_date` reads one DATE phrase, `read_dates` an article's phrases in their order, so that في اليوم التالي finds the
day before it. The values are those of the annotation scheme (corpus/scheme.md, sections Values and Settled questions):
the time of day is left out, a weekday is the last one before or on the day of publication, a week runs from Sunday
to Saturday, مطلع is the first third.

A phrase is folded, cut into words, and each word or set phrase looked up in one table. What the words say is gathered
in a frame with one place for each thing (day, weekday, month, year …), whatever their order; the frame is then put on
the calendar, the coarse before the fine. A range is two frames, the first of which takes from the second what it
leaves out (3 و9 أيار).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Any, TypeVar

from sijill.text.calendars import (
    FEASTS,
    GREGORIAN,
    HIJRI,
    HIJRI_YEARS,
    MONTHS,
    ONE_DAY,
    SEASONS,
    WEEKDAYS,
    DateInterval,
    day_in,
    days_from,
    month_index,
    month_of,
    months_from,
    named_months,
    nearest_weekday,
    same_day,
    share_of,
    third,
    week_of,
    years_from,
)
from sijill.text.numbers import read_count
from sijill.text.orthography import LETTERS, fold

T = TypeVar("T")
_SUNDAY = 6


# --- tables: words as the press spells them, folded when the module is loaded --------------------

# Set phrases, by their days from the day of publication.
_REFERENCES = {
    0: "اليوم،الليلة،الآن،قبل قليل،منذ قليل",
    -1: "أمس،الأمس،البارحة،بارحة،البارح،مبارح",
    -2: "أول أمس،أول من أمس،أمس الأول،أول البارحة،قبل أمس،الليلة قبل الماضية،الليلة ما قبل الماضية",
    1: "غدا،غد،الغد",
    2: "بعد غد،بعد الغد،بعد غدا",
}
# One; with the article; two; many. What has the article in the singular only: اليوم is today.
_UNITS = {
    "minute": ("دقيقة لحظة", "الدقيقة اللحظة", "دقيقتين دقيقتان", "دقائق لحظات"),
    "hour": ("ساعة", "الساعة", "ساعتين ساعتان", "ساعات"),
    "day": ("يوم يوما", "", "يومين يومان يومي", "أيام أياما"),
    "week": ("أسبوع أسبوعا", "الأسبوع", "أسبوعين أسبوعان", "أسابيع"),
    "month": ("شهر شهرا", "الشهر", "شهرين شهران شهري", "أشهر شهور"),
    "year": (
        "عام عاما سنة",
        "العام السنة",
        "عامين عامان عامي سنتين سنتان سنتي",
        "أعوام سنوات سنين",
    ),
    "decade": ("عقد عقدا", "العقد", "عقدين عقدان", "عقود"),
    "century": ("قرن قرنا", "القرن", "قرنين قرنان", "قرون"),
}
_FORMS = ("one", "definite", "two", "many")
_MODIFIERS = {  # after the noun
    "past": """الماضي الماضية الماضيين الماضيتين الماض ماضية الفائت الفائتة الفائتين المنصرم المنصرمة المنصرمين
        المنقضي المنقضية الفارط الفارطة الفارطين السالف""",
    "past but one": "قبل،الماضي قبل،الماضية قبل،الفائت قبل،الأخير",
    "next but one": "بعد،المقبل بعد،القادم بعد،المقبلة بعد،القادمة",
    "last": "الأخير الأخيرة الأخيرين الأخيرتين الأواخر",
    "next": "المقبل المقبلة المقبلين المقبلتين القادم القادمة القادمين القادمتين الآتي الآتية مقبل قادم",
    "this": "الجاري الجارية الحالي الحالية الراهن",
    "same": "نفسه نفسها ذاته ذاتها عينه عينها المذكور",
    "after": "التالي التالية الموالي الموالية اللاحق يليه تلاه",
    "before": "السابق السابقة سبقه",
}
_POINTERS = {"this": "هذا هذه هذين", "same": "نفس ذات ذلك تلك"}  # before the noun
_PARTS = {
    0: "مطلع،مستهل،بداية،بدايات،أوائل،العشر الأوائل",
    1: "منتصف،وسط،أواسط،العشر الأواسط",
    2: "أواخر،نهاية،نهايات،ختام،آخر،متم،العشر الأواخر",
}
_LAST_PART = 2
_SHARES = {2: "نصف سداسي", 3: "ثلث", 4: "ربع ثلاثي"}  # the longer words in the Maghreb
_FIRST_DAY = "غرة فاتح"  # in the Maghreb
_TIMES_OF_DAY = """
    فجر فجرا صباح صباحا صبيحة ضحى ظهر ظهرا ظهيرة عصر عصرا مساء أمسية عشية مغرب عشاء ليل ليلا ليلة نهار نهارا غروب
    سحر إفطار سحور
"""
_AROUND = "بعد،قبل،قبيل،منتصف،بعد منتصف،قبل منتصف،قبيل منتصف،بعد صلاة،قبل صلاة،أول ضوء ل"
_RANKS = "أول،ثاني ثان،ثالث،رابع،خامس،سادس،سابع،ثامن،تاسع،عاشر"
_HOURS = "ثانية ثالثة رابعة خامسة سادسة سابعة ثامنة تاسعة عاشرة حادية واحدة"
_DECADES = "عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين"
_AGO = "قبل منذ مضى مضت قبيل"
_LATER = "بعد عقب"
_OWN = ("ها", "ه")  # قبلها, بعده: counted from what was told last
_TO = "إلى،حتى،أو،لغاية،إلى غاية،حتى غاية،غلى"
_OF_IT = "منه منها"
_THAT_DAY = "يومئذ يومها يومذاك"
_PERIOD = "الفترة فترة المدة"
_ABOUT = "نحو حوالي قرابة زهاء تقريبا"
_OPEN = "أكثر أقل أزيد فوق دون كل"  # so many days or more: which one, is not said
_ERA = "هـ هجري هجرية"
_NOISE = """
    من في على ل ب ال بين ما ان الموافق المصادف ميلادي ميلادية م المبارك الحرام المكرم المعظم وقت لاحق مبكر
    مبكرة متأخر متأخرة باكر تاريخ صلاة أذان آذان ضوء عند الذي
"""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: Any = None
    joined: bool = False  # و before it


def _with_article(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield word
        yield "ال" + word


def _lexicon() -> dict[str, _Token]:
    """Build the one table of words and set phrases from those above."""
    table: dict[str, _Token] = {}

    def add(kind: str, value: object, words: Iterable[str]) -> None:
        for word in words:
            table.setdefault(fold(word), _Token(kind, value))

    for days, phrases in _REFERENCES.items():
        add("reference", days, phrases.split("،"))
    names = (("feast", FEASTS), ("name", MONTHS), ("weekday", WEEKDAYS), ("season", SEASONS))
    for kind, named in names:
        for name, value in named.items():
            add(kind, value, [name])
    times = list(_with_article(_TIMES_OF_DAY.split()))
    add("time", True, times)
    add("time", True, map(" ".join, product(_AROUND.split("،"), times)))
    for unit, forms in _UNITS.items():
        for words, form in zip(forms, _FORMS, strict=True):
            own = words.split() if form in ("one", "definite") else _with_article(words.split())
            add("unit", (unit, form), own)
    for part, phrases in _PARTS.items():
        add("part", part, phrases.split("،"))
    for kind, rows in (("modifier", _MODIFIERS), ("pointer", _POINTERS)):
        for value, words in rows.items():
            add(kind, value, (word.replace("،", " ") for word in words.split()))
    for parts, words in _SHARES.items():
        add("share", parts, _with_article(words.split()))
    add("rank", 1, _FIRST_DAY.split())
    for rank, words in enumerate(_RANKS.split("،"), 1):
        add("rank", rank, _with_article(words.split()))
    add("rank", 1, _with_article(["حادي"]))
    add("number", 1, _with_article(["واحد", "واحدا"]))  # or it would be و and أحد
    add("first", None, _with_article(["أولى"]))
    add("clock", None, _with_article(_HOURS.split()))
    for number, stem in enumerate(_DECADES.split(), 2):
        add("decade", 10 * number, _with_article([stem + "يات", stem[:-2] + "ينات"]))
    for sign, words in ((-1, _AGO), (1, _LATER)):
        add("direction", (sign, False), words.split())
        add("direction", (sign, True), map("".join, product(words.split(), _OWN)))
    add("period", True, _PERIOD.split())
    add("to", None, _TO.split("،"))
    for kind, words in (
        ("of_it", _OF_IT),
        ("that_day", _THAT_DAY),
        ("about", _ABOUT),
        ("open", _OPEN),
        ("era", _ERA),
        ("noise", _NOISE),
    ):
        add(kind, None, words.split())
    return table


_LEXICON = _lexicon()
_LONGEST: dict[str, int] = {}  # words in the longest phrase that begins with a word
for _phrase in _LEXICON:
    _words = _phrase.split()
    _LONGEST[_words[0]] = max(_LONGEST.get(_words[0], 1), len(_words))

# --- words ---------------------------------------------------------------------------------------

_MOST_LETTERS = 200  # a date is shorter; no time goes into what comes after
_PIECE = re.compile(
    r"(?P<date>(?<!\d)\d{1,4} ?([-/.\\]) ?\d{1,2} ?\2 ?\d{1,4}(?!\d))"
    r"|(?P<pair>(?<!\d)\d{1,4} ?[-/–] ?\d{1,4}(?!\d))"
    r"|(?P<clock>\d{1,2}[:.]\d\d(?!\d))"
    r"|(?P<number>\d+)"
    rf"|(?P<word>[{LETTERS}]+)"
    r"|(?P<to>[-–—−~])"
)
_AND = fold("و")
_PREFIXES = ("", "و", "ب", "ل", "ك", "ف", "وب", "ول", "فب")
_MONTHS_IN_YEAR = 12
_MOST_DAYS = 31
_FIRST_YEAR = 1000  # what is less is no year without عام before it


@lru_cache(maxsize=4096)
def _spelled(word: str) -> int | None:
    """Return the number that a word is, if it is exact."""
    count = read_count(word)
    return count.minimum if count and count.minimum == count.maximum else None


def _mutations(word: str) -> Iterator[str]:
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


# Names with a letter dropped, to find those with a letter too few, too many or wrong (الاثثين).
_MISSPELLED = {
    mutation: token
    for name, token in _LEXICON.items()
    if token.kind in ("name", "weekday") and len(name) > 3 and " " not in name
    for mutation in _mutations(name)
    if len(mutation) > 3
}


@lru_cache(maxsize=4096)
def _misspelled(word: str) -> _Token | None:
    if len(word) < 4:
        return None
    return next((_MISSPELLED[form] for form in _mutations(word) if form in _MISSPELLED), None)


def _bare_forms(word: str) -> Iterator[tuple[str, bool]]:
    """Yield a word without the proclitics it may have, and whether و is among them."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix):
            yield word[len(prefix) :], prefix.startswith(_AND)
    for prefix in ("لل", "ولل"):
        if word.startswith(prefix):
            yield "ال" + word[len(prefix) :], prefix.startswith(_AND)


def _look_up(words: Sequence[str]) -> tuple[_Token, int]:
    """Return the token that the first of these words begin, and how many they are."""
    forms = list(_bare_forms(words[0]))
    for bare, joined in forms:
        for length in range(min(_LONGEST.get(bare, 0), len(words)), 0, -1):
            if token := _LEXICON.get(" ".join([bare, *words[1:length]])):
                return replace(token, joined=joined), length
    for bare, joined in reversed(forms):
        if (number := _spelled(bare)) is not None:
            return _Token("number", number, joined), 1
    return _misspelled(words[0]) or _Token("unknown"), 1


def _year_month_day(first: int, month: int, last: int, long: bool) -> tuple[int, int, int]:
    """Put the parts of a date in digits in order; the day stands before the month."""
    year, day = (first, last) if long else (last, first)
    if month > _MONTHS_IN_YEAR >= day:
        month, day = day, month
    if year < 100:
        year += 2000 if year < 70 else 1900
    return year, month, day


def _read_pair(text: str) -> list[_Token]:
    """Read two numbers with a sign between: 2016-2020, 10/2016, 2016-10, 5-7, or 5/6, which the next word decides."""
    first, second = (int(part) for part in re.findall(r"\d+", text))
    if first >= _FIRST_YEAR > second and "-" in text and 1 <= second <= _MONTHS_IN_YEAR:
        return [_Token("digits", first), _Token("name", (GREGORIAN, second))]
    if second >= _FIRST_YEAR > first and 1 <= first <= _MONTHS_IN_YEAR:
        return [_Token("name", (GREGORIAN, first)), _Token("digits", second)]
    if first >= _FIRST_YEAR > second:
        second += first // 100 * 100
    return [
        _Token("digits", first),
        _Token("slash" if "/" in text or second < first <= _MOST_DAYS else "to"),
        _Token("digits", second),
    ]


def _piece_tokens(match: re.Match[str]) -> list[_Token]:
    kind, text = match.lastgroup, match.group()
    if kind == "date":
        first, month, last = re.findall(r"\d+", text)
        if len(first) == len(last) == 4:
            return [_Token("unknown")]
        return [_Token("date", _year_month_day(int(first), int(month), int(last), len(first) > 2))]
    if kind == "pair":
        return _read_pair(text)
    if kind == "number":
        return [_Token("digits", int(text)) if len(text) <= 4 else _Token("unknown")]
    return [_Token(str(kind))]


def _tokenize(text: str) -> list[_Token]:
    """Cut a phrase into what its words say; numbers of several words become one."""
    pieces = list(_PIECE.finditer(fold(text[:_MOST_LETTERS])))
    tokens: list[_Token] = []
    index, joined = 0, False
    while index < len(pieces):
        if pieces[index].lastgroup != "word":
            found, length = _piece_tokens(pieces[index]), 1
        elif pieces[index].group() == _AND:
            joined, index = True, index + 1
            continue
        else:
            words: list[str] = []
            for piece in pieces[index : index + 4]:
                if piece.lastgroup != "word":
                    break
                words.append(piece.group())
            token, length = _look_up(words)
            found = [token]
        if joined:
            found[0] = replace(found[0], joined=True)
        joined = False
        for token in found:
            _append(tokens, token)
        index += length
    return tokens


def _append(tokens: list[_Token], token: _Token) -> None:
    """Add a token, or let it merge into the number before it: الثامن عشر, خمسة وعشرين, مئة وخمسين."""
    before = tokens[-1] if tokens else None
    if token.kind == "number" and before is not None:
        if before.kind == "clock" and token.value == 10:  # الحادية عشرة
            return
        if before.kind == "weekday" and before.value == _SUNDAY and token.value == 10:
            tokens[-1] = replace(before, kind="number", value=11)  # أحد عشر
            return
        if before.kind in ("number", "rank"):
            teen = before.value < 10 and token.value == 10 and not token.joined
            tens = before.value < 10 and token.value in range(20, 100, 10) and token.joined
            more = before.value >= 100 > token.value and token.joined
            if teen or tens or more:
                tokens[-1] = replace(before, kind="number", value=before.value + token.value)
                return
    tokens.append(token)


_NUMBERS = {"digits", "number", "rank"}
_CLOCK = {*_NUMBERS, "share", "slash"}


def _is_hour(token: _Token, kept: Sequence[_Token], on_the_clock: bool) -> bool:
    """Say whether a token tells the hour; الأشهر الستة الأولى does not, for a number stands before."""
    if token.kind == "first" and kept and kept[-1].kind in _NUMBERS:
        return False
    if on_the_clock and (token.kind in _CLOCK or token.value == ("minute", "one")):
        return True
    return token.kind in ("clock", "first")


def _tidy(tokens: list[_Token]) -> list[_Token]:
    """Take out what is not needed: the hour on the clock, and the Hijri date beside a Gregorian one."""
    kept: list[_Token] = []
    on_the_clock = False
    for token in tokens:
        if token.kind == "unit" and token.value == ("hour", "definite"):
            on_the_clock = True
            token = _Token("time", True)
        elif _is_hour(token, kept, on_the_clock):
            continue
        else:
            on_the_clock = False
        kept.append(token)
    for index, token in enumerate(kept):
        if token.kind == "slash":
            kept[index] = _slash(kept, index)
    kept = [token for token in kept if token.kind != "slash"]
    gregorian = any(
        t.kind == "date" or (t.kind == "name" and t.value[0] == GREGORIAN) for t in kept
    )
    if gregorian:
        for index, token in reversed(list(enumerate(kept))):
            if token.kind == "name" and token.value[0] == HIJRI:
                _cut_hijri(kept, index)
    return kept


def _slash(tokens: list[_Token], index: int) -> _Token:
    """Tell what 5/6 is: two days before the name of a month, else a day and a month, which replaces the sign."""
    following = tokens[index + 2] if index + 2 < len(tokens) else None
    month = tokens[index + 1].value
    if (following and following.kind == "name") or month > _MONTHS_IN_YEAR or not month:
        return _Token("to")
    tokens[index + 1] = _Token("name", (GREGORIAN, month))
    return _Token("slash")


def _cut_hijri(tokens: list[_Token], index: int) -> None:
    """Take out a Hijri month with the day before it and the year after it."""
    end = index + 1
    if end < len(tokens) and tokens[end].kind == "digits" and tokens[end].value in HIJRI_YEARS:
        end += 1
    start = index
    while start and tokens[start - 1].kind == "noise":
        start -= 1
    dated = start and tokens[start - 1].kind in _NUMBERS
    del tokens[start - 1 if dated else index : end]


# --- from words to a frame -----------------------------------------------------------------------


@dataclass(slots=True)
class _Unit:
    form: str
    count: tuple[int, int] | None = None
    rank: int | None = None


@dataclass(slots=True)
class _Frame:
    """What a phrase, or one end of a range, says; nothing changes it once it is read."""

    date: tuple[int, int, int] | None = None
    feast: Any = None
    reference: int | None = None
    weekday: int | None = None
    day: int | None = None
    name: tuple[str, int] | None = None  # of a month
    season: tuple[int, int] | None = None
    decade: int | None = None
    year: int | None = None
    units: dict[str, _Unit] = field(default_factory=dict)
    modifiers: dict[str, str] = field(default_factory=dict)  # by their slot or unit
    part: int | None = None
    share: tuple[int, int] | None = None  # which, of how many
    direction: int = 0
    told: bool = False  # counted from what was told last
    half: bool = False  # شهر ونصف
    about: bool = False
    open: bool = False
    era: bool = False
    time: bool = False
    period: bool = False
    unknown: bool = False


_SLOTS = {"date", "feast", "reference", "weekday", "name", "season", "decade", "time", "period"}
_DATED = {"name", "unit", "feast"}  # what may have a numbered day
_FLAGS = {"about", "open", "era", "unknown"}


class _Reader:
    """Fills a frame from tokens, one after the other."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tokens
        self.frame = _Frame()
        self.last = ""  # the slot or unit that a modifier or a rank would belong to
        self.pointer = ""
        self.count: tuple[int, int] | None = None

    def read(self) -> _Frame:
        """Return the frame that the tokens fill."""
        for index, token in enumerate(self.tokens):
            if token.kind in _SLOTS:
                self._fill(token.kind, token.value)
            elif token.kind in _FLAGS:
                setattr(self.frame, token.kind, True)
            elif handler := getattr(self, "_" + token.kind, None):
                handler(token, index)
        if self.pointer and self.last:
            self.frame.modifiers.setdefault(self.last, self.pointer)
        self._settle_units()
        return self.frame

    def _next(self, index: int, offset: int = 1) -> _Token:
        return self.tokens[index + offset] if index + offset < len(self.tokens) else _Token("end")

    def _noun_after(self, index: int) -> str:
        """Return the kind of the next token that says something: in فجر السابع من نيسان, the name."""
        return next(
            (token.kind for token in self.tokens[index + 1 :] if token.kind != "noise"), "end"
        )

    def _noun(self, slot: str) -> None:
        """Note that a noun was read: what points forward points at it, what modifies will modify it."""
        self.last = slot
        if self.pointer:
            self.frame.modifiers[slot] = self.pointer
            self.pointer = ""

    def _fill(self, slot: str, value: object) -> None:
        filled = getattr(self.frame, slot)
        if filled is None or filled is False:  # Monday and today are 0
            setattr(self.frame, slot, value)
        self._noun(slot)

    def _part(self, token: _Token, index: int) -> None:
        if self.frame.part is None:
            self.frame.part = token.value

    def _share(self, token: _Token, index: int) -> None:
        if token.joined and self.last in self.frame.units:
            self.frame.half = True
        elif self.frame.share is None:
            self.frame.share = (0, token.value)
            self.last = "share"

    def _direction(self, token: _Token, index: int) -> None:
        self.frame.direction, told = token.value
        self.frame.told = self.frame.told or told

    def _pointer(self, token: _Token, index: int) -> None:
        if index and self.tokens[index - 1].kind == "direction":
            self.frame.told = True
        else:
            self.pointer = token.value

    def _modifier(self, token: _Token, index: int) -> None:
        value = token.value
        if value == "last":
            counted = self.last in self.frame.units and self.frame.units[self.last].count
            value = "last" if counted else "past"
            if self.last == "share":
                self._rank(_Token("rank", -1), index)
            elif self.last == "week":
                self.frame.units["week"].rank = -1
            elif self.last in ("reference", "time"):  # اليوم الأخير is that of something untold
                self.frame.unknown, self.frame.reference = True, None
        if value == "this" and index and self.tokens[index - 1].kind in _NUMBERS:  # 20 الجاري
            self.frame.units.setdefault("month", _Unit("definite"))
            self.last = "month"
        if self.last:
            self.frame.modifiers.setdefault(self.last, value)

    def _unit(self, token: _Token, index: int) -> None:
        unit, form = token.value
        following = self._next(index)
        named = following.kind in ("name", "weekday", "digits", "number")
        if following.kind == "number" and following.value == 1:  # يوم واحد
            named = False
        count = self.count
        self.count = None
        if form == "two":
            form = "definite"
            if not named:
                form, count = "many", (2, 2)
        if count is None and form == "one" and self.frame.part is not None:
            form = "definite"
        several = form == "many" and self._next(index, 2).kind not in ("end", "name")
        if unit == "day" and count is None and (not several if named else form != "many"):
            if self.pointer:  # ذلك اليوم
                self._fill("reference", 0)
            if named or following.kind in ("rank", "reference", "noise", "date"):
                return
        if unit not in self.frame.units or count:
            self.frame.units[unit] = _Unit(form, count)
        self._noun(unit)

    def _of_it(self, token: _Token, index: int) -> None:
        self.frame.units["month"] = _Unit("definite")
        self.frame.modifiers["month"] = "same"

    def _first(self, token: _Token, index: int) -> None:
        unit = self.frame.units.get(self.last)
        if unit and unit.count:
            unit.rank = 1

    def _that_day(self, token: _Token, index: int) -> None:
        self._fill("reference", 0)
        self.frame.modifiers["reference"] = "same"

    def _digits(self, token: _Token, index: int) -> None:
        value: int = token.value
        frame, unit = self.frame, self.frame.units.get(self.last)
        following = self._next(index)
        counts = following.kind == "unit" and following.value[1] in ("one", "many")
        numbered = self.last == "month" and unit and unit.form == "one" and not unit.count  # شهر 5
        if counts and value < _FIRST_YEAR and not numbered and self._next(index, 2).kind != "name":
            self.count = (value, value) if self.count is None else (self.count[0], value)
        elif self.last == "century" and unit:
            unit.rank = value
        elif value >= _FIRST_YEAR or (
            self.last == "year" and unit and not unit.count and value >= 100
        ):
            self._fill("year", value)
        elif unit and unit.form == "many" and unit.count is None:
            unit.count = (value, value)
        elif numbered and 1 <= value <= _MONTHS_IN_YEAR:
            self._fill("name", (GREGORIAN, value))
        elif 1 <= value <= _MOST_DAYS and frame.day is None:
            frame.day = value
        else:
            frame.unknown = True

    def _number(self, token: _Token, index: int) -> None:
        self._digits(token, index)

    def _rank(self, token: _Token, index: int) -> None:
        frame = self.frame
        if self.last == "share" and frame.share:
            parts = frame.share[1]
            frame.share = (token.value if token.value > 0 else parts, parts)
        elif self.last in ("week", "decade", "century") and self.last in frame.units:
            frame.units[self.last].rank = token.value
        elif self.last in ("month", "year") and self.last in frame.units:
            frame.unknown = True
            del frame.units[self.last]
        elif self.last not in ("time", "reference") or self._noun_after(index) in _DATED:
            self._digits(token, index)
        elif self.last == "reference":  # اليوم الثاني: of what, is not said
            frame.open = True

    def _settle_units(self) -> None:
        """Count a lone singular as one: قبل أسبوع; of a named month or a year in digits the noun says nothing."""
        frame = self.frame
        if frame.name and "month" in frame.units and not frame.units["month"].count:
            del frame.units["month"]
            if modifier := frame.modifiers.pop("month", None):
                frame.modifiers.setdefault("name", modifier)
        if frame.year is not None and "year" in frame.units and not frame.units["year"].count:
            del frame.units["year"]
        for name, unit in frame.units.items():
            lone = unit.form == "one" or (unit.form == "definite" and frame.about)
            if lone and unit.count is None and unit.rank is None and name not in frame.modifiers:
                unit.count = (1, 1)
            elif unit.count and frame.part == _LAST_PART and not frame.direction:  # آخر 24 ساعة
                frame.modifiers.setdefault(name, "last")
                frame.part = None


# What begins the second end of a range when و is before it, or when it stands beside another of its kind.
_ENDS = {
    *("digits", "number", "rank", "weekday", "name", "date", "reference", "season", "decade"),
    "part",
}


def _split(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Yield the tokens of each end of a range; of a phrase that is none, all of them."""
    part: list[_Token] = []
    kinds: set[str] = set()
    for token in tokens:
        beside = token.kind == "weekday" and any(
            t.kind == "weekday" and t.value != token.value for t in part
        )
        ends = token.kind == "to" or beside or (token.joined and token.kind in _ENDS)
        if ends and kinds & _ENDS:
            yield part
            part, kinds = [], set()
        if token.kind != "to":
            part.append(token)
            kinds.add(token.kind)
    if part:
        yield part


_OVER_NEW_YEAR = {season for season in SEASONS.values() if season[0]}


@lru_cache(maxsize=65_536)
def _read_phrase(text: str) -> tuple[_Frame, ...]:
    """Read a phrase into its frame, or the frames of a range."""
    frames = [_Reader(part).read() for part in _split(_tidy(_tokenize(text)))]
    frames = [frame for frame in frames if frame != _Frame()]
    if len(frames) == 2 and frames[0].season in _OVER_NEW_YEAR:
        first, second = frames
        if second == _Frame(year=(first.year or 0) + 1):  # شتاء 2012-2013
            frames = [replace(first, year=second.year)]
    for index in range(len(frames) - 2, -1, -1):
        frames[index] = _completed(frames[index], frames[index + 1])
    if len(frames) > 1 and not frames[-1].direction:
        frames[-1] = replace(frames[-1], direction=frames[0].direction)
    return tuple(frames)


def _counted(frame: _Frame) -> tuple[str, tuple[int, int]] | None:
    """Return the unit of a frame that is counted, and by how many; the largest of several."""
    for name in reversed(_UNITS):
        if name in frame.units and (count := frame.units[name].count):
            return name, count
    return None


def _completed(first: _Frame, second: _Frame) -> _Frame:
    """Return the first end of a range with what it leaves to the second: 3 و9 أيار, الجمعة والسبت الماضيين."""
    units, modifiers = dict(first.units), dict(first.modifiers)
    name, year = first.name, first.year
    whole = first.date or (first.reference is not None and not first.day) or _counted(first)
    if whole or first.decade is not None or (first.year and not first.day):
        return first
    counted = _counted(second)
    if counted and first.day and not first.name:
        unit = counted[0]
        units[unit] = _Unit(second.units[unit].form, (first.day, first.day))
        return replace(first, day=None, units=units, direction=first.direction or second.direction)
    if (first.day or first.part is not None) and name is None and "month" not in units:
        name = second.name
        if "month" in second.units:
            units["month"] = second.units["month"]
    if (name or first.season or "month" in units) and year is None and "year" not in units:
        year = second.year
        if "year" in second.units:
            units["year"] = second.units["year"]
    for slot in ("weekday", "name", "season", "month", "year"):
        if slot in second.modifiers and (
            slot in units or getattr(first, slot, None) or slot == "name"
        ):
            modifiers.setdefault(slot, second.modifiers[slot])
    return replace(first, name=name, year=year, units=units, modifiers=modifiers, era=second.era)


# --- from a frame to the calendar ----------------------------------------------------------------


class _UnplacedError(ValueError):
    """A phrase that cannot be put on the calendar."""


def _known(value: T | None) -> T:
    """Return what a phrase is counted from or comes to; raises where there is none."""
    if value is None:
        raise _UnplacedError
    return value


@dataclass(frozen=True, slots=True)
class _Anchors:
    """The dates that others are counted from: of publication, and the nearest told of any length, month and day."""

    published: date | None = None
    told: DateInterval | None = None
    month: DateInterval | None = None
    day: DateInterval | None = None

    @property
    def today(self) -> date:
        return _known(self.published)


# A month without its year is the last one, or the next if it begins within two months.
_AHEAD = timedelta(60)
_LONGEST_SHIFTED = 14  # of what is longer, a week later says no days
_LONGEST_DAY = 3  # a night from Saturday to Sunday is a day that others follow


_SHIFTS = {"past": -1, "next": 1, "after": 1, "before": -1, "past but one": -2, "next but one": 2}
_FROM_THE_TOLD = {"same", "after", "before"}


def _shifted(
    modifier: str | None, published: date | None, told: DateInterval | None
) -> tuple[date, int]:
    """Return the day that a modified unit is counted from, and by how many units it lies off.

    Where nothing was told before, العام نفسه is that of publication.
    """
    shift = _SHIFTS.get(modifier or "", 0)
    if modifier in _FROM_THE_TOLD and told:
        return told.end, shift
    if published is None or shift and modifier in _FROM_THE_TOLD:
        raise _UnplacedError
    return published, shift


def _year_of(frame: _Frame, anchors: _Anchors) -> int | None:
    """Return the year that a phrase names or points at, or None where it leaves it out."""
    if frame.year is not None:
        return frame.year
    unit = frame.units.get("year")
    if unit is None or unit.count:
        return None
    day, shift = _shifted(frame.modifiers.get("year"), anchors.published, anchors.told)
    return day.year + shift


def _is_hijri(frame: _Frame, year: int) -> bool:
    return year in HIJRI_YEARS and (frame.era or (frame.name or ("",))[0] == HIJRI)


def _choose(
    options: Sequence[DateInterval], modifier: str | None, anchors: _Anchors
) -> DateInterval:
    """Choose among the same month, season or feast of several years, the earliest first."""
    if not options:
        raise _UnplacedError
    if modifier in _FROM_THE_TOLD or anchors.published is None:
        told = _known(anchors.told)
        if modifier == "after":
            fitting = [option for option in options if option.start > told.end][:1]
        elif modifier == "before":
            fitting = [option for option in options if option.end < told.start][-1:]
        else:
            fitting = [option for option in options if option.end.year == told.end.year]
    elif modifier == "past":
        fitting = [option for option in options if option.end < anchors.published][-1:]
    elif modifier == "next":
        fitting = [option for option in options if option.start > anchors.published][:1]
    elif modifier == "this":
        fitting = [option for option in options if option.end.year == anchors.published.year]
    else:
        latest = anchors.published + _AHEAD
        fitting = [option for option in options if option.start <= latest][-1:]
    if not fitting:
        raise _UnplacedError
    return fitting[-1]


def _around(anchors: _Anchors, modifier: str | None) -> range:
    """Return the years in which a month without its year may lie."""
    told = anchors.told.end if anchors.told else None
    from_told = modifier in _FROM_THE_TOLD or anchors.published is None
    year = _known(told if from_told else anchors.published).year
    return range(year - 2, year + 3)


def _in_named_month(frame: _Frame, anchors: _Anchors) -> DateInterval:
    """Return the month that is named, or the day in it."""
    assert frame.name is not None
    system, number = frame.name
    modifier = frame.modifiers.get("name")
    year = _year_of(frame, anchors)
    if year is not None and _is_hijri(frame, year):
        months = [DateInterval(*month_of(HIJRI, year, number))]
    else:
        years = _around(anchors, modifier) if year is None else (year,)
        months = [month for each in years for month in named_months(system, number, each)]
    options = [found for month in months if (found := day_in(month, frame.day))]
    if year is not None:
        if not options:
            raise _UnplacedError
        return options[-1]
    if frame.day and frame.weekday is not None and modifier is None and anchors.published:
        latest = anchors.published + _AHEAD
        near = [option for option in options if option.start <= latest]
        options = [o for o in near if o.start.weekday() == frame.weekday] or options
    return _choose(options, modifier, anchors)


def _in_season(frame: _Frame, anchors: _Anchors) -> DateInterval:
    assert frame.season is not None
    offset, month = frame.season
    modifier = frame.modifiers.get("season")
    year = _year_of(frame, anchors)
    years = _around(anchors, modifier) if year is None else (year,)
    seasons = [months_from(12 * (each + offset) + month - 1, 3) for each in years]
    if year is not None:
        return seasons[0]
    if modifier is None and anchors.published:
        seasons = [season for season in seasons if season.start <= anchors.published]
    return _choose(seasons, modifier, anchors)


def _in_month(frame: _Frame, anchors: _Anchors) -> DateInterval:
    """Return the month that is pointed at (الشهر الماضي), or the day in it."""
    modifier = frame.modifiers.get("month")
    day, shift = _shifted(modifier, anchors.published, anchors.month)
    index = month_index(day) + shift
    year = _year_of(frame, anchors)
    if year is not None and modifier == "same":
        index = 12 * year + index % 12
    return _known(day_in(months_from(index), frame.day))


def _in_decade(frame: _Frame, anchors: _Anchors) -> DateInterval:
    century = frame.units.get("century")
    hundred = 1900
    if century and century.rank:
        hundred = 100 * (century.rank - 1)
    elif century and frame.modifiers.get("century") == "this":
        hundred = 2000
    decade = frame.units.get("decade")
    if frame.decade is not None:
        return years_from(hundred + frame.decade, 10)
    if decade and decade.rank and century:
        return years_from(hundred + 10 * (decade.rank - 1) + 1, 10)
    if decade:
        day, shift = _shifted(frame.modifiers.get("decade"), anchors.published, anchors.told)
        return years_from(10 * (day.year // 10 + shift), 10)
    return years_from(hundred + 1, 100)


def _in_week(frame: _Frame, anchors: _Anchors) -> DateInterval:
    """Return a week: of publication, told, or the first to the last of a month."""
    rank = frame.units["week"].rank
    if rank is not None and (frame.name or "month" in frame.units):
        month = _in_named_month(frame, anchors) if frame.name else _in_month(frame, anchors)
        if rank < 0:
            return days_from(month.end - timedelta(6), 7)
        return days_from(month.start + timedelta(7 * (rank - 1)), 7)
    return week_of(*_shifted(frame.modifiers.get("week"), anchors.published, anchors.told))


def _container(frame: _Frame, anchors: _Anchors) -> DateInterval | None:
    """Return the finest thing longer than a day that a phrase names, or the numbered day of a month."""

    def has(unit: str) -> bool:
        return unit in frame.units and not frame.units[unit].count

    if has("week"):
        return _in_week(frame, anchors)
    if frame.name:
        return _in_named_month(frame, anchors)
    if has("month"):
        return _in_month(frame, anchors)
    if frame.season:
        return _in_season(frame, anchors)
    if frame.decade is not None or has("decade") or has("century"):
        return _in_decade(frame, anchors)
    year = _year_of(frame, anchors)
    if year is None:
        return None
    if _is_hijri(frame, year):
        return DateInterval(month_of(HIJRI, year, 1)[0], month_of(HIJRI, year, 12)[1])
    return years_from(year)


def _weekday(frame: _Frame, anchors: _Anchors, week: DateInterval | None) -> DateInterval:
    """Return a day of the week: the last one, if nothing else is said."""
    weekday = frame.weekday
    assert weekday is not None
    if week and "week" in frame.units:
        return days_from(week.start + timedelta((weekday + 1) % 7))
    modifier = frame.modifiers.get("weekday")
    if modifier in _FROM_THE_TOLD:
        base = _known(anchors.told).end
        modifier = {"after": "next", "before": "past"}.get(modifier or "")
    else:
        base = anchors.today
    if modifier in ("past but one", "next but one"):
        modifier = modifier.split()[0]
        base += timedelta(7 if modifier == "next" else -7)
    back = (base.weekday() - weekday) % 7
    if modifier == "next":
        return days_from(base + timedelta(7 - back))
    if modifier == "past" and not back:
        back = 7
    return days_from(base - timedelta(back))


def _referred(frame: _Frame, anchors: _Anchors) -> DateInterval:
    """Return اليوم, أمس and their like; a weekday beside it holds where the two do not agree."""
    assert frame.reference is not None
    modifier = frame.modifiers.get("reference")
    if modifier in _FROM_THE_TOLD:
        # If a month was told last, the day lies in it, and which it is is not said.
        if anchors.month and anchors.month == anchors.told and anchors.month.precision == "month":
            return anchors.month
        day = _known(anchors.day)
        return day if modifier == "same" else days_from(day.end + _SHIFTS[modifier] * ONE_DAY)
    day = anchors.today + timedelta(frame.reference + _SHIFTS.get(modifier or "", 0))
    return days_from(day if frame.weekday is None else nearest_weekday(day, frame.weekday))


def _alone(frame: _Frame, anchors: _Anchors) -> DateInterval:
    """Return the day of a month whose name is left out: the last one, or of the month that was told."""
    assert frame.day is not None
    day = anchors.published or _known(anchors.month).end
    for shift in (0, -1, -2):
        found = day_in(months_from(month_index(day) + shift), frame.day)
        past = found and (anchors.published is None or found.start <= day)
        if found and past and frame.weekday in (None, found.start.weekday()):
            return found
    raise _UnplacedError


def _one_day(
    frame: _Frame, anchors: _Anchors, container: DateInterval | None
) -> DateInterval | None:
    """Return the day that a phrase names, or None where it names something longer."""
    if container and (
        container.precision == "day" or "week" not in frame.units and frame.reference is None
    ):
        return container if container.precision == "day" else None
    if frame.reference is not None:
        return _referred(frame, anchors)
    if frame.weekday is not None and not frame.day:
        return _weekday(frame, anchors, container)
    return _alone(frame, anchors) if frame.day and not container else None


def _by_count(frame: _Frame, anchors: _Anchors, unit: str, count: tuple[int, int]) -> DateInterval:
    """Return what is counted from the day of publication or from what was told: قبل ثلاثة أيام, بعدها بيوم."""
    modifier = frame.modifiers.get(unit)
    if modifier in ("past", "last", "next") and not frame.direction:
        return _whole_units(unit, count[1], modifier, anchors.today)
    if modifier == "same":
        return _known(anchors.told)
    sign = 1 if frame.direction > 0 else -1
    base = days_from(anchors.published) if anchors.published else None
    if (frame.told or sign > 0) and anchors.told:
        base = anchors.told
        if unit in ("day", "week"):
            base = anchors.month if frame.told else anchors.day
    elif frame.told:
        base = None
    near, far = (_moved(_known(base), unit, sign * number, frame) for number in count)
    return DateInterval(min(near.start, far.start), max(near.end, far.end))


def _moved(base: DateInterval, unit: str, number: int, frame: _Frame) -> DateInterval:
    """Return what lies some units off: in days to the day, in months to the month, in years to the year.

    A month is a day a month off, a year a month a year off: what is told singly is remembered better.
    """
    sign = 1 if number > 0 else -1
    day = base.end if sign > 0 else base.start
    if unit in ("minute", "hour"):
        return days_from(day + timedelta(sign * (abs(number) // 24 if unit == "hour" else 0)))
    if unit in ("day", "week"):
        length = {"day": 1, "week": 7}[unit]
        off = timedelta(length * number + (sign * (length // 2) if frame.half else 0))
        if (base.end - base.start).days > _LONGEST_SHIFTED:
            raise _UnplacedError
        if (base.end - base.start).days >= _LONGEST_DAY:
            return DateInterval(base.start + off, base.end + off)
        return days_from(day + off)
    index = month_index(day)
    if unit == "month":
        if frame.half:
            return months_from(month_index(same_day(day, index + number) + timedelta(15 * sign)))
        if abs(number) == 1 and base.precision == "day" and not frame.about:
            return days_from(same_day(day, index + number))
        return months_from(index + number)
    if unit == "year":
        if frame.half or abs(number) == 1:
            return months_from(index + 12 * number + (6 * sign if frame.half else 0))
        return years_from(day.year + number)
    return years_from(day.year + number * {"decade": 10, "century": 100}[unit])


def _whole_units(unit: str, number: int, modifier: str, today: date) -> DateInterval:
    """Return whole days, weeks, months or years before or after that of publication: الأيام الثلاثة الماضية.

    السنوات الثلاث الأخيرة has the year of publication in once the most of it is over; so of a month.
    """
    past = modifier in ("past", "last")
    first = -number if past else 1
    if unit in ("minute", "hour"):
        days = -(-number // 24) if unit == "hour" else 0
        other = today + timedelta(-days if past else days)
        return DateInterval(min(today, other), max(today, other))
    if unit == "day":
        return days_from(today + timedelta(first), number)
    if unit == "week":
        return days_from(week_of(today, first).start, 7 * number)
    if unit == "month":
        first += modifier == "last" and today.day > 15
        return months_from(month_index(today) + first, number)
    if unit == "year":
        first += modifier == "last" and today.month > 6
    length = {"year": 1, "decade": 10, "century": 100}[unit]
    return years_from((today.year // length + first) * length, length * number)


def _outer(
    frame: _Frame, anchors: _Anchors, unit: str, count: tuple[int, int]
) -> DateInterval | None:
    """Return the first or the last units of something longer: الأشهر الستة الأولى من العام."""
    last = frame.modifiers.get(unit) == "last"
    if not (last or frame.units[unit].rank) or unit not in ("day", "week", "month", "year"):
        return None
    whole = _container(frame, anchors)
    if whole is None:
        return None
    if unit in ("day", "week"):
        length = count[1] * {"day": 1, "week": 7}[unit]
        return days_from(whole.end - timedelta(length - 1) if last else whole.start, length)
    length = count[1] * {"month": 1, "year": 12}[unit]
    first = month_index(whole.end) - length + 1 if last else month_index(whole.start)
    return months_from(first, length)


def _at_feast(frame: _Frame, anchors: _Anchors) -> DateInterval:
    system, first, last = frame.feast
    days = frame.units.get("day")
    rank = frame.day or (days.count[0] if days and days.count and not frame.direction else None)
    if rank:  # ثاني أيام عيد الفطر
        first = last = (first[0], first[1] + rank - 1)
    year = _year_of(frame, anchors)
    modifier = frame.modifiers.get("feast")
    options = []
    for each in _around(anchors, modifier) if year is None else (year,):
        for month in named_months(system, first[0], each):
            start = month.start + timedelta(first[1] - 1)
            length = last[1] - first[1] + 1 if first[0] == last[0] else 2
            options.append(days_from(start, length))
    return options[-1] if year is not None and options else _choose(options, modifier, anchors)


def _in_period(frame: _Frame, anchors: _Anchors) -> DateInterval:
    """Return the period that was told, in another year if that is said."""
    if frame.modifiers["period"] not in ("same", "this"):
        raise _UnplacedError
    told, year = _known(anchors.told), _year_of(frame, anchors)
    shift = 0 if year is None else 12 * (year - told.end.year)
    return DateInterval(
        *(same_day(day, month_index(day) + shift) for day in (told.start, told.end))
    )


def _numeric(frame: _Frame) -> DateInterval:
    assert frame.date is not None
    year, month, day = frame.date
    system = HIJRI if year in HIJRI_YEARS else GREGORIAN
    return _known(day_in(DateInterval(*month_of(system, year, month)), day))


def _place(frame: _Frame, anchors: _Anchors) -> DateInterval:
    """Return the days of a frame; raises ValueError or OverflowError where there are none."""
    if frame.open:
        raise _UnplacedError
    if frame.date:
        return _numeric(frame)
    if frame.feast:
        return _at_feast(frame, anchors)
    if frame.period and "period" in frame.modifiers:  # not الفترة من 1 إلى 15 أيلول
        return _in_period(frame, anchors)
    counted = _counted(frame)
    dated = frame.name or frame.weekday is not None or frame.reference is not None
    if counted and (found := _outer(frame, anchors, *counted)):
        return found
    if counted and not dated and not frame.year:
        return _by_count(frame, anchors, *counted)
    many = next(
        (unit for unit, what in frame.units.items() if what.form == "many" and not what.count), None
    )
    if many and not dated and not frame.year:
        return _uncounted(frame, anchors, many)
    container = _container(frame, anchors)
    if day := _one_day(frame, anchors, container):
        return day
    if container:
        if frame.share and frame.share[0]:
            return share_of(container, *frame.share)
        return container if frame.part is None else third(container, frame.part)
    if frame.time and not frame.unknown:
        if frame.modifiers.get("time") == "past":  # منتصف الليلة الماضية
            return days_from(anchors.today - ONE_DAY)
        return anchors.day or days_from(anchors.today)
    raise _UnplacedError


def _uncounted(frame: _Frame, anchors: _Anchors, unit: str) -> DateInterval:
    """Return what a plural without its number can still say: قبل ساعات is today, تلك السنوات those that were told."""
    modifier = frame.modifiers.get(unit)
    if modifier == "same" and anchors.told:
        return anchors.told
    if unit == "hour" and modifier == "past":
        return DateInterval(anchors.today - ONE_DAY, anchors.today)
    if unit in ("hour", "minute"):
        if frame.time:
            return anchors.day or days_from(anchors.today)
        return days_from(anchors.today)
    raise _UnplacedError


def _span(frames: Sequence[_Frame], anchors: _Anchors) -> DateInterval:
    """Return the days from the first to the last end of a range, placed from the last one backwards."""
    found = _place(frames[-1], anchors)
    for frame in reversed(frames[:-1]):
        first = _place(frame, anchors)
        if frame.weekday is not None and frame.day is None and first.start > found.start:
            weeks = (first.start - found.start).days // 7 + 1
            first = days_from(first.start - timedelta(7 * weeks))
        elif first.start > found.end and frame.name:
            # 29 كانون الأول و3 كانون الثاني 2017: the year at the end is not the first one's.
            first = _place(replace(frame, year=found.start.year - 1, modifiers={}), anchors)
        found = DateInterval(min(first.start, found.start), max(first.end, found.end))
    return found


@lru_cache(maxsize=65_536)
def _read(text: str, anchors: _Anchors) -> DateInterval | None:
    frames = _read_phrase(text)
    if not frames:
        return None
    try:
        return _span(frames, anchors)
    except (ValueError, OverflowError):
        return None


# --- what others use -----------------------------------------------------------------------------


def _anchors(published: date | None, earlier: Sequence[DateInterval]) -> _Anchors:
    told = month = day = None
    for interval in reversed(earlier):
        length = (interval.end - interval.start).days
        told = told or interval
        if length <= _MOST_DAYS:
            month = month or interval
        if length < _LONGEST_DAY:
            return _Anchors(published, told, month, interval)
    return _Anchors(published, told, month, day)


def read_date(
    text: str, published: date | None = None, *, earlier: Sequence[DateInterval] = ()
) -> DateInterval | None:
    """Return the days that a DATE phrase comes to, or None where it cannot be placed.

    ``published`` is the day of publication; without it only phrases that name their year are placed. ``earlier`` are
    the dates that the article told before, the nearest one last: اليوم التالي and العام نفسه are counted from them.

    >>> read_date("مساء السبت", date(2023, 12, 31)).iso
    '2023-12-30'
    >>> read_date("منتصف تشرين الأول من نفس العام", earlier=[DateInterval.from_iso("2022")]).iso
    '2022-10-11/2022-10-20'
    >>> read_date("قبل أيام", date(2023, 12, 31)) is None
    True
    """
    return _read(text[:_MOST_LETTERS], _anchors(published, earlier))


def read_dates(phrases: Sequence[str], published: date | None = None) -> list[DateInterval | None]:
    """Return what each of an article's phrases comes to, read in order, each with those before it.

    >>> [found.iso for found in read_dates(["صيف 2014", "أيلول من العام نفسه"]) if found]
    ['2014-06/2014-08', '2014-09']
    """
    found: list[DateInterval | None] = []
    told: list[DateInterval] = []
    for phrase in phrases:
        interval = read_date(phrase, published, earlier=told)
        found.append(interval)
        if interval:
            told.append(interval)
    return found
