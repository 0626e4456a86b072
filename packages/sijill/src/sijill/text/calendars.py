"""The calendars of the Arabic press: names of months, days and seasons, what days they cover, and intervals of days.

Gregorian months have three sets of names: those of the Levant and Iraq (كانون الثاني), of Egypt, the Gulf, Sudan
and Libya (يناير), and of the Maghreb (جانفي, شتنبر). Hijri months follow the Umm al-Qura calendar of Saudi Arabia,
as the package hijridate holds it: 1343 to 1500 AH. A local sighting of the moon may differ by a day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sijill.text.orthography import fold

GREGORIAN, HIJRI = "gregorian", "hijri"
HIJRI_YEARS = range(1343, 1501)
ONE_DAY = timedelta(1)
_SATURDAY = 5
_MONTH_LENGTHS = range(28, 32)

_GREGORIAN_MONTHS = (
    "كانون الثاني،كانون ثاني،كانون ثان،يناير،ينائر،جانفي",
    "شباط،فبراير،فيفري،فيبراير",
    "آذار،مارس",
    "نيسان،أبريل،إبريل،أفريل",
    "أيار،مايو،ماي",
    "حزيران،يونيو،يونيه،جوان",
    "تموز،يوليو،يوليه،يوليوز،جويلية",
    "آب،أغسطس،أوت،غشت",
    "أيلول،سبتمبر،شتنبر،سبتنبر",
    "تشرين الأول،تشرين أول،أكتوبر،أوكتوبر",
    "تشرين الثاني،تشرين ثاني،تشرين ثان،نوفمبر،نونبر،نوفنبر",
    "كانون الأول،كانون أول،ديسمبر،دجنبر،ديسنبر",
)
_HIJRI_MONTHS = (
    "محرم،المحرم",
    "صفر",
    "ربيع الأول،ربيع أول",
    "ربيع الآخر،ربيع الثاني،ربيع آخر،ربيع ثاني،ربيع ثان",
    "جمادى الأولى،جمادى الأول،جمادى أول",
    "جمادى الآخرة،جمادى الآخر،جمادى الثانية،جمادى الثاني،جمادى ثاني",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة،ذي القعدة،ذا القعدة،ذو قعدة،ذي قعدة",
    "ذو الحجة،ذي الحجة،ذا الحجة،ذو حجة،ذي حجة",
)
_WEEKDAYS = (  # from Monday, as date.weekday() counts
    "الاثنين،الأتنين،الاثنان",
    "الثلاثاء،ثلاثاء،الثلثاء،التلاتاء",
    "الأربعاء،أربعاء",
    "الخميس،خميس",
    "الجمعة،جمعة",
    "السبت،سبت",
    "الأحد،أحد",
)
# A season is three whole months; winter begins in December of the year before the one it is named by.
_SEASONS = {
    "شتاء،الشتاء،شتوية": (-1, 12),
    "ربيع،الربيع": (0, 3),
    "صيف،الصيف،صائفة،الصائفة": (0, 6),
    "خريف،الخريف": (0, 9),
}
# Of each calendar, the first and the last day.
_FEASTS = {
    "رأس السنة،رأس السنة الميلادية": (GREGORIAN, (1, 1), (1, 1)),
    "ليلة رأس السنة،ليلة رأس السنة الميلادية": (GREGORIAN, (12, 31), (1, 1)),
    "عيد العمال": (GREGORIAN, (5, 1), (5, 1)),
    "عيد الميلاد": (GREGORIAN, (12, 25), (12, 25)),
    "رأس السنة الهجرية": (HIJRI, (1, 1), (1, 1)),
    "عاشوراء": (HIJRI, (1, 10), (1, 10)),
    "المولد النبوي": (HIJRI, (3, 12), (3, 12)),
    "عيد الفطر": (HIJRI, (10, 1), (10, 3)),
    "يوم عرفة": (HIJRI, (12, 9), (12, 9)),
    "عيد الأضحى": (HIJRI, (12, 10), (12, 13)),
}


def _table(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Spread the rows (names joined by ،, value) of a table, names folded."""
    return {fold(name): value for names, value in rows for name in names.split("،")}


MONTHS: dict[str, tuple[str, int]] = _table(
    (names, (system, number))
    for system, months in ((GREGORIAN, _GREGORIAN_MONTHS), (HIJRI, _HIJRI_MONTHS))
    for number, names in enumerate(months, 1)
)
WEEKDAYS: dict[str, int] = _table((names, number) for number, names in enumerate(_WEEKDAYS))
SEASONS: dict[str, tuple[int, int]] = _table(_SEASONS.items())
FEASTS: dict[str, tuple[str, tuple[int, int], tuple[int, int]]] = _table(_FEASTS.items())


def month_of(system: str, year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month, the year counted in the month's own calendar.

    Raises ValueError where the calendar does not reach.

    >>> month_of(HIJRI, 1433, 9)
    (datetime.date(2012, 7, 20), datetime.date(2012, 8, 18))
    """
    if system == GREGORIAN:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    if year not in HIJRI_YEARS:
        raise ValueError(f"Hijri years reach from {HIJRI_YEARS[0]} to {HIJRI_YEARS[-1]}: {year}")
    from hijridate import Hijri

    first = Hijri(year, month, 1)
    start = first.to_gregorian()
    return date(*start.datetuple()), date(*start.datetuple()) + timedelta(first.month_length() - 1)


def hijri_year(day: date) -> int:
    """Return the Hijri year that a day lies in, to within a year of the true one outside the calendar's reach.

    >>> hijri_year(date(2016, 7, 2))
    1437
    """
    # A Hijri year has 354.367 days on average; the era began on 16 July 622 (Julian; 19 July Gregorian).
    return int((day.toordinal() - date(622, 7, 19).toordinal()) / 354.367) + 1


# --- intervals of days ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class DateInterval:
    """The days from ``start`` to ``end``, both of them included.

    Raises ValueError where the end lies before the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the end {self.end} lies before the start {self.start}")

    @property
    def iso(self) -> str:
        """The interval as ISO text, whole months and years written short.

        >>> DateInterval(date(2014, 6, 1), date(2014, 8, 31)).iso
        '2014-06/2014-08'
        """
        length = 10
        if self.start.day == 1 and (self.end + ONE_DAY).day == 1:
            length = 4 if (self.start.month, self.end.month) == (1, 12) else 7
        start, end = self.start.isoformat()[:length], self.end.isoformat()[:length]
        return start if start == end else f"{start}/{end}"

    @classmethod
    def from_iso(cls, text: str) -> DateInterval:
        """Return the interval that an ISO text stands for; raises ValueError for any other text.

        >>> DateInterval.from_iso("2022-10")
        DateInterval(start=datetime.date(2022, 10, 1), end=datetime.date(2022, 10, 31))
        """
        first, slash, last = text.partition("/")
        return cls(_iso_days(first)[0], _iso_days(last if slash else first)[1])

    @property
    def precision(self) -> str:
        """How exact it is: ``day``, ``week`` (Sunday to Saturday), ``month``, ``year``, or ``span`` for any other."""
        if self.start == self.end:
            return "day"
        if (self.end - self.start).days == 6 and self.end.weekday() == _SATURDAY:
            return "week"
        return {4: "year", 7: "month"}.get(len(self.iso), "span")


_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def _iso_days(text: str) -> tuple[date, date]:
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"no ISO date: {text!r}")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return month_of(GREGORIAN, year, month)
    return date(year, 1, 1), date(year, 12, 31)


def days_from(start: date, count: int = 1) -> DateInterval:
    """Return so many days from the first one on."""
    return DateInterval(start, start + timedelta(count - 1))


def months_from(index: int, count: int = 1) -> DateInterval:
    """Return so many whole months from the first one on, which `month_index` numbers."""
    last = index + count - 1
    start, _ = month_of(GREGORIAN, index // 12, index % 12 + 1)
    return DateInterval(start, month_of(GREGORIAN, last // 12, last % 12 + 1)[1])


def years_from(first: int, count: int = 1) -> DateInterval:
    """Return so many whole years from the first one on."""
    return months_from(12 * first, 12 * count)


def month_index(day: date) -> int:
    """Return the number of a day's month since the year 0."""
    return 12 * day.year + day.month - 1


def week_of(day: date, shift: int = 0) -> DateInterval:
    """Return the week, Sunday to Saturday, that a day lies in, or one so many weeks from it."""
    sunday = day - timedelta((day.weekday() + 1) % 7) + timedelta(7 * shift)
    return days_from(sunday, 7)


def _in_years(whole: DateInterval) -> bool:
    return (whole.start.month, whole.start.day, whole.end.month, whole.end.day) == (1, 1, 12, 31)


def third(whole: DateInterval, part: int) -> DateInterval:
    """Return the first, the middle or the last third, by its number from 0.

    Of a month the days from the 1st, 11th and 21st; of a year its first month, May to August, September to December;
    of a season its months; of a decade three, four and three years; of a week two, three and two days.
    """
    first = month_index(whole.start)
    length = month_index(whole.end) - first + 1
    if _in_years(whole) and length == 12:
        return months_from(first + 4 * part, 4 if part else 1)
    if _in_years(whole):
        start, count = _middle_heavy(length // 12, part)
        return years_from(whole.start.year + start, count)
    if length == 3 and whole == months_from(first, 3):
        return months_from(first + part)
    length = (whole.end - whole.start).days + 1
    if length in _MONTH_LENGTHS:
        start = whole.start + timedelta(10 * part)
        return DateInterval(start, whole.end) if part == 2 else days_from(start, 10)
    start, count = _middle_heavy(length, part)
    return days_from(whole.start + timedelta(start), count)


def _middle_heavy(length: int, part: int) -> tuple[int, int]:
    """Return where a third of so many begins and how many it has; what does not divide goes to the middle."""
    outer = length // 3
    return (0, outer, length - outer)[part], (outer, length - 2 * outer, outer)[part]


def share_of(whole: DateInterval, rank: int, parts: int) -> DateInterval:
    """Return a half, a third or a quarter, by its number from 1: of years in months, of months in days.

    The first half of a month ends on the 15th. Raises ValueError for the third half.
    """
    if not 1 <= rank <= parts:
        raise ValueError(f"no share {rank} of {parts}")
    first = month_index(whole.start)
    length, rest = divmod(month_index(whole.end) - first + 1, parts)
    if _in_years(whole) and not rest:
        return months_from(first + (rank - 1) * length, length)
    if parts == 3:
        return third(whole, rank - 1)
    length = (whole.end - whole.start).days + 1
    length = 15 if parts == 2 and length in _MONTH_LENGTHS else length // parts
    start = whole.start + timedelta((rank - 1) * length)
    return DateInterval(start, whole.end) if rank == parts else days_from(start, length)


def named_months(system: str, month: int, year: int) -> Iterator[DateInterval]:
    """Yield the months of a name that begin in a Gregorian year: of a Hijri month, none, one or two."""
    if system == GREGORIAN:
        yield DateInterval(*month_of(system, year, month))
        return
    first = hijri_year(date(year, 1, 1))
    for own in (first - 1, first, first + 1, first + 2):
        if own in HIJRI_YEARS:
            found = DateInterval(*month_of(system, own, month))
            if found.start.year == year:
                yield found


def day_in(month: DateInterval, day: int | None) -> DateInterval | None:
    """Return a day of a month, the month itself where no day is given, None where it has no such day."""
    if day is None:
        return month
    found = month.start + timedelta(day - 1)
    return days_from(found) if month.start <= found <= month.end else None


def same_day(day: date, index: int) -> date:
    """Return the same day of another month, or its last day."""
    month = months_from(index)
    return min(month.start + timedelta(day.day - 1), month.end)


def nearest_weekday(day: date, weekday: int) -> date:
    """Return the day of the week that lies nearest to a day."""
    return day + timedelta((weekday - day.weekday() + 3) % 7 - 3)
