"""Compose clusters of reports, marked and annotated, from templates with short marks: the folders g001 … of corpus/clusters.

A template is text with ``{role words}``: the role says what the words are to the act of their sentence, so that the links of
the scheme follow by themselves. ``{k مقتل} {c=3 ثلاثة} {v مدنيين} في {e:EXPLOSION انفجار} في {p نوى} {d أمس}``:

| role | what | label |
|---|---|---|
| e | trigger, COREF to the first of its label | as given |
| a, t, p, w, s | AGENT, TARGET, PLACE, INSTRUMENT, SOURCE | ARMED, PEOPLE, LOC, WEAPON, ORG, unless given |
| d | TIME; ``=1`` is days after the incident, ``=2021-05-03`` a day | DATE |
| k, i, m | harm, its CAUSE the act; COREF to the first of its label, with ``+`` none; ``=2`` its number | KILLED, INJURED, MISSING |
| c | COUNT of the harm before, with ``>`` of the next one; ``=3``, ``=3-``, ``=3-5`` | COUNT |
| v, n | VICTIM of the harm before, with ``>`` of the next one | PEOPLE, PER |
| l | what the last place or target lies in | LOC |
| x | no link | as given |

A digit after the role is the number of the incident in a report that tells several. Where a sentence names no act, its links go
from its harm words.
"""

from __future__ import annotations

import gzip
import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from spacy.language import Language

from sijill.annotation import scheme
from sijill.annotation.corpus import blank_pipeline
from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import Article, Link, Mark, write_article
from sijill.knowledge.geography import distance_km
from sijill.records.schema import article_record

_ROLE = re.compile(r"\{([a-z])(\d?)([+>]*)(?::([A-Z_]+))?(?:!([A-Z]+))?(?:=([-0-9/]+))? ([^{}]+)\}")
_LABELS = {"a": "ARMED", "t": "PEOPLE", "p": "LOC", "w": "WEAPON", "s": "ORG", "d": "DATE"}
_LABELS |= {"k": "KILLED", "i": "INJURED", "m": "MISSING", "c": "COUNT", "v": "PEOPLE"}
_LABELS |= {"n": "PER", "l": "LOC"}
_LINKS = {"a": "AGENT", "t": "TARGET", "p": "PLACE", "w": "INSTRUMENT", "s": "SOURCE", "d": "TIME"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A marked stretch of a template's text."""

    id: str
    role: str
    number: int
    flag: str
    label: str
    start: int
    end: int


def compile_report(
    meta: dict[str, str], template: str, days: Sequence[date | None], nlp: Language
) -> Article:
    """Turn a template into an annotated article; ``days`` are those of its incidents.

    Raises:
        ValueError: a mark is broken, or lacks what its role needs.
    """
    pieces, marks, text = _read(template, days)
    article = Article(meta, text)
    doc, _ = article_to_doc(article, nlp.make_doc)
    sentences = [sent.start_char for sent in doc.sents][1:]
    links: list[Link] = []
    first: dict[tuple[int, str], Piece] = {}
    for low, high in zip([0, *sentences], [*sentences, len(text) + 1]):
        own = [piece for piece in pieces if low <= piece.start < high]
        links += _links_of_sentence(own, first)
    counted = {link.head for link in links if link.label == "COUNT"}
    victims = [link.head for link in links if link.label == "VICTIM" and link.tail[0] == "n"]
    for i, mark in enumerate(marks):
        if mark.label in scheme.HARMS and mark.value is None and mark.id not in counted:
            if mark.id not in victims:
                raise ValueError(f"{meta['id']}: no number for {text[mark.start : mark.end]}")
            n = victims.count(mark.id)
            marks[i] = Mark(mark.id, mark.label, mark.start, mark.end, mark.modality, (n, n))
    return Article(meta, text, tuple(marks), tuple(dict.fromkeys(links)))


def _read(template: str, days: Sequence[date | None]) -> tuple[list[Piece], list[Mark], str]:
    pieces: list[Piece] = []
    marks: list[Mark] = []
    text = ""
    last = 0
    numbers: dict[str, int] = {}
    for match in _ROLE.finditer(template):
        role, number, flag, label, modality, value, words = match.groups()
        text += template[last : match.start()]
        last = match.end()
        numbers[role] = numbers.get(role, 0) + 1
        label = label or _LABELS.get(role)
        if label is None:
            raise ValueError(f"no label: {match[0]}")
        piece = Piece(
            f"{role}{numbers[role]}",
            role,
            int(number or 1),
            flag,
            label,
            len(text),
            len(text) + len(words),
        )
        text += words
        pieces.append(piece)
        read = _value(piece, value, days)
        marks.append(
            Mark(piece.id, label, piece.start, piece.end, modality or scheme.ASSERTED, read)
        )
    text += template[last:]
    if "{" in text or "}" in text:
        raise ValueError(f"a broken mark: {text}")
    return pieces, marks, text


def _value(piece: Piece, value: str | None, days: Sequence[date | None]):
    if piece.role == "d":
        if value == "-" or (value and len(value) >= 4):
            return value
        day = days[piece.number - 1]
        if day is None:
            raise ValueError("a date without a value")
        return (day + timedelta(days=int(value or 0))).isoformat()
    if value is None:
        if piece.role == "c":
            raise ValueError("a count without a value")
        return None
    least, dash, most = value.partition("-")
    return int(least), int(most) if most else None if dash else int(least)


def _links_of_sentence(own: list[Piece], first: dict[tuple[int, str], Piece]) -> list[Link]:
    links: list[Link] = []
    acts: dict[int, Piece] = {}
    for piece in own:
        if piece.role == "e":
            acts.setdefault(piece.number, piece)
    harms = [piece for piece in own if piece.role in "kim"]
    held: Piece | None = None
    for at, piece in enumerate(own):
        role, number = piece.role, piece.number
        if role in "ekim":
            before = first.setdefault((number, piece.label), piece)
            if before is not piece and "+" not in piece.flag:
                links.append(Link("COREF", piece.id, before.id))
        if role in "kim" and number in acts:
            links.append(Link("CAUSE", piece.id, acts[number].id))
        if role in _LINKS:
            heads = [acts[number]] if number in acts else [h for h in harms if h.number == number]
            links += [
                Link(_LINKS[role], head.id, piece.id)
                for head in heads
                if scheme.allows(_LINKS[role], head.label, piece.label)
            ]
        if role in "cvn":
            before_it = [p for p in own[:at] if p.role in "kim"]
            after_it = [p for p in own[at:] if p.role in "kim"]
            if ">" in piece.flag or not before_it:
                head = after_it[0] if after_it else acts.get(number)
            else:
                head = before_it[-1]
            label = "COUNT" if role == "c" else "VICTIM"
            if head is not None and scheme.allows(label, head.label, piece.label):
                links.append(Link(label, head.id, piece.id))
        if role == "l" and held is not None:
            links.append(Link("LOCATED_IN", held.id, piece.id))
        if role in "ptl" and piece.label in ("LOC", "FAC"):
            held = piece
    return links


# --- what happens --------------------------------------------------------------------------------


def _split(text: str) -> list[str]:
    return text.split("|") if "|" in text else text.split()


GAZETTEER = Path("packages/sijill/src/sijill/knowledge/data/places.tsv.gz")
COUNTRIES = ("SY", "IQ", "YE", "SD", "LY", "PS", "LB", "EG")
LEAST_PEOPLE = 4000
FIRST_DAY, DAYS = date(2012, 1, 1), 365 * 12
NEAR_MISSES = 22
DIGESTS = 14
REPORTS = ((2, 45), (3, 30), (4, 15), (5, 7), (6, 3))
"""How many reports an incident has, and how often."""

OUTLETS = _split(
    "وكالة أنباء|وكالة دولية|صحيفة يومية|صحيفة إلكترونية|قناة فضائية|موقع إخباري|إذاعة|شبكة محلية|"
    "صفحة ناشطين|صحيفة عربية|وكالة رسمية|مركز توثيق"
)
FIRST = _split(
    "أحمد محمود خالد سامر عمر يوسف إبراهيم حسين علي مصطفى طارق زياد ماهر نزار وائل باسل فادي هاني كمال رامي جمال أيمن "
    "أسامة حمزة بلال أنس معاذ صلاح ناصر فيصل سعيد مروان عصام غسان نبيل رياض عدنان فراس ليث قصي"
) + ["عبد الله", "عبد الرحمن", "عبد الكريم", "أبو بكر"]
FAMILY = _split(
    "الحمداني الصالح البكري الرفاعي العواد الشامي الخطيب النجار الحداد العلواني المصري الجاسم السعدون الطويل البيطار "
    "القاسم الدليمي الأحمد الشريف الهاشمي العمري الكردي الزيدي الراوي العيسى المرعي الشهابي الغانم الفاضل الحلاق "
    "السباعي الدوسري الكناني الطائي الفارسي المنصور الحموي العساف البدري الجندي القيسي"
)

ACTORS = {  # country → what its actors are called, one a line, each in several wordings
    "SY": "قوات النظام|الجيش السوري|القوات الحكومية;تنظيم الدولة|تنظيم داعش|داعش;هيئة تحرير الشام|تحرير الشام;"
    "قوات سوريا الديمقراطية|قسد",
    "IQ": "تنظيم داعش|تنظيم الدولة الإسلامية|داعش;الجيش العراقي|القوات العراقية;الحشد الشعبي|قوات الحشد الشعبي",
    "YE": "جماعة الحوثي|الحوثيون|مليشيا الحوثي;التحالف العربي|قوات التحالف;تنظيم القاعدة|القاعدة",
    "SD": "قوات الدعم السريع|الدعم السريع;الجيش السوداني|القوات المسلحة السودانية",
    "LY": "قوات حفتر|الجيش الوطني الليبي;قوات الوفاق|قوات حكومة الوفاق;تنظيم الدولة|تنظيم داعش",
    "PS": "الجيش الإسرائيلي|قوات الاحتلال|جيش الاحتلال|القوات الإسرائيلية",
    "LB": "الجيش الإسرائيلي|القوات الإسرائيلية;جبهة النصرة|النصرة;حزب الله",
    "EG": "ولاية سيناء|تنظيم ولاية سيناء;الشرطة المصرية|قوات الأمن",
}
NOBODY = "مسلحون|مسلحون مجهولون|مجهولون"
SOURCES = _split(
    "مصدر أمني|مصادر طبية|مصدر محلي|شهود عيان|نشطاء|مصدر عسكري|مسؤول محلي|سكان المنطقة|طواقم الإسعاف"
)
TARGETS = {  # what is hit, in several wordings
    "EXPLOSION": "سوق شعبي|سوق مزدحم|سوق;حافلة|حافلة ركاب|باص;مطعم|مطعم شعبي;حاجز|حاجز أمني|نقطة تفتيش;دورية|"
    "سيارة عسكرية|آلية عسكرية;مسجد|جامع;مقر حزبي|مقر حزب",
    "SHELLING": "منزل|بيت|دار سكنية;مدرسة|مدرسة ابتدائية;مخبز|فرن;مستشفى|مشفى ميداني;سوق|سوق الخضار;مزرعة",
    "ATTACK": "حاجز|حاجز للجيش|نقطة عسكرية;مركز للشرطة|مخفر;قافلة|رتل عسكري;حقل نفطي|منشأة نفطية;محل صرافة",
}
TARGETS["SUICIDE_BOMB"], TARGETS["AIRSTRIKE"] = TARGETS["EXPLOSION"], TARGETS["SHELLING"]
TARGETS["CLASH"] = ""
WEAPONS = {
    "EXPLOSION": "عبوة ناسفة|عبوة;سيارة مفخخة|سيارة ملغومة;دراجة نارية مفخخة|دراجة مفخخة;لغم|لغم أرضي",
    "SUICIDE_BOMB": "حزام ناسف|حزاماً ناسفاً;سيارة مفخخة|سيارة ملغومة",
    "SHELLING": "قذائف هاون|قذائف الهاون;صواريخ|صواريخ غراد;قذائف مدفعية|المدفعية الثقيلة",
    "AIRSTRIKE": "طائرات حربية|طيران حربي;طائرة مسيرة|طائرة بدون طيار;مروحيات|الطيران المروحي",
    "ATTACK": "أسلحة رشاشة|رشاشات;قذائف آر بي جي|قاذفات آر بي جي",
    "CLASH": "أسلحة متوسطة|أسلحة ثقيلة",
    "KILLING": "أسلحة كاتمة|مسدسات كاتمة للصوت;أسلحة رشاشة|رشاشات",
}
NOUNS = {  # the act, as a noun without and with article
    "EXPLOSION": "انفجار|تفجير",
    "SUICIDE_BOMB": "تفجير انتحاري|هجوم انتحاري",
    "SHELLING": "قصف|قصف مدفعي|قصف صاروخي",
    "AIRSTRIKE": "غارة|غارة جوية|قصف جوي|ضربة جوية",
    "ATTACK": "هجوم|هجوم مسلح|كمين",
    "CLASH": "اشتباكات|مواجهات|معارك",
    "KILLING": "اغتيال|تصفية",
    "ARREST": "اعتقال|توقيف|احتجاز",
    "ABDUCTION": "اختطاف|خطف",
    "PROTEST": "مظاهرات|احتجاجات|مسيرات",
}
RETOLD = {  # kinds that an outlet may give instead
    "SUICIDE_BOMB": "EXPLOSION",
    "EXPLOSION": "ATTACK",
    "SHELLING": "ATTACK",
    "CLASH": "ATTACK",
    "KILLING": "ATTACK",
    "ABDUCTION": "ARREST",
}
MONTHS = {
    "levant": "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
    "nile": "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
}
WEEKDAYS = _split("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد")
NUMBERS = _split("ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة")

# {toll} is the number of dead and injured, {by} the agent, {at} the thing hit, {with} the weapon; each may be empty.
LEADS = {
    "blast": """
{toll} في {e} {with}{at} في {town}{in_} {day}{src}.
{E} {with}{at} في {town} {day} أسفر عن {toll}{src}.
شهدت {town}{in_} {day} {E} {with}{at} أدى إلى {toll}{src}.
{day}، وقع {E} {with}{at} في {town}{in_}، ما تسبب في {toll}{src}.
هزّ {E} {with}{town}{in_} {day}{hit} وخلّف {toll}{src}.
عاجل: {E} {with}في {town} {day}{at} وأنباء عن {toll}{src}.
{src_first} إن {E} {with}{at} في {town}{in_} {day} أوقع {toll}.
لا حديث في {town} إلا عن {E} {with}الذي وقع {day}{at} وأدى إلى {toll}{src}.
""",
    "strike": """
{toll} في {e} {by}{at} في {town}{in_} {day}{src}.
{E} {by}{at} في {town} {day} أسفر عن {toll}{src}.
تعرضت {town}{in_} {day} إلى {E} {by}{with}{at} أدى إلى {toll}{src}.
{day}، طال {E} {by}{with}{town}{in_}{hit}، ما أوقع {toll}{src}.
{src_first} إن {E} {by}{at} في {town} {day} تسبب في {toll}.
أدى {E} {by}{with}على {town}{in_} {day}{hit} إلى {toll}{src}.
ليلة صعبة على أهالي {town}: {E} {by}{with}{at} {day}، والنتيجة {toll}{src}.
بين الركام بحث الجيران عن أحبتهم بعد {e} {by}{at} في {town} {day} انتهى إلى {toll}{src}.
""",
    "fight": """
{E} {by}{at} في {town}{in_} {day} أسفر عن {toll}{src}.
{toll} في {e} {by}{at} قرب {town} {day}{src}.
{day}، شهد محيط {town}{in_} {E} {by}{with}{at} انتهى إلى {toll}{src}.
{src_first} إن {E} {by}{at} في {town}{in_} {day} أدى إلى {toll}.
اندلع {day} في {town} {E} {by}{with}{at}، وسقط {toll2}{src}.
استيقظت {town} {day} على {E} {by}{with}{at} خلّف {toll}{src}.
""",
    "killing": """
{E} {person} {by}في {town}{in_} {day}{src}.
{day}، جرى {E} {person} {by}{with}في {town}{in_}{src}.
{src_first} إن عملية {E} {person} {by}تمت {day} في {town}.
صدمة في {town} بعد {e} {person} {by}{with}{day}{src}.
{person2} ضحية {E} جديد {by}في {town}{in_} {day}{src}.
""",
    "arrest": """
{E} {people} {by}في {town}{in_} {day}{src}.
{src_first} إن حملة {E} {by}في {town} {day} طالت {people}.
{day}، جرى {E} {people} {by}في {town}{in_}{src}.
أهالي {town} يروون تفاصيل {E} {people} {by}{day}{src}.
""",
    "protest": """
خرجت {E} {crowd} في {town}{in_} {day} {cause}{src}.
{day}، عمّت {E} {crowd} شوارع {town} {cause}{src}.
{src_first} إن {E} {crowd} جرت في {town}{in_} {day} {cause}.
أُغلقت المحال في {town} مع انطلاق {E} {crowd} {day} {cause}{src}.
""",
}
FAMILY_OF_KIND = {
    "EXPLOSION": "blast",
    "SUICIDE_BOMB": "blast",
    "SHELLING": "strike",
    "AIRSTRIKE": "strike",
    "ATTACK": "fight",
    "CLASH": "fight",
    "KILLING": "killing",
    "ARREST": "arrest",
    "ABDUCTION": "arrest",
    "PROTEST": "protest",
}
FILLERS = """
ولم تتضح بعد ملابسات ما جرى.
وسادت حالة من التوتر في الشوارع حتى ساعة متأخرة.
وفتحت الجهات المختصة تحقيقاً لكشف الملابسات.
وانقطع التيار الكهربائي عن أجزاء واسعة لساعات.
ووصلت فرق الإسعاف متأخرة بسبب سوء الطرق.
وأُغلقت الطرق المؤدية إلى المكان أمام حركة السير.
وتداولت صفحات التواصل صوراً قيل إنها من الموقع، ولم يتسن التحقق منها.
ويأتي ذلك وسط تدهور متواصل للوضع المعيشي.
وطالب وجهاء بوضع حد لما يجري هناك منذ أشهر.
ولم يصدر تعليق رسمي حتى لحظة إعداد هذا الخبر.
وتعيش المنطقة منذ أسابيع على وقع شائعات متضاربة.
وعاد الهدوء الحذر بعد ساعات، وفتحت بعض المحال أبوابها.
ووعد المسؤولون بتعويض المتضررين من دون تحديد موعد.
وتضاربت الروايات حول السبب، وسط مطالب بكشف الحقيقة كاملة.
"""
CAUSES = _split(
    "احتجاجاً على انقطاع الكهرباء|للمطالبة بإسقاط الحكومة|رفضاً لغلاء الأسعار|للمطالبة بصرف الرواتب|تنديداً بالفساد"
)


def _lines(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line]


def _choices(text: str) -> list[list[str]]:
    return [group.split("|") for group in text.split(";") if group]


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of the gazetteer, and a smaller one beside it if there is one."""

    name: str
    governorate: str
    country: str
    latitude: float
    longitude: float
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """What is true of an incident; its reports tell parts of it."""

    id: str
    kind: str
    day: date
    town: Town
    agent: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    weapon: list[str] = field(default_factory=list)
    killed: int = 0
    injured: int = 0
    names: list[list[str]] = field(default_factory=list)
    cause: str = ""


def read_towns(path: Path) -> list[Town]:
    """The towns of the countries above."""
    with gzip.open(path, "rt", encoding="utf8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    places = [
        (Town(row[0], row[6], row[5], float(row[3]), float(row[4])), row[2], int(row[9] or 0))
        for row in rows
        if row[5] in COUNTRIES and row[2] in ("town", "village") and row[6]
    ]
    towns = []
    for town, kind, people in places:
        if kind == "town" and people >= LEAST_PEOPLE and town.name != town.governorate:
            near = [o.name for o, *_ in places if o.name != town.name and _km(o, town) < 8]
            towns.append(replace(town, beside=near[0] if near else ""))
    return towns


def _km(one: Town, other: Town) -> float:
    if one.country != other.country or abs(one.latitude - other.latitude) > 0.2:
        return 999.0
    return distance_km(one, other)


def draw_incident(number: int, towns: Sequence[Town], rng: random.Random) -> Incident:
    """An incident in a town drawn evenly over countries."""
    country = rng.choice(COUNTRIES)
    town = rng.choice([t for t in towns if t.country == country])
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    kind = rng.choices(list(NOUNS), [18, 9, 14, 14, 14, 8, 9, 5, 5, 4])[0]
    return _with_facts(Incident(f"g{number:03}", kind, day, town), rng)


def _with_facts(incident: Incident, rng: random.Random) -> Incident:
    kind = incident.kind
    groups = _choices(ACTORS[incident.town.country])
    agent = rng.choice([*groups, NOBODY.split("|")])
    others = [g for g in groups if g != agent] or [NOBODY.split("|")]
    deadly = FAMILY_OF_KIND[kind] in ("blast", "strike", "fight")
    killed = min(int(rng.paretovariate(0.9)), 40) if deadly else 0
    return replace(
        incident,
        agent=agent,
        other=rng.choice(others),
        target=rng.choice(_choices(TARGETS.get(kind) or "")) if TARGETS.get(kind) else [],
        weapon=rng.choice(_choices(WEAPONS[kind])) if kind in WEAPONS else [],
        killed=killed if deadly else rng.randint(2, 12),
        injured=rng.randint(0, 3 * killed + 4) if deadly else 0,
        names=[
            [rng.choice(FIRST), rng.choice(FIRST), rng.choice(FAMILY)]
            for _ in range(1 if kind == "KILLING" else min(killed, rng.choice([0, 0, 1, 2])))
        ],
        cause=rng.choice(CAUSES),
    )


# --- how it is told ------------------------------------------------------------------------------


def write_report(incident: Incident, published: date, rng: random.Random, digit: str = "") -> str:
    """One report's template; every outlet knows and leaves out other things. ``digit`` numbers its incident."""
    kind = incident.kind
    if kind in RETOLD and rng.random() < 0.15:
        kind = RETOLD[kind]
    later = (published - incident.day).days
    family = FAMILY_OF_KIND[incident.kind]
    noun = rng.choice(NOUNS[kind].split("|"))
    agent = rng.choice(incident.agent)
    by = ""
    if rng.random() < 0.6:
        by = {"fight": "شنه", "strike": "نفذته", "blast": "تبناه"}.get(family, "على يد")
        by = f"{by} {{a{digit} {agent}}} "
        if kind == "CLASH":
            by = f"بين {{a{digit} {agent}}} و{{t{digit}:ARMED {rng.choice(incident.other)}}} "
    names = [_spelled(name, rng) for name in incident.names]
    target = rng.choice(incident.target) if incident.target and rng.random() < 0.7 else ""
    people = _people(incident, later, digit, rng)
    source = rng.choice(SOURCES)
    label = "ORG" if source.startswith("مصدر") else "PEOPLE"
    source = f"{{s{digit}:{label} {source}}}" if rng.random() < 0.7 else ""
    town, inside = _where(incident.town, digit, rng)
    slots = {
        "{e}": f"{{e{digit}:{kind} {noun}}}",
        "{E}": f"{{e{digit}:{kind} {noun}}}",
        "{with}": f"بواسطة {{w{digit} {rng.choice(incident.weapon)}}} "
        if incident.weapon and rng.random() < 0.6
        else "",
        "{at}": f" استهدف {{t{digit}:FAC {target}}}" if target else "",
        "{hit}": f" مستهدفاً {{t{digit}:FAC {target}}}" if target else "",
        "{town}": town,
        "{in_}": inside,
        "{day}": _day(incident, published, digit, rng),
        "{src}": f"، {rng.choice(['حسب', 'وفق', 'بحسب', 'كما أفاد به'])} {source}"
        if source
        else "",
        "{src_first}": f"{rng.choice(['قال', 'قال', 'يقول'])} {source}"
        if source
        else "تقول الأنباء الواردة",
        "{by}": by,
        "{toll}": _toll(incident, names, later, digit, rng),
        "{toll2}": _toll(incident, names, later, digit, rng),
        "{person}": f"{{t{digit}:PER {names[0]}}}" if names else "",
        "{person2}": f"{{t{digit}:PER {names[0]}}}" if names else "",
        "{people}": people,
        "{crowd}": rng.choice(["حاشدة", "غاضبة", "محدودة", "واسعة"]),
        "{cause}": incident.cause,
    }
    text = rng.choice(_lines(LEADS[family]))
    for slot, words in slots.items():
        text = text.replace(slot, words)
    return re.sub(" +", " ", re.sub(r" ([،.])", r"\1", text))


def _where(town: Town, digit: str, rng: random.Random) -> tuple[str, str]:
    """The town, now and then only its governorate or a village beside it."""
    roll = rng.random()
    if roll < 0.08:
        return f"محافظة {{p{digit} {town.governorate}}}", ""
    name = town.beside if roll < 0.14 and town.beside else town.name
    inside = f" في محافظة {{l{digit} {town.governorate}}}" if rng.random() < 0.5 else ""
    return f"{{p{digit} {name}}}", inside


def _day(incident: Incident, published: date, digit: str, rng: random.Random) -> str:
    day, later = incident.day, (published - incident.day).days
    weekday = WEEKDAYS[day.weekday()]
    month = MONTHS["nile" if incident.town.country in ("EG", "SD", "LY", "YE") else "levant"]
    dated = f"{day.day} {month.split('|')[day.month - 1]}"
    words = {
        0: ["اليوم", f"اليوم {weekday}", f"صباح {weekday}", f"مساء {weekday}", "فجر اليوم"],
        1: ["أمس", f"أمس {weekday}", f"مساء {weekday}", "يوم أمس", "صباح أمس"],
    }.get(later, [f"يوم {weekday}", dated, f"{weekday} {dated}"])
    return f"{{d{digit} {rng.choice(words)}}}"


def _spelled(name: list[str], rng: random.Random) -> str:
    """A name in full or without the middle one, now and then spelled otherwise."""
    parts = name if rng.random() < 0.5 else [name[0], name[2]]
    text = " ".join(parts)
    if rng.random() < 0.25:
        text = rng.choice(
            [
                text.replace("أ", "ا"),
                text.replace("عبد ال", "عبدال"),
                text.replace("ي ", "ى "),
                text.replace("ة", "ه"),
            ]
        )
    return text


def _figure(true: int, later: int, rng: random.Random) -> tuple[int, bool]:
    """A figure as known so many days later, and whether it is only a floor. One in twelve is simply another."""
    if rng.random() < 0.08:
        return max(1, round(true * rng.choice([0.5, 1.6, 2]))), False
    if later == 0 and true > 2 and rng.random() < 0.6:
        return max(1, true - rng.randint(1, max(1, true // 3))), rng.random() < 0.4
    return true, False


def _counted(
    number: int, floor: bool, digit: str, nouns: tuple[str, str], rng: random.Random
) -> str:
    """A number and what is counted: ``nouns`` for three to ten and for more."""
    value = f"{number}-" if floor else str(number)
    words = str(number)
    if number == 2:
        words = "اثنين"
    elif 3 <= number <= 10 and rng.random() < 0.6:
        words = NUMBERS[number - 3]
    if floor:
        words = f"ما لا يقل عن {words}"
    after = nouns[0] if 3 <= number <= 10 else nouns[1] if number > 10 else ""
    count = f"{{c{digit}={value} {words}}}"
    return f"{count} {{v{digit} {after}}}" if after else count


def _toll(
    incident: Incident, names: Sequence[str], later: int, digit: str, rng: random.Random
) -> str:
    killed, floor = _figure(incident.killed, later, rng)
    word = rng.choice(["مقتل", "مقتل", "استشهاد", "مصرع"])
    listed = ""
    if names and rng.random() < 0.6:
        listed = " و".join(f"{{n{digit} {name}}}" for name in names[:killed])
    if killed == 1:
        text = f"{{k{digit}=1 {word}}} {listed or f'{{v{digit} شخص}}'}"
    elif rng.random() < 0.1:
        text = f"سقوط {{k{digit}=2- قتلى}}"
    else:
        among = f"، {rng.choice(['بينهم', 'منهم', 'من بينهم'])} {listed}،" if listed else ""
        count = _counted(killed, floor, digit, ("أشخاص", "شخصاً"), rng)
        text = f"{{k{digit} {word}}} {count}{among}"
    if incident.injured and rng.random() < 0.7:
        injured, floor = _figure(incident.injured, later, rng)
        if injured == 1:
            return f"{text} و{{i{digit}=1 إصابة}} {{v{digit} آخر}}"
        text += f" و{{i{digit} إصابة}} {_counted(injured, floor, digit, ('', ''), rng)}"
    return text


def _people(incident: Incident, later: int, digit: str, rng: random.Random) -> str:
    number, _ = _figure(incident.killed, later, rng)
    if number == 1:
        return f"{{t{digit} شاب}}"
    if number == 2:
        return f"{{t{digit} شابين}}"
    words = NUMBERS[number - 3] if 3 <= number <= 10 and rng.random() < 0.5 else str(number)
    noun = "شبان" if number <= 10 else "شاباً"
    return f"{{c{digit}={number} {words}}} {{t{digit} {noun}}}"


# --- writing it down -----------------------------------------------------------------------------


def near_miss(incident: Incident, number: int, rng: random.Random) -> Incident:
    """Another incident of the same town and kind, on the same or the next day."""
    day = incident.day + timedelta(days=rng.choice([0, 1]))
    other = incident
    while other.target == incident.target and other.killed == incident.killed:
        other = _with_facts(replace(incident, id=f"g{number:03}", day=day), rng)
    return other


def main(
    out: Annotated[
        Path, typer.Argument(help="The folder of clusters; its folders g… are replaced.")
    ],
    incidents: Annotated[int, typer.Option(help="How many to compose.")] = 140,
    seed: Annotated[int, typer.Option(help="Of the draw.")] = 7,
) -> None:
    """Compose incidents and write their reports, a folder each."""
    rng = random.Random(seed)
    nlp = blank_pipeline()
    for folder in out.glob("g*"):
        shutil.rmtree(folder)
    towns = read_towns(GAZETTEER)
    first = [draw_incident(i + 1, towns, rng) for i in range(incidents - NEAR_MISSES)]
    pairs = [
        (one, near_miss(one, len(first) + i + 1, rng))
        for i, one in enumerate(
            rng.sample([one for one in first if one.killed and one.kind in RETOLD], NEAR_MISSES)
        )
    ]
    told = 0
    for incident in [*first, *(other for _, other in pairs)]:
        outlets = rng.sample(OUTLETS, rng.choices(*zip(*REPORTS))[0])
        for number, outlet in enumerate(outlets, 1):
            published = incident.day + timedelta(days=rng.choice([0, 0, 1, 1, 1, 2, 3]))
            lead = write_report(incident, published, rng)
            body = " ".join([lead, *rng.sample(_lines(FILLERS), rng.randint(2, 4))])
            told += _write(out, [incident], number, published, outlet, body, nlp)
    for one, other in pairs[:DIGESTS]:
        published = max(one.day, other.day) + timedelta(days=1)
        for _ in range(20):  # until the article itself keeps the two apart
            body = "\n".join(
                write_report(incident, published, rng, digit)
                for incident, digit in ((one, ""), (other, "2"))
            )
            if _write(out, [one, other], 9, published, "موجز يومي", body, nlp):
                told += 1
                break
    typer.echo(f"{incidents} incidents, {told} reports")


def _write(
    out: Path,
    incidents: Sequence[Incident],
    number: int,
    published: date,
    outlet: str,
    body: str,
    nlp: Language,
) -> bool:
    """Write a report, unless its annotation tells more or fewer events than it has incidents."""
    name = incidents[0].id
    meta = {
        "id": f"{name}-{number}",
        "published": published.isoformat(),
        "country": incidents[0].town.country,
        "style": outlet,
        "invented": "true",
        "incident": " ".join(incident.id for incident in incidents),
    }
    article = compile_report(meta, body, [incident.day for incident in incidents], nlp)
    if len(article_record(article_to_doc(article, nlp.make_doc)[0]).events) != len(incidents):
        return False
    (out / name).mkdir(parents=True, exist_ok=True)
    write_article(article, out / name / f"{name}-{number}.txt")
    return True


if __name__ == "__main__":
    typer.run(main)
