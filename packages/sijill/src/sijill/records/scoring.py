"""How right the events of predicted Docs are, against those that the same assembly makes of gold annotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from spacy.scorer import PRFScore
from spacy.tokens import Doc, Span

from sijill.extensions import Key, span_key
from sijill.records.assembly import find_events
from sijill.records.models import Event

FIELDS = (
    "kind",
    "modality",
    "when",
    "where",
    "agents",
    "targets",
    "instruments",
    "sources",
    "casualties",
)


def score_records(golds: Sequence[Doc], docs: Sequence[Doc]) -> dict[str, dict[str, float]]:
    """Score the events of Docs, field by field.

    A predicted event stands against the gold event that it shares most mentions with, each against one at most. A value
    of a field is right if the other event has it too; those of events that stand alone are wrong. ``events`` scores
    kind, day and place together; ``incidents`` is B³ over the mentions of events (Bagga and Baldwin 1998), a mention that
    only one side has counting as wrong. Returns ``p``, ``r``, ``f`` and ``gold`` (how many) for each.
    """
    tallies = {name: PRFScore() for name in (*FIELDS, "events")}
    clusters = _BCubed()
    for gold_doc, doc in zip(golds, docs):
        gold, predicted = find_events(gold_doc), find_events(doc)
        clusters.add(gold, predicted)
        pairs = _align(gold, predicted)
        for one, other in pairs:
            for name, tally in tallies.items():
                expected, found = (
                    Counter(_values(event, name)) if event is not None else Counter()
                    for event in (one, other)
                )
                right = (expected & found).total()
                tally.tp += right
                tally.fp += found.total() - right
                tally.fn += expected.total() - right
    scores = {name: _as_dict(tally) for name, tally in tallies.items()}
    return {"events": scores.pop("events"), **scores, "incidents": clusters.scores()}


def _align(
    gold: Sequence[Event], predicted: Sequence[Event]
) -> list[tuple[Event | None, Event | None]]:
    """Pair events by the mentions they share, the largest shares first; what is left stands alone."""
    keys = [[{_place_in_text(m) for m in e.mentions} for e in side] for side in (gold, predicted)]
    shares = sorted(
        (
            (-len(a & b), i, j)
            for i, a in enumerate(keys[0])
            for j, b in enumerate(keys[1])
            if a & b
        ),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[Event | None, Event | None]] = []
    for _, i, j in shares:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((gold[i], predicted[j]))
    pairs += [(event, None) for i, event in enumerate(gold) if i not in used[0]]
    pairs += [(None, event) for j, event in enumerate(predicted) if j not in used[1]]
    return pairs


def _place_in_text(span: Span) -> tuple[int, int]:
    return span.start_char, span.end_char


def _values(event: Event, name: str) -> Iterable[Any]:
    """The values of a field that can be compared between two Docs of one text."""
    if name == "events":
        return [(event.kind, *_values(event, "when"), "|", *_values(event, "where"))]
    if name == "when":
        return [event.when.iso] if event.when else []
    if name == "where":
        if event.where is not None:
            return [(round(event.where.latitude, 2), round(event.where.longitude, 2))]
        return [event.places[0].text] if event.places else []
    if name == "casualties":
        return [
            (c.kind, None if c.count is None else (c.count.minimum, c.count.maximum))
            for c in event.casualties
        ]
    value = getattr(event, name)
    return [value] if isinstance(value, str) else [span_key(span) for span in value]


class _BCubed:
    """Sums up B³ precision and recall over mentions."""

    def __init__(self) -> None:
        self._sums, self._mentions = [0.0, 0.0], [0, 0]

    def add(self, gold: Sequence[Event], predicted: Sequence[Event]) -> None:
        sides = [
            {key: keys for keys in map(_keys, side) for key in keys} for side in (gold, predicted)
        ]
        for which, (own, other) in enumerate((sides, sides[::-1])):
            self._mentions[which] += len(own)
            for key, cluster in own.items():
                if key in other:
                    self._sums[which] += len(cluster & other[key]) / len(cluster)

    def scores(self) -> dict[str, float]:
        recall, precision = (s / n if n else 0.0 for s, n in zip(self._sums, self._mentions))
        total = precision + recall
        f = 2 * precision * recall / total if total else 0.0
        return {"p": precision, "r": recall, "f": f, "gold": self._mentions[0]}


def _keys(event: Event) -> frozenset[Key]:
    return frozenset(span_key(mention) for mention in event.mentions)


def _as_dict(score: PRFScore) -> dict[str, float]:
    return {
        "p": score.precision,
        "r": score.recall,
        "f": score.fscore,
        "gold": score.tp + score.fn,
    }
