"""Where the attached proclitics of an Arabic word end: و ف (and), ب ل ك (prepositions), س (future).

A word may be read in several ways: بشار as one stem or as ب + شار. The reading whose parts are the better known ones
wins: the weight of a stem says in how many forms, and how often, the text behind the lexicon has it. The readings of a
word and the rival weights follow the unsupervised segmenters of Arabic and other languages (Lee et al. 2003,
"Language model based Arabic word segmentation"; Creutz and Lagus 2007, Morfessor).
What a proclitic is follows the Prague Arabic Dependency Treebank, but enclitic pronouns stay on: له is one token.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from .orthography import TATWEEL, fold, fold_letters, strip_diacritics

DATA = files(__package__) / "data"
ARTICLE = "ال"
# How a form of a typical stem begins, as shares of its forms in news text.
_FIRST = {"": 0.36, "و": 0.2, "ف": 0.05, "ب": 0.12, "ل": 0.12, "ك": 0.04, "س": 0.05}
SHARES = _FIRST | {c + p: s * _FIRST[p] for c, s in (("و", 0.4), ("ف", 0.1)) for p in "بلكس"}
# A share of those has the article as well; the future سـ stands before verbs only.
WITH_ARTICLE = 0.25
FUTURE_VERB = "يتن"
_FIRST_PERSON = re.compile("[وف]?س(?=أ..)")
_CONTRACTED = re.compile("[وف]?لل..")
SUFFIXES = [
    "هما",
    "كما",
    "ها",
    "هم",
    "هن",
    "كم",
    "نا",
    "ات",
    "ون",
    "ين",
    "ان",
    "وا",
    "تم",
    "ه",
    "ي",
    "ا",
    "ت",
    "ك",
    "ن",
]
# How much a stem counts for its relatives (وجود for وجوده).
FAMILY = 0.25
# The weight from which on a stem counts as common when a contracted article is undone.
LIKELY = 5
# Two letters are seldom a stem, unless the exceptions have them.
SHORT = 0.2


@dataclass(frozen=True)
class Reading:
    """One way to read a word: its proclitics, a letter each; whether ال follows them; the stem after that."""

    proclitics: str
    article: bool
    stem: str

    @property
    def share(self) -> float:
        """How common words of this make-up are."""
        return SHARES[self.proclitics] * (WITH_ARTICLE if self.article else 1 - WITH_ARTICLE)


def readings(word: str) -> list[Reading]:
    """List every way to read a folded word, the whole word first."""
    found = [Reading("", False, word)]
    for proclitics in SHARES:
        if not word.startswith(proclitics):
            continue
        rest = word[len(proclitics) :]
        if len(rest) < 2:
            continue
        if proclitics.endswith("س"):
            if len(rest) > 2 and rest[0] in FUTURE_VERB:
                found.append(Reading(proclitics, False, rest))
            continue
        if proclitics:
            found.append(Reading(proclitics, False, rest))
        if proclitics.endswith("ل") and rest[0] == "ل":
            # ل + ال is written لل; before a stem in ل the three become two: للجنة is ل + اللجنة.
            found.append(Reading(proclitics, True, rest))
            if len(rest) > 3:
                found.append(Reading(proclitics, True, rest[1:]))
        if rest.startswith(ARTICLE) and len(rest) > 3:
            found.append(Reading(proclitics, True, rest[2:]))
    return found


def unknown_weight(stem: str) -> float:
    """Weight of a stem that the lexicon lacks: the longer, the less likely."""
    return 0.02 * 2.0 ** -len(stem)


def relatives(stem: str) -> list[str]:
    """List what a stem may be without its suffix, and an imperfect verb in the third person."""
    found = []
    for suffix in SUFFIXES:
        base = stem.removesuffix(suffix)
        if base != stem and len(base) > 2:
            found.append(base)
            if base[-1] == "ت":  # مدينته
                found.append(base[:-1] + "ه")
    if len(stem) > 3 and stem[0] in "تن":
        found.append("ي" + stem[1:])
    return found


@dataclass
class Proclitics:
    """The lexicon (weights of folded stems) and the exceptions (words with their right split, `ب+أن`)."""

    weights: Mapping[str, float] = field(default_factory=dict)
    exceptions: Iterable[str] = ()

    def __post_init__(self) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for split in self.exceptions:
            *proclitics, stem = split.split("+")
            self._exact[strip_diacritics("".join(proclitics) + stem)] = "".join(proclitics)
            self._folded.setdefault(fold("".join(proclitics) + stem), "".join(proclitics))

    @classmethod
    def load(cls) -> "Proclitics":
        """Load the tables that ship with the library."""
        rows = (DATA / "lexicon.tsv").read_text("utf8").splitlines()
        weights = {stem: int(weight) for stem, weight in (row.split("\t") for row in rows)}
        return cls(weights, cls.load_exceptions())

    @staticmethod
    def load_exceptions() -> list[str]:
        """Load the words whose split is known."""
        lines = (DATA / "exceptions.txt").read_text("utf8").splitlines()
        return [split for line in lines for split in line.partition("#")[0].split()]

    def readings(self, word: str, spelled: str = "") -> list[Reading]:
        """List the readings of a folded word, which was spelled so, that rules and exceptions leave open."""
        found = readings(word)
        known = self._folded.get(word)
        if known is None and word[0] in "وف" and word[1:] in self._folded:
            known = word[0] + self._folded[word[1:]]
        if known is not None:
            return [reading for reading in found if reading.proclitics == known] or found
        if _CONTRACTED.match(word):
            return [reading for reading in found if reading.proclitics.endswith("ل")]
        if first_person := _FIRST_PERSON.match(spelled):
            end = len(first_person[0])
            found.append(Reading(word[:end], False, word[end:]))
        return found

    def weight(self, stem: str) -> float:
        """Return how well known a stem is: by itself, and a little by its relatives."""
        weight = self.weights.get(stem, 0.0)
        family = max((self.weights.get(other, 0.0) for other in relatives(stem)), default=0.0)
        return self.rarity(stem) * (weight + FAMILY * family + unknown_weight(stem))

    def rarity(self, stem: str) -> float:
        """Return by how much to mistrust a stem for being short."""
        return SHORT if len(stem) < 3 and stem not in self._folded else 1.0

    def best(self, word: str, spelled: str = "") -> Reading:
        """Return the most likely reading of a folded word, which was spelled so."""
        return max(
            self.readings(word, spelled),
            key=lambda r: r.share * self.weight(r.stem) * self._trust(r, spelled),
        )

    def _trust(self, reading: Reading, spelled: str) -> float:
        """Return how far to trust a stem that looks like one more proclitic with a word of its own."""
        if re.match("[وفبلكس][أإآ]", spelled[len(reading.proclitics) :]):
            return 0.05
        article = reading.stem not in self.weights and re.match("[وفبك]ال...", reading.stem)
        return 0.1 if article else 1.0

    def norm(self, parts: list[str]) -> str | None:
        """Return the norm of a split word's last part where that is more than its folding.

        للنظام is ل + النظام and للجنة is ل + اللجنة, but للبنان is ل + لبنان.
        """
        stem = fold(parts[-1])
        if len(parts) < 2 or fold(parts[-2]) != "ل" or stem[0] != "ل":
            return None
        short, long = ARTICLE + stem[1:], ARTICLE + stem
        for option in (short, long):
            if option in self._folded:  # الذي، الله
                return option
        if len(stem) < 3:
            return None
        if self.weights.get(long, 0.0) >= LIKELY and strip_diacritics(parts[-1])[1] not in "أإآ":
            return long
        name = self.weights.get(stem, 0.0) >= self.weights.get(stem[1:], 0.0) + LIKELY
        return stem if name else short

    def to_dict(self) -> dict[str, Any]:
        """Return the tables, ready to be serialised."""
        return {"weights": dict(self.weights), "exceptions": list(self.exceptions)}

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any]) -> "Proclitics":
        """Make the lexicon from to_dict's tables."""
        return cls(tables["weights"], tables["exceptions"])

    def split(self, word: str) -> list[str]:
        """Split a word into its proclitics and the rest; put together, they are the word as it was written."""
        folded, places = fold_letters(word)
        if not folded or folded[0] not in "وفبلكس":
            return [word]
        spelled = strip_diacritics(word)
        proclitics = self._exact.get(spelled)
        if proclitics is None and folded not in self._folded and word.count(TATWEEL) == 1:
            # لـتنظيم: who sets off a proclitic with tatweel leaves no doubt.
            before, _, after = word.partition(TATWEEL)
            proclitics = before if before in SHARES and len(after) > 1 else None
        if proclitics is None:
            proclitics = self.best(folded, spelled).proclitics
        # A ligature such as ﻻ is one character: nothing to split.
        borders = [0, *places[1 : len(proclitics) + 1], len(word)]
        if sorted(set(borders)) != borders:
            return [word]
        return [word[start:end] for start, end in zip(borders, borders[1:])]
