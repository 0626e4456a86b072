"""What an Arabic noun for people says of their number by its own form: قتيلان are two.

Endings decide (ان, ون, ين, ات, pronouns), and the patterns that only broken plurals have; tables
name the nouns of which the ending alone does not tell: with ين a noun that has a broken plural is a
dual (جنديين), one that has a sound plural is a plural (مدنيين).
The morphology is that of Ryding 2005, "A Reference Grammar of Modern Standard Arabic", chapters 7
and 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from sijill.text.numerals import FORMAT, ORDINALS, PROCLITICS, TANWIN, fold_words
from sijill.text.orthography import LETTERS, MARKS, TATWEEL, fold


@dataclass(frozen=True, slots=True)
class Count:
    """The least and the most that the words allow; None where there is no limit.

    ``approximate`` says that the words call the number a rough one (نحو 40 is 40 to 40, approximate).
    It does not matter when counts are compared.

    >>> Count(40, 40, approximate=True) == Count(40, 40)
    True
    """

    minimum: int | None
    maximum: int | None
    approximate: bool = field(default=False, compare=False)

    @property
    def exact(self) -> int | None:
        """The number, where the words tell just one and do not call it a rough one."""
        return self.minimum if self.minimum == self.maximum and not self.approximate else None

    def __repr__(self) -> str:
        rough = ", approximate=True" if self.approximate else ""
        return f"Count(minimum={self.minimum}, maximum={self.maximum}{rough})"


# Two, and neither by a rule nor by any other list; and the verbs that say so.
_BOTH = """
    والدا والدي والدان والدين أبوا أبوي أبوان أبوين أخوان أخوين زوجان زوجين عروسان عروسين كلاهما
    كليهما أصيبا قضيا توفيا استشهدا
"""
# Broken plurals, collectives and bodies of people, verbs of harm that say "they": two at least.
_MANY = """
    قتلى جرحى شهداء ضحايا صرعى موتى أموات أسرى سجناء جثث جثامين إصابات وفيات خسائر غرقى مرضى رهائن ناس
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
    قتيل جريح صريع شهيد أسير سجين غريق مريض ضحية رهينة جثة جثمان رفيق زميل نزيل أحد شخص فرد نفر إنسان
    رجل طفل رضيع قاصر ولد صبي فتى شاب شيخ عجوز ابن بنت ابنة نجل أخ أخت شقيق والد أب أم زوج قريب
    صديق جار توأم أمين عامل عم خال حفيد يتيم طفلة فتاة امرأة مرأة سيدة جندي شرطي دركي ضابط عنصر عضو قائد
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
    متهم مدان منفذ مساعد منتسب مخبر مسن مستوطن محارب مرابط مهاجم متشدد متطرف قناص مؤيد معارض موال مناصر ناج ناجي
    باق فار مار مجهول معاق قروي ريفي باحث كاتب ميت آخر أخرى حوثي داعشي مسلم مسيحي درزي علوي شيعي سني
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
_SELF = set(fold_words("اثنان اثنين اثنتان اثنتين"))  # جنديين اثنين

_FIXED: dict[str, Count | None] = {
    **dict.fromkeys(ORDINALS, _ONE),
    **dict.fromkeys(fold_words(_MANY), _MORE),
    **dict.fromkeys(fold_words(_BOTH), _TWO),
    **dict.fromkeys(fold_words(_ACTS)),
}
_BROKEN_NOUNS = set(fold_words(_BROKEN))
_SOUND_NOUNS = set(fold_words(_SOUND))
_PERSONS = _BROKEN_NOUNS | _SOUND_NOUNS
# With ي these are "my brother" more often than the two brothers of somebody.
_KIN = set(fold_words("أخ أخت شقيق شقيقة أب أم زوج زوجة ابن ابنة بنت عم خال حفيد والدة صديق"))
# A stem that no table knows: a participle in م, a relative noun in ي, the patterns فاعل and فعّال.
_PERSON_STEM = re.compile("(?:م.{2,}|.{2,}ي|.ا..|..ا.)")
# A noun without an ending that no table knows: the participles متفعل and متفاعل are persons.
_PARTICIPLE = re.compile("مت[^ا]ا?..")
# Patterns that broken plurals alone have: فعلاء and أفعلاء (not افتعال: اختفاء), فعائل, مفاعيل and
# its like, فواعل (not تواصل, مواطن).
_PLURAL = re.compile("[^ا]..اء|ا.[^ت].?اء|..اء[^ه]|[^ات][^ا]ا.ي.|[^اتم]وا.ي?[^ه]")
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


def _ending(word: str, vowel: str, definite: bool, guess: bool) -> Count | None:
    """Read the ending of a folded word; ``vowel`` is the sign before ين where the text has one.

    ين is a plural where the singular takes the sound plural (مدنيين), a dual elsewhere (جنديين). A
    noun with both plurals is a plural with the article (العاملين), a dual without (عاملين).
    """
    stem = word[:-2]
    if len(stem) < 3:  # إبان, أمان, عمان
        return _construct(word)
    if word.endswith(("تان", "تين")) and stem not in _PERSONS:
        return _TWO if _known(stem[:-1] + _TEH) or (guess and len(stem) > 3) else None
    if word.endswith("ان") and _person(stem, guess):
        return _TWO
    if word.endswith("ون") and _person(stem, guess):
        return _MORE
    if word.endswith("ين") and (_person(stem, guess) or (guess and vowel)):
        dual = stem in _BROKEN_NOUNS and not (definite and stem in _SOUND_NOUNS)
        dual = vowel == _FATHA if vowel else dual
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
    if ending == "ي" and (stem in _KIN or (stem.endswith("ت") and stem[:-1] + _TEH in _KIN)):
        return _ONE
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
        if bare.endswith("ي") and bare[:-1] in _BROKEN_NOUNS:  # شقيقيه
            return True, _TWO
        if bare.endswith("ا") and _known(bare[:-1]):  # مرافقاه
            return True, _TWO
        if count := _construct(bare):
            return True, count
        if bare.endswith(("و", "ي")) and _person(bare[:-1], guess):  # مرافقيه
            return True, _MORE
    return False, None


def _read_form(word: str, raw: str, definite: bool, guess: bool) -> tuple[bool, Count | None]:
    """Read a folded word without proclitics: whether it is known at all, and what it says."""
    if word in _FIXED:
        return True, _FIXED[word]
    if _known(word):
        return True, _ONE
    vowelled = _VOWELLED.search(raw)
    vowel = vowelled.group(1) if vowelled else ""
    count = _accusative(word, guess and TANWIN in raw) or _ending(word, vowel, definite, guess)
    if count:
        return True, count
    known, count = _own(word, guess)
    if known or not guess:
        return known, count
    if _PLURAL.fullmatch(word):
        return True, _MORE
    return (True, _ONE) if _PARTICIPLE.fullmatch(word) else (False, None)


def _forms(word: str) -> Iterator[tuple[str, bool]]:
    """Yield a folded word, then what is left of it without proclitics, if that may be a word.

    With each goes whether the article was before it.
    """
    yield word, False
    for proclitic in PROCLITICS[1:]:
        if word.startswith(proclitic) and len(word) - len(proclitic) > 2:
            yield word[len(proclitic) :], proclitic.endswith(("ال", "لل"))


_WORD = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+")
_LONGEST = 100
"""Characters of a noun and what follows it that are read."""


def read_noun(word: str) -> Count | None:
    """Return what a noun for people or for the dead and injured says of their number by its form.

    None where it says nothing: an act (مقتل, إصابة), or no such noun. Of several words the first
    counts. Never raises.

    >>> read_noun("قتيلين"), read_noun("امرأة")
    (Count(minimum=2, maximum=2), Count(minimum=1, maximum=1))
    >>> read_noun("والجرحى"), read_noun("مقتل")
    (Count(minimum=2, maximum=None), None)
    """
    return _read_noun(word[:_LONGEST])


@lru_cache(maxsize=1 << 14)
def _read_noun(word: str) -> Count | None:
    words = _WORD.findall(FORMAT.sub("", word))
    if not words:
        return None
    if any(fold(other) in _SELF for other in words):
        return _TWO
    raw = words[0].replace(TATWEEL, "")
    for guess in (False, True):
        for form, definite in _forms(fold(raw)):
            known, count = _read_form(form, raw, definite, guess)
            if known:
                return count
    return None


@lru_cache(maxsize=1 << 12)
def dual_of_person(word: str) -> str | None:
    """Return what stands before a folded word that is the dual of a person noun of the tables.

    None for any other word.

    >>> dual_of_person("والقتيلان"), dual_of_person("جنديين"), dual_of_person("هجومين")
    ('وال', '', None)
    """
    if not word.endswith(("ان", "ين")):
        return None
    for form, definite in _forms(word):
        known, count = _read_form(form, "", definite, guess=False)
        if known:
            return word[: len(word) - len(form)] if count == _TWO else None
    return None


@lru_cache(maxsize=1 << 12)
def count_of_person(word: str) -> Count | None:
    """Return what a folded word says of the number if it is a person noun of the tables.

    >>> count_of_person("والجنود"), count_of_person("كتاب")
    (Count(minimum=2, maximum=None), None)
    """
    for form, definite in _forms(word):
        known, count = _read_form(form, "", definite, guess=False)
        if known:
            return None if form in ORDINALS else count
    return None
