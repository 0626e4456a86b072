"""How far two annotations of the same articles agree, label by label.

Agreement is F: twice what both have, over what each has. Chance plays no part worth correcting where most of a text
carries no label (Hripcsak and Rothschild 2005, "Agreement, the F-measure, and reliability in information retrieval").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sijill.annotation import scheme
from sijill.annotation.markup import Article


class Agreement(NamedTuple):
    """What two annotations have of one label: each by itself, and in common."""

    label: str
    first: int
    second: int
    both: int

    @property
    def f(self) -> float | None:
        """Agreement from 0 to 1; None where neither has anything."""
        total = self.first + self.second
        return 2 * self.both / total if total else None


GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "entities": ("span", scheme.ENTITIES),
    "events": ("span", scheme.EVENTS),
    "harm words": ("span", scheme.HARMS),
    "counts": ("span", scheme.COUNTS),
    "relations": ("link", scheme.SENTENCE_LINKS),
    "ALIAS, COREF": ("link", scheme.IDENTITY_LINKS),
    "modality": ("value", ("modality",)),
    "dates' values": ("value", ("ISO",)),
    "numbers": ("value", ("NUM",)),
}
"""What is summed up together: the kind of item, and its labels."""


def agreement(pairs: Iterable[tuple[Article, Article]]) -> list[Agreement]:
    """Agreement over pairs of articles of one text: first by group, then by label.

    A span is in common where borders and label are the same, a link where its label and both its spans are. Modality and
    values are compared on the spans in common.

    Raises:
        ValueError: the texts of a pair differ.
    """
    counts: dict[str, Counter[tuple[str, str]]] = {
        side: Counter() for side in ("first", "second", "both")
    }
    for first, second in pairs:
        if first.text != second.text:
            raise ValueError(f"{first.source} and {second.source} have not the same text")
        left, right = _items(first), _items(second)
        shared = {item[2:] for item in left & right if item[0] == "span"}
        left, right = (
            items | _values(article, shared) for items, article in ((left, first), (right, second))
        )
        for side, items in (("first", left), ("second", right), ("both", left & right)):
            counts[side].update(item[:2] for item in items)

    def row(name: str, kind: str, labels: Iterable[str]) -> Agreement:
        keys = [(kind, label) for label in labels]
        return Agreement(name, *(sum(counts[side][key] for key in keys) for side in counts))

    spans = [row(label, "span", [label]) for label in scheme.LABELS]
    links = [row(f"{label} link", "link", [label]) for label in scheme.LINKS]
    return [row(name, *group) for name, group in GROUPS.items()] + spans + links


def _items(article: Article) -> set[tuple]:
    """Spans and links, each as its kind, its label, and what tells it from others of the label."""
    marks = article.by_id
    spans = {("span", s.label, s.start, s.end) for s in article.spans}
    ends = {key: (mark.label, mark.start, mark.end) for key, mark in marks.items()}
    return spans | {("link", k.label, ends[k.head], ends[k.tail]) for k in article.links}


def _values(article: Article, borders: set[tuple[int, int]]) -> set[tuple]:
    """Modality and values of the spans with these borders."""
    found = set()
    for span in article.spans:
        place = (span.start, span.end)
        if place not in borders:
            continue
        if span.label in scheme.TRIGGERS:
            found.add(("value", "modality", place, span.modality))
        if span.value is not None:
            kind = "ISO" if isinstance(span.value, str) else "NUM"
            found.add(("value", kind, place, span.value))
    return found
