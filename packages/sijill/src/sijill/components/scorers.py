"""Scores of spans and relations, as precision, recall and F.

Spans are compared by character offsets and label, never by token, so that gold and predicted tokens may differ. What
the gold annotation lacks counts as unknown (None), what the prediction lacks counts as missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from spacy.scorer import PRFScore
from spacy.tokens import Doc
from spacy.training import Example

from sijill.annotation import scheme
from sijill.extensions import span_key

SpanKey = tuple[int, int, str]


class Tally:
    """Counts hits and misses per label; `as_scores` gives them as spaCy names them."""

    def __init__(self) -> None:
        self.per_label: dict[str, PRFScore] = defaultdict(PRFScore)

    def add(self, gold: Iterable[tuple[str, Any]], predicted: Iterable[tuple[str, Any]]) -> None:
        """Count one document: items are ``(label, what tells it from others of the label)``."""
        gold_set, predicted_set = set(gold), set(predicted)
        for label, _ in predicted_set & gold_set:
            self.per_label[label].tp += 1
        for label, _ in predicted_set - gold_set:
            self.per_label[label].fp += 1
        for label, _ in gold_set - predicted_set:
            self.per_label[label].fn += 1

    def total(self, labels: Iterable[str] | None = None) -> PRFScore:
        """The counts of all labels, or of some, added up."""
        total = PRFScore()
        for label, score in self.per_label.items():
            if labels is None or label in labels:
                total += score
        return total

    def as_scores(self, prefix: str) -> dict[str, Any]:
        """Micro precision, recall and F, and those of each label."""
        total = self.total()
        return {
            f"{prefix}_p": float(total.precision),
            f"{prefix}_r": float(total.recall),
            f"{prefix}_f": float(total.fscore),
            f"{prefix}_per_type": {
                label: score.to_dict() for label, score in sorted(self.per_label.items())
            },
        }


def unknown_scores(prefix: str) -> dict[str, Any]:
    """The scores of ``prefix`` where the reference is not annotated."""
    return dict.fromkeys(f"{prefix}_{part}" for part in ("p", "r", "f", "per_type"))


def score_layers(
    examples: Iterable[Example], *, layers: list[str], **kwargs: Any
) -> dict[str, Any]:
    """Score span groups, each under its own name, and the modality of the triggers whose span is right."""
    examples = list(examples)
    scores: dict[str, Any] = {}
    for layer in layers:
        tally = Tally()
        right = found = 0
        annotated = [eg for eg in examples if layer in eg.reference.spans]
        for eg in annotated:
            gold = {span_key(s): s.id_ for s in eg.reference.spans[layer]}
            predicted = {span_key(s): s.id_ for s in eg.predicted.spans.get(layer, ())}
            tally.add(
                ((label, (start, end)) for start, end, label in gold),
                ((label, (start, end)) for start, end, label in predicted),
            )
            both = gold.keys() & predicted.keys()
            found += len(both)
            right += sum(gold[key] == predicted[key] for key in both)
        scores.update(tally.as_scores(layer) if annotated else unknown_scores(layer))
        if any(label in scheme.TRIGGERS for label in scheme.LAYERS[layer]):
            scores[f"{layer}_modality_acc"] = right / found if found else None
    return scores


def relation_keys(doc: Doc, labels: Iterable[str]) -> set[tuple[str, tuple[SpanKey, SpanKey]]]:
    """The relations of a Doc with one of ``labels``, by offsets and labels."""
    wanted = set(labels)
    return {
        (
            row["label"],
            (
                (row["head_start"], row["head_end"], row["head_label"]),
                (row["tail_start"], row["tail_end"], row["tail_label"]),
            ),
        )
        for row in doc._.relation_data
        if row["label"] in wanted
    }


def score_links(
    examples: Iterable[Example], *, prefix: str, links: list[str], **kwargs: Any
) -> dict[str, Any]:
    """Score links end to end: a relation is right where label, head and tail are, borders and types included.

    ``links`` is not called ``labels``: spaCy passes a component's own labels by that name, and a gold link that the
    component never learnt counts as missed.

    A reference without any relation counts as annotated where it has span groups; else it is left out.
    """
    tally = Tally()
    annotated = [eg for eg in examples if eg.reference._.relation_data or eg.reference.spans]
    for eg in annotated:
        tally.add(relation_keys(eg.reference, links), relation_keys(eg.predicted, links))
    return tally.as_scores(prefix) if annotated else unknown_scores(prefix)
