"""What date phrases come to. The table tests/text/dates.tsv is meant to be read as examples.

Its columns: the phrase; the day of publication; the dates told before, the nearest last, joined by ``;``; the ISO
text by the annotation scheme, ``-`` where the phrase cannot be placed.
"""

import time
from datetime import date
from pathlib import Path

import pytest

from sijill.text import dates
from sijill.text.dates import DateInterval, read_date, read_dates

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "dates.tsv").read_text("utf-8").splitlines()[1:]
]
FUTURE = "a weekday, month or season to come, which only the sentence says"
TOLD = "counted from something that is no DATE span, or not from the nearest"
CONTEXT = "the article says which day or month, the phrase does not"
KNOWN_TO_FAIL = {
    ("الجمعة", "2023-04-12"): FUTURE,
    ("الخميس", "2023-05-06"): FUTURE,
    ("أيلول", "2025-06-20"): FUTURE,
    ("يوم الثلاثاء", "2025-06-01"): FUTURE,
    ("يوم الاثنين", "2014-03-08"): FUTURE,
    ("مطلع الصيف", "2024-02-21"): FUTURE,
    ("أواخر الشهر", "2023-06-11"): TOLD,
    ("اليوم التالى", "2019-07-27"): TOLD,
    ("بعد ثلاثة أيام", "2025-04-03"): TOLD,
    ("بعد عشرة ايام", "2015-12-04"): TOLD,
    ("مساء اليوم نفسه", "2025-05-13"): TOLD,
    ("ساعات الصباح الاولى", "2015-11-29"): TOLD,
    ("ليلا", "2019-08-26"): CONTEXT,
    ("عصراً", "2023-01-02"): CONTEXT,
    ("اليوم", "2015-07-25"): "written on the day before it was published",
}


def cases():
    for row in ROWS:
        reason = KNOWN_TO_FAIL.get(row[:2])
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        yield pytest.param(*row, marks=marks)


@pytest.mark.parametrize(("phrase", "published", "earlier", "iso"), cases())
def test_table(phrase, published, earlier, iso):
    found = read_date(
        phrase,
        date.fromisoformat(published) if published else None,
        earlier=[DateInterval.from_iso(text) for text in earlier.split(";") if text],
    )
    assert (found.iso if found else "-") == iso


def test_table_is_large_and_few_rows_fail():
    assert len(set(ROWS)) == len(ROWS) >= 500
    assert len(KNOWN_TO_FAIL) <= 0.03 * len(ROWS)


@pytest.mark.parametrize(
    ("iso", "start", "end", "precision"),
    [
        ("2022-11-30", date(2022, 11, 30), date(2022, 11, 30), "day"),
        ("2022-10-09/2022-10-15", date(2022, 10, 9), date(2022, 10, 15), "week"),
        ("2022-10", date(2022, 10, 1), date(2022, 10, 31), "month"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "year"),
        ("2022-10-11/2022-10-20", date(2022, 10, 11), date(2022, 10, 20), "span"),
        ("2012-12/2013-02", date(2012, 12, 1), date(2013, 2, 28), "span"),
        ("1980/1989", date(1980, 1, 1), date(1989, 12, 31), "span"),
    ],
)
def test_interval(iso, start, end, precision):
    interval = DateInterval.from_iso(iso)
    assert interval == DateInterval(start, end)
    assert (interval.iso, interval.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text", ["", "-", "2022-13", "2022-1-1", "2022/", "2022-02-30", "2023/2022", "أمس"]
)
def test_no_interval(text):
    with pytest.raises(ValueError):
        DateInterval.from_iso(text)


def test_end_before_start():
    with pytest.raises(ValueError, match="before"):
        DateInterval(date(2022, 1, 2), date(2022, 1, 1))


def test_phrases_of_an_article():
    phrases = ["مساء السبت", "فجر اليوم التالي", "صيف 2014", "أيلول من العام نفسه", "قبل أيام"]
    found = read_dates(phrases, date(2023, 12, 31))
    assert [interval and interval.iso for interval in found] == [
        "2023-12-30",
        "2023-12-31",
        "2014-06/2014-08",
        "2014-09",
        None,
    ]
    assert read_dates([], None) == []


def test_spelling_makes_no_difference():
    published = date(2023, 12, 31)
    for phrases in (
        "أمس السبت|امس السبت|أَمسِ السَّبت|أمـس السبت|\u200fأمس\u200e السبت|امس الســبت|وأمس السبت",
        "30 تشرين الثاني|٣٠ تشرين الثاني|۳۰ تشرين الثانى|30تشرين الثاني|الـ30 من تشرين الثاني|٣٠ نوفمبر",
        "الليلة الماضية|الليله الماضيه|الليلة الماضيه",
    ):
        found = {read_date(phrase, published) for phrase in phrases.split("|")}
        assert len(found) == 1 and None not in found


def test_misspelled_names():
    published = date(2023, 12, 31)
    assert read_date("اليوم الاثثين", published) == read_date("اليوم الاثنين", published)
    assert read_date("9 سبمتبر", published) is not None


def test_many_told_dates():
    told = [DateInterval(date(2020, 1, 1), date(2020, 1, 1))] * 10_000
    assert read_date("اليوم التالي", None, earlier=told).iso == "2020-01-02"


WORDS = sorted(
    {word for row in ROWS for word in row[0].split()}
    | {"و", "ال", "-", "/", "(", "0", "31", "99", "1433", "9999", "كل", "ألف", "مئة", "نصف"}
)


def test_never_raises():
    pytest.importorskip("hypothesis")
    from hypothesis import given, settings
    from hypothesis import strategies as st

    phrases = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
    days = st.one_of(st.none(), st.dates())
    told = st.lists(st.tuples(st.dates(), st.dates()).map(sorted), max_size=3)

    @settings(max_examples=600, deadline=None)
    @given(phrases, days, told)
    def check(phrase, published, earlier):
        earlier = [DateInterval(*pair) for pair in earlier]
        found = read_date(phrase, published, earlier=earlier)
        assert found is None or found == DateInterval.from_iso(found.iso)

    check()


@pytest.mark.parametrize(
    "text",
    [
        "ا" * 100_000,
        "1" * 100_000,
        "1-" * 5000,
        "1/1/" * 5000,
        "و" * 1000,
        "و و " * 1000,
        "السبت " * 500,
        "أمس وأول أمس و" * 200,
        "قبل خمسة وعشرين ألف " * 200,
        "محرم " * 200,
        "ـ" * 100_000,
    ],
)
def test_no_phrase_takes_long(text):
    def seconds():
        for function in (dates._read, dates._read_phrase, dates._spelled, dates._misspelled):
            function.cache_clear()
        start = time.perf_counter()
        read_date(text, date(2023, 12, 31))
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.005
