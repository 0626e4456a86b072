import re

import pytest

from sijill.text.orthography import (
    FORMATS,
    LETTERS,
    MARKS,
    fold,
    fold_letters,
    strip_diacritics,
)


@pytest.mark.parametrize(
    "word, folded",
    [
        ("قَتَلَ", "قتل"),  # vowel signs
        ("مُحمّدٌ", "محمد"),
        ("لـــكن", "لكن"),  # tatweel
        ("أحمد", "احمد"),  # alef forms
        ("إلى", "الي"),  # and final ى
        ("آخر", "اخر"),
        ("مسؤول", "مسءول"),  # hamza on a seat
        ("مسئول", "مسءول"),
        ("درعا", "درعا"),
        ("مدرسة", "مدرسه"),  # final ة
        ("علی", "علي"),  # Persian letters
        ("کرکوک", "كركوك"),
        ("٢٠١٥", "2015"),  # Arabic-Indic digits, and Persian ones
        ("۱۲٫۵", "12.5"),
        ("BBC", "bbc"),
        ("\u200fسوريا\u200c", "سوريا"),  # direction marks
        ("ﻻ", "لا"),  # presentation forms
        ("ﺑﺎﺗﺠﺎﻩ", "باتجاه"),
        ("ـ", "ـ"),  # nothing but marks: unchanged
        ("", ""),
        (".", "."),
    ],
)
def test_fold(word, folded):
    assert fold(word) == folded


def test_spelling_variants_share_a_norm():
    assert fold("الإمارات") == fold("الامارات")
    assert fold("سورية") == fold("سوريه")
    assert fold("شؤون") == fold("شئون")


def test_strip_diacritics_keeps_the_letters():
    assert strip_diacritics("إِلَـــى") == "إلى"
    assert strip_diacritics("مدرسةٌ") == "مدرسة"


@pytest.mark.parametrize(
    "word, letters, places",
    [
        ("وبه", "وبه", [0, 1, 2]),
        ("وَبـه", "وبه", [0, 2, 4]),
        ("وﻻ", "ولا", [0, 1, 1]),  # a ligature is one character, two letters
        ("", "", []),
    ],
)
def test_fold_letters_says_where_each_letter_stands(word, letters, places):
    assert fold_letters(word) == (letters, places)


def test_character_classes_do_not_overlap():
    classes = [re.compile(f"[{ranges}]") for ranges in (LETTERS, MARKS, FORMATS)]
    for code in [*range(0x600, 0x900), *range(0x2000, 0x2070), *range(0xFB50, 0xFF00)]:
        assert sum(bool(pattern.match(chr(code))) for pattern in classes) <= 1, hex(code)
