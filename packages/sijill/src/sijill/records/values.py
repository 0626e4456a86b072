"""What spans come to outside the text: days on the calendar, places on the map, actors in the register.

Each function reads a whole Doc at once, because an article's mentions explain each other: a date takes its year from the
one before it, a village its district from the link to it, `الجيش` its country from the places of the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from sijill.extensions import Key, annotated_value, span_key
from sijill.knowledge import actors, places
from sijill.knowledge.actors import Actor
from sijill.knowledge.places import Place
from sijill.text.dates import DateInterval, read_dates

UNPLACED = "-"
"""What an annotator writes for a DATE that cannot be placed."""
_WORDS_BEFORE = 2


class Values(NamedTuple):
    """All values of a Doc: the three readings of spans, and its country (`country_of`)."""

    dates: dict[Key, DateInterval]
    places: dict[Key, Place]
    actors: dict[Key, Actor]
    country: str


def values_of(doc: Doc) -> Values:
    """All values at once, which reads the places only once."""
    found = places_of(doc)
    country = doc._.country or _most_named(found)
    return Values(dates_of(doc), found, _actors(doc, country), country)


def dates_of(doc: Doc) -> dict[Key, DateInterval]:
    """The days of each DATE that can be placed; what an annotator gave counts before what is read."""
    spans = [span for span in doc.ents if span.label_ == "DATE"]
    read = read_dates([span.text for span in spans], doc._.published)
    found = {}
    for span, interval in zip(spans, read):
        value = annotated_value(span)
        if value is not None:
            interval = None if value == UNPLACED else DateInterval.from_iso(str(value))
        if interval is not None:
            found[span_key(span)] = interval
    return found


def places_of(doc: Doc) -> dict[Key, Place]:
    """The place of each LOC and FAC that the gazetteer knows."""
    spans = [span for span in doc.ents if span.label_ in ("LOC", "FAC")]
    parents: list[list[int]] = [[] for _ in spans]
    for head, tail in _links_among(spans, "LOCATED_IN", doc):
        parents[head].append(tail)
    mentions = [
        places.Mention(span.text, _words_before(span), tuple(above), facility=span.label_ == "FAC")
        for span, above in zip(spans, parents)
    ]
    resolved = places.resolve_places(mentions, country=doc._.country or None)
    return {span_key(s): place for s, place in zip(spans, resolved) if place is not None}


def country_of(doc: Doc) -> str:
    """The country that the article is about: as given, else that of most of its places, else an empty string."""
    return doc._.country or _most_named(places_of(doc))


def _most_named(found: Mapping[Key, Place]) -> str:
    counts = Counter(place.country for place in found.values() if place.country)
    return counts.most_common(1)[0][0] if counts else ""


def actors_of(doc: Doc) -> dict[Key, Actor]:
    """The actor of each ARMED and ORG that the register knows."""
    return _actors(doc, country_of(doc))


def _actors(doc: Doc, country: str) -> dict[Key, Actor]:
    spans = [span for span in doc.ents if span.label_ in ("ARMED", "ORG")]
    alias_of = dict(_links_among(spans, "ALIAS", doc))
    mentions = [
        actors.Mention(span.text, span.label_, alias_of.get(i)) for i, span in enumerate(spans)
    ]
    resolved = actors.resolve_actors(mentions, country=country or None, on=doc._.published)
    return {span_key(s): actor for s, actor in zip(spans, resolved) if actor is not None}


def _links_among(spans: Sequence[Span], label: str, doc: Doc) -> Iterator[tuple[int, int]]:
    """The links of a label between spans of a list, as the indices of head and tail."""
    at = {span_key(span): i for i, span in enumerate(spans)}
    for row in doc._.relation_data:
        if row["label"] == label:
            head, tail = (
                at.get((row[f"{end}_start"], row[f"{end}_end"], row[f"{end}_label"]))
                for end in ("head", "tail")
            )
            if head is not None and tail is not None:
                yield head, tail


def _words_before(span: Span) -> str:
    """The words that stand before a span in its sentence, up to two, proclitics left out."""
    first = span.sent.start
    before = [t.text for t in span.doc[max(first, span.start - 2 * _WORDS_BEFORE) : span.start]]
    return " ".join([word for word in before if len(word) > 1][-_WORDS_BEFORE:])
