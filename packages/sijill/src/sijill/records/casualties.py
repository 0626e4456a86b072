"""Casualties: one for each harm word and each event that counts people."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from sijill.annotation import scheme
from sijill.records.counts import count_of, is_part, total_of
from sijill.records.groups import group_of, groups_of
from sijill.records.links import Links
from sijill.records.models import Casualty, Part
from sijill.text.numbers import Count

KIND_OF_COUNTED_EVENT = {
    "KILLING": "KILLED",
    "ARREST": "DETAINED",
    "ABDUCTION": "ABDUCTED",
    "DISPLACEMENT": "DISPLACED",
}
"""What people that an event counts have suffered. RELEASE has no entry: who is freed is no casualty."""

_PEOPLE_LABELS = ("PER", "PEOPLE", "ARMED")


def find_casualties(doc: Doc, links: Links | None = None) -> list[Casualty]:
    """One `Casualty` for each harm word and each counted event, in the order of the text."""
    links = links or Links(doc)
    found = [_casualty_of_harm(span, links) for span in doc.spans.get("harms", ())]
    found += [
        _casualty_of_event(span, links)
        for span in doc.spans.get("events", ())
        if span.label_ in KIND_OF_COUNTED_EVENT
    ]
    return sorted(found, key=lambda casualty: casualty.span.start)


def _casualty_of_harm(harm: Span, links: Links) -> Casualty:
    cause = next(iter(links.tails("CAUSE", harm)), None)
    sources = links.tails("SOURCE", harm) or (links.tails("SOURCE", cause) if cause else [])
    victims = links.tails("VICTIM", harm)
    return _casualty(harm.label_, harm, victims, cause, sources, links)


def _casualty_of_event(event: Span, links: Links) -> Casualty:
    victims = [t for t in links.tails("TARGET", event) if t.label_ in _PEOPLE_LABELS]
    sources = links.tails("SOURCE", event)
    kind = KIND_OF_COUNTED_EVENT[event.label_]
    return _casualty(kind, event, victims, event, sources, links)


def _casualty(
    kind: str,
    span: Span,
    victims: list[Span],
    cause: Span | None,
    sources: list[Span],
    links: Links,
) -> Casualty:
    counts = links.tails("COUNT", span)
    total = total_of(span, counts, victims)
    shared = span.label_ in scheme.HARMS and _is_shared(span, counts, links)
    return Casualty(
        kind=kind,
        count=_share(total) if shared else total,
        victims=tuple(victims),
        names=tuple(v.text for v in victims if v.label_ == "PER"),
        cause=cause,
        sources=tuple(sources),
        modality=span._.modality,
        span=span,
        groups=groups_of(victims),
        parts=tuple(_part(count, victims) for count in counts if is_part(count)),
    )


def _is_shared(harm: Span, counts: list[Span], links: Links) -> bool:
    """Whether a number is of the killed and the injured together: ``10 بين قتيل وجريح``."""
    heads = (head for count in counts for head in links.heads("COUNT", count))
    return any(h.label_ != harm.label_ for h in heads if h.label_ in scheme.HARMS)


def _share(total: Count | None) -> Count | None:
    """What is sure of one kind's share: one at least and not all; of an open number what a plural alone says."""
    if total is None or total.minimum == 0:
        return total
    return Count(2, None) if total.maximum is None else Count(1, max(1, total.maximum - 1))


def _part(count: Span, victims: list[Span]) -> Part:
    """A part of a toll; who they are is said by the victim right after the number."""
    after = [v for v in victims if 0 <= v.start - count.end <= 1]
    return Part(count_of(count), group_of(after[0]) if after else "", count)
