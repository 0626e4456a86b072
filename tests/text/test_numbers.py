"""What counts and nouns come to. The tables are meant to be read as examples."""

import random

import pytest

from sijill.text.numbers import Count, Limit, limits_after, read_count, read_noun


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
    ("نصف مليون", 500_000),
    ("ربع مليون", 250_000),
    ("مليون ونصف المليون", 1_500_000),
    ("مليونين ونصف مليون", 2_500_000),
    ("مليونا", 2_000_000),
    ("مليونان ومئتا ألف", 2_200_000),
    ("ثلاثة ملايين", 3_000_000),
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
]

NO_NUMBER = ["", " ", "شخص", "قتلى", "المدنيين", "!؟", "و", "ال", "123456789012345678901234", "5.7"]


@pytest.mark.parametrize(
    ("text", "number"), DIGITS + UNITS_AND_TEENS + TENS_AND_HUNDREDS + THOUSANDS
)
def test_number(text, number):
    assert read_count(text) == exactly(number)


@pytest.mark.parametrize(("text", "count"), LIMITS + RANGES + VAGUE)
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


def test_limits_after():
    assert limits_after(" جنود على الأقل") is Limit.AT_LEAST
    assert limits_after(" على الأكثر") is Limit.AT_MOST
    assert limits_after(" جنود في كمين") is None


NOUNS = {
    exactly(
        2
    ): """قتيلان قتيلين القتيلين وجريحين جنديان جنديين لجنديين شخصان شخصين بشخصين طفلتان طفلتين
        امرأتين شابين عنصران عنصرين ضابطين مدنيان مسلحان جثتين جثتان قتيلانِ آخران والديه طفليه
        طفلاها ابنتاه شقيقتين مسلحَيْنِ مهندسان""",
    at_least(
        2
    ): """قتلى القتلى جرحى والجرحى شهداء للشهداء ضحايا مصابين مصابون مفقودين عناصر جنود أطفال
        نساء مدنيين المدنيين مدنيون مسلحون مسلحين ناشطين نازحات معتقلات آخرين آخرون جثث جثثاً جثامين
        مقاتلو مقاتلي أطفاله عناصرها مرافقيه عائلته مسلحِين مواطنين شبّان مقتلهم إصابات وفيات""",
    exactly(1): """قتيل قتيلاً جريح جندي جندياً شخص شخصا طفل طفلة طفلةً مدني شاب شابة امرأة رجل ضابط
        والشاب للجندي لاجئ ناشط ابنه زوجته جثة جثمانه مقتله""",
    None: "مقتل إصابة اصابة قتل قُتل قتلت أصيب استشهاد مصرع وفاة درعا في 12 ؟",
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


RANDOM = random.Random(1)


def test_what_num2words_writes():
    """Numbers as num2words spells them (blank after و, مائة) read back."""
    num2words = pytest.importorskip("num2words").num2words
    sample = [*range(1200), *(RANDOM.randrange(1_000_000) for _ in range(2000))]
    # It misspells 101,000, 201,000 and their like: مائة و ألف ألف.
    sample = [number for number in sample if number // 1000 % 100 != 1 or number < 100_000]
    spelled = {number: num2words(number, lang="ar") for number in sample}
    misread = {n: words for n, words in spelled.items() if read_count(words) != exactly(n)}
    assert not misread


def test_never_raises():
    letters = "واحد عشر ألف مئة وف بل ال 12٣,.٫-–أو إلى بين من لا يقل ًَُِّْ\u200f\n" + "ةىءئؤ"
    for _ in range(3000):
        text = "".join(RANDOM.choices(letters, k=RANDOM.randrange(40)))
        read_count(text, after=text[::-1])
        read_noun(text)
    for text in ("ألف " * 2000, "9" * 10_000, "مليون و" * 500, "خمسة وعشرين " * 500):
        read_count(text)
