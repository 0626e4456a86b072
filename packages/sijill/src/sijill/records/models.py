"""The records of a Doc, made of its spans. `sijill.records.schema` has them as plain data for storing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span

from sijill.knowledge.places import Place
from sijill.text.dates import DateInterval
from sijill.text.numbers import Count


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a toll that the article tells apart: ``بينهم 3 أطفال``. It is in the toll already.

    ``span`` is the number, or the harm word of a later sentence that tells of some of the dead.
    """

    count: Count | None
    group: str
    span: Span


@dataclass(frozen=True, slots=True)
class Casualty:
    """How many people a harm word, or an event that counts people, speaks of.

    ``kind`` is KILLED, INJURED, MISSING, DETAINED, ABDUCTED or DISPLACED; ``span`` the word that carries it;
    ``count`` None where the words do not tell how many; ``cause`` the trigger of the event that did it, if one is
    named; ``names`` the victims who are named; ``groups`` who the victims are (`sijill.records.groups`). ``told_again``
    has the other words of the same toll, where an event's record has brought them together; ``rival_of`` is the word of
    the toll that this one tells otherwise: the same people, another number.
    """

    kind: str
    count: Count | None
    victims: tuple[Span, ...]
    names: tuple[str, ...]
    cause: Span | None
    sources: tuple[Span, ...]
    modality: str
    span: Span
    groups: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    told_again: tuple[Span, ...] = ()
    rival_of: Span | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people, as UCDP GED gives it: the lowest, the best and the highest figure that is told.

    ``high`` is None where the words set no limit.
    """

    low: int
    best: int
    high: int | None


@dataclass(frozen=True, slots=True)
class When:
    """The days of an event, and the words that tell them."""

    interval: DateInterval
    span: Span

    @property
    def start(self) -> date:
        """The first day."""
        return self.interval.start

    @property
    def end(self) -> date:
        """The last day, included."""
        return self.interval.end

    @property
    def iso(self) -> str:
        """The interval as ISO text."""
        return self.interval.iso

    @property
    def precision(self) -> str:
        """``day``, ``week``, ``month``, ``year`` or ``span``."""
        return self.interval.precision

    @property
    def text(self) -> str:
        """The words."""
        return self.span.text


@dataclass(frozen=True, slots=True)
class Event:
    """One incident as one article tells it; every field is made of words of the text.

    ``id`` comes from the text and the offsets of the first mention, so that the same text gives the same id.
    ``kind`` and ``modality`` are those of the first mention. ``places`` has the most exact place first, then
    those that it lies in; ``where`` is the first of them that the gazetteer knows. ``background`` tells an event of long
    before the article from its news. ``confidence`` is the mean score of the links that hold the record together, None
    where there is no link.
    """

    id: str
    kind: str
    modality: str
    mentions: tuple[Span, ...]
    when: When | None
    where: Place | None
    agents: tuple[Span, ...]
    targets: tuple[Span, ...]
    instruments: tuple[Span, ...]
    places: tuple[Span, ...]
    dates: tuple[Span, ...]
    casualties: tuple[Casualty, ...]
    sources: tuple[Span, ...]
    background: bool = False
    confidence: float | None = None

    @property
    def place_names(self) -> tuple[str, ...]:
        """The names of ``places``, each once."""
        return tuple(dict.fromkeys(span.text for span in self.places))

    @property
    def date_expressions(self) -> tuple[str, ...]:
        """The wordings of ``dates``, each once."""
        return tuple(dict.fromkeys(span.text for span in self.dates))

    @property
    def killed(self) -> Toll | None:
        """How many were killed; None where the article does not speak of it."""
        return self.toll("KILLED")

    @property
    def injured(self) -> Toll | None:
        """How many were injured; None where the article does not speak of it."""
        return self.toll("INJURED")

    def toll(self, kind: str) -> Toll | None:
        """Sum up the casualties of a kind; see `sum_up`."""
        return sum_up(c for c in self.casualties if c.kind == kind)


_NOBODY = Count(0, 0)


def sum_up(casualties: Iterable[Casualty]) -> Toll | None:
    """The toll of casualties of one kind: sums over different people, limits over rival figures for the same.

    The best figure is the one told first, which in news is the newest. A harm word without a number stands for one
    person at least, and denied harm for nobody; what is only feared or planned is left out. None where nothing is left.
    """
    rivals: dict[tuple[int, int], list[Count]] = {}
    for casualty in casualties:
        if casualty.modality not in ("ASSERTED", "ALLEGED", "DENIED"):
            continue
        first = casualty.rival_of or casualty.span
        count = _NOBODY if casualty.modality == "DENIED" else casualty.count or Count(1, None)
        rivals.setdefault((first.start, first.end), []).append(count)
    if not rivals:
        return None
    low = best = 0
    high: int | None = 0
    for counts in rivals.values():
        least = [count.minimum or 0 for count in counts]
        most = [count.maximum for count in counts]
        low += min(least)
        best += least[0]
        top = None if None in most else max(m for m in most if m is not None)
        high = None if high is None or top is None else high + top
    return Toll(low, best, high)
