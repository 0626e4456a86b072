"""How many people a span speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span

from sijill.annotation import scheme
from sijill.extensions import annotated_value
from sijill.text.numbers import Count, read_count, read_noun

_PART = re.compile(r"\b[وف]?(?:(?:بين|ضمن)(?:هم|ها|هن|هما)|منهم|منها|منهن|فيهم)\b")
_AFTER = 60
"""Characters after a count in which a limit such as على الأقل may follow."""
_BEFORE = 25
"""Characters before a count in which a word such as بينهم makes it part of a total."""


def count_of(span: Span) -> Count | None:
    """How many people a COUNT span, or a harm word by itself, speaks of; None for other spans and where it is open.

    A number that an annotator gave is taken as it is; else the words are read.
    """
    value = annotated_value(span)
    if isinstance(value, tuple):
        return Count(*value)
    if span.label_ in scheme.COUNTS:
        after = span.doc[span.end : span.end + _AFTER]
        return read_count(span.text, after=after.text[:_AFTER])
    if span.label_ in scheme.HARMS:
        return read_noun(span.text)
    return None


def total_of(head: Span, counts: Iterable[Span], victims: Iterable[Span]) -> Count | None:
    """How many people ``head`` speaks of, given the COUNT spans and victims linked to it.

    Several counts add up, but parts of a total (``بينهم 3 أطفال``) do not. Without a count the harm word's own number
    decides, then the victims: named persons are counted, nouns give their grammatical number. A noun beside a name
    counts only where و joins it (``سالم وطفلين``); else it says what the named person is.
    """
    counts, victims = list(counts), list(victims)
    if head._.modality == "DENIED" and not counts and annotated_value(head) is None:
        return Count(0, 0)
    wholes = [count_of(span) for span in counts if not is_part(span)] or [
        count_of(span) for span in counts
    ]
    known = [count for count in wholes if count is not None]
    if known:
        return add_counts(known)
    own = count_of(head)
    if own is not None:
        return own
    names = {v.text for v in victims if v.label_ == "PER"}
    nouns = [v for v in victims if v.label_ in ("PEOPLE", "ARMED")]
    if names:
        nouns = [v for v in nouns if v.start and v.doc[v.start - 1].text == "و"]
    parts = [count for count in map(read_noun, (v.text for v in nouns)) if count is not None]
    if names:
        parts.append(Count(len(names), len(names)))
    return add_counts(parts) if parts else None


def is_part(span: Span) -> bool:
    """Whether a COUNT is part of a total said before: ``بينهم 3 أطفال``."""
    before = span.doc[max(0, span.start - _BEFORE) : span.start].text_with_ws[-_BEFORE:]
    return bool(_PART.search(re.split(r"[.\n]", before)[-1]))


def add_counts(counts: Iterable[Count]) -> Count:
    """The sum of counts: open where one of them is open."""
    counts = list(counts)
    least = sum(c.minimum or 0 for c in counts)
    mosts = [c.maximum for c in counts]
    most = None if any(m is None for m in mosts) else sum(m for m in mosts if m is not None)
    return Count(least, most)
