"""How many people a span speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span

from sijill.annotation import scheme
from sijill.extensions import annotated_value
from sijill.text.nouns import count_of_person
from sijill.text.numbers import Count, is_part_of_total, read_count, read_noun
from sijill.text.orthography import fold

_CONTEXT = 60
"""Characters before and after a count in which a limit such as تجاوز or على الأقل may stand."""
_ONE_OF = {fold(one) for one in ("أحد", "إحدى", "أحدى")}
_AMONG = fold("عداد")
_OF = {fold(of) for of in ("من", "في", "بين")}


def count_of(span: Span) -> Count | None:
    """How many people a COUNT span, or a harm word by itself, speaks of; None for other spans and where it is open.

    A number that an annotator gave is taken as it is; else the words are read.
    """
    value = annotated_value(span)
    if isinstance(value, tuple):
        return Count(*value)
    if span.label_ in scheme.COUNTS:
        after = span.doc[span.end : span.end + _CONTEXT].text
        return read_count(span.text, after=after[:_CONTEXT], before=_before(span))
    if span.label_ in scheme.HARMS:
        return read_noun(span.text)
    return None


def total_of(head: Span, counts: Iterable[Span], victims: Iterable[Span]) -> Count | None:
    """How many people ``head`` speaks of, given the COUNT spans and victims linked to it.

    Several counts add up, but parts of a total (``بينهم 3 أطفال``) do not. Without a count the harm word's own number
    decides, unless victims are listed behind it, then the victims: named persons are counted, nouns give their grammatical number. A noun beside a name
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
    if own is not None and not _victims_tell_more(head, victims):
        return own
    names = {v.text for v in victims if v.label_ == "PER"}
    nouns = [v for v in victims if v.label_ in ("PEOPLE", "ARMED")]
    if names:
        nouns = [v for v in nouns if v.start and v.doc[v.start - 1].text == "و"]
    parts = [count for count in map(_count_of_victims, nouns) if count is not None]
    if names:
        parts.append(Count(len(names), len(names)))
    return add_counts(parts) if parts else own


def _victims_tell_more(head: Span, victims: list[Span]) -> bool:
    """Whether the victims tell how many a plural means: in a list of them, ``القتلى: سالم الحسن، مازن العلي``, or
    where the plural is the group that they are in, ``جنديان في عداد المفقودين``.
    """
    doc = head.doc
    if head.start and fold(doc[head.start - 1].text) == _AMONG:
        return True
    starts = [victim.start for victim in victims if victim.label_ == "PER"]
    first = min(starts, default=head.end)
    return len(starts) > 1 and any(token.text == ":" for token in doc[head.end : first])


def is_part(span: Span) -> bool:
    """Whether a COUNT is part of a total said before: ``بينهم 3 أطفال``."""
    return is_part_of_total(_before(span))


def _before(span: Span) -> str:
    """The text that leads to a span."""
    return span.doc[max(0, span.start - _CONTEXT) : span.start].text_with_ws[-_CONTEXT:]


def _count_of_victims(span: Span) -> Count | None:
    """How many people a noun for victims speaks of, with the word that says how many of them.

    That is one in ``أحد المهاجمين``, two in ``عنصران من الجبهة``.
    """
    words = [fold(token.text) for token in span.doc[max(0, span.start - 2) : span.start]]
    if words and words[-1] in _ONE_OF:
        return Count(1, 1)
    if len(words) == 2 and words[1] in _OF and (chosen := count_of_person(words[0])):
        return chosen
    return read_noun(span.text)


def add_counts(counts: Iterable[Count]) -> Count:
    """The sum of counts: open where one of them is open."""
    counts = list(counts)
    least = sum(c.minimum or 0 for c in counts)
    mosts = [c.maximum for c in counts]
    most = None if any(m is None for m in mosts) else sum(m for m in mosts if m is not None)
    return Count(least, most, approximate=any(c.approximate for c in counts))
