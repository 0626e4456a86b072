"""Every ``doc._`` and ``span._`` attribute of Sijill, in one place.

What is stored is plain: lists of flat dicts with character offsets, and a date as its ISO text, so that everything
survives ``Doc.to_bytes``, ``DocBin(store_user_data=True)`` and ``nlp.pipe(n_process=2)``. The objects that users see
are views, made when they are read.

| attribute | what |
|---|---|
| ``doc._.published`` | the date of publication, settable |
| ``doc._.country`` | the country that the article is about, ISO 3166 of two letters, or an empty string, settable |
| ``doc._.article_id`` | the id of the article that the text comes from, or an empty string, settable |
| ``doc._.relations`` | list of `Relation`, settable |
| ``doc._.casualties`` | list of `sijill.records.Casualty` |
| ``doc._.events`` | list of `sijill.records.Event` |
| ``span._.modality`` | of an event or harm: ASSERTED, ALLEGED, DENIED, PLANNED or GENERAL |
| ``span._.count`` | of a COUNT or a harm word: `sijill.text.numbers.Count`, or None |
| ``span._.iso`` | of a DATE: its days as ISO text, or None |
| ``span._.place`` | of a LOC or FAC: `sijill.knowledge.places.Place`, or None |
| ``span._.actor`` | of an ARMED or ORG: `sijill.knowledge.actors.Actor`, or None |
| ``doc._.relation_data``, ``doc._.value_data`` | what is stored |
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.tokens import Doc, Span

from sijill.annotation import scheme

if TYPE_CHECKING:
    from sijill.knowledge.actors import Actor
    from sijill.knowledge.places import Place
    from sijill.records import Casualty, Event
    from sijill.text.numbers import Count


Key = tuple[int, int, str]
"""What a span is told by: its offsets in the text and its label."""


class Relation(NamedTuple):
    """``label`` holds from ``head`` to ``tail``; ``score`` is between 0 and 1."""

    label: str
    head: Span
    tail: Span
    score: float = 1.0


def register_extensions() -> None:
    """Register the attributes with spaCy; those that exist already are left as they are."""
    _register(
        Doc,
        published={"getter": _get_published, "setter": _set_published},
        published_iso={"default": None},
        country={"default": ""},
        article_id={"default": ""},
        relations={"getter": get_relations, "setter": set_relations},
        relation_data={"default": []},
        value_data={"default": []},
        casualties={"getter": _get_casualties},
        events={"getter": _get_events},
    )
    _register(
        Span,
        modality={"getter": get_modality},
        count={"getter": _get_count},
        iso={"getter": _get_iso},
        place={"getter": _get_place},
        actor={"getter": _get_actor},
    )


def _register(cls: type, **attributes: dict[str, Any]) -> None:
    for name, how in attributes.items():
        if not cls.has_extension(name):
            cls.set_extension(name, **how)


def spans_of(doc: Doc) -> list[Span]:
    """All spans that the pipeline has found, layer by layer: entities, events, harms, counts."""
    found = list(doc.ents)
    for layer in ("events", "harms", "counts"):
        if layer in doc.spans:
            found += doc.spans[layer]
    return found


def span_key(span: Span) -> Key:
    """The key of a span."""
    return span.start_char, span.end_char, span.label_


def get_modality(span: Span) -> str:
    """The modality of an event or harm."""
    return span.id_ if span.id_ in scheme.MODALITIES else scheme.ASSERTED


def get_relations(doc: Doc) -> list[Relation]:
    """The relations of a Doc, with Spans that carry their label and modality."""
    live = {span_key(span): span for span in spans_of(doc)}

    def span_at(start: int, end: int, label: str) -> Span | None:
        return live.get((start, end, label)) or doc.char_span(start, end, label=label)

    relations = []
    for row in doc._.relation_data:
        head = span_at(row["head_start"], row["head_end"], row["head_label"])
        tail = span_at(row["tail_start"], row["tail_end"], row["tail_label"])
        if head is not None and tail is not None:
            relations.append(Relation(row["label"], head, tail, row["score"]))
    return relations


def set_relations(doc: Doc, relations: Iterable[Relation]) -> None:
    """Store relations as plain data, in the order given."""
    doc._.relation_data = [
        relation_row(label, span_key(head), span_key(tail), score)
        for label, head, tail, score in relations
    ]


def relation_row(label: str, head: Key, tail: Key, score: float) -> dict[str, Any]:
    """A relation as it is stored."""
    head_start, head_end, head_label = head
    tail_start, tail_end, tail_label = tail
    return {
        "label": label,
        "head_start": head_start,
        "head_end": head_end,
        "head_label": head_label,
        "tail_start": tail_start,
        "tail_end": tail_end,
        "tail_label": tail_label,
        "score": float(score),
    }


def row_keys(row: dict[str, Any]) -> tuple[Key, Key]:
    """The keys of head and tail of a relation as it is stored."""
    return (
        (row["head_start"], row["head_end"], row["head_label"]),
        (row["tail_start"], row["tail_end"], row["tail_label"]),
    )


def annotated_value(span: Span) -> str | tuple[int | None, int | None] | None:
    """The value that an annotator gave a span: ISO text of a DATE, least and most of a number, or None."""
    for row in span.doc._.value_data:
        if (row["start"], row["end"], row["label"]) == span_key(span):
            return row["iso"] if row["iso"] is not None else (row["minimum"], row["maximum"])
    return None


def _get_published(doc: Doc) -> date | None:
    iso = doc._.published_iso
    return date.fromisoformat(iso) if iso else None


def _set_published(doc: Doc, value: date | str | None) -> None:
    if isinstance(value, str):
        value = date.fromisoformat(value)
    doc._.published_iso = value.isoformat()[:10] if value is not None else None


def _get_count(span: Span) -> Count | None:
    from sijill.records.counts import count_of

    return count_of(span)


def _get_iso(span: Span) -> str | None:
    from sijill.records.values import dates_of

    interval = dates_of(span.doc).get(span_key(span))
    return interval.iso if interval is not None else None


def _get_place(span: Span) -> Place | None:
    from sijill.records.values import places_of

    return places_of(span.doc).get(span_key(span))


def _get_actor(span: Span) -> Actor | None:
    from sijill.records.values import actors_of

    return actors_of(span.doc).get(span_key(span))


def _get_casualties(doc: Doc) -> list[Casualty]:
    from sijill.records.casualties import find_casualties

    return find_casualties(doc)


def _get_events(doc: Doc) -> list[Event]:
    from sijill.records.assembly import find_events

    return find_events(doc)
