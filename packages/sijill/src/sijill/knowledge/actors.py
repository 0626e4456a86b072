"""Which armed actor a wording of the Arabic press means: a register of names, and rules for what is only described.

Names stand in ``data/actors.tsv``. Bodies that every state has (army, police, national guard …) are composed from the
tables below and the rows of that file that name a state's government in a period. Actor names and kinds follow the
ACLED codebook (acleddata.com).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sijill.text.orthography import fold

KINDS = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "External/Other forces",
)
_DATA = files(__package__) / "data" / "actors.tsv"


@dataclass(frozen=True, slots=True)
class Actor:
    """An armed actor or state body.

    ``kind`` is one of `KINDS`, as seen from its own country; ``country`` is its home (ISO 3166, two letters) or empty
    where it has none; ``start`` and ``end`` are years, None where open or unknown; ``parent`` is an actor's id or empty.
    """

    id: str
    name: str
    english: str
    kind: str
    country: str = ""
    start: int | None = None
    end: int | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in an article: the words, ARMED or ORG, and which earlier mention it is another name of."""

    name: str
    label: str = "ARMED"
    alias_of: int | None = None


class Body(NamedTuple):
    """A body that states have: part of Military or Police Forces (or neither), and what the press calls it."""

    family: str
    english: str
    name: str
    wordings: str


# A wording after ~ needs a nationality: قوة تركية is the Turkish army, قوة alone may be anyone.
BODIES = {
    "military": Body(
        "military",
        "",
        "القوات المسلحة",
        "جيش | قوات مسلحة | قوات حكومية | قوات نظامية | قوات الحكومة | جيش نظامي | جيش وطني | قوات برية | قوات عسكرية"
        " | جيشنا | قوات مشتركة | قيادة الجيش | قيادة عامة للجيش | قيادة عامة للقوات المسلحة | رئاسة الأركان"
        " | هيئة الأركان | مؤسسة عسكرية | وحدات عسكرية | وحدة عسكرية | سلطات عسكرية | قيادة العمليات المشتركة"
        " | عمليات مشتركة | سلاح الجو | سلاح الطيران | قوات جوية | قوة جوية | طيران الجيش | مروحيات الجيش | طيران حربي"
        " | طيران مروحي | طيران | مدفعية | مدفعية الجيش | دفاع جوي | قوات الدفاع الجوي | دفاعات جوية | بحرية | سلاح البحرية"
        " | قوات بحرية | قوات خاصة | مظليين | كوماندوس | قوات الكوماندوس | قوات الصاعقة | مشاة البحرية | سلاح المهندسين"
        " | هندسة عسكرية | سلاح الهندسة | فوج الهندسة | وحدات الهندسة في الجيش | دورية عسكرية | رتل عسكري"
        " | آلية عسكرية | حاجز الجيش | جندي | جنديا | جنديين | جنود | جنودا | جنودنا | مجند | مجندا | مجندين | عسكري | عسكريا"
        " | عسكريين | جنود الجيش | جنود الاحتياط | ضباط الجيش | ضباط وجنود | قيادة العمليات | قوات الدفاع"
        " | قوة دفاع | جيش شعبي وطني | فرقة الهندسة | فريق الهندسة | فرق الهندسة | وحدة الهندسة | وحدات الهندسة | عناصر الهندسة | فرق هندسية"
        " | فرقة هندسية | كتيبة الهندسة | هندسة الميدان | هندسة | جهد هندسي | مؤسسة أمنية وعسكرية | مؤسستين الأمنية والعسكرية"
        " | وحدات أمنية وعسكرية | قوات أمنية وعسكرية | قوات عسكرية وأمنية | طيران القوة الجوية | جنديا وضابطا | ضابط وجندي"
        " | ضابط | ضابطا | ضابطين | ضباط | ضابط صف | رقيب | عريف | جيش الطيران | قيادة عسكرية"
        " | وسائط الدفاع الجوي | سلاح المدفعية"
        " ~ قوات | قوة | قوه خاصة | وحدات | وحدة | رتل | قافلة | دورية | دوريات | تعزيزات"
        " | مقاتلات | طائرات | طائرات حربية | مروحيات | آليات | دبابات | قاعدة | صواريخ | عنصر | عناصر | عنصرين"
        " | عناصر القوات | سلاح | حدود | قناصة | سلطات الاحتلال | جيش الاحتلال | قوات الاحتلال",
    ),
    "police": Body(
        "police",
        "",
        "الشرطة",
        "شرطة | قوات الشرطة | رجال شرطة | رجل شرطة | رجال الشرطة | شرطي | شرطيا | شرطيين | أمين شرطة | أمناء شرطة"
        " | ضابط شرطة | ضباط شرطة | أفراد الشرطة | عناصر الشرطة | عنصر شرطة | وحدات الشرطة | جهاز الشرطة | قوة الشرطة"
        " | دوريات الشرطة | دورية شرطة | شرطة محلية | شرطة وطنية | شرطة المرور | شرطة المحافظة | شرطة الولاية"
        " | شرطة مكافحة الشغب | قوات مكافحة الشغب | مكافحة الشغب | شرطة مدنية | شرطة عدلية | شرطة قضائية | شرطة جنائية"
        " | شرطة فنية | شرطة بلدية | مديرية الشرطة | فرقة الشرطة العدلية | مباحث | مباحث جنائية | أمن جنائي | أدلة جنائية"
        " | أمن | قوات الأمن | قوى الأمن | قوات أمنية | قوى أمنية | قوة أمنية | أجهزة الأمن | أجهزة أمنية | جهاز أمني"
        " | سلطات أمنية | جهات أمنية | جهات مختصة | رجال الأمن | رجل أمن | عناصر الأمن | عنصر أمن | عنصر أمني"
        " | أفراد الأمن | عون أمن | أعوان الأمن | أعوان أمن | عونا أمن | عوني أمن | وحدات أمنية | وحدات الأمن | دورية أمنية"
        " | مفرزة أمنية | أمنيين | أمن داخلي | قوى الأمن الداخلي | قوات الأمن الداخلي | أمن وطني | قوات الأمن الوطني"
        " | أمن عمومي | أمن عام | قوات حفظ النظام | قوات حفظ الأمن | قوى الأمن العام | مديرية الأمن العام"
        " | مديرية الأمن | مديرية عامة للأمن الوطني | فرقة الأمن الوطني | إدارة الأمن | خبراء المتفجرات"
        " | خبراء المفرقعات | شرطة هندسة المتفجرات | إدارة المرور | قسم المرور | نجدة | دوريات النجدة"
        " | منتسبين | رجلا شرطة | مفارز أمنية | كتيبة أمنية | نقطة أمنية | سلط أمنية | أمني | عونين | مؤسسة أمنية | أسلاك أمنية"
        " | وحدات الشرطة العدلية | إدارة عامة للأمن | مديرية مكافحة المتفجرات | بوليس | فرقة أمنية | سلطات الأمن | مفوضية الشرطة | وحدات التدخل | حفظ النظام"
        " | فرقة الأبحاث والتفتيش | أمن دبلوماسي | مديرية عامة لقوى الأمن الداخلي"
        " ~ محققين | وحدات القمع | دورية | أجهزة",
    ),
    "gendarmerie": Body(
        "police",
        "Gendarmerie",
        "الدرك",
        "درك | درك وطني | قوات الدرك | جندرمة | قوات الجندرمة | دركي | دركيين | رجال الدرك",
    ),
    "national-guard": Body(
        "police",
        "National Guard",
        "الحرس الوطني",
        "حرس وطني | قوات الحرس الوطني | وحدات الحرس الوطني | أعوان الحرس الوطني | عون حرس | عون حرس وطني | منطقة الحرس الوطني"
        " | إقليم الحرس الوطني | فرقة الحرس الوطني | فرقة الأبحاث والتفتيش للحرس الوطني | دورية الحرس الوطني"
        " | عناصر الحرس الوطني",
    ),
    "central-security": Body(
        "police",
        "Central Security Forces",
        "قوات الأمن المركزي",
        "أمن مركزي | قوات الأمن المركزي | احتياطي مركزي",
    ),
    "border-guard": Body(
        "police",
        "Border Guard",
        "حرس الحدود",
        "حرس الحدود | قوات حرس الحدود | شرطة الحدود | قوات الحدود | قيادة قوات الحدود | هجانة | حرس حدود | جندرما الحدود"
        " | حرس الحدود البرية",
    ),
    "coast-guard": Body(
        "military",
        "Coast Guard",
        "خفر السواحل",
        "خفر السواحل | حرس السواحل | قوات خفر السواحل | حرس بحري | قوات حرس السواحل",
    ),
    "presidential-guard": Body(
        "military",
        "Presidential Guard",
        "الحرس الرئاسي",
        "حرس رئاسي | حرس جمهوري | قوات الحرس الجمهوري | قوات الحرس الرئاسي | حماية رئاسية | أمن رئاسي",
    ),
    "royal-guard": Body("military", "Royal Guard", "الحرس الملكي", "حرس ملكي"),
    "intelligence": Body(
        "police",
        "Intelligence Services",
        "المخابرات",
        "مخابرات | استخبارات | مخابرات عامة | جهاز المخابرات | أجهزة المخابرات | أجهزة استخبارات | أجهزة الاستخبارات"
        " | جهاز الاستخبارات | جهاز المخابرات العامة | مديرية المخابرات العامة | مخابرات عامه | أمن قومي | جهاز الأمن القومي"
        " | أمن الدولة | جهاز أمن الدولة | جهاز مباحث أمن الدولة | مباحث عامة | جهاز الأمن | أفرع أمنية | فروع أمنية"
        " | فرع المخابرات | عناصر المخابرات",
    ),
    "military-intelligence": Body(
        "military",
        "Military Intelligence Service",
        "الاستخبارات العسكرية",
        "مخابرات عسكرية | استخبارات عسكرية | أمن عسكري | مخابرات الجيش | استخبارات الجيش | مخابرات حربية"
        " | شعبة الاستخبارات العسكرية | شعبة المخابرات العسكرية",
    ),
    "military-police": Body(
        "military",
        "Military Police",
        "الشرطة العسكرية",
        "شرطة عسكرية | انضباط عسكري | قوات الشرطة العسكرية",
    ),
    "prison-guards": Body(
        "police",
        "Prison Guards",
        "حراس السجون",
        "سجانين | سجان | حراس السجن | حراس السجون | شرطة السجون | إدارة السجون | عون سجون | أعوان السجون",
    ),
    "counter-terrorism": Body(
        "police",
        "Counter-Terrorism Forces",
        "قوات مكافحة الإرهاب",
        "مكافحة الإرهاب | قوات مكافحة الإرهاب | وحدات مكافحة الإرهاب | وحدة مكافحة الإرهاب | جهاز مكافحة الإرهاب",
    ),
    "government": Body(
        "government",
        "",
        "حكومة",
        "حكومة | سلطات | سلطة | حكومة انتقالية ~ نظام | دولة | حكومه مؤقتة",
    ),
}
_FAMILY_ENGLISH = {
    "military": "Military Forces of",
    "police": "Police Forces of",
    "government": "Government of",
}
_FAMILY_NAME = {"police": "الشرطة", "government": "الحكومة"}
# In these states the national guard is an army beside the army.
_MILITARY_GUARDS = frozenset({"SA", "KW", "QA", "BH", "NE", "US", "CY"})
# Where army words are those of another state: Palestine has police, but no army.
_ARMY_OF = {"PS": "IL"}
_ORDINALS = {
    form: str(number)
    for number, forms in enumerate(
        (
            ("اول", "اولي"),
            ("ثاني", "ثانيه"),
            ("ثالث", "ثالثه"),
            ("رابع", "رابعه"),
            ("خامس", "خامسه"),
            ("سادس", "سادسه"),
            ("سابع", "سابعه"),
            ("ثامن", "ثامنه"),
            ("تاسع", "تاسعه"),
            ("عاشر", "عاشره"),
        ),
        1,
    )
    for form in forms
}


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    """A folded word without its article, endings of case and number alike: الحوثيون, حوثيين → حوثيين."""
    while word.startswith("ال") and len(word) > 3 and word != "الله":  # ألوية, الألوية
        word = word[2:]
    if len(word) > 4:
        if word.endswith(("ون", "ان")):
            return word[:-2] + "ين"
        if word.endswith("يا"):
            return word[:-1]
    return _ORDINALS.get(word, word)


def _words(text: str) -> frozenset[str]:
    """The words of a text in the form in which they are compared."""
    return frozenset(_stem(word) for word in fold(text).split())


# Units told by where they are: قيادة شرطة ميسان, مديرية أمن القاهرة, قيادة عمليات الأنبار.
_PLACE = r"(?: [^\W\d]+){1,3}"
_POLICE_OF_PLACE = re.compile(
    r"(?:(?:قياده|مديريه|قسم|مركز|دوريات|عناصر|مفارز|افراد|رجال|دوريه) )?"
    rf"(?:شرطه|مباحث|(?:مديريه |اداره |مركز |فرقه )?امن|فرقه شرطه){_PLACE}"
)
_ARMY_OF_PLACE = re.compile(
    rf"(?:قطعات |قوات )?(?:قياده )?عمليات{_PLACE}|فوج طوارء.*|(?:قياده |قوات )?(?:منطقه عسكريه|محور) .*"
    r"|(?:ضابط|ضباط) برتبه .*"
)
# A numbered unit of a regular army. Rival armies of Libya number theirs alike.
_NUMBERED = re.compile(
    r"(?:قياده |قوات |وحدات |قوه من |عناصر )?(?:فرقه|لواء|فوج|كتيبه|فيلق|جيش|منطقه عسكريه)"
    r"(?: [^\W\d]+){0,2} \d+(?: [^\W\d]+){0,2}"
)
_UNNUMBERED = frozenset({"LY", ""})
_ENDING = "(?:ا|ه|ات|ين|ي|يا|يه|يين)?"
_MEN = "شبان|شاب|شابين|رجال|رجالا|رجل|اشخاص|عناصر|عنصر|ركاب|افراد|مجرمين|مقاتلين|مهربين|مهرب|خاطفين|مهاجمين"
_BAND = (
    "مجموعه|مجموعات|جماعه|جماعات|قوه|خلاي|خليه|فصيل|فصيلين|فصاءل|ميليشي|مليشي|ميليشيات|مليشيات|تنظيم|تنظيمات"
    "|تشكيل|تشكيلات|عصابه|عصابات|موكب|شبكه|شبكات|كتيبه|لواء"
)
_UNIDENTIFIED = re.compile(
    # Armed, masked or unknown men and bands, whatever else is said of them.
    rf"(?:(?:{_MEN}|{_BAND}) (?:[^ ]+يه? )?)?(?:من )?"
    rf"(?:مسلح|مجهول|ملثم|ارهابي|متشدد|متطرف|تكفيري|جهادي|انتحاري){_ENDING}(?: .*)?"
    # One told by what he does; a band by its business or by nothing.
    r"|(?:مهاجم|خاطف|قناص|منفذ|مهرب|مقاتل|انغماسي|عنصر)(?:ا|ه|ات|ين|ي)?|عناصر"
    "|خاطفوه|خاطفيه|مهاجميه|مطلقي? نار|مطلقو نار|قطاع طرق"
    "|(?:مجموعه|مجموعات|جماعه|جماعات|خليه|خلاي|ميليشي|مليشي|ميليشيات|مليشيات|فصيل|فصيلين|عصابه|عصابات)"
    rf"|(?:{_BAND}) (?:محلي|محليه|اجراميه|منظمه|تهريب|خطف|سلب|مخدرات|محظوره|مهربين|مهاجمه|ناءمه|خارجه عن قانون)"
)
_COMMUNAL = re.compile(
    r"(?:(?:مسلح|مقاتل|مجموع|ميليشي|مليشي|رجال|رعاه|قوه|شبان|ابناء|تجمع|جيش|اتحاد)[^ ]* )?(?:من )?(?:ابناء )?"
    r"(?:قبيل[^ ]*|قباءل|عشير[^ ]*|عشاءر[^ ]*|عاءل[^ ]*|قبلي[^ ]*)(?: .*)?"
    r"|ال (?!بيت)[^ ]+"
)

# Words before a name that do not change whom it means.
_HEADS = _words(
    "عناصر عنصر عنصرا عنصرين مقاتلي مقاتلو مقاتلين مقاتل مسلحي مسلحو مسلحين مسلح مسلحا جنود"
    " جندي قوات قوه وحدات وحده دوريه دوريات ضباط ضابط طيران طائرات مدفعيه مروحيات مقاتلات"
    " حواجز حاجز رتل ارتال قيادي قياده قادة قطعات مفارز مفرزه فلول خلايا خليه قناصه عصابات"
    " مرتزقه افراد رجال تنظيم جماعه جماعات ميليشي مليشي ميليشيات مليشيات فصيل فصائل حركه"
    " مجموعه مجموعات شركه حزب مجاهدي ثوار من تابعه تابعين جهاز مديريه اداره هيئه فرع كتائب"
    " قطعان ابطال كتيبه سريه لواء جبهه تحالف غرفه عمليات"
)
# Class nouns of a name that may be exchanged for one another or left out.
_LOOSE = _words("تنظيم جماعه ميليشي مليشي ميليشيات مليشيات فصيل حركه قوات مجموعه حزب عصابات مرتزقه")
# Words after a name that judge or limit it.
_TAILS = _words(
    "ارهابي ارهابيه متمرد متمرده متمردين انقلابي انقلابيه انقلابيين بائد بايد باءد سابق سابقه"
    " مسلح مسلحه متطرف متطرفه متشدد متشدده تكفيري تكفيريه اجرامي اجراميه مجرم مجرمه محلي محليه"
    " نظامي نظاميه حربي حربيه مروحي محظور محظوره غاصب نفسه ذاته نفسها مختصه خاصه مساند مسانده"
    " مواليه موالي غاشم غاشمه اخر اخري متواجده متهم"
)
_UNITS = _words("لواء كتيبه كتائب سريه جبهه غرفه عمليات فرع حزب هيئه تحالف ثوار اداره")
"""Class nouns without which a name of one word is another's: لواء الحسم is not حسم."""
_COMMON = _words("مشتركه مسلحه خاصه موحده مقاتله")
"""Adjectives that name nobody, beside those in ي and يه."""
_TENS = {"وعشرين": 20, "وثلاثين": 30, "واربعين": 40, "وخمسين": 50, "وستين": 60, "وسبعين": 70}
_TOKEN = re.compile(r"[^\W_]+")
_PARTS = re.compile(r'[()\[\]«»"“”„\'‘’/،,–—-]+')
_LONGEST = 120
"""Characters beyond which a span is no actor's name."""
_SHORTEST_NEAR = 7
"""Letters from which on a name may be matched with a slip of the pen."""
_TWO_SLIPS = 16
"""Letters from which on two slips are allowed."""


def _key(name: str) -> str:
    """The form in which names are compared."""
    out: list[str] = []
    for word in _TOKEN.findall(fold(name)):
        stem = _stem(word)
        if out and out[-1] == "عبد":
            out[-1] += word
        elif out and stem in ("عشر", "عشره") and out[-1].isdecimal() and len(out[-1]) == 1:
            out[-1] = "1" + out[-1]
        elif out and stem in _TENS and out[-1].isdecimal() and len(out[-1]) == 1:
            out[-1] = str(_TENS[stem] + int(out[-1]))
        else:
            out.append(stem)
    return " ".join(out)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _day(text: str, *, last: bool) -> date | None:
    """The first or last day that a table's year or date stands for."""
    if not text:
        return None
    if len(text) == 4:
        return date(int(text), 12, 31) if last else date(int(text), 1, 1)
    return date.fromisoformat(text)


class _Entry(NamedTuple):
    """An actor that a wording may mean, and in articles of which countries only (None: in all)."""

    actor: Actor
    scope: frozenset[str] | None
    first: date
    last: date

    def distance(self, on: date) -> int:
        """Days between a date and the actor's years."""
        return max((self.first - on).days, (on - self.last).days, 0)


class _Reading(NamedTuple):
    """One way to read a wording: as a name, a state's body, or someone unidentified, of a nation if it names one."""

    kind: str
    value: str
    nation: str = ""
    strict: bool = True


class ActorRegister:
    """Finds the actor that a wording means.

    ``actors`` maps each id to its actor, those composed for states included.

    >>> register = ActorRegister.load()
    >>> register.find("تنظيم الدولة").english
    'Islamic State'
    >>> register.find("قوات النظام", country="SY", on=date(2015, 8, 3)).english
    'Military Forces of Syria (2000-2024)'
    >>> register.find("الحرس الوطني التونسي").id
    'police-tn-2011-national-guard'
    """

    def __init__(self, rows: Iterable[dict[str, str]]):
        self.actors: dict[str, Actor] = {}
        self._spans: dict[str, tuple[date, date]] = {}
        self._names: dict[str, list[_Entry]] = defaultdict(list)
        self._cores: dict[str, list[_Entry]] = defaultdict(list)
        self._near: dict[int, dict[str, str]] = defaultdict(dict)
        self._nations: dict[str, str] = {}
        self._states: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
        for row in rows:
            self._add_row(row)
        self._compose_states()
        self._bodies, self._weak = _body_wordings()
        self._index_names()
        self._read = lru_cache(maxsize=1 << 16)(self._read_name)

    @classmethod
    @cache
    def load(cls) -> ActorRegister:
        """The register that ships with the library; read once."""
        with _DATA.open(encoding="utf8", newline="") as file:
            return cls(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def find(
        self, name: str, *, country: str | None = None, on: date | None = None
    ) -> Actor | None:
        """The actor that a wording means in an article on ``country`` (ISO 3166, two letters) of the day ``on``.

        None where no actor is known, or where several are and neither country nor date decides. Without a date the
        latest of a state's governments is taken.
        """
        return self._find(name, country or "", on, strict=False)

    def _find(self, name: str, country: str, on: date | None, strict: bool) -> Actor | None:
        if len(name) > _LONGEST:
            return None
        for reading in self._read(name):
            if strict and not reading.strict:
                continue
            actor = self._resolve(reading, country, on)
            if actor is not None:
                return actor
        return None

    # Reading a wording, whatever the article

    def _read_name(self, name: str) -> tuple[_Reading, ...]:
        """The ways to read a wording, the surest first."""
        readings: dict[_Reading, None] = {}
        wholes = [_key(name)]
        if fold(name).startswith("ل"):  # للجيش, its first ل outside of the span
            wholes.append(_key("ا" + name.lstrip()))
        for key in wholes:
            sure = key not in _HEADS
            readings.update(dict.fromkeys(r._replace(strict=sure) for r in self._exact(key)))
        parts = [part for part in map(_key, _PARTS.split(name)) if len(part) > 2]
        parts = [part for part in parts if part not in wholes]
        for key in parts:
            sure = wholes[0].split()[0] in _HEADS
            readings.update(dict.fromkeys(r._replace(strict=sure) for r in self._exact(key)))
        for key in wholes + parts:
            readings.update(dict.fromkeys(r._replace(strict=False) for r in self._looser(key)))
        return tuple(readings)

    def _exact(self, key: str) -> Iterator[_Reading]:
        if key in self._names:
            yield _Reading("name", key)
        if key in self._bodies:
            yield _Reading("body", self._bodies[key])
        nation, rest = self._nation_of(key)
        if nation:
            if rest in self._names:
                yield _Reading("name", rest, nation)
            body = self._bodies.get(rest) or self._weak.get(rest)
            if body:
                yield _Reading("body", body, nation)

    def _looser(self, key: str) -> Iterator[_Reading]:
        for shorter in self._shorter(key):
            if shorter in self._cores:
                yield _Reading("core", shorter)
            yield from self._exact(shorter)
        nation, rest = self._nation_of(key)
        if nation and rest in self._cores:
            yield _Reading("core", rest, nation)
        if _COMMUNAL.fullmatch(key):
            yield _Reading("communal", "", nation)
        if _NUMBERED.fullmatch(key) and "حشد" in key:
            yield _Reading("name", "حشد شعبي")
        elif _NUMBERED.fullmatch(key):
            yield _Reading("numbered", "", nation)
        if _UNIDENTIFIED.fullmatch(key) or (nation and _UNIDENTIFIED.fullmatch(rest)):
            yield _Reading("unidentified", "", nation)
        elif _POLICE_OF_PLACE.fullmatch(key):
            last = self._nations.get(key.rpartition(" ")[2], "")  # شرطة مغرب عنس is in Yemen
            yield _Reading("body", "police", last)
        elif _ARMY_OF_PLACE.fullmatch(key):
            yield _Reading("body", "military", nation)
        near = self._nearest(key)
        if near:
            yield _Reading("name", near)

    def _shorter(self, key: str) -> Iterator[str]:
        """The wording without words before and after the name, the longest first."""
        words = key.split()
        while len(words) > 1 and words[-1] in _TAILS:
            words.pop()
            yield " ".join(words)
        start = 0
        while start < len(words):
            if start and start == len(words) - 1 and words[start - 1] in _UNITS:
                break
            yield " ".join(words[start:])
            if start and words[start].startswith("ل") and len(words[start]) > 4:  # دورية للدرك
                yield " ".join(
                    [words[start].removeprefix("ل").removeprefix("ل"), *words[start + 1 :]]
                )
            if words[start] not in _HEADS:
                break
            start += 1

    def _nation_of(self, key: str) -> tuple[str, str]:
        """The country that a wording names by noun or adjective, and the wording without it."""
        words = key.split()
        for size in (3, 2, 1):
            for start in range(len(words) - size, -1, -1):
                nation = self._nations.get(" ".join(words[start : start + size]))
                if nation and len(words) > size:
                    return nation, " ".join(words[:start] + words[start + size :])
        return "", key

    def _nearest(self, key: str) -> str | None:
        """The one name of seven letters or more that differs by a slip of the pen; numbers must not differ."""
        joined = key.replace(" ", "")
        own = sum(len(word) for word in key.split() if word not in _HEADS)
        if own < _SHORTEST_NEAR or any(c.isdigit() for c in joined):
            return None
        slips = 2 if len(joined) >= _TWO_SLIPS else 1
        near: dict[str, str] = {}
        for length in range(len(joined) - slips, len(joined) + slips + 1):
            near.update(self._near.get(length, {}))
        found = process.extract(
            joined, near.keys(), scorer=OSA.distance, score_cutoff=slips, limit=2
        )
        if not found or (len(found) > 1 and found[0][1] == found[1][1]):
            return None
        return near[found[0][0]]

    # Choosing by country and date

    def _resolve(self, reading: _Reading, country: str, on: date | None) -> Actor | None:
        kind, value, nation, _ = reading
        if kind == "name":
            return _choose(self._names[value], country, nation, on)
        if kind == "core":
            return _choose(self._cores[value], country, nation, on)
        if kind in ("unidentified", "communal"):
            return self.actors.get(f"{kind}-{nation or country}".lower()) or self.actors[kind]
        if kind == "numbered":
            home = nation or country
            return None if home in _UNNUMBERED else self._body("military", home, on)
        return self._body(value, nation or country, on)

    def _body(self, body: str, country: str, on: date | None) -> Actor | None:
        if country in _ARMY_OF and BODIES[body].family == "military":
            country = _ARMY_OF[country]
        return _pick(self._states.get((body, country), []), on)

    # Building

    def _add_row(self, row: dict[str, str]) -> None:
        first, last = _day(row["start"], last=False), _day(row["end"], last=True)
        actor = Actor(
            id=row["id"],
            name=row["name"],
            english=row["english"],
            kind=row["kind"],
            country=row["country"],
            start=first.year if first else None,
            end=last.year if last else None,
            parent=row["parent"],
        )
        self.actors[actor.id] = actor
        self._spans[actor.id] = (first or date.min, last or date.max)
        for name in [row["name"], *_split(row["aliases"])]:
            self._add_name(name, actor, None)
        for cell in _split(row["local"]):
            codes, colon, name = cell.rpartition(":")
            scope = frozenset(codes.split()) if colon else frozenset({actor.country})
            self._add_name(name, actor, scope)
        for words in _split(row["state"]):
            self._add_nation(words, actor.country)

    def _add_name(self, name: str, actor: Actor, scope: frozenset[str] | None) -> None:
        key = _key(name)
        entries = self._names[key]
        if scope is None and actor.country and any(c.isdigit() for c in key):
            scope = frozenset({actor.country, ""})  # every army has a 20th division
        for index, entry in enumerate(entries):
            if entry.actor is actor:
                wide = entry.scope is None or scope is None
                entries[index] = entry._replace(scope=None if wide else entry.scope | scope)
                return
        entries.append(_Entry(actor, scope, *self._spans[actor.id]))

    def _add_nation(self, words: str, country: str) -> None:
        """Take in a country's name or its adjective (in the masculine), with the adjective's other forms."""
        key = _key(words)
        self._nations[key] = country
        if key.endswith("ي"):
            for ending in ("ه", "ين", "ا", "ات"):
                self._nations[key + ending] = country

    def _compose_states(self) -> None:
        """Give each government its police and other bodies, and each country its unidentified groups."""
        armies = [a for a in self.actors.values() if re.match(r"(military|police)-..(-|$)", a.id)]
        for army in armies:
            family, country_name, suffix = _parse_state(army.english)
            adjective = army.name.rpartition(" ")[2]
            for body, how in BODIES.items():
                guard = body == "national-guard" and army.country in _MILITARY_GUARDS
                part_of = "military" if guard else how.family
                if part_of != family and family == "police" and part_of == "military":
                    continue
                head = army.id.replace(family, part_of, 1)
                if head not in self.actors:
                    self._add_state(
                        replace(
                            army,
                            id=head,
                            name=f"{_FAMILY_NAME[part_of]} {adjective}",
                            english=f"{_FAMILY_ENGLISH[part_of]} {country_name}{suffix}",
                        ),
                        army.id,
                    )
                actor = self.actors[head]
                if how.english:
                    feminine = how.name.split()[-1].endswith(("ة", "ات")) or how.name.startswith(
                        "قوات"
                    )
                    actor = replace(
                        actor,
                        id=f"{head}-{body}",
                        name=f"{how.name} {adjective if feminine else adjective.removesuffix('ة')}",
                        english=f"{actor.english} {how.english}",
                        parent=head,
                    )
                    self._add_state(actor, army.id)
                self._states[body, army.country].append(_Entry(actor, None, *self._spans[army.id]))
            self._add_unidentified(army.country, country_name)
        self._add_unidentified("", "")

    def _add_state(self, actor: Actor, like: str) -> None:
        self.actors[actor.id] = actor
        self._spans[actor.id] = self._spans[like]

    def _add_unidentified(self, country: str, english: str) -> None:
        code, where = (
            (f"-{country.lower()}", f" ({english.removeprefix('the ')})") if country else ("", "")
        )
        for kind, name, title, acled in (
            (
                "unidentified",
                "مجموعة مسلحة مجهولة",
                "Unidentified Armed Group",
                "Political militia",
            ),
            ("communal", "مسلحون قبليون", "Unidentified Communal Militia", "Identity militia"),
        ):
            actor = Actor(kind + code, name, title + where, acled, country)
            self.actors.setdefault(actor.id, actor)

    def _index_names(self) -> None:
        """Index names without their class noun, and by length for slips of the pen."""
        for key, entries in self._names.items():
            head, _, rest = key.partition(" ")
            if all(self._names_nobody(word) for word in rest.split()):
                rest = ""
            loose = (head in _LOOSE and len(rest) > 3) or (head in _HEADS and " " in rest)
            if loose and rest not in self._names:
                self._cores[rest] += entries
            joined = key.replace(" ", "")
            wide = [entry for entry in entries if entry.scope is None]
            if wide and len(joined) >= _SHORTEST_NEAR and not any(c.isdigit() for c in joined):
                self._near[len(joined)][joined] = key

    def _names_nobody(self, word: str) -> bool:
        return word in _COMMON or word in self._nations or word.endswith(("ي", "يه"))


def _parse_state(english: str) -> tuple[str, str, str]:
    """Family, country and years of `Military Forces of Syria (2000-2024)`."""
    match = re.fullmatch(r"(Military|Police) Forces of ([^(]+?)( \(.*)?", english)
    if match is None:
        raise ValueError(f"not a state's forces: {english!r}")
    return match[1].lower(), match[2], match[3] or ""


def _body_wordings() -> tuple[dict[str, str], dict[str, str]]:
    """Each wording → body; those that need a nationality apart."""
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    for body, how in BODIES.items():
        plain, _, needy = how.wordings.partition("~")
        for table, cell in ((strong, plain), (weak, needy)):
            for wording in _split(cell):
                table.setdefault(_key(wording), body)
    return strong, weak


def _choose(entries: Sequence[_Entry], country: str, nation: str, on: date | None) -> Actor | None:
    """The actor meant in an article on a country: of the nation named, local to the article, or the only one."""
    if nation:
        return _pick(
            [e for e in entries if e.actor.country == nation or (e.scope and nation in e.scope)], on
        )
    usable = [e for e in entries if e.scope is None or country in e.scope]
    at_home = [e for e in usable if e.scope] or [e for e in usable if e.actor.country == country]
    if at_home:
        return _pick(at_home, on)
    return _pick(usable, on) if len({e.actor.country for e in usable}) == 1 else None


def _pick(entries: Sequence[_Entry], on: date | None) -> Actor | None:
    """The actor whose years are nearest to the date; the latest where there is none."""
    if not entries:
        return None
    if len(entries) == 1:
        return entries[0].actor
    if on is None:
        return max(entries, key=lambda e: e.last).actor
    # Of two governments that meet on a day, the later one.
    return min(entries, key=lambda e: (e.distance(on), -e.first.toordinal())).actor


def resolve_actors(
    mentions: Sequence[Mention], *, country: str | None = None, on: date | None = None
) -> list[Actor | None]:
    """The actor of each mention of an article, aliases taken together.

    An alias takes the actor of what it is an alias of; where that is unknown or unidentified, all take the first known
    of its aliases that has a word of its own (الهيئة after هيئة الزراعة tells nothing). An ORG has an actor only where its own words name one: no slips of the pen, nothing left out.

    >>> found = resolve_actors([Mention("لواء شهداء المجهول"), Mention("داعش", alias_of=0)], country="SY")
    >>> [actor.id for actor in found]
    ['is', 'is']
    """
    register = ActorRegister.load()
    own = [register._find(m.name, country or "", on, m.label == "ORG") for m in mentions]
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(mentions)):
        groups[_root(mentions, index)].append(index)
    found = list(own)
    for root, members in groups.items():
        target = set(_key(mentions[root].name).split())
        tellers = [
            i for i in members if i == root or not target.issuperset(_key(mentions[i].name).split())
        ]
        known = [own[i] for i in sorted(tellers, key=lambda i: (i != root, i)) if own[i]]
        best = next(
            (a for a in known if a and not _is_unidentified(a)), known[0] if known else None
        )
        for index in members:
            found[index] = best
    return found


def _is_unidentified(actor: Actor) -> bool:
    return actor.english.startswith("Unidentified ")


def _root(mentions: Sequence[Mention], index: int) -> int:
    """The first mention that a chain of aliases leads to; a link that points forward leads nowhere."""
    while (target := mentions[index].alias_of) is not None and 0 <= target < index:
        index = target
    return index
