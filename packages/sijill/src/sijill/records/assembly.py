"""From mentions to records: casualties of one harm word each, events of one incident each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Span

from sijill.annotation import scheme
from sijill.extensions import span_key
from sijill.records.counts import total_of
from sijill.records.models import Casualty, Event

KIND_OF_COUNTED_EVENT = {
    "KILLING": "KILLED",
    "ARREST": "DETAINED",
    "ABDUCTION": "ABDUCTED",
    "DISPLACEMENT": "DISPLACED",
}
"""What people that an event counts have suffered. RELEASE has no entry: who is freed is no casualty."""

_PEOPLE_LABELS = ("PER", "PEOPLE", "ARMED")

Key = tuple[int, int, str]


class _Links:
    """The relations of a Doc by label and head."""

    def __init__(self, doc: Doc):
        self._tails: dict[tuple[str, Key], list[Span]] = defaultdict(list)
        for relation in doc._.relations:
            self._tails[relation.label, span_key(relation.head)].append(relation.tail)

    def tails(self, label: str, head: Span) -> list[Span]:
        return self._tails.get((label, span_key(head)), [])


def find_casualties(doc: Doc) -> list[Casualty]:
    """One `Casualty` for each harm word and each counted event, in the order of the text."""
    links = _Links(doc)
    found = [_casualty_of_harm(span, links) for span in doc.spans.get("harms", ())]
    found += [
        _casualty_of_event(span, links)
        for span in doc.spans.get("events", ())
        if span.label_ in KIND_OF_COUNTED_EVENT
    ]
    return sorted(found, key=lambda casualty: casualty.span.start)


def find_events(doc: Doc) -> list[Event]:
    """One `Event` for each incident, in the order of first mention: its mentions are those that COREF joins."""
    links = _Links(doc)
    triggers = list(doc.spans.get("events", ()))
    cluster_of = _clusters([*triggers, *doc.spans.get("harms", ())], links)
    mentions: dict[Key, list[Span]] = defaultdict(list)
    for trigger in triggers:
        mentions[cluster_of[span_key(trigger)]].append(trigger)
    casualties: dict[Key, list[Casualty]] = defaultdict(list)
    for casualty in find_casualties(doc):
        own = casualty.span if casualty.span.label_ in scheme.EVENTS else casualty.cause
        if own is not None and span_key(own) in cluster_of:
            casualties[cluster_of[span_key(own)]].append(casualty)
    return [
        _event(group, _merge(casualties[cluster], cluster_of), links)
        for cluster, group in mentions.items()
    ]


def _casualty_of_harm(harm: Span, links: _Links) -> Casualty:
    victims = links.tails("VICTIM", harm)
    cause = next(iter(links.tails("CAUSE", harm)), None)
    sources = links.tails("SOURCE", harm) or (links.tails("SOURCE", cause) if cause else [])
    return Casualty(
        kind=harm.label_,
        count=total_of(harm, links.tails("COUNT", harm), victims),
        victims=tuple(victims),
        names=tuple(v.text for v in victims if v.label_ == "PER"),
        cause=cause,
        sources=tuple(sources),
        modality=harm._.modality,
        span=harm,
    )


def _casualty_of_event(event: Span, links: _Links) -> Casualty:
    victims = [t for t in links.tails("TARGET", event) if t.label_ in _PEOPLE_LABELS]
    return Casualty(
        kind=KIND_OF_COUNTED_EVENT[event.label_],
        count=total_of(event, links.tails("COUNT", event), victims),
        victims=tuple(victims),
        names=tuple(v.text for v in victims if v.label_ == "PER"),
        cause=event,
        sources=tuple(links.tails("SOURCE", event)),
        modality=event._.modality,
        span=event,
    )


def _clusters(triggers: list[Span], links: _Links) -> dict[Key, Key]:
    """Each trigger → the first trigger of its incident, by COREF; a toll told twice joins its causes as well."""
    parent = {span_key(t): span_key(t) for t in triggers}

    def root(key: Key) -> Key:
        while parent[key] != key:
            key = parent[key]
        return key

    def join(left: Span, right: Span) -> None:
        a, b = span_key(left), span_key(right)
        if a in parent and b in parent:
            first, second = sorted((root(a), root(b)))
            parent[second] = first

    for trigger in triggers:
        for earlier in links.tails("COREF", trigger):
            join(trigger, earlier)
            for cause in links.tails("CAUSE", trigger):
                for earlier_cause in links.tails("CAUSE", earlier):
                    join(cause, earlier_cause)
    return {key: root(key) for key in parent}


def _merge(casualties: list[Casualty], cluster_of: dict[Key, Key]) -> list[Casualty]:
    """Bring together what one incident tells twice: a toll that COREF repeats, a killing and its own harm word.

    Tolls whose numbers differ stay apart, each with who says so.
    """
    merged: list[Casualty] = []
    for casualty in casualties:
        for i, earlier in enumerate(merged):
            if _is_told_again(earlier, casualty, cluster_of):
                merged[i] = replace(
                    earlier,
                    count=earlier.count if earlier.count is not None else casualty.count,
                    victims=_unique([*earlier.victims, *casualty.victims]),
                    names=tuple(dict.fromkeys([*earlier.names, *casualty.names])),
                    sources=_unique([*earlier.sources, *casualty.sources]),
                    told_again=(*earlier.told_again, casualty.span),
                )
                break
        else:
            merged.append(casualty)
    return merged


def _is_told_again(earlier: Casualty, later: Casualty, cluster_of: dict[Key, Key]) -> bool:
    counts_agree = earlier.count is None or later.count is None or earlier.count == later.count
    same_words = cluster_of.get(span_key(earlier.span)) == cluster_of.get(span_key(later.span))
    event_counts = {earlier.span.label_, later.span.label_} & KIND_OF_COUNTED_EVENT.keys()
    return earlier.kind == later.kind and counts_agree and (same_words or bool(event_counts))


def _event(mentions: list[Span], casualties: list[Casualty], links: _Links) -> Event:
    def gather(label: str) -> tuple[Span, ...]:
        return _unique(tail for mention in mentions for tail in links.tails(label, mention))

    targets = gather("TARGET")
    exact = [*gather("PLACE"), *(t for t in targets if t.label_ in ("LOC", "FAC"))]
    sources = [*gather("SOURCE"), *(source for c in casualties for source in c.sources)]
    return Event(
        kind=mentions[0].label_,
        modality=mentions[0]._.modality,
        mentions=tuple(mentions),
        agents=gather("AGENT"),
        targets=targets,
        instruments=gather("INSTRUMENT"),
        places=_unique([*exact, *_containers(exact, links)]),
        dates=gather("TIME"),
        casualties=tuple(casualties),
        sources=_unique(sources),
    )


def _containers(places: list[Span], links: _Links) -> list[Span]:
    """The places that ``places`` lie in, and those that these lie in, nearest first."""
    found: list[Span] = []
    queue = list(places)
    seen = {span_key(place) for place in places}
    while queue:
        for outer in links.tails("LOCATED_IN", queue.pop(0)):
            if span_key(outer) not in seen:
                seen.add(span_key(outer))
                found.append(outer)
                queue.append(outer)
    return found


def _unique(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple({span_key(span): span for span in spans}.values())
