"""What a corpus holds, how it is spread, and how its texture compares with another's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from sijill.annotation import scheme
from sijill.annotation.corpus import blank_pipeline
from sijill.annotation.markup import Article
from sijill.annotation.variety import wordings_by_label
from sijill.text.orthography import fold

NAMED = ("PER", "ARMED", "ORG", "LOC", "FAC", "PEOPLE", "WEAPON")
SPREAD = ("country", "region", "kind", "spelling")
"""What the front matter may tell of where an article belongs."""
MAX_DIFFERENCE = 1 / 3
"""Two corpora differ notably in a measure where one is more than a third over the other."""

_WORD = re.compile(r"\w*[^\W\d_]\w*")


def statistics(articles: Sequence[Article]) -> dict[str, dict[str, int]]:
    """What articles hold: their sizes, their spread over places, kinds and years, and how often each label occurs.

    ``wordings`` counts the different wordings of each kind of entity, spelling apart. A key that the front matter of an
    article lacks is counted as ``?``.
    """
    spans = Counter(span.label for a in articles for span in a.spans)
    links = Counter(link.label for a in articles for link in a.links)
    modalities = Counter(
        span.modality for a in articles for span in a.spans if span.label in scheme.TRIGGERS
    )
    wordings = wordings_by_label(articles)
    return {
        "size": {
            "articles": len(articles),
            "words": sum(_length(a) for a in articles),
            "spans": spans.total(),
            "links": links.total(),
        },
        **{
            key: dict(Counter(a.meta.get(key, "?") for a in articles).most_common())
            for key in SPREAD
        },
        "year": dict(sorted(Counter(a.meta.get("published", "?")[:4] for a in articles).items())),
        "labels": {label: spans[label] for label in scheme.LABELS},
        "links": {label: links[label] for label in scheme.LINKS},
        "modalities": {label: modalities[label] for label in scheme.TRIGGER_MODALITIES},
        "wordings": {label: len(wordings[label]) for label in NAMED},
    }


class Measure(NamedTuple):
    """One measure of texture in two corpora."""

    name: str
    here: float
    there: float

    @property
    def differs(self) -> bool:
        """Whether one is more than a third over the other."""
        low, high = sorted((self.here, self.there))
        return high > low * (1 + MAX_DIFFERENCE)


def compare(here: Sequence[Article], there: Sequence[Article]) -> list[Measure]:
    """How the texture of articles compares with that of others, real ones say: density, links, length, vocabulary.

    A word is out of vocabulary where no other article of ``here`` has it.

    Raises:
        ValueError: one side has no article.
    """
    if not here or not there:
        raise ValueError("Nothing to compare: one side has no article")
    nlp = blank_pipeline()
    docs = [[nlp.make_doc(a.text) for a in side] for side in (here, there)]
    vocabulary = Counter(word for article in here for word in set(_words(article)))
    per_hundred: dict[str, Sequence[str]] = {
        "spans": scheme.LABELS,
        "entities": scheme.ENTITIES,
        "events": scheme.EVENTS,
        "harm words": scheme.HARMS,
        "counts": scheme.COUNTS,
    }
    measures = [
        Measure(f"{name} in 100 words", _density(here, labels), _density(there, labels))
        for name, labels in per_hundred.items()
    ]
    return [
        *measures,
        Measure("links for each event", _links_per_event(here), _links_per_event(there)),
        Measure("words in a sentence", _sentence_length(docs[0]), _sentence_length(docs[1])),
        Measure(
            "out of vocabulary, %",
            # The article itself is one of those that have its words.
            _share_of_words(here, lambda word: vocabulary[word] < 2),
            _share_of_words(there, lambda word: vocabulary[word] < 1),
        ),
    ]


def _length(article: Article) -> int:
    return len(article.text.split())


def _words(article: Article) -> list[str]:
    return _WORD.findall(fold(article.text))


def _density(articles: Sequence[Article], labels: Sequence[str]) -> float:
    found = sum(span.label in labels for a in articles for span in a.spans)
    return 100 * found / max(1, sum(map(_length, articles)))


def _links_per_event(articles: Sequence[Article]) -> float:
    events = sum(span.label in scheme.EVENTS for a in articles for span in a.spans)
    links = sum(link.label not in scheme.IDENTITY_LINKS for a in articles for link in a.links)
    return links / max(1, events)


def _sentence_length(docs: Sequence[Doc]) -> float:
    lengths = [len(sent.text.split()) for doc in docs for sent in doc.sents]
    return sum(lengths) / max(1, len(lengths))


def _share_of_words(articles: Sequence[Article], holds: Callable[[str], bool]) -> float:
    words = [word for article in articles for word in _words(article)]
    return 100 * sum(map(holds, words)) / max(1, len(words))
