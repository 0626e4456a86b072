"""Augmenters for training: articles spelled as a careless press spells them, and articles about other people and places.

Like spaCy's own augmenters they change a share of the examples (``level``) and pass the others through. The changed
article is built anew, text and annotation, and read by the pipeline's tokenizer; where a span then lies on no token
borders or in another sentence, the example is passed through as it was. Chance comes from the module `random`, which
spaCy seeds.

spaCy reads the training corpus once if ``max_epochs`` is 0 or more: each article is then changed once, not anew in each
epoch. With ``keep_original`` the example is passed on as well as its changed copy::

    [corpora.train.augmenter]
    @augmenters = "sijill.chain.v1"

    [corpora.train.augmenter.*.names]
    @augmenters = "sijill.swap_names.v1"
    level = 0.5

    [corpora.train.augmenter.*.spelling]
    @augmenters = "sijill.press_orthography.v1"
    level = 0.3
"""

# Registered functions need real types in their hints: no `from __future__ import annotations` here.

import csv
import gzip
import random
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple, Optional, Union

import numpy
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from sijill.annotation import scheme
from sijill.annotation.docs import article_to_doc, doc_to_article
from sijill.annotation.markup import Article, Mark, NumRange
from sijill.text.orthography import LETTERS, MARKS, TATWEEL, fold

Augmenter = Callable[[Language, Example], Iterator[Example]]

RATES = {
    "hamza": 0.115,
    "madda": 0.25,
    "teh_marbuta": 0.007,
    "heh": 0.012,
    "alef_maksura": 0.013,
    "yeh": 0.007,
    "blank_before_mark": 0.092,
    "no_blank_after_mark": 0.013,
    "waw_apart": 0.029,
    "diacritics": 0.67,
    "tatweel": 0.0003,
    "digits": 0.1,
    "quotes": 0.2,
}
"""How often each kind of change is made where it can be made; of digits and quotes, in how many articles.

All but digits and quotes were counted in 330 articles of real news, 39,052 words, against the spelling of the project's
own articles; of diacritics, 1.2% of the words there have some and 3.7% of those in the project's articles of standard
spelling. Digits and quotes vary by outlet; their shares are set by judgement.
"""

SWAPPED = ("PER", "LOC", "ARMED", "ORG", "WEAPON", "COUNT", "DATE")
"""Labels whose spans `sijill.swap_names.v1` replaces."""

_TRIES = 3


# --- registered functions ------------------------------------------------------------------------


@spacy.registry.augmenters("sijill.press_orthography.v1")
def create_press_orthography_augmenter(
    level: float, rates: Optional[dict[str, float]] = None, keep_original: bool = False
) -> Augmenter:
    """Make an augmenter that spells articles as the press does.

    Hamzas are dropped, ة and ه, ى and ي taken for each other, blanks set before punctuation, left out after it or set
    after و, diacritics dropped, tatweel put in, digits and quotation marks written in another style. An article's own
    rate of each is drawn from the exponential distribution with the given rate as its mean: real articles differ in how
    careless they are about as much (of those counted, 18% write more than a fifth of all hamzas as plain alef).

    Args:
        level: the share of examples that are changed.
        rates: kinds of change → rates that replace those of `RATES`.
        keep_original: pass the example on as well as its changed copy.

    Raises:
        ValueError: a rate is not of a known kind.
    """
    rates = rates or {}
    if unknown := sorted(set(rates) - set(RATES)):
        raise ValueError(f"no rate is called {', '.join(unknown)}; known are {', '.join(RATES)}")
    change = partial(_spell_as_press, rates={**RATES, **rates})
    return partial(_augment, change=change, level=level, keep_original=keep_original)


@spacy.registry.augmenters("sijill.swap_names.v1")
def create_swap_names_augmenter(
    level: float, labels: Optional[list[str]] = None, keep_original: bool = False
) -> Augmenter:
    """Make an augmenter that puts other names, places, weapons, numbers and days into articles.

    All mentions of a name get the same new one, a surname alone the new surname. People get names of their own origin
    and sex, towns those of the same country and, where there are enough, the same governorate; groups and organisations
    keep their class noun (حركة, وزارة), weapons their kind, gender, number and state; numbers keep the form that the
    counted noun agrees with. What no list knows stays as it is, as do countries, governorates and cities of a million.

    Args:
        level: the share of examples that are changed.
        labels: the labels of the spans to replace; without it all of `SWAPPED`.
        keep_original: pass the example on as well as its changed copy.

    Raises:
        ValueError: a label is not one of `SWAPPED`.
    """
    labels = list(SWAPPED) if labels is None else labels
    if unknown := sorted(set(labels) - set(SWAPPED)):
        raise ValueError(f"no names for {', '.join(unknown)}; known are {', '.join(SWAPPED)}")
    change = partial(_swap_names, labels=frozenset(labels))
    return partial(_augment, change=change, level=level, keep_original=keep_original)


@spacy.registry.augmenters("sijill.chain.v1")
def create_chain(*augmenters: Augmenter) -> Augmenter:
    """Make an augmenter of several: each takes what the one before it gives."""
    return partial(_augment_in_turn, augmenters=augmenters)


def _augment_in_turn(
    nlp: Language, example: Example, *, augmenters: Sequence[Augmenter]
) -> Iterator[Example]:
    if not augmenters:
        yield example
        return
    for augmented in augmenters[0](nlp, example):
        yield from _augment_in_turn(nlp, augmented, augmenters=augmenters[1:])


def _augment(
    nlp: Language, example: Example, *, change: Callable, level: float, keep_original: bool
) -> Iterator[Example]:
    changed = None
    if random.random() < level:
        article = doc_to_article(example.reference)
        for _ in range(_TRIES):
            new = change(nlp, article, example.reference)
            if new is None:
                break
            changed = _example_of(nlp, example, article, new)
            if changed is not None:
                break
    if changed is None or keep_original:
        yield example
    if changed is not None:
        yield changed


# --- articles changed, and made examples ---------------------------------------------------------


class Edit(NamedTuple):
    """``text[start:end]`` becomes ``words``."""

    start: int
    end: int
    words: str


def edited(
    article: Article,
    edits: Sequence[Edit],
    values: Optional[dict[str, Union[str, NumRange, None]]] = None,
) -> Article:
    """The article with its text edited and its spans moved along; ``values`` are new values by span id.

    Edits do not overlap, and none reaches over the border of a span. What is inserted at the border of a span stays
    outside of it.

    >>> from sijill.annotation.markup import Mark
    >>> article = Article({}, "قتل أحمد.", (Mark("p1", "PER", 4, 8),))
    >>> new = edited(article, [Edit(4, 8, "علي"), Edit(8, 8, " ")])
    >>> new.text, new.words_of(new.spans[0])
    ('قتل علي .', 'علي')
    """
    edits = sorted(edits)
    values = values or {}
    ends = [edit.end for edit in edits]
    shifts, pieces, last = [0], [], 0
    for start, end, words in edits:
        pieces += [article.text[last:start], words]
        shifts.append(shifts[-1] + len(words) - (end - start))
        last = end

    def moved(position: int, is_end: bool) -> int:
        before = bisect_right(ends, position)
        if is_end and before and edits[before - 1].start == position:
            before -= 1
        return position + shifts[before]

    spans = tuple(
        replace(
            span,
            start=moved(span.start, False),
            end=moved(span.end, True),
            value=values.get(span.id, span.value),
        )
        for span in article.spans
    )
    return replace(article, text="".join([*pieces, article.text[last:]]), spans=spans)


def _example_of(nlp: Language, example: Example, old: Article, new: Article) -> Optional[Example]:
    """The new article as an example; None where its spans do not fit tokens and sentences as the old ones did."""
    reference = example.reference
    doc, unaligned = article_to_doc(new, nlp.make_doc)
    if unaligned or _sentences(doc, new) != _sentences(reference, old):
        return None
    doc._.country = reference._.country
    for layer in list(doc.spans):  # what was not annotated is not annotated now
        if layer not in reference.spans:
            del doc.spans[layer]
    if not reference.has_annotation("ENT_IOB"):
        doc.set_ents([], default="missing")
    return Example(nlp.make_doc(new.text), doc)


def _sentences(doc: Doc, article: Article) -> list[int]:
    """The numbers of the sentences in which each span begins and ends."""
    number = numpy.cumsum(doc.to_array("SENT_START") == 1)
    starts = doc.to_array("IDX")
    borders = [position for span in article.spans for position in (span.start, span.end - 1)]
    return number[numpy.searchsorted(starts, borders, side="right") - 1].tolist()


# --- spelling ------------------------------------------------------------------------------------

_END = f"(?![{LETTERS}{MARKS}{TATWEEL}])"
_CHANGEABLE = re.compile(
    rf"""
    (?P<hamza>[أإ])
  | (?P<madda>آ)
  | (?P<teh_marbuta>ة{_END})
  | (?P<heh>(?<=[{LETTERS}])ه{_END})
  | (?P<alef_maksura>ى{_END})
  | (?P<yeh>(?<=[{LETTERS}])ي{_END})
  | (?P<diacritics>(?<=[{LETTERS}])[{MARKS}])
  | (?P<tatweel>[بتثجحخسشصضطظعغفقكلمنهي](?=[{LETTERS}]{{2}}))
  | (?P<blank_before_mark>(?<=[{LETTERS}])(?=[،؛.:؟!](?:\s|\Z)))
  | (?P<no_blank_after_mark>(?<=[،؛.؟!])\ (?=[{LETTERS}]))
    """,
    re.VERBOSE,
)
_CHANGES = {
    "hamza": "ا",
    "madda": "ا",
    "teh_marbuta": "ه",
    "heh": "ة",
    "alef_maksura": "ي",
    "yeh": "ى",
    "diacritics": "",
    "blank_before_mark": " ",
    "no_blank_after_mark": "",
}
_NUMBER = re.compile(r"(?<![A-Za-z\d@/_.-])[\d.,٫٬]*\d(?![A-Za-z\d@/_-])")
_QUOTE = re.compile('["«»“”]')
_QUOTES = ('""', "«»", "“”")
_WESTERN, _INDIC = "0123456789", "٠١٢٣٤٥٦٧٨٩"
_TO_WESTERN, _TO_INDIC = str.maketrans(_INDIC, _WESTERN), str.maketrans(_WESTERN, _INDIC)


def _spell_as_press(
    nlp: Language, article: Article, doc: Doc, *, rates: dict[str, float]
) -> Optional[Article]:
    text = article.text
    own = {kind: rate * random.expovariate(1) for kind, rate in rates.items()}
    edits = []
    for match in _CHANGEABLE.finditer(text):
        kind = str(match.lastgroup)
        if random.random() < own[kind]:
            words = match[0] + TATWEEL if kind == "tatweel" else _CHANGES[kind]
            edits.append(Edit(match.start(), match.end(), words))
    edits += [
        Edit(token.idx + 1, token.idx + 1, " ")
        for token in doc[:-1]
        if token.text == "و" and not token.whitespace_ and token.nbor().text[0] in _ARABIC
        if random.random() < own["waw_apart"]
    ]
    if random.random() < rates["digits"]:
        table = _TO_WESTERN if any(digit in text for digit in _INDIC) else _TO_INDIC
        edits += [Edit(*m.span(), m[0].translate(table)) for m in _NUMBER.finditer(text)]
    if random.random() < rates["quotes"]:
        edits += _other_quotes(text)
    return edited(article, edits) if edits else None


def _other_quotes(text: str) -> list[Edit]:
    """All quotation marks in another style; none where they do not come in pairs."""
    found = list(_QUOTE.finditer(text))
    pairs = list(zip(found[::2], found[1::2]))
    if len(found) % 2 or any(
        a[0] + b[0] not in _QUOTES or "\n" in text[a.end() : b.start()] for a, b in pairs
    ):
        return []
    style = random.choice(_QUOTES)
    return [Edit(*mark.span(), style[i]) for pair in pairs for i, mark in enumerate(pair)]


_ARABIC = frozenset(map(chr, range(0x621, 0x64B)))


# --- names: the lists ----------------------------------------------------------------------------


def _rows(file: str) -> list[dict[str, str]]:
    path = files("sijill.annotation") / "data" / file
    with path.open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


class _People(NamedTuple):
    names: dict[tuple, list[str]]  # (origin, part) → names
    known: dict[tuple, list[str]]  # (folded name, part) → origins


@cache
def _people() -> _People:
    names, known = defaultdict(list), defaultdict(list)
    for row in _rows("people.tsv"):
        names[row["origin"], row["part"]].append(row["name"])
        known[fold(row["name"]), row["part"]].append(row["origin"])
    return _People(dict(names), dict(known))


@cache
def _alike(file: str, columns: tuple) -> dict[str, list[str]]:
    """Each folded name of a list → all names that agree with it in these columns."""
    groups = defaultdict(list)
    for row in _rows(file):
        groups[tuple(row[column] for column in columns)].append(row["name"])
    return {fold(name): names for names in groups.values() for name in names}


_GROUP_KINDS = ("Rebel group", "Political militia", "Identity militia")
_NAME = re.compile(f"[{LETTERS}]+(?: [{LETTERS}]+){{0,3}}")


@cache
def _armed_groups() -> dict[tuple, list[str]]:
    """Class noun and country (empty: any) → names of armed groups that begin with it."""
    from sijill.knowledge.actors import ActorRegister

    groups = defaultdict(set)
    for actor in ActorRegister.load().actors.values():
        head, _, rest = actor.name.partition(" ")
        if actor.kind in _GROUP_KINDS and rest and _NAME.fullmatch(actor.name):
            for country in {actor.country, ""}:
                groups[head, country].add(actor.name)
    return {key: sorted(names) for key, names in groups.items() if len(names) > 3}


_METROPOLIS = 1_000_000  # people; articles hang on such names, and capitals stand for their states
_LARGE = 5_000
_PLACE_KINDS = ("town", "quarter", "camp")
_PLACE_CLASSES = ("", "town", "village", "quarter", "camp")  # not العاصمة, قضاء
_LEAST_POOL = 8


@cache
def _places() -> dict[tuple, list[str]]:
    """Names of places by country, kind, whether large, and governorate (empty: all of them)."""
    from sijill.knowledge.gazetteer import class_of

    data = (files("sijill.knowledge") / "data" / "places.tsv.gz").read_bytes()
    pools = defaultdict(list)
    for line in gzip.decompress(data).decode("utf8").splitlines():
        name, _, kind, _, _, country, admin1, _, _, population, known = line.split("\t")
        if (
            kind not in _PLACE_KINDS
            or not _NAME.fullmatch(name)
            or int(population or 0) >= _METROPOLIS
        ):
            continue
        words = name.split()
        if len(words) > 3 or min(map(len, words)) < 3 or class_of(words[0]) is not None:
            continue
        large = bool(known) or int(population or 0) >= _LARGE
        for area in {"", admin1}:
            pools[country, kind, large, area].append(name)
    return dict(pools)


# --- names: swapping -----------------------------------------------------------------------------

_BEFORE = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]*\\Z")
_WORD = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+")


class _Mention(NamedTuple):
    """A span to replace: its words with ال written out after ل, and the proclitics that are attached to it."""

    mark: Mark
    words: str
    attached: str


def _swap_names(
    nlp: Language, article: Article, doc: Doc, *, labels: frozenset
) -> Optional[Article]:
    new = _Swap(nlp, article, doc).run(labels)
    return None if new is article else new


class _Swap:
    """One article's names, replaced."""

    def __init__(self, nlp: Language, article: Article, doc: Doc):
        self.nlp, self.article, self.doc = nlp, article, doc
        self.country = doc._.country or article.meta.get("country", "")
        self.used = {fold(article.words_of(span)) for span in article.spans}
        self.words: dict[str, str] = {}  # span id → new words
        self.values: dict[str, Union[str, NumRange, None]] = {}

    def run(self, labels: frozenset) -> Article:
        mentions = defaultdict(list)
        tokens = {token.idx: token for token in self.doc}
        for mark in self.article.spans:
            if mark.label in labels:
                mentions[mark.label].append(self._mention(mark, tokens))
        swaps = {
            "PER": self._people,
            "LOC": self._places,
            "ARMED": self._groups,
            "ORG": self._groups,
            "WEAPON": self._weapons,
            "COUNT": self._counts,
            "DATE": self._dates,
        }
        for label in SWAPPED:
            if mentions[label]:
                swaps[label](mentions[label])
        found = (m for label in SWAPPED for m in mentions[label] if m.mark.id in self.words)
        edits = []
        for mark, words, attached in found:
            new = self.words[mark.id]
            if new != words:
                edits.append(Edit(mark.start, mark.end, _joined(attached, new)))
        return edited(self.article, edits, self.values) if edits else self.article

    def _mention(self, mark: Mark, tokens: dict) -> _Mention:
        words = self.article.words_of(mark)
        match = _BEFORE.search(self.article.text, max(0, mark.start - 8), mark.start)
        attached = match[0] if match else ""
        if attached.endswith("ل") and words.startswith("ل"):
            token = tokens.get(mark.start)
            if token is not None and token.norm_ == fold("ا" + token.text):
                words = "ا" + words
        return _Mention(mark, words, attached)

    def _choose(self, pool: Sequence[str], attached: Sequence[str] = ()) -> Optional[str]:
        """A name that the article has not got, and that the tokenizer cuts from all that is attached to it."""
        for _ in range(6):
            name = random.choice(pool)
            if fold(name) not in self.used and all(self._fits(name, before) for before in attached):
                self.used.add(fold(name))
                return name
        return None

    def _fits(self, name: str, attached: str) -> bool:
        if not attached:
            return True
        joined = _joined(attached, name)
        if attached.endswith("ل") and joined.startswith(
            "لل"
        ):  # ل + الليبي is written للليبي, or للبي
            return False
        doc = self.nlp.make_doc(attached + joined)
        return doc.char_span(len(attached), len(doc.text)) is not None

    def _swap_alike(
        self, mentions: Sequence[_Mention], pool_of: Callable[[_Mention], Optional[Sequence[str]]]
    ) -> None:
        """Give all mentions of the same words one new name from a pool."""
        same = defaultdict(list)
        for mention in mentions:
            same[fold(mention.words)].append(mention)
        for group in same.values():
            pool = pool_of(group[0])
            name = self._choose(pool, [m.attached for m in group]) if pool else None
            if name is not None:
                self.words.update((m.mark.id, name) for m in group)

    # --- places, groups, weapons ---

    def _places(self, mentions: Sequence[_Mention]) -> None:
        self._swap_alike(mentions, self._places_like)

    def _places_like(self, mention: _Mention) -> Optional[Sequence[str]]:
        from sijill.knowledge.gazetteer import Gazetteer, read_name

        start = mention.mark.start
        before = self.article.text[max(0, start - 30) : start].split()[-2:]
        name = read_name(mention.words, " ".join(before))
        if name.folded != name.bare or name.kind not in _PLACE_CLASSES:
            return None
        found = [c.entry for c in Gazetteer.load().candidates(name) if not c.near]
        found = [e for e in found if e.country == self.country] or found
        # The bare name of a governorate's capital may mean either.
        if not name.kind and any(e.kind not in _PLACE_KINDS and e.known for e in found):
            return None
        entry = next((e for e in found if e.kind in _PLACE_KINDS), None)
        if entry is None or entry.population >= _METROPOLIS:
            return None
        large = entry.known or entry.population >= _LARGE
        for area in (entry.admin1, ""):
            pool = _places().get((entry.country, entry.kind, large, area), ())
            if len(pool) >= _LEAST_POOL:
                return pool
        return None

    def _groups(self, mentions: Sequence[_Mention]) -> None:
        self._swap_alike(mentions, self._groups_like)
        # The name without its class noun: القسام of كتائب القسام.
        tails = {}
        for mention in mentions:
            new = self.words.get(mention.mark.id)
            if new is not None:
                tails[fold(mention.words.partition(" ")[2])] = new.partition(" ")[2]
        for mention in mentions:
            tail = tails.get(fold(mention.words))
            if tail and mention.mark.id not in self.words and self._fits(tail, mention.attached):
                self.words[mention.mark.id] = tail

    def _groups_like(self, mention: _Mention) -> Optional[Sequence[str]]:
        if mention.mark.label == "ORG":
            known = _alike("organisations.tsv", ("head",)).get(fold(mention.words))
            if known:
                return known
        head = mention.words.partition(" ")[0]
        groups = _armed_groups()
        pool = groups.get((head, self.country)) or groups.get((head, ""))
        if not pool or not _NAME.fullmatch(mention.words):
            return None
        from sijill.knowledge.actors import ActorRegister

        actor = ActorRegister.load().find(mention.words, country=self.country)
        named = (
            actor and actor.kind in _GROUP_KINDS and not actor.english.startswith("Unidentified")
        )
        return pool if named else None

    def _weapons(self, mentions: Sequence[_Mention]) -> None:
        known = _alike("weapons.tsv", ("kind", "form"))
        self._swap_alike(mentions, lambda mention: known.get(fold(mention.words)))

    # --- people ---

    def _people(self, mentions: Sequence[_Mention]) -> None:
        named = [(mention, _units(mention.words)) for mention in mentions]
        named.sort(key=lambda pair: -len(pair[1]))  # a surname alone comes after the full name
        attached = defaultdict(list)
        for mention, units in named:
            attached[fold(units[0])].append(mention.attached)
        new: dict[tuple, str] = {}
        for mention, units in named:
            origin = self._origin(units)
            words = []
            for place, unit in enumerate(units):
                roles = _roles(unit, place, len(units))
                known = next((new[fold(unit), r] for r in roles if (fold(unit), r) in new), None)
                if known is None:
                    pool, frame = self._names_like(unit, roles[0], origin, mention)
                    contexts = attached.get(fold(unit), ()) if not frame else ()
                    name = self._choose(pool, contexts) if pool else None
                    known = frame + name if name else unit
                    new[fold(unit), roles[0]] = known
                words.append(known)
            self.words[mention.mark.id] = " ".join(words)

    def _origin(self, units: Sequence[str]) -> str:
        """The origin of a name's parts: that of the article's country where they are Arabic."""
        people = _people()
        region = _REGIONS.get(self.country) or random.choice(sorted(set(_REGIONS.values())))
        found = []
        for unit in units:
            for part in ("male", "female", "family"):
                found += people.known.get((fold(unit), part), ())
        if found and not any(o in _ARAB for o in found):
            return found[0]
        if found or any(unit.startswith(("ال", "عبد ", *_FATHERS)) for unit in units):
            return region
        return _FOREIGN_REGIONS.get(self.country, region)

    def _names_like(self, unit: str, role: str, origin: str, mention: _Mention) -> tuple:
        """The names that may stand for a part of a name, and the words to put before them."""
        people = _people()
        if role == "kunya":
            father = unit.partition(" ")[0]
            part = "female" if fold(father) == fold("أم") and random.random() < 0.2 else "male"
            return people.names["arab", part], father + " "
        if role == "family":
            return people.names[origin, "family"], ""
        parts = [p for p in ("male", "female") if (fold(unit), p) in people.known]
        if role == "father":
            parts = ["male"]
        elif len(parts) != 1:
            before = self.article.text[: mention.mark.start].rstrip().rpartition(" ")[2]
            if not (before.endswith("ة") or unit.endswith(("ة", "اء"))):
                return (), ""  # a man or a woman: the verb knows, we do not
            parts = ["female"]
        return people.names["arab" if origin in _ARAB else origin, parts[0]], ""

    # --- numbers and days ---

    def _counts(self, mentions: Sequence[_Mention]) -> None:
        if any(_hangs_on_others(self.article, span) for span in self.article.spans):
            return
        from sijill.text.numbers import read_count

        units, tens = _shuffled(_FREE_UNITS), _shuffled(range(2, 10))
        for mark, words, attached in mentions:
            new = _other_number(words, units, tens)
            if new == words or not self._fits(new, attached):
                continue
            if mark.value is not None:
                old_count, count = read_count(words), read_count(new)
                if old_count is None or count is None:
                    continue
                if (old_count.minimum, old_count.maximum) != mark.value:
                    continue
                least, most = count.minimum, count.maximum
                if least is not None and most is not None and least > most:
                    continue
                self.values[mark.id] = (least, most)
            self.words[mark.id] = new

    def _dates(self, mentions: Sequence[_Mention]) -> None:
        days, months = _shuffled(range(7)), _shuffled(range(12))
        published = self.article.published
        for mark, words, attached in mentions:
            new = _other_days(words, days, months)
            if new == words or not self._fits(new, attached):
                continue
            if mark.value is not None:
                if _iso(words, published) != mark.value:  # counted from other dates of the article
                    continue
                self.values[mark.id] = _iso(new, published)
            self.words[mark.id] = new


def _joined(attached: str, words: str) -> str:
    """Words as they are written after proclitics: ل and ال are لل."""
    return words[1:] if attached.endswith("ل") and words.startswith("ال") else words


# --- parts of people's names ---------------------------------------------------------------------

_FATHERS = ("أبو ", "ابو ", "أبي ", "ابي ", "أبا ", "ابا ", "أم ", "ام ")
_OPENING = frozenset(
    fold(word)
    for word in (
        "عبد",
        "أبو",
        "أبي",
        "أبا",
        "أم",
        "بن",
        "ابن",
        "بنت",
        "آل",
        "ولد",
        "أغ",
        "بو",
        "ود",
        "فان",
        "دي",
    )
)
_CLOSING = frozenset(fold(word) for word in ("الدين", "الله", "أوغلو", "زاده", "العابدين"))
_REGIONS = {
    **dict.fromkeys(("SY", "LB", "PS", "JO"), "levant"),
    **dict.fromkeys(("TN", "DZ", "MA"), "maghreb"),
    **dict.fromkeys(("SA", "AE", "QA", "KW", "BH", "OM"), "gulf"),
    **dict.fromkeys(("MR", "ML", "NE", "TD", "BF"), "sahel"),
    **{country: country for country in ("IQ", "YE", "EG", "SD", "LY")},
}
_FOREIGN_REGIONS = {
    **dict.fromkeys(("RU", "UA"), "russian"),
    **dict.fromkeys(("US", "GB", "CA", "AU"), "english"),
    **dict.fromkeys(("NG", "SO", "ET", "ER", "KE", "SS", "CF", "CD"), "african"),
    "TR": "turkish",
    "IR": "persian",
    "FR": "french",
    "IL": "hebrew",
}
_ARAB = frozenset(("arab", *_REGIONS.values()))


def _units(name: str) -> list[str]:
    """Split a person's name into its parts: أبو عبد الله الشامي has two."""
    units: list[str] = []
    is_open = False
    for word in name.split():
        folded = fold(word)
        if units and (is_open or folded in _CLOSING):
            units[-1] += " " + word
        else:
            units.append(word)
        is_open = folded in _OPENING
    return units or [name]


def _roles(unit: str, place: int, size: int) -> tuple:
    """What a part of a name may be, the likeliest first."""
    if place == 0 and unit.startswith(_FATHERS):
        return ("kunya", "family") if size == 1 else ("kunya",)
    if size == 1:
        given = any((fold(unit), part) in _people().known for part in ("male", "female"))
        return ("given", "family") if given else ("family", "given")
    if place == 0:
        return ("given",)
    return ("family",) if place == size - 1 else ("father",)


# --- numbers and dates in words ------------------------------------------------------------------

# One and two have forms of their own, and eight changes with its case.
_FREE_UNITS = (3, 4, 5, 6, 7, 9)
_UNITS = {
    "masculine": {3: "ثلاثة", 4: "أربعة", 5: "خمسة", 6: "ستة", 7: "سبعة", 9: "تسعة"},
    "feminine": {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 9: "تسع"},
}
_TENS = {2: "عشر", 3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع"}
_NUMBER_WORDS = {fold(w): (_UNITS[g], n) for g in _UNITS for n, w in _UNITS[g].items()}
for _ending in ("ون", "ين"):
    _words = {n: stem + _ending for n, stem in _TENS.items()}
    _NUMBER_WORDS.update((fold(word), (_words, n)) for n, word in _words.items())
_ATTACHED = re.compile("(?:و|ف)?(?:ب|ك)?(?:ال|لل|ل)?")
_SHARES = re.compile("نصف|ثلث|ربع|معظم|غالبية|أغلب")


def _shuffled(numbers: Sequence[int]) -> dict[int, int]:
    """Numbers → the same numbers in another order."""
    return dict(zip(numbers, random.sample(list(numbers), len(numbers))))


def _hangs_on_others(article: Article, span: Mark) -> bool:
    """Whether the number of a span is reckoned from others of the article: أكثر من نصفهم, مقتل البقية."""
    if not isinstance(span.value, tuple) or span.value == (None, None):
        return False
    if span.label in scheme.COUNTS:
        return _SHARES.search(article.words_of(span)) is not None
    return any(n is not None and n > 2 for n in span.value)


def _other_number(words: str, units: dict[int, int], tens: dict[int, int]) -> str:
    """A number with other digits or words, whose counted noun keeps its form.

    >>> _other_number("نحو 23", {3: 7}, {2: 4}), _other_number("ثلاثة وعشرين", {3: 7}, {2: 4})
    ('نحو 47', 'سبعة وأربعين')
    """
    words = re.sub(r"(?<![\d.,/])\d+(?![\d.,/])", lambda m: _other_digits(m[0], units, tens), words)
    return _WORD.sub(lambda m: _other_number_word(m[0], units, tens), words)


def _other_digits(digits: str, units: dict[int, int], tens: dict[int, int]) -> str:
    zero = ord(digits[0]) - int(digits[0])
    new = []
    for place, digit in enumerate(reversed(digits)):
        table = tens if place == 1 else units
        new.append(chr(zero + table.get(int(digit), int(digit))))
    return "".join(reversed(new))


def _other_number_word(word: str, units: dict[int, int], tens: dict[int, int]) -> str:
    for cut in dict.fromkeys(
        (0, *(m.end() for m in [_ATTACHED.match(word)] if m), word.startswith("و"))
    ):
        found = _NUMBER_WORDS.get(fold(word[cut:]))
        if found is not None:
            table, number = found
            order = tens if table[3].endswith(("ون", "ين")) else units
            new = table[order.get(number, number)]
            if new != table[number]:
                return word[:cut] + (_plain(new) if _is_plain(word[cut:]) else new)
    return word


def _is_plain(word: str) -> bool:
    """Whether a word is spelled carelessly: ه for ة, no hamza."""
    return word.endswith("ه") or word.startswith("ارب")


def _plain(word: str) -> str:
    return word.translate(str.maketrans("أة", "اه"))


_WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_MONTHS = (
    "كانون الثاني،شباط،آذار،نيسان،أيار،حزيران،تموز،آب،أيلول،تشرين الأول،تشرين الثاني،كانون الأول",
    "يناير،فبراير،مارس،أبريل،مايو،يونيو،يوليو،أغسطس،سبتمبر،أكتوبر،نوفمبر،ديسمبر",
    "جانفي،فيفري،مارس،أفريل،ماي،جوان،جويلية،أوت،سبتمبر،أكتوبر،نوفمبر،ديسمبر",
)
_MONTH_TABLES = [names.split("،") for names in _MONTHS]
_MONTH_OF = {
    name: (table, index) for table in reversed(_MONTH_TABLES) for index, name in enumerate(table)
}
_MONTH = re.compile(
    f"(?<![{LETTERS}])(?:{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})(?![{LETTERS}{MARKS}])"
)
_WEEKDAY = re.compile(f"(?<![{LETTERS}])(?:{'|'.join(_WEEKDAYS)})(?![{LETTERS}{MARKS}])")
# A weekday that another word of the phrase fixes.
_FIXED = re.compile(r"أمس|امس|اليوم|غد|\d|[A-Za-z]|" + "|".join(_MONTH_OF))
_LATE_DAY = re.compile(r"(?<!\d)(?:29|30|31|٢٩|٣٠|٣١)(?!\d)")


def _other_days(words: str, days: dict[int, int], months: dict[int, int]) -> str:
    """A date of another weekday or another month, each name replaced by one of the same set of names."""
    if _WEEKDAY.search(words):
        if _FIXED.search(words):
            return words
        return _WEEKDAY.sub(lambda m: _WEEKDAYS[days[_WEEKDAYS.index(m[0])]], words)
    if _LATE_DAY.search(words):
        return words

    maghreb = any(name in words for name in ("جانفي", "فيفري", "أفريل", "جوان", "جويلية", "أوت"))

    def other(match: re.Match) -> str:
        table, index = _MONTH_OF[match[0]]
        if maghreb and match[0] in _MONTH_TABLES[2]:
            table = _MONTH_TABLES[2]
        return table[months[index]]

    return _MONTH.sub(other, words)


def _iso(words: str, published: Optional[date]) -> str:
    from sijill.text.dates import read_date

    interval = read_date(words, published)
    return interval.iso if interval is not None else "-"
