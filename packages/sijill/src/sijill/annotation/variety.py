"""Whether a corpus is as varied as it should be: what its articles repeat of each other and over again.

A model learns what repeats. Wording that two articles share, a name that stands in training and in test, or a label
that is always the same word would be learnt by heart, and the scores would praise it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from sijill.annotation import scheme
from sijill.annotation.markup import Article, Fault
from sijill.text.orthography import fold

RUN_LENGTH = 8
"""Two articles share wording where as many words in a row are the same."""
RUNS_PER_SHARED_RUN = 200
"""Of so many runs, one may stand in another article too: set phrases do."""
SHINGLE_LENGTH = 4
MAX_SHARED_SHINGLES = 0.1
"""Two articles are near duplicates where they share more than this of the shorter one's runs of four words."""
OPENING_LENGTH = 6
MAX_ARTICLES_OF_NAME = 2
TOP_WORDINGS = 10
MAX_TOP_SHARE = {
    **{label: 0.4 for label in scheme.ENTITIES if label != "DATE"},
    **dict.fromkeys(scheme.EVENTS, 0.7),
}
"""How much of a label its ten most frequent wordings may make up. An act has fewer words than the world has names;
dates, harm words and counts have few by nature, and no limit."""
MIN_MENTIONS = 100
"""A label with fewer mentions is not judged by its wordings."""

_WORD = re.compile(r"\w+")


def check_variety(articles: Sequence[Article], public_people: Collection[str] = ()) -> list[Fault]:
    """All that articles repeat beyond the limits of this module.

    Args:
        articles: as read from files; the folder of a file is its split.
        public_people: full names of people who may stand in any number of articles, heads of state and the like.
    """
    words = [_words(article.text) for article in articles]
    return [
        *_shared_runs(articles, words),
        *_near_duplicates(articles, words),
        *_same_openings(articles, words),
        *_names(articles, {_folded(name) for name in public_people}),
        *_dominant_wordings(articles),
    ]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _folded(text: str) -> str:
    return " ".join(_words(text))


def _runs(words: Sequence[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]


def _shared_runs(articles: Sequence[Article], words: list[list[str]]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    shared: list[tuple[int, int, tuple[str, ...]]] = []
    total = 0
    for index, article_words in enumerate(words):
        runs = _runs(article_words, RUN_LENGTH)
        total += len(runs)
        for run in runs:
            other = first.setdefault(run, index)
            if other != index:
                shared.append((index, other, run))
    if len(shared) * RUNS_PER_SHARED_RUN <= total:
        return
    for index, other, run in shared:
        what = f"shares {RUN_LENGTH} words with {articles[other].id}: {' '.join(run)}"
        advice = f"Word it anew: {len(shared)} of {total} runs are shared, 1 in {RUNS_PER_SHARED_RUN} may be"
        yield Fault(1, 1, what, advice, articles[index].source)


def _near_duplicates(articles: Sequence[Article], words: list[list[str]]) -> Iterator[Fault]:
    shingles = [set(_runs(article_words, SHINGLE_LENGTH)) for article_words in words]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, found in enumerate(shingles):
        for shingle in found:
            holders[shingle].append(index)
    common = Counter(pair for indices in holders.values() for pair in combinations(indices, 2))
    for (left, right), n in sorted(common.items()):
        share = n / min(len(shingles[left]), len(shingles[right]))
        if share > MAX_SHARED_SHINGLES:
            what = f"is nearly {articles[left].id}: they share {share:.0%} of their runs of {SHINGLE_LENGTH} words"
            yield Fault(1, 1, what, "Write one of them anew", articles[right].source)


def _same_openings(articles: Sequence[Article], words: list[list[str]]) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], Article] = {}
    for article, article_words in zip(articles, words):
        opening = tuple(article_words[:OPENING_LENGTH])
        other = seen.setdefault(opening, article)
        if other is not article:
            what = f"begins as {other.id} does: {' '.join(opening)}"
            yield Fault(article.first_line, 1, what, "Begin otherwise", article.source)


def _names(articles: Iterable[Article], public_people: Collection[str]) -> Iterator[Fault]:
    holders: dict[str, dict[str, tuple[Article, str]]] = defaultdict(dict)
    for article in articles:
        for span in article.spans:
            name = _folded(article.words_of(span))
            if span.label == "PER" and " " in name and name not in public_people:
                holders[name].setdefault(article.id, (article, span.id))
    for name, places in holders.items():
        article, span_id = list(places.values())[-1]
        line, column = article.lines.get(span_id, (1, 1))
        ids, splits = ", ".join(places), {a.split for a, _ in places.values()}
        advice = "Rename in one, or list the name with the public people"
        if len(places) > MAX_ARTICLES_OF_NAME:
            what = f"the name {name} is in {len(places)} articles: {ids}"
            yield Fault(line, column, what, advice, article.source)
        elif len(splits) > 1:
            what = f"the name {name} is in {' and '.join(sorted(splits))}: {ids}"
            yield Fault(line, column, what, advice, article.source)


def _dominant_wordings(articles: Iterable[Article]) -> Iterator[Fault]:
    for label, wordings in wordings_by_label(articles).items():
        if label not in MAX_TOP_SHARE or wordings.total() < MIN_MENTIONS:
            continue
        share = top_share(wordings)
        if share > MAX_TOP_SHARE[label]:
            top = "، ".join(wording for wording, _ in wordings.most_common(TOP_WORDINGS))
            what = f"{label}: {TOP_WORDINGS} wordings make up {share:.0%} of {wordings.total()} mentions: {top}"
            advice = f"Write articles with other wordings; {MAX_TOP_SHARE[label]:.0%} is the limit"
            yield Fault(1, 1, what, advice, "the corpus")


def wordings_by_label(articles: Iterable[Article]) -> dict[str, Counter[str]]:
    """For each label, how often each of its wordings occurs, in its plain spelling."""
    found: dict[str, Counter[str]] = {label: Counter() for label in scheme.LABELS}
    for article in articles:
        for span in article.spans:
            found[span.label][_folded(article.words_of(span))] += 1
    return found


def top_share(wordings: Counter[str]) -> float:
    """The share of mentions that the ten most frequent wordings make up; 0 where there is no mention."""
    total = wordings.total()
    return sum(n for _, n in wordings.most_common(TOP_WORDINGS)) / total if total else 0.0
