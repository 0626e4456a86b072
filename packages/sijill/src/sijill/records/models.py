"""The records that users read."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from sijill.text.numbers import Count


@dataclass(frozen=True, slots=True)
class Casualty:
    """How many people a harm word, or an event that counts people, speaks of.

    ``kind`` is KILLED, INJURED, MISSING, DETAINED, ABDUCTED or DISPLACED; ``span`` the word that carries it;
    ``count`` None where the words do not tell how many; ``cause`` the trigger of the event that did it, if one is
    named; ``names`` the victims who are named. ``told_again`` has the other words of the same toll, where an event's
    record has brought them together.
    """

    kind: str
    count: Count | None
    victims: tuple[Span, ...]
    names: tuple[str, ...]
    cause: Span | None
    sources: tuple[Span, ...]
    modality: str
    span: Span
    told_again: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One incident as one article tells it; every field is made of words of the text.

    ``kind`` and ``modality`` are those of its first mention. ``places`` has the most exact place first, then those
    that it lies in.
    """

    kind: str
    modality: str
    mentions: tuple[Span, ...]
    agents: tuple[Span, ...]
    targets: tuple[Span, ...]
    instruments: tuple[Span, ...]
    places: tuple[Span, ...]
    dates: tuple[Span, ...]
    casualties: tuple[Casualty, ...]
    sources: tuple[Span, ...]

    @property
    def place_names(self) -> tuple[str, ...]:
        """The names of ``places``, each once."""
        return tuple(dict.fromkeys(span.text for span in self.places))

    @property
    def date_expressions(self) -> tuple[str, ...]:
        """The wordings of ``dates``, each once."""
        return tuple(dict.fromkeys(span.text for span in self.dates))
