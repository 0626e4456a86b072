"""From mentions to records: casualties of one harm word each, events of one incident each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

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
