"""The relations of a Doc, looked up by label and head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from sijill.extensions import Key, span_key


class Links:
    """The tails and scores of a Doc's relations; `root` follows ALIAS or COREF to the first mention."""

    def __init__(self, doc: Doc):
        self._found: dict[tuple[str, Key], list[tuple[Span, float]]] = defaultdict(list)
        self._heads: dict[tuple[str, Key], list[Span]] = defaultdict(list)
        for relation in doc._.relations:
            key = relation.label, span_key(relation.head)
            self._found[key].append((relation.tail, relation.score))
            self._heads[relation.label, span_key(relation.tail)].append(relation.head)

    def tails(self, label: str, head: Span) -> list[Span]:
        """The spans that ``head`` is linked to."""
        return [tail for tail, _ in self._found.get((label, span_key(head)), ())]

    def heads(self, label: str, tail: Span) -> list[Span]:
        """The spans that are linked to ``tail``."""
        return self._heads.get((label, span_key(tail)), [])

    def scores(self, labels: Iterable[str], head: Span) -> list[float]:
        """The scores of the links from ``head``."""
        return [
            score for label in labels for _, score in self._found.get((label, span_key(head)), ())
        ]

    def adopt(self, event: Span, harm: Span) -> None:
        """Let an event that is made of a harm word have the links of that word, its victims as targets."""
        for label in ("AGENT", "PLACE", "TIME", "INSTRUMENT", "SOURCE", "VICTIM"):
            found = self._found.get((label, span_key(harm)), [])
            self._found["TARGET" if label == "VICTIM" else label, span_key(event)] = list(found)

    def root(self, label: str, span: Span) -> Span:
        """The first mention that ALIAS or COREF links lead to from a span, itself where there is none."""
        seen = {span_key(span)}
        while tails := self.tails(label, span):
            if span_key(tails[0]) in seen:
                break
            span = tails[0]
            seen.add(span_key(span))
        return span


def unique(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans, each once, in their order."""
    return tuple({span_key(span): span for span in spans}.values())
