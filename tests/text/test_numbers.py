"""What counts and nouns come to. The tables are meant to be read as examples.

``python -m tests.text.test_numbers`` reads back a million numbers that num2words has spelled.
"""

import json
import pickle
import random
import re
import time
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.text.numbers import (
    Count,
    Limit,
    find_counts,
    is_part_of_total,
    limits_after,
    limits_before,
    read_count,
    read_noun,
)


def exactly(number: int) -> Count:
    return Count(number, number)


def at_least(number: int) -> Count:
    return Count(number, None)


def at_most(number: int) -> Count:
    return Count(None, number)


DIGITS = [
    ("6", 6),
    ("260", 260),
    ("٤٢", 42),
    ("۱۸", 18),
    ("3,500", 3500),
    ("3.500", 3500),
    ("٣٬٥٠٠", 3500),
    ("۳٬۵۰۰", 3500),
    ("3،500", 3500),
    ("1,250,000", 1_250_000),
    ("23 ألفاً", 23_000),
    ("٣٠٠ الف", 300_000),
    ("1.5 مليون", 1_500_000),
    ("٢٫٥ مليون", 2_500_000),
    ("3 آلاف و500", 3500),
    ("الـ20", 20),
    ("لـ6", 6),
    ("\u200f15\u200e", 15),
    ("مئة و12", 112),
    ("ألف و200", 1_200),
    ("12 ألفا و345", 12_345),
    ("١٢ ألفاً و٣٤٥", 12_345),
    ("3 ملايين و200 ألف", 3_200_000),
    ("3,2 ملايين", 3_200_000),
    ("2.3 مليون", 2_300_000),
    ("مليون و300 ألف", 1_300_000),
    ("5 آلاف", 5_000),
    ("13 الفا", 13_000),
    ("1.200", 1_200),
    ("12 000", 12_000),
    ("١٬٢٠٠", 1_200),
    ("1٫5 مليون", 1_500_000),
    ("15 قتيلا", 15),
]

UNITS_AND_TEENS = [
    ("واحد", 1),
    ("واحدة", 1),
    ("اثنان", 2),
    ("اثنتين", 2),
    ("إثنين", 2),
    ("ثلاثة", 3),
    ("ثلاث", 3),
    ("ثلاثه", 3),
    ("اربعه", 4),
    ("خمسٍ", 5),
    ("سِتَّة", 6),
    ("ســـتة", 6),
    ("الستة", 6),
    ("والثلاثة", 3),
    ("بسبعة", 7),
    ("صفر", 0),
    ("اتنين", 2),
    ("تلاتة", 3),
    ("ثمانية", 8),
    ("ثماني", 8),
    ("ثمانٍ", 8),
    ("عشرة", 10),
    ("أحد عشر", 11),
    ("احد عشر", 11),
    ("إحدى عشرة", 11),
    ("اثنا عشر", 12),
    ("اثني عشر", 12),
    ("اثنتي عشرة", 12),
    ("ثلاثة عشر", 13),
    ("ثماني عشرة", 18),
    ("الخمسة عشر", 15),
]

TENS_AND_HUNDREDS = [
    ("عشرون", 20),
    ("العشرين", 20),
    ("الثلاثين", 30),
    ("واحداً وعشرين", 21),
    ("ثلاثة وعشرين", 23),
    ("خمسة و ثمانون", 85),
    ("اثنان وثلاثون", 32),
    ("مئة", 100),
    ("مائة", 100),
    ("مية", 100),
    ("مئتان", 200),
    ("مئتي", 200),
    ("مائتين", 200),
    ("ثلاثمئة", 300),
    ("ثلاثمائة", 300),
    ("ثلاث مئة", 300),
    ("ثلاث مائه", 300),
    ("ثمانمئة", 800),
    ("ثماني مئة", 800),
    ("مئة وخمسة", 105),
    ("مئة وأحد عشر", 111),
    ("مئتين وخمسين", 250),
    ("تسعمئة وتسعة وتسعون", 999),
    ("خمسة وعشرون ومئة", 125),
    ("خمسة ومئتان", 205),
    ("ستة وستون وثلاث مئة", 366),
    ("ميه وخمسين", 150),
    ("ثلثمائة", 300),
    ("ثلاثمية وخمسين", 350),
    ("خمسمائة وسبعة عشر", 517),
    ("اربعمائة", 400),
    ("ستمئه", 600),
    ("سبعماية", 700),
    ("ثلاثه وعشرون", 23),
    ("اثنان و عشرون", 22),
    ("احدى وعشرين", 21),
    ("إحدى عشر", 11),
    ("اثنى عشر", 12),
    ("اثنا عشرة", 12),
    ("ثلاثة عشرة", 13),
    ("تسعة عشر", 19),
    ("واحد فقط", 1),
    ("خمسة آخرين", 5),
    ("شخصين", 2),
    ("ثلاث نساء", 3),
    ("سبعة وثلاثون وأربعمئة", 437),
    ("الثمانية والعشرين", 28),
    ("الأربعمئة", 400),
]

THOUSANDS = [
    ("ألف", 1000),
    ("ألفاً", 1000),
    ("ألفان", 2000),
    ("ألفين", 2000),
    ("ألفي", 2000),
    ("ألفا", 2000),  # ألفا جندي: dual in construct state
    ("ألفا وخمسمئة", 1500),
    ("ثلاثة آلاف", 3000),
    ("خمسة الاف", 5000),
    ("عشرة آلاف وخمسمئة", 10_500),
    ("أحد عشر ألفاً", 11_000),
    ("خمسة وعشرين ألفا", 25_000),
    ("مئة ألف", 100_000),
    ("مئتي ألف", 200_000),
    ("مئة وخمسة وعشرون ألفاً وثلاثمئة وأربعة", 125_304),
    ("ألف وتسعمئة وخمسة وستون", 1965),
    ("مئة ألف وألف", 101_000),
    ("مئتا ألف وألفان", 202_000),
    ("خمسة وعشرون ومئة ألف", 125_000),
    ("ستة وستون وتسعمئة وألف", 1966),
    ("ثلاثة وثلاثة آلاف", 3003),
    ("تسعمئة وتسعة وتسعون مليونا وتسعمئة وتسعة وتسعون ألفا وتسعمئة وتسعة وتسعون", 999_999_999),
    ("نصف مليون", 500_000),
    ("ربع مليون", 250_000),
    ("مليون ونصف المليون", 1_500_000),
    ("مليونين ونصف مليون", 2_500_000),
    ("مليونا", 2_000_000),
    ("مليونان ومئتا ألف", 2_200_000),
    ("ثلاثة ملايين", 3_000_000),
    ("الف ومئتين", 1_200),
    ("الفين وثلاثمئة", 2_300),
    ("خمسة آلاف وأربعمئة", 5_400),
    ("خمسة عشر ألفا", 15_000),
    ("مئة وعشرين ألفا", 120_000),
    ("تسعمائة وتسعة وتسعين ألفا وتسعمئة", 999_900),
    ("مليونين وسبعمئة وخمسين ألفا", 2_750_000),
    ("ألفين و خمسمائة", 2_500),
]

LIMITS = [
    ("ما لا يقل عن ستة", at_least(6)),
    ("ما لا يقل عن 6", at_least(6)),
    ("مالايقل عن ٦٦ ألف", at_least(66_000)),
    ("ما لايقل عن عشرين", at_least(20)),
    ("لا تقل عن 15", at_least(15)),
    ("لا يقل عددهم عن ثلاثين", at_least(30)),
    ("ليس أقل من 7", at_least(7)),
    ("40 على الأقل", at_least(40)),
    ("على الأقل 40", at_least(40)),
    ("خمسة على أقل تقدير", at_least(5)),
    ("مئة أو أكثر", at_least(100)),
    ("50 فأكثر", at_least(50)),
    ("أكثر من 260", at_least(261)),
    ("اكثر من عشرين", at_least(21)),
    ("لأكثر من 1.5 مليون", at_least(1_500_001)),
    ("ما يزيد على 180", at_least(181)),
    ("ما يزيد عن سبعين", at_least(71)),
    ("يزيد عددهم عن 40", at_least(41)),
    ("ما يربو على 1600", at_least(1601)),
    ("فوق المئة", at_least(101)),
    ("يتجاوز ألفي", at_least(2001)),
    ("ثلاثين ونيف", at_least(31)),
    ("نيف وعشرين", at_least(21)),
    ("نحو 40", exactly(40)),
    ("بنحو أربعين", exactly(40)),
    ("حوالي ثمانية آلاف", exactly(8000)),
    ("حوالى 12", exactly(12)),
    ("قرابة الثلاثين", exactly(30)),
    ("زهاء ألف", exactly(1000)),
    ("ما يقارب نصف مليون", exactly(500_000)),
    ("20 تقريباً", exactly(20)),
    ("أقل من 10", at_most(9)),
    ("حتى 30", at_most(30)),
    ("لا يتجاوز 12", at_most(12)),
    ("لا يزيد على خمسة", at_most(5)),
    ("20 كحد أقصى", at_most(20)),
    ("نحو 3 آلاف", exactly(3_000)),
    ("حوالي المائة", exactly(100)),
    ("قرابة الـ 50", exactly(50)),
    ("ما يقرب من 200", exactly(200)),
    ("ما يقارب الـ40", exactly(40)),
    ("ما يناهز 30", exactly(30)),
    ("زهاء مئتي", exactly(200)),
    ("ما يزيد عن مئة", at_least(101)),
    ("ما يزيد على الـ20", at_least(21)),
    ("أزيد من 60", at_least(61)),
    ("أكثر من ألف ومئتي", at_least(1_201)),
    ("أكثر من مليون ونصف", at_least(1_500_001)),
    ("فوق العشرين", at_least(21)),
    ("مالا يقل عن 17", at_least(17)),
    ("ما لا يقل عن أحد عشر", at_least(11)),
    ("على الأقل ثلاثة", at_least(3)),
    ("ثلاثة على الاقل", at_least(3)),
    ("5 على أقل تقدير", at_least(5)),
    ("لا يتعدى العشرة", at_most(10)),
    ("لا يتجاوز عددهم العشرين", at_most(20)),
    ("لم يتجاوز 15", at_most(15)),
    ("أقل من مئة", at_most(99)),
    ("دون العشرة", at_most(9)),
    ("مئة ونيف", at_least(101)),
    ("ثلاثمئة ونيف", at_least(301)),
    ("نحو مئة وخمسين ألفا", exactly(150_000)),
    ("أكثر من نصف مليون", at_least(500_001)),
    ("ما يربو عن 100", at_least(101)),
    ("ما ينوف على مئة", at_least(101)),
    ("مائة ألف أو يزيدون", at_least(100_000)),
    ("نحو خمسة عشر", exactly(15)),
    ("ما لا يقل عن مئتي ألف", at_least(200_000)),
    ("اكتر من 40", at_least(41)),
]

RANGES = [
    ("بين 10 و15", Count(10, 15)),
    ("ما بين أربعين وخمسين", Count(40, 50)),
    ("بين مئة ومئتين", Count(100, 200)),
    ("بين عشرين وخمسة وعشرين", Count(20, 25)),
    ("بين خمسة وعشرين", Count(5, 20)),
    ("بين مئة ومئة وخمسين", Count(100, 150)),
    ("من 5 إلى 7", Count(5, 7)),
    ("من خمسة الى سبعة", Count(5, 7)),
    ("5-7", Count(5, 7)),
    ("5 – 7", Count(5, 7)),
    ("ثلاثة أو أربعة", Count(3, 4)),
    ("خمسة أو ستة آلاف", Count(5000, 6000)),
    ("10-15 ألفاً", Count(10_000, 15_000)),
    ("من بين 25", exactly(25)),
    ("بين عشرين ومئة", Count(20, 100)),
    ("بين خمسة ومئة وخمسين", Count(5, 150)),
    ("رجلين أو ثلاثة", Count(2, 3)),
    ("ما بين 20 إلى 30", Count(20, 30)),
    ("بين خمسة إلى سبعة", Count(5, 7)),
    ("3 - 5", Count(3, 5)),
    ("من عشرة الى خمسة عشر", Count(10, 15)),
    ("10 أو 12", Count(10, 12)),
    ("اثنين أو ثلاثة", Count(2, 3)),
    ("بين مئتين وثلاثمئة", Count(200, 300)),
    ("بين مئة ومئة وعشرين", Count(100, 120)),
    ("بين ألف وألف وخمسمئة", Count(1_000, 1_500)),
    ("بين ألف وألفين", Count(1_000, 2_000)),
    ("بين 3 و 4 آلاف", Count(3_000, 4_000)),
    ("ما بين 3 آلاف و5 آلاف", Count(3_000, 5_000)),
]

VAGUE = [
    ("عشرات", at_least(20)),
    ("العشرات", at_least(20)),
    ("بضع عشرات", at_least(20)),
    ("مئات", at_least(200)),
    ("المئات", at_least(200)),
    ("آلاف", at_least(2000)),
    ("الاف", at_least(2000)),
    ("عدة آلاف", at_least(2000)),
    ("عشرات الآلاف", at_least(20_000)),
    ("مئات الآلاف", at_least(200_000)),
    ("ملايين", at_least(2_000_000)),
    ("عدد من", at_least(2)),
    ("عدداً من", at_least(2)),
    ("أعداد", at_least(2)),
    ("عدة", at_least(2)),
    ("بضعة", at_least(2)),
    ("الكثير للغاية", at_least(2)),
    ("مجموعة من", at_least(2)),
    ("بضعة عشر", Count(13, 19)),
    ("عشرات الالاف", at_least(20_000)),
    ("مئات الالوف", at_least(200_000)),
    ("بضع مئات", at_least(200)),
    ("بضعة آلاف", at_least(2_000)),
    ("عدة مئات", at_least(200)),
    ("عدد كبير من", at_least(2)),
    ("أعداد كبيرة من", at_least(2)),
    ("العديد من", at_least(2)),
    ("الكثير من", at_least(2)),
    ("بضعة وعشرون", Count(23, 29)),
    ("بضع وعشرين", Count(23, 29)),
    ("المئات من", at_least(200)),
]

PEOPLE = [
    ("قتيلان", exactly(2)),
    ("جندي", exactly(1)),
    ("قتلى", at_least(2)),
    ("المدنيين", at_least(2)),
]

# A share of a whole that the phrase does not tell is none, nor is a word that only looks like one.
SHARES = ["نصفهم", "أكثر من نصفهم", "أقل من نصف العاملين", "معظمهم", "البقية", "كمية", "لست"]

NO_NUMBER = [*SHARES, "", " ", "!؟", "و", "ال", "123456789012345678901234", "5.7"]


@pytest.mark.parametrize(
    ("text", "number"), DIGITS + UNITS_AND_TEENS + TENS_AND_HUNDREDS + THOUSANDS
)
def test_number(text, number):
    assert read_count(text) == exactly(number)


@pytest.mark.parametrize(("text", "count"), LIMITS + RANGES + VAGUE + PEOPLE)
def test_count(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize("text", NO_NUMBER)
def test_no_number(text):
    assert read_count(text) is None


@pytest.mark.parametrize(
    ("text", "after", "count"),
    [
        ("3", " جنود على الأقل", at_least(3)),
        ("20", " طالبا عسكريا على الأقل في هجوم", at_least(20)),
        ("سبعة", " على أقل تقدير", at_least(7)),
        ("50", " شخصاً تقريباً", exactly(50)),
        ("12", " قتيلاً أو أكثر", at_least(12)),
        ("3", "، على الأقل في نظره", exactly(3)),
        ("3", " قتلى و5 جرحى على الأقل", exactly(3)),
        ("3", " من جنود الفرقة الرابعة على الأقل", exactly(3)),
        ("ما لا يقل عن", " شخصين في القصف", at_least(2)),
        ("أكثر من", " شخص", at_least(2)),
    ],
)
def test_limit_behind_the_noun(text, after, count):
    assert read_count(text, after=after) == count


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("وقد تجاوز عدد القتلى ", at_least(6)),
        ("إن الحصيلة لا تتجاوز ", at_most(5)),
        ("ولا يزيد عددهم على ", at_most(5)),
        ("تراجع عددهم إلى أقل من ", at_most(4)),
        ("زاد عدد القتلى إلى ", exactly(5)),
        ("حافلة تقل ", exactly(5)),
        ("قتل أكثر من عشرة مدنيين و", exactly(5)),
        ("أكثر من مرة، ", exactly(5)),
    ],
)
def test_limit_before_the_count(before, count):
    assert read_count("5", before=before) == count


def test_limits_before():
    assert limits_before("وقد تجاوز عدد القتلى ") is Limit.MORE_THAN
    assert limits_before("قتل في درعا ") is None


@pytest.mark.parametrize(
    ("text", "exact", "approximate"),
    [
        ("40", 40, False),
        ("نحو 40", None, True),
        ("40 تقريباً", None, True),
        ("قرابة الأربعين", None, True),
        ("أكثر من 40", None, False),
        ("بين 40 و50", None, False),
        ("عشرات", None, False),
    ],
)
def test_exact_and_approximate(text, exact, approximate):
    count = read_count(text)
    assert (count.exact, count.approximate) == (exact, approximate)


def test_count_is_plain():
    count = read_count("نحو 40")
    assert count == Count(40, 40)
    assert hash(count) == hash(Count(40, 40))
    assert repr(count) == "Count(minimum=40, maximum=40, approximate=True)"
    assert repr(Count(6, None)) == "Count(minimum=6, maximum=None)"
    plain = {"minimum": 40, "maximum": 40, "approximate": True}
    assert json.loads(json.dumps(asdict(count))) == plain
    assert pickle.loads(pickle.dumps(count)).approximate


def test_limits_after():
    assert limits_after(" جنود على الأقل") is Limit.AT_LEAST
    assert limits_after(" على الأكثر") is Limit.AT_MOST
    assert limits_after(" جنود في كمين") is None


NOUNS = {
    exactly(
        2
    ): """قتيلان قتيلين القتيلين وجريحين جنديان جنديين لجنديين شخصان شخصين بشخصين طفلتان طفلتين
        امرأتين شابين عنصران عنصرين ضابطين مدنيان مسلحان جثتين جثتان قتيلانِ آخران والديه طفليه
        طفلاها ابنتاه شقيقتين مسلحَيْنِ مهندسان شقيقيه مرافقاه عاملين""",
    at_least(
        2
    ): """قتلى القتلى جرحى والجرحى شهداء للشهداء ضحايا مصابين مصابون مفقودين عناصر جنود أطفال
        نساء مدنيين المدنيين مدنيون مسلحون مسلحين ناشطين نازحات معتقلات آخرين آخرون جثث جثثاً جثامين
        مقاتلو مقاتلي أطفاله عناصرها مرافقيه عائلته مسلحِين مواطنين شبّان مقتلهم إصابات وفيات العاملين خسائر
        أبرياء غرباء مساجين جواسيس متظاهرات""",
    exactly(1): """قتيل قتيلاً جريح جندي جندياً شخص شخصا طفل طفلة طفلةً مدني شاب شابة امرأة رجل ضابط
        والشاب للجندي لاجئ ناشط ابنه زوجته جثة جثمانه مقتله أخي شقيقتي متقاعد متسلل أمين""",
    None: """مقتل إصابة اصابة قتل قُتل قتلت أصيب استشهاد مصرع وفاة درعا في 12 ؟ إبان أمان عمان
        اختفاء تواصل""",
}


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, words in NOUNS.items() for word in words.split()]
)
def test_noun(word, count):
    assert read_noun(word) == count


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("جنديين تركيين", exactly(2)),
        ("مدنيين اثنين", exactly(2)),
        ("عناصر الأمن", at_least(2)),
        ("", None),
    ],
)
def test_noun_of_several_words(words, count):
    assert read_noun(words) == count


# --- counts in running text ----------------------------------------------------------------------

# ⟦ ⟧ stand around each count; what they come to follows in order.
TEXTS = [
    ("مقتل ⟦12⟧ مدنياً وإصابة ⟦خمسة⟧ آخرين", [exactly(12), exactly(5)]),
    ("قتل ⟦3⟧ جنود على الأقل وجرح ⟦عشرات⟧", [at_least(3), at_least(20)]),
    ("نزوح ⟦نحو 23 ألفاً و500⟧ شخص", [exactly(23_500)]),
    ("و⟦ما لا يقل عن ستة⟧ أطفال و⟦أكثر من عشرين⟧ امرأة", [at_least(6), at_least(21)]),
    ("قدّر العدد ب⟦ما بين 40 و45⟧ قتيلاً", [Count(40, 45)]),
    ("أصيب ⟦من 5 إلى 7⟧ أشخاص، ثم ⟦ثلاثة أو أربعة⟧", [Count(5, 7), Count(3, 4)]),
    ("ارتفع عدد القتلى من ⟦5⟧ إلى ⟦7⟧", [exactly(5), exactly(7)]),
    ("⟦تجاوز الثمانين⟧ قتيلاً و⟦لا تتجاوز 39⟧", [at_least(81), at_most(39)]),
    ("تجاوز عدد المصابين ⟦الأربعين⟧", [at_least(41)]),
    ("حافلة تقل ⟦أحد عشر⟧ عاملاً", [exactly(11)]),
    ("مقتل ⟦جنديين⟧ تركيين و⟦امرأتين⟧", [exactly(2), exactly(2)]),
    ("أسر ⟦جنديين اثنين⟧ و⟦اثني عشر⟧ ضابطاً", [exactly(2), exactly(12)]),
    ("إصابة ⟦خمسة⟧ شرطيين", [exactly(5)]),
    ("اعتقال ⟦عدد من⟧ الناشطين و⟦عدد كبير من⟧ الطلاب", [at_least(2), at_least(2)]),
    ("سقطت ⟦عدة⟧ قذائف و⟦بضع⟧ صواريخ", [at_least(2), at_least(2)]),
    ("⟦ألفين وخمسمئة⟧ مقاتل و⟦1.5 مليون⟧ نازح", [exactly(2500), exactly(1_500_000)]),
    ("سقوط جريح ⟦واحد⟧ وعودة ⟦2015⟧ شخصاً", [exactly(1), exactly(2015)]),
    ("خرج ⟦١٥⟧ جريحا و⟦۱۸⟧ مصابا", [exactly(15), exactly(18)]),
    ("\u200fقتل \u200f⟦1\u200f5⟧\u200e شخصا", [exactly(15)]),
    ("قتل ⟦11⟧ شخصا وأصيب ⟦43⟧ آخرون بجروح في تفجير سيارتين مفخختين", [exactly(11), exactly(43)]),
    ("مصرع ⟦3⟧ أشخاص في حادث سير على الطريق رقم 65", [exactly(3)]),
    ("استشهد ⟦شابان⟧ وأصيب ⟦ثلاثة⟧ آخرون بالرصاص", [exactly(2), exactly(3)]),
    ("اعتقلت قوات الاحتلال ⟦17⟧ فلسطينيا فجر اليوم الثلاثاء 12/8/2014", [exactly(17)]),
    ("مقتل ⟦ما لا يقل عن 20⟧ عنصرا من التنظيم وتدمير ⟦4⟧ آليات", [at_least(20), exactly(4)]),
    ("شنت الطائرات ⟦12⟧ غارة على أطراف المدينة", [exactly(12)]),
    ("سقطت ⟦ثلاث⟧ قذائف هاون على حي السبيل عند الساعة 3:30 عصرا", [exactly(3)]),
    ("نزح ⟦أكثر من 30 ألف⟧ مدني خلال 48 ساعة", [at_least(30_001)]),
    ("في 15 آذار 2011 قتل ⟦شخصان⟧", [exactly(2)]),
    ("قتل ⟦عشرات⟧ المدنيين وأصيب ⟦المئات⟧", [at_least(20), at_least(200)]),
    ("أطلق سراح ⟦25⟧ معتقلا مقابل ⟦خمسة⟧ أسرى", [exactly(25), exactly(5)]),
    ("تراوح عدد القتلى ⟦بين 10 و15⟧ قتيلا", [Count(10, 15)]),
    ("بلغ عدد الضحايا ⟦250⟧ بينهم ⟦70⟧ طفلا و⟦45⟧ امرأة", [exactly(250), exactly(70), exactly(45)]),
    ("ارتفعت حصيلة القتلى إلى ⟦33⟧ قتيلا و⟦أكثر من 100⟧ جريح", [exactly(33), at_least(101)]),
    ("عثر على ⟦4⟧ جثث مجهولة الهوية", [exactly(4)]),
    ("فقد ⟦حوالي 10⟧ مهاجرين إثر غرق قارب يقل ⟦70⟧ مهاجرا", [exactly(10), exactly(70)]),
    ("قتل ⟦جنديان⟧ وجرح ⟦أربعة⟧ بينهم ضابط", [exactly(2), exactly(4)]),
    ("⟦3⟧ قتلى و⟦5⟧ جرحى", [exactly(3), exactly(5)]),
    ("مقتل ⟦ثلاثة⟧ من عناصر الأمن", [exactly(3)]),
    ("أصيب ⟦سبعة⟧ بينهم ⟦طفلان⟧", [exactly(7), exactly(2)]),
    ("ألقت المروحيات ⟦4⟧ براميل متفجرة", [exactly(4)]),
    ("قتل ⟦مئة⟧ شخص", [exactly(100)]),
    ("اقتحم ⟦عدد من⟧ المسلحين المقر", [at_least(2)]),
    ("خطف مسلحون ⟦ثلاثة عشر⟧ عاملا", [exactly(13)]),
    ("وصل ⟦١٢٣٤⟧ لاجئا", [exactly(1_234)]),
    ("خروج الدفعة الثالثة وعددهم ⟦1,200⟧ شخص", [exactly(1_200)]),
    ("غرق ⟦12 000⟧ شخص", [exactly(12_000)]),
    ("توقيف ⟦اثنين⟧ من المشتبه بهم", [exactly(2)]),
    ("صدم ⟦خمس⟧ سيارات", [exactly(5)]),
    ("قتل ⟦نحو أربعين⟧ مقاتلا من الطرفين", [exactly(40)]),
    ("اعتقال ⟦7⟧ فلسطينيين بينهم أسير محرر", [exactly(7)]),
    ("قتل ⟦خمسة⟧ من أفراد الشرطة وأصيب ⟦تسعة⟧ في انفجار عبوتين ناسفتين", [exactly(5), exactly(9)]),
    ("أحصى المرصد مقتل ⟦3,245⟧ مدنيا خلال 2015", [exactly(3_245)]),
    ("أعدم التنظيم ⟦أربعة⟧ شبان بتهمة التعامل", [exactly(4)]),
    ("سقط ⟦قتيلان⟧ و⟦سبعة⟧ جرحى", [exactly(2), exactly(7)]),
    ("مقتل ⟦21⟧ بينهم ⟦8⟧ نساء و⟦6⟧ أطفال", [exactly(21), exactly(8), exactly(6)]),
    ("تضرر ⟦أكثر من عشرة⟧ منازل", [at_least(11)]),
    ("نفذ ⟦أربعة⟧ انتحاريين الهجوم على مقر الفوج 45", [exactly(4)]),
    ("حررت القوات ⟦7⟧ قرى و⟦3⟧ بلدات", [exactly(7), exactly(3)]),
    ("احتجاز ⟦ما يقارب الـ 200⟧ شخص", [exactly(200)]),
    ("وصول ⟦350⟧ مهاجرا على متن ⟦4⟧ زوارق", [exactly(350), exactly(4)]),
    ("مقتل وإصابة ⟦نحو ستين⟧ شخصا", [exactly(60)]),
    ("ارتفاع عدد القتلى إلى ⟦17⟧", [exactly(17)]),
    ("جرح ⟦٥⟧ جنود أحدهم بحالة خطرة", [exactly(5)]),
    ("استهدف القصف المدينة بـ⟦15⟧ صاروخا", [exactly(15)]),
    ("ألقي القبض على ⟦تسعة عشر⟧ متهما وفق المادة 4 إرهاب", [exactly(19)]),
    ("قتل ⟦ثلاثة⟧ وأصيب ⟦خمسة عشر⟧ بينهم ⟦أربع⟧ نساء", [exactly(3), exactly(15), exactly(4)]),
    ("بعد مرور عامين على مقتل ⟦عشرات⟧ الأشخاص", [at_least(20)]),
    ("خلال ال 24 ساعة الماضية قتل ⟦12⟧ شخصا", [exactly(12)]),
    ("في الساعة 10 صباحا قتل ⟦شرطيان⟧", [exactly(2)]),
    ("قتل شخص ⟦واحد⟧", [exactly(1)]),
    ("قتل جندي ⟦واحد⟧", [exactly(1)]),
    ("توفي ⟦ثلاثة⟧ أشقاء تتراوح أعمارهم بين 3 و9 سنوات", [exactly(3)]),
    ("اعتقال ⟦عشرين⟧ ناشطا سياسيا في ⟦3⟧ محافظات", [exactly(20), exactly(3)]),
    ("أجلي ⟦بضعة آلاف⟧ من السكان", [at_least(2_000)]),
    ("فرار ⟦أزيد من 100⟧ سجين", [at_least(101)]),
]

# Numbers that count neither people nor things.
NO_COUNTS = """
    في 7 أكتوبر 2023
    بين 3 و9 أيار
    يوم 2023-10-07 و7/10/2023
    السبت ٢٤ ربيع الأول ١٤٣٥
    عند الساعة 10:30
    في الخامسة مساء و5 مساء
    رجل عمره 12 عاماً
    (45 عاماً)
    في الـ25 من عمره
    منذ 3 أيام وقبل عشر سنوات
    خلال السنوات الخمس
    بنسبة 20% و20 في المئة و30 بالمئة و٪40
    على بعد 5 كيلومترات
    عشرات الكيلومترات
    بقيمة 300 دولار
    اللواء 80
    القرن العشرين
    الثالث عشر
    الذكرى الخامسة والعشرين
    أحد المسلحين
    يوم الاثنين
    صباح الأحد
    في وقت واحد
    طائرة إف-16 وF16
    هاتف 0944123456 و+963 944 123 456
    مسافة 5.7
    عدد القتلى
    كمية من السلاح
    إبان الحرب في عمان
    اللواء 52 والفرقة 17 والفوج 121
    على بعد 12 كم من مركز المدينة
    صاروخ غراد من عيار 122 ملم
    القرار 2254 الصادر عن مجلس الأمن
    قرار مجلس الأمن رقم 1701
    حكم عليه بالسجن 10 سنوات وغرامة 5000 دينار
    بنسبة 35 في المائة
    35 بالمائة من السكان
    تبلغ من العمر 35 عاما
    الشاب محمد علي (٢٧ عاما)
    الموسم 2014 - 2015
    منذ نحو 5 سنوات
    في الذكرى الـ 25 للثورة
    حركة 20 فبراير
    كتائب ثورة العشرين
    قالت فرانس 24 إن القصف مستمر
    قمة مجموعة العشرين
    قصفت ثلاث مرات
    أحد القتلى
    دبابة من طراز تي 72
    طائرة من نوع ميغ 23
    سوخوي 24
    الساعة الثامنة والنصف مساء
    حزب 14 آذار وقوى 8 آذار
    شارع 60 في الرمادي
    وصلت درجة الحرارة إلى 45 درجة
    هاتف رقم 71234567
    اغتيل قائد اللواء 27 في عدن
    يبعد 30 كيلومترا شمال شرق بعقوبة
    قرب الكيلو 14 على الطريق الدولي
    بحوزتهم 5 كيلوغرامات من المتفجرات
    قتلوا في 3 يوليو و14 أغسطس 2013
"""


@pytest.mark.parametrize(("marked", "counts"), TEXTS)
def test_counts_in_text(marked, counts):
    text = marked.replace("⟦", "").replace("⟧", "")
    found = find_counts(text)
    assert [text[f.start : f.end] for f in found] == _between_brackets(marked)
    assert [f.count for f in found] == counts


def _between_brackets(marked: str) -> list[str]:
    return [part.split("⟧")[0] for part in marked.split("⟦")[1:]]


@pytest.mark.parametrize("text", [line.strip() for line in NO_COUNTS.strip().splitlines()])
def test_no_count_in_text(text):
    assert find_counts(text) == []


@pytest.mark.parametrize("text", ["1. قصف على درعا", "2) قصف", "(3) قصف", "4- قصف"])
def test_list_numbers_are_no_counts(text):
    assert find_counts(f"قصف:\n{text}") == []


def test_parts_of_a_total_are_told():
    text = "مقتل 10 مدنيين بينهم 3 أطفال وامرأتان. وجرح 7"
    told = [(f.count.exact, f.part) for f in find_counts(text)]
    assert told == [(10, False), (3, True), (2, True), (7, False)]
    assert is_part_of_total("قتل عشرة بينهم ")
    assert not is_part_of_total("تعرض أمنهم لخطر فقتل ")


@pytest.mark.parametrize("marked", [marked for marked, _ in TEXTS])
def test_a_found_count_is_what_its_words_come_to(marked):
    text = marked.replace("⟦", "").replace("⟧", "")
    for found in find_counts(text):
        words = text[found.start : found.end]
        assert read_count(words, text[found.end :], text[: found.start]) == found.count


# --- every number --------------------------------------------------------------------------------

RANDOM = random.Random(1)
UNITS = [
    [],
    ["واحد", "واحدة", "واحدا"],
    ["اثنان", "اثنين", "اثنتان", "اثنتين", "إثنين", "ثنتان"],
    ["ثلاثة", "ثلاث", "ثلاثه", "ثلاثاً"],
    ["أربعة", "أربع", "اربعه"],
    ["خمسة", "خمس", "خمسه"],
    ["ستة", "ست", "سته"],
    ["سبعة", "سبع", "سبعه"],
    ["ثمانية", "ثماني", "ثمان", "ثمانيه"],
    ["تسعة", "تسع", "تسعه"],
]
ELEVEN_AND_TWELVE = [["أحد", "إحدى", "احد"], ["اثنا", "اثني", "اثنتا", "اثنتي", "إثني"]]
TENS = ["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
HUNDREDS = ["ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع"]
HUNDRED = ["مئة", "مائة", "ميه", "مئه", "مائه"]
TWO_HUNDRED = ["مئتان", "مئتين", "مائتان", "مائتين", "مئتا", "مئتي"]
THOUSAND = ("ألف الف ألفاً", "ألفان ألفين الفين", "آلاف الاف")
MILLION = ("مليون مليوناً", "مليونان مليونين", "ملايين")


def spell(number: int, pick) -> str:
    """A number in words, with gender, case, spelling and order as ``pick`` chooses among them."""
    if number == 0:
        return "صفر"
    millions, thousands, rest = number // 10**6, number // 1000 % 1000, number % 1000
    parts = [_scaled(millions, MILLION, pick), _scaled(thousands, THOUSAND, pick)]
    parts = [part for part in [*parts, _below_thousand(rest, pick)] if part]
    return pick([" و", " و "]).join(parts)


def _scaled(number: int, words: tuple[str, str, str], pick) -> str:
    one, two, many = (forms.split() for forms in words)
    if number in (0, 1, 2):
        return "" if number == 0 else pick(one[:1] if number == 1 else two)
    counted = _below_thousand(number, pick)
    return f"{counted} {pick(many if 3 <= number % 100 <= 10 else one)}"


def _below_thousand(number: int, pick) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [part for part in (_hundreds(hundreds, pick), _below_hundred(rest, pick)) if part]
    return pick([" و", " و "]).join(pick([parts, parts[::-1]]))


def _hundreds(number: int, pick) -> str:
    if number < 3:
        return ["", pick(HUNDRED), pick(TWO_HUNDRED)][number]
    return HUNDREDS[number - 3] + pick(["", " "]) + pick(HUNDRED)


def _below_hundred(number: int, pick) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return pick(UNITS[unit]) if unit else ""
    if tens == 1:
        first = [] if unit == 0 else (ELEVEN_AND_TWELVE + UNITS[3:])[unit - 1]
        return " ".join([*([pick(first)] if first else []), pick(["عشر", "عشرة", "عشره"])])
    ten = TENS[tens - 2] + pick(["ون", "ين"])
    return pick(UNITS[unit]) + pick([" و", " و "]) + ten if unit else ten


def test_every_spelling_of_a_number():
    sample = [*range(1000), *(RANDOM.randrange(10 ** RANDOM.randrange(3, 10)) for _ in range(4000))]
    spelled = [(number, spell(number, RANDOM.choice)) for number in sample]
    misread = {words: n for n, words in spelled if read_count(words) != exactly(n)}
    assert not misread


def spells_well(number: int) -> bool:
    """Whether num2words spells a number: of 101,000 and its like it makes مائة و ألف ألف."""
    return not any(
        group > 1 and group % 100 == 1 for group in (number // 10**6, number // 1000 % 1000)
    )


def misread_of_num2words(sample) -> dict[int, str]:
    """The numbers of a sample that do not read back as num2words spells them (blank after و, مائة)."""
    num2words = pytest.importorskip("num2words").num2words
    spelled = ((number, num2words(number, lang="ar")) for number in sample if spells_well(number))
    return {n: words for n, words in spelled if read_count(words) != exactly(n)}


def test_what_num2words_writes():
    edges = [10**k + d for k in range(1, 9) for d in (-1, 0, 1)] + [999_999_999]
    drawn = (RANDOM.randrange(10 ** RANDOM.randrange(1, 10)) for _ in range(3000))
    assert not misread_of_num2words([*range(1200), *edges, *drawn])


# --- any input -----------------------------------------------------------------------------------

LETTERS = "واحد عشر ألف مئة وف بل ال 12٣,.٫-–أو إلى بين من لا يقل ًَُِّْ\u200f\n" + "ةىءئؤ%/+(:A"
WORDS = """
    و أو بين من إلى نحو أكثر لا يقل عن ما عدد بضعة عشرات آلاف ألف مليون مئة ثلاث عشر خمسة وعشرين 5
    2015 ١٢ 1.5 % - / ( ) . واحد اثنين جنديين قتلى أيار في المئة بينهم على الأقل ال نصف \u200f
"""
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=LETTERS, max_size=200),
    st.lists(st.sampled_from(WORDS.split()), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS.split()), max_size=60).map("".join),
)


def check(text: str) -> None:
    read_count(text, after=text, before=text)
    read_noun(text)
    end = 0
    for found in find_counts(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
def test_any_text(text):
    check(text)


LONG = [
    "ألف ", "9", "مليون و", "خمسة وعشرين ", "و", "و ", "أو 5 ", "بين خمسة وعشرين ", "1-", "A", "A-", "9,999",
    "ما لا يقل عن ", "عدد كبير ", "جنديين أو ", "\u200f5", "\u064b", "ب", "ـ", "من 5 إلى ", "+1 ", "(1", "5%", "\n",
    "ثلاث مئة و", "واحد عشر ", "لا ", "#a", "5 ", "خمسة و", "بينهم 5 ", "12 000 ",
]  # fmt: skip


def milliseconds(read, text: str) -> float:
    """The least of three runs, each on a text of its own, for the caches hold what was read."""
    took = []
    for turn in range(3):
        start = time.process_time()
        read(f"{turn} {text}")
        took.append(time.process_time() - start)
    return 1000 * min(took)


@pytest.mark.parametrize("piece", LONG)
def test_no_phrase_takes_over_5_ms(piece):
    text = piece * (100_000 // len(piece))
    for read in (read_count, read_noun, limits_after, limits_before):
        assert milliseconds(read, text) < 5


@pytest.mark.parametrize("piece", LONG)
def test_a_text_takes_time_in_proportion_to_its_length(piece):
    """At most 5 ms for 1,000 characters, however many numbers they hold, or 10 where much else runs."""
    text = piece * (5_000 // len(piece))
    assert milliseconds(find_counts, text) < 50


def test_ordinary_text_takes_half_a_millisecond_for_1000_characters():
    texts = " ".join(re.sub("[⟦⟧]", "", marked) for marked, _ in TEXTS) + NO_COUNTS
    assert milliseconds(find_counts, texts * (100_000 // len(texts))) < 150


if __name__ == "__main__":
    drawn = random.Random(2).sample(range(10**9), 950_000)
    million = [number for number in [*range(100_000), *drawn] if spells_well(number)][:1_000_000]
    wrong = misread_of_num2words(million)
    print(f"{len(million)} numbers, {len(wrong)} misread", *list(wrong.items())[:20], sep="\n")
