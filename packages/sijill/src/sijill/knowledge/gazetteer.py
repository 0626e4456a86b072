"""A gazetteer of places with Arabic names: the table, its index by folded spelling, and the lookup of a name.

The table ships with the package (data/places.tsv.gz; data/README.md tells its sources). A name is looked up by a key
that the spellings of the press share: `name_key` drops the article, blanks and hamzas. What is not found exactly is
sought among the keys of nearly the same letters, within a bound. Which of several namesakes an article means is the
matter of `sijill.knowledge.places`.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from sijill.text.orthography import fold, strip_diacritics

PRECISIONS = {
    "site": "exact",
    "airport": "exact",
    "base": "exact",
    "crossing": "exact",
    "dam": "exact",
    "port": "exact",
    "camp": "exact",
    "quarter": "exact",
    "town": "place",
    "mountain": "place",
    "subdistrict": "district",
    "district": "district",
    "governorate": "governorate",
    "island": "region",
    "river": "region",
    "water": "region",
    "region": "region",
    "country": "country",
}
"""Each kind of place → how near its coordinates are to what is meant: ``exact`` the site itself, ``place`` a town, village
or hill, ``district``, ``governorate``, ``region`` (a stretch of land or water of any size) and ``country`` the centre of
an area."""

LONGEST_NAME = 80
"""Characters; what is longer is no name of a place."""

SMALL = 50_000
"""People; news abroad names a smaller town seldom."""

# Length of a key → how many letters may differ; near matches of shorter ones are names of other places.
_NEAR = ((11, 2), (6, 1))
_NEAR_LIMIT = 8
_CANDIDATE_LIMIT = 60
_SITES = {kind for kind, precision in PRECISIONS.items() if precision == "exact"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place on earth.

    ``country`` is its ISO 3166 code of two letters, ``admin1`` and ``admin2`` are Arabic names of its governorate and
    district, ``code`` is a p-code, else a GeoNames id, else empty. ``precision`` is one of the values of `PRECISIONS`;
    ``score``, between 0 and 1, is how sure the choice is.
    """

    name: str
    latitude: float
    longitude: float
    country: str
    admin1: str = ""
    admin2: str = ""
    code: str = ""
    precision: str = "place"
    score: float = 1.0


class Entry(NamedTuple):
    """A row of the table."""

    row: int
    name: str
    spellings: frozenset[str]  # folded, as written and without class nouns
    kind: str
    latitude: float
    longitude: float
    country: str
    admin1: str
    admin2: str
    code: str
    population: int
    known: bool  # news names it often
    key: str
    admin1_key: str
    admin2_key: str
    voweled: tuple[str, ...]  # spellings with all their vowel signs
    common: bool  # places of many countries are called so

    def place(self, score: float) -> Place:
        """Return it as a `Place`."""
        return Place(
            self.name,
            self.latitude,
            self.longitude,
            self.country,
            self.admin1,
            self.admin2,
            self.code,
            PRECISIONS[self.kind],
            round(score, 3),
        )


class Candidate(NamedTuple):
    """An entry that a name may mean, and what speaks for it before the article is looked at."""

    entry: Entry
    weight: float
    near: bool


# --- names ---------------------------------------------------------------------------------------

_CLASSES = {
    "country": "دولة جمهورية مملكة سلطنة",
    "capital": "العاصمة",
    "governorate": "محافظة محافظتي محافظتا محافظات ولاية ولايتي ولايتا ولايات مقاطعة مقاطعتي امارة",
    "region": "إقليم إقليمي",
    "district": "قضاء مديرية مديريتي مديريتا مديريات معتمدية معتمديتي معتمديات محلية محليتي محليات دائرة",
    "subdistrict": "ناحية ناحيتي نواحي عزلة",
    "town": "مدينة مدينتي مدينتا مدن",
    "village": "بلدة بلدتي بلدتا بلدات قرية قريتي قريتا قرى بلدية ضيعة",
    "quarter": "حي حيي أحياء حارة ضاحية",
    "camp": "مخيم مخيمي مخيما مخيمات",
    "crossing": "معبر معبري معبرا منفذ",
    "airport": "مطار مطاري",
    "base": "قاعدة معسكر",
    "dam": "سد",
    "port": "ميناء مرفأ",
    "mountain": "جبل جبال جبلي مرتفعات مرتفع هضبة",
    "river": "نهر نهري",
    "water": "بحر بحيرة خليج مضيق المحيط",
    "island": "جزيرة جزر جزيرتي أرخبيل",
    "site": "مستشفى مشفى مدرسة جامعة جسر مسجد جامع كنيسة سجن قلعة متحف شارع ساحة ميدان فندق محطة مصفاة حقل مجمع "
    "سوق برج دوار مقبرة مفرق حاجز كلية ملعب حديقة قصر مبنى مصنع طريق معمل مزرعة بوابة متنزه بئر غابة",
    "countryside": "ريف ريفي أرياف",
    "": "منطقة منطقتي مناطق جهة مركز سهل حوض وادي بادية صحراء ساحل شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط أطراف "
    "محيط ضواحي مشارف شبه أراضي جنوبا شمالا حدود",
}
CLASS_NOUNS = {fold(noun): kind for kind, nouns in _CLASSES.items() for noun in nouns.split()}
"""A folded class noun → the kind of place that it announces; an empty string where it may announce any."""

# Not these: ريف دمشق is no name for دمشق, nor جنوب أفريقيا for أفريقيا.
_DROPPED = set(_CLASSES) - {"", "countryside", "capital", "site", "country"}
_PLURALS = {
    fold(noun)
    for noun in [
        "محافظات",
        "ولايات",
        "مديريات",
        "معتمديات",
        "محليات",
        "نواحي",
        "مدن",
        "بلدات",
        "قرى",
        "أحياء",
        "مخيمات",
    ]
}
# How well each kind of place fits a class noun; what is not listed is refused.
_FITS: dict[str, dict[str, float]] = {
    "country": {"country": 1.0, "governorate": -1.0, "town": -2.0, "region": 0.5},
    "capital": {"town": 1.0},
    "governorate": {"governorate": 2.0, "region": 1.0, "district": 0.5, "town": -3.0},
    "region": {"region": 2.0, "governorate": 2.0, "district": 0.5, "town": -2.5, "country": 0.0},
    "district": {"district": 2.0, "subdistrict": 1.0, "town": -3.0, "governorate": -0.5},
    "subdistrict": {"subdistrict": 2.0, "district": 1.0, "town": -1.5},
    "town": {
        "town": 1.0,
        "subdistrict": 0.2,
        "district": 0.0,
        "quarter": -0.3,
        "camp": 0.0,
        "governorate": -1.5,
        "island": 0.0,
        "region": -0.5,
        "site": 0.0,
    },
    "village": {
        "town": 1.0,
        "subdistrict": 0.2,
        "district": 0.0,
        "quarter": 0.0,
        "camp": 0.0,
        "mountain": -0.5,
        "island": 0.0,
        "region": -0.5,
    },
    "quarter": {"quarter": 2.0, "camp": 0.5, "town": -0.8, "site": 0.0, "region": -0.5},
    "camp": {"camp": 2.0, "town": -1.0, "quarter": 0.3},
    "crossing": {"crossing": 2.0},
    "airport": {"airport": 2.0, "base": 1.5},
    "base": {"base": 2.0, "airport": 1.0},
    "dam": {"dam": 2.0},
    "port": {"port": 2.0},
    "mountain": {"mountain": 2.0, "region": 1.0},
    "river": {"river": 2.0, "governorate": -0.5},
    "water": {"water": 2.0, "governorate": 0.0, "region": 0.5},
    "island": {"island": 2.0, "governorate": 0.0, "region": 1.0, "country": 0.5, "town": -0.5},
    "site": {"site": 1.0, "base": 0.5, "crossing": 0.5, "quarter": 0.0},
    "countryside": {"governorate": 1.5, "district": 1.0, "subdistrict": 0.5, "town": 0.8},
}
# Kinds whose places news calls by their class noun; the bare name is seldom they.
_SELDOM_BARE = {
    "airport": 1.5,
    "base": 1.2,
    "crossing": 1.0,
    "dam": 1.0,
    "port": 1.0,
    "river": 0.2,
    "mountain": 0.5,
    "site": 0.0,
    "island": 0.2,
}
_WORTH = {
    "country": 4.5,
    "region": 2.2,
    "governorate": 2.3,
    "district": 1.0,
    "subdistrict": 0.7,
    "island": 1.2,
    "mountain": 0.8,
    "water": 3.0,
    "river": 1.5,
}
_WORTH_ELSE = 0.4
_UNITS = ("governorate", "district", "subdistrict")
_WORTH_KNOWN = 2.0
_WORTH_KNOWN_SMALL = 1.0
_WORTH_KNOWN_QUARTER = 1.4
_WORTH_SEAT = 0.8
_LOSS_ARTICLE = 0.4
_LOSS_SPELLING = 0.9
_LOSS_NEAR = 1.5
_LOSS_PART = 1.0
_LOSS_CLASS = 3.5
_GAIN_SEAT = 2.0  # of the seat of a district that is not in the table itself

_NOT_LETTERS = re.compile(r"[\W_]+")
_HAMZAS = str.maketrans(
    {"ئ": "ي", "ؤ": "و", "ء": "", "ڨ": "ق", "ڤ": "ف", "پ": "ب", "چ": "ج", "گ": "ك"}
)
_PROCLITICS = re.compile("^(?:[وف]?(?:ال|لل|بال|كال)|[وف]?[بلك]?)")
_ADJECTIVES = {
    fold(word)
    for word in [
        "الشمالي",
        "الجنوبي",
        "الشرقي",
        "الغربي",
        "الشمالية",
        "الجنوبية",
        "الشرقية",
        "الغربية",
        "الأوسط",
        "الوسطى",
        "الاوسط",
    ]
}
_COMMON = {
    fold(word)
    for word in [
        "مستشفى",
        "مشفى",
        "مدرسة",
        "فندق",
        "جسر",
        "كبري",
        "سوق",
        "ساحة",
        "ميدان",
        "دوار",
        "معسكر",
        "شارع",
    ]
}
_FACILITIES = {
    # what is called after its town more often than after a person or an idea, unlike schools, mosques, streets
    "sited": "مستشفى مشفى مستوصف مركز سجن سجون معتقل ثكنة ثكنات معسكر قاعدة مطار مطاري معبر "
    "منفذ ميناء مرفأ محطة مصفاة مصافي سوق مصنع معمل جامعة كلية ملعب استاد صالة نادي "
    "قلعة سد حقل مجمع مفرق تقاطع مفترق حاجز مدخل مطحنة صوامع مديرية قسم مخفر محكمة",
    "matter": "سكر السكر بترول نفط غاز أسمنت إسمنت الأسمنت الإسمنت كهرباء مياه وقود قطار قطارات "
    "شرطة أمن إسعاف توليد النفط الغاز الكهرباء المياه الشرطة القطار القطارات الأمن "
    "صحي طبي",
    "quality": "الحكومي الحكومية المركزي المركزية الطبي الطبية التعليمي التعليمية العام العامة "
    "الوطني الوطنية العسكري العسكرية الجامعي الجامعية الرياضي الرياضية الدولي الدولية "
    "البري البرية الميداني الريفي الإقليمي التخصصي الكبير الكبرى الكبيرة القديم "
    "القديمة الجديد الجديدة الرئيسي الرئيسية المدني المدنية الجوي الجوية الشعبي "
    "الشعبية الحراري الحرارية الحدودي الحدودية الصحي الصحية المحلي الأولمبي البلدي "
    "البحري التجاري المغطاة الأثري الأثرية العمومي الاستشفائي النموذجي الخيري الخاص "
    "للتدريب للأسمنت",
    # villages are called so too, but a facility is after the idea, the body or the person
    "namesake": "الشفاء السلام الأمل النور الحياة الحرية الثورة الوحدة الرحمة الهلال الأحمر "
    "الأطفال الولادة النصر النهضة الشهيد الشهداء الأمم الملك الأمير الشيخ الإمام "
    "الرئيس الدكتور الجمهوري الجمهورية السعودي الكويتي التركي الرفاعي الحسين الصدر "
    "القدس الكرامة الزهراء الكندي الرازي اليرموك حطين التوحيد الإيمان المدينة القرية",
}
_SITED, _MATTERS, _QUALITIES, _NAMESAKES = (
    {fold(word) for word in words.split()} for words in _FACILITIES.values()
)
_QUALITIES |= _ADJECTIVES
_FATHERS = {"ابي": "ابو", "ابا": "ابو", "بنو": "بني", "ابن": "بن"}
_IN = fold("في")


def _words(name: str) -> list[str]:
    return _NOT_LETTERS.sub(" ", fold(name)).split()


@lru_cache(1 << 16)
def name_key(name: str) -> str:
    """Return what the spellings of a name share: its letters without articles, blanks, hamzas and a final alef.

    >>> name_key("الحسكة") == name_key("حسكه"), name_key("كفر نبل") == name_key("كفرنبل")
    (True, True)
    """
    parts = []
    for word in _NOT_LETTERS.sub(" ", fold(name.translate(_HAMZAS))).split():
        bare = word[2:] if word.startswith("ال") and len(word) > 3 else word
        parts.append(_FATHERS.get(bare, bare))
    key = "".join(parts)
    if len(key) > 3 and key.endswith("ا"):
        key = key[:-1] + "ه"
    return key


@lru_cache(1 << 14)
def class_of(word: str) -> str | None:
    """Return the kind of place that a word announces: "" for any kind, None if it is no class noun.

    >>> class_of("بمدينة"), class_of("ناحية"), class_of("قرب")
    ('town', 'subdistrict', None)
    """
    return CLASS_NOUNS.get(_bare_class(word))


def _bare_class(word: str) -> str:
    folded = fold(word)
    return folded if folded in CLASS_NOUNS else _PROCLITICS.sub("", folded, 1)


def split_class(words: list[str]) -> tuple[str, list[str]]:
    """Split folded words into the kind of place that their class nouns announce and the name proper.

    >>> split_class(["مدينه", "حلب"]), split_class(["شمال", "مدينه", "غزه"])
    (('town', ['حلب']), ('town', ['غزه']))
    """
    kind = ""
    start = 0
    while start < len(words) - 1 and words[start] in CLASS_NOUNS:
        kind = kind or CLASS_NOUNS[words[start]]
        start += 1
    rest = words[start:]
    if start and len(rest) > 1 and rest[-1] in _ADJECTIVES:
        rest = rest[:-1]
    return kind, rest


@dataclass(frozen=True, slots=True)
class Name:
    """A name as an article writes it, taken apart: ``inside`` is X of ``مستشفى الشفاء في X``."""

    folded: str
    kind: str  # what the class nouns in the name or before it announce
    bare: str
    inside: str = ""
    facility: bool = False
    town: str = ""  # what a facility is called after: بعقوبة of مستشفى بعقوبة التعليمي
    voweled: str = ""  # as written, where it has vowel signs


@lru_cache(1 << 16)
def read_name(name: str, before: str = "", facility: bool = False) -> Name:
    """Take apart a name and the one or two words before it; a ``facility`` is a building or site, no town.

    >>> read_name("الباب", before="بمدينة").kind
    'town'
    """
    words = _words(name[:LONGEST_NAME])
    inside = ""
    if _IN in words[1:-1]:
        at = words.index(_IN, 1)
        inside = " ".join(words[at + 1 :])
        words = words[:at]
    kind, rest = split_class(words)
    if not kind:
        word = next(reversed(_words(before[-LONGEST_NAME:])), "")
        found = class_of(word)
        if found and found != "site" and _bare_class(word) not in _PLURALS:  # مدن أستراليا
            kind = found
    town = _town_of(words) if facility else ""
    voweled = name if len(name) <= LONGEST_NAME and strip_diacritics(name) != name else ""
    return Name(" ".join(words), kind, " ".join(rest), inside, facility, town, voweled)


def _town_of(words: list[str]) -> str:
    """Return the words of a facility that may be a town: neither what it is nor of which kind.

    >>> _town_of(fold("مصنع سكر قوص").split()), _town_of(fold("مدرسة خالد بن الوليد").split())
    ('قوص', '')
    """
    start, end = 0, len(words)
    while start < end and words[start] in _SITED:
        start += 1
    if not start:
        return ""
    while start < end and words[start] in _MATTERS:
        start += 1
    while start < end and words[end - 1] in _QUALITIES:
        end -= 1
    rest = words[start:end]
    return "" if len(rest) > 3 or _NAMESAKES & set(rest) else " ".join(rest)


# --- the table -----------------------------------------------------------------------------------


def spellings_of(name: str, aliases: Iterable[str]) -> list[str]:
    """Return every folded spelling that a row of the table is found by, its class nouns on and off."""
    spellings = []
    for spelling in (name, *aliases):
        words = _words(spelling)
        spellings.append(" ".join(words))
        start = 0
        while start < len(words) - 1 and CLASS_NOUNS.get(words[start]) in _DROPPED:
            start += 1
        if start and sum(map(len, words[start:])) > 2:
            spellings.append(" ".join(words[start:]))
    return list(dict.fromkeys(spellings))


def _read(file: str) -> list[str]:
    data = (files("sijill.knowledge") / "data" / file).read_bytes()
    return gzip.decompress(data).decode("utf8").splitlines()


class Gazetteer:
    """Places by name. `Gazetteer.load` gives the one that ships; building it takes the rows of the table and its index.

    >>> Gazetteer.load().find("نوى", country="SY")[0].admin1
    'درعا'
    """

    def __init__(self, rows: list[str], index: Iterable[str]):
        self._rows = [row.encode("utf8") for row in rows]
        self._index = dict(line.split("\t", 1) for line in index)
        self._blocks: dict[tuple[str, int], list[str]] = {}
        for key in self._index:
            self._blocks.setdefault((key[:1], len(key)), []).append(key)
        import rapidfuzz.process  # noqa: F401  here, lest the first name that is not found waits for it

        self._entries: dict[int, Entry] = {}
        self.candidates = lru_cache(1 << 15)(self._candidates)
        self._find = lru_cache(1 << 15)(self._search)

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """Return the gazetteer that ships with the package, read once a process."""
        return Gazetteer(_read("places.tsv.gz"), _read("places_index.tsv.gz"))

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, name: str, country: str | None = None) -> list[Place]:
        """Return the places that a name may mean, best first; those of ``country`` (ISO code) before all others.

        Class nouns in the name tell the kind: مدينة حلب is the city, محافظة حلب the governorate. What is not found
        exactly is sought by near match. An unknown name gives an empty list.
        """
        return list(self._find(name[: LONGEST_NAME + 1], country))

    def _search(self, name: str, country: str | None) -> tuple[Place, ...]:
        candidates = self.candidates(read_name(name))
        if country:
            candidates = sorted(candidates, key=lambda c: (c.entry.country != country, -c.weight))
        return tuple(
            c.entry.place(1 / (1 + math.exp(2 - c.weight - 2 * (c.entry.country == country))))
            for c in candidates
        )

    def _entry(self, row: int) -> Entry:
        entry = self._entries.get(row)
        if entry is None:
            entry = self._entries[row] = _parse(row, self._rows[row].decode("utf8"))
        return entry

    def _candidates(self, name: Name) -> tuple[Candidate, ...]:
        """Return what a name may mean, by weight."""
        if name.bare in ("", "ال") or len(name.folded) > LONGEST_NAME:
            return ()
        forms = (name.folded,) if name.kind == "site" else (name.folded, name.bare)
        keys = dict.fromkeys(map(name_key, forms))
        rows = {row: False for key in keys for row in self._rows_of(key)}
        found = self._weigh(rows, name)
        if not found and name.bare.startswith("ل"):  # للميادين, whose ل is split off
            return self.candidates(replace(name, folded="ا" + name.folded, bare="ا" + name.bare))
        if not found:
            near = {row: True for key in keys for row in self._near_rows(key)}
            found = self._weigh(near, name)
        return tuple(found)

    def _weigh(self, rows: dict[int, bool], name: Name) -> list[Candidate]:
        weighed = []
        entries = [self._entry(row) for row in rows]
        units = {e.country for e in entries if e.kind in ("district", "subdistrict")}
        whole = name.folded != name.bare and any(name.folded in e.spellings for e in entries)
        for entry, near in zip(entries, rows.values()):
            weight = _weigh(entry, name)
            if weight is None:
                continue
            if name.kind == "district" and entry.kind == "town" and entry.country not in units:
                weight += _GAIN_SEAT
            loss = _LOSS_NEAR if near else _misspelled(entry, name)
            if whole and name.folded not in entry.spellings:  # of شمال أفريقيا not أفريقيا
                weight -= _LOSS_PART
            weighed.append(Candidate(entry, weight - loss, loss > 0))
        weighed.sort(key=lambda c: (-c.weight, c.entry.row))
        return weighed[:_CANDIDATE_LIMIT]

    def _rows_of(self, key: str) -> list[int]:
        return [int(row) for row in self._index.get(key, "").split()]

    def _near_rows(self, key: str) -> list[int]:
        """Return the rows of the keys nearest to one, within the bound for its length."""
        bound = next((bound for length, bound in _NEAR if len(key) >= length), 0)
        if not bound:
            return []
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        pool = [
            other
            for length in range(len(key) - bound, len(key) + bound + 1)
            for other in self._blocks.get((key[:1], length), ())
        ]
        found = extract(key, pool, scorer=OSA.distance, score_cutoff=bound, limit=_NEAR_LIMIT)
        nearest = [other for other, distance, _ in found if distance == found[0][1]]
        return [row for other in nearest for row in self._rows_of(other)]


def _parse(row: int, line: str) -> Entry:
    fields = line.split("\t")
    name, aliases, kind, latitude, longitude, country, admin1, admin2, code, people, known = fields
    return Entry(
        row,
        name,
        frozenset(spellings_of(name, aliases.split("|"))),
        kind,
        float(latitude),
        float(longitude),
        country,
        admin1,
        admin2,
        code,
        int(people or 0),
        known == "1",
        name_key(name),
        name_key(admin1),
        name_key(admin2),
        tuple(a for a in aliases.split("|") if strip_diacritics(a) != a),
        _is_common(name, kind),
    )


def _weigh(entry: Entry, name: Name) -> float | None:
    """Return what speaks for an entry by itself, roughly the logarithm of odds; None if its kind is not what is named."""
    kind = entry.kind
    if name.facility and (kind not in _SITES or (kind in ("quarter", "camp") and not entry.known)):
        return None
    if name.voweled and entry.voweled and not _agree(name.voweled, entry.voweled):
        return None
    weight = _WORTH.get(kind, _WORTH_ELSE)
    if entry.known:
        weight += _worth_known(entry)
    if kind not in _UNITS:
        weight += 0.43 * math.log10(1 + entry.population)
    if kind == "town" and entry.key in (entry.admin1_key, entry.admin2_key):
        weight += _WORTH_SEAT
    if _is_class(name):
        if not entry.known or not name.folded.startswith("ال"):  # المعسكر, مدينة
            return None
        weight -= _LOSS_CLASS if entry.country else 0  # الخليج
    if name.kind:
        fit = _FITS[name.kind].get(kind)
        if fit is None and name.folded != name.bare and name.folded in entry.spellings:
            fit = 0.5  # جبل محسن is a quarter
        if fit is None:
            return None
        weight += fit
        if name.kind == "village" and entry.population > 300_000:
            weight -= 4
        if name.kind == "countryside" and kind == "town" and entry.admin1_key == entry.key:
            weight -= 4  # the countryside of a governorate's seat is the governorate
    else:
        weight -= _SELDOM_BARE.get(kind, 0)
    return weight


def is_small(entry: Entry) -> bool:
    """Return whether an entry is a town with fewer people than news abroad names."""
    return entry.kind == "town" and 0 < entry.population < SMALL


def _is_common(name: str, kind: str) -> bool:
    """Return whether places of many countries are called like one: a quarter, a hospital, a market."""
    first = next(iter(_words(name)), "").removeprefix("ال")
    return kind == "quarter" or (kind == "site" and first in _COMMON)


def _worth_known(entry: Entry) -> float:
    if is_small(entry) and entry.key != entry.admin1_key:
        return _WORTH_KNOWN_SMALL
    return _WORTH_KNOWN_QUARTER if entry.kind == "quarter" else _WORTH_KNOWN


def _agree(written: str, voweled: Iterable[str]) -> bool:
    """Return whether the vowel signs of a name are those of one of the spellings, its last letter apart.

    >>> _agree("عمّان", ["عَمَّان"]), _agree("عمّان", ["عُمَان"])
    (True, False)
    """
    own = _signs(written)
    return any(
        len(own) == len(other) and all(a <= b for a, b in zip(own[:-1], other))
        for other in map(_signs, voweled)
    )


def _signs(name: str) -> list[set[str]]:
    """Return the vowel signs on each letter of the last word of a name."""
    signs: list[set[str]] = []
    for char in name.split()[-1] if name.split() else "":
        if signs and not strip_diacritics(char):
            signs[-1].add(char)
        else:
            signs.append(set())
    return signs


def _is_class(name: Name) -> bool:
    """Return whether a name is nothing but class nouns and sides: الجزيرة, الشمال الغربي."""
    words = name.folded.split()
    return all(word in _ADJECTIVES or word.removeprefix("ال") in CLASS_NOUNS for word in words)


def _misspelled(entry: Entry, name: Name) -> float:
    """Return the loss for a name that has the entry's key but another spelling."""
    if name.folded in entry.spellings or name.bare in entry.spellings:
        return 0.0
    bare = name.bare.removeprefix("ال")
    if bare in entry.spellings or "ال" + bare in entry.spellings:
        return _LOSS_ARTICLE
    return _LOSS_SPELLING
