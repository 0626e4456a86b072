"""Groups of reports: average link, in which two reports of one article never meet."""

from __future__ import annotations

import heapq
from collections import defaultdict

import numpy as np

NO_PAIR = -1.5
"""The score of two reports that are no pair: too far apart in time or place, or of other kinds."""


def average_link(
    articles: np.ndarray, first: np.ndarray, second: np.ndarray, scores: np.ndarray
) -> list[list[int]]:
    """Group rows by the scores of pairs: the two groups whose reports score best on average join first.

    Groups join while their average is above zero and they share no article. A row that no pair holds is a group by
    itself. Only groups that some pair with a score above zero connects are looked at, so the cost is that of the pairs.

    >>> average_link(np.array([0, 1, 2]), np.array([0, 1]), np.array([1, 2]), np.array([2.0, -1.0]))
    [[0, 1], [2]]
    """
    groups = {row: [row] for row in range(len(articles))}
    held: dict[int, set[int]] = {}
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    linked = np.zeros(len(articles), bool)
    linked[first[scores > 0]] = linked[second[scores > 0]] = True
    near = linked[first] & linked[second]
    heap = []
    for a, b, score in zip(first[near].tolist(), second[near].tolist(), scores[near].tolist()):
        sums[a][b] = sums[b][a] = (score, 1)
        if score > 0:
            heap.append((-score, a, b))
    for row in sums:
        held[row] = {int(articles[row])}
    heapq.heapify(heap)
    new = len(articles)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or held[a] & held[b]:
            continue
        groups[new] = groups.pop(a) + groups.pop(b)
        held[new] = held.pop(a) | held.pop(b)
        joined = sums.pop(a)
        joined.pop(b)
        for other, (total, pairs) in sums.pop(b).items():
            if other != a:
                before, n = joined.get(other, (0.0, 0))
                joined[other] = before + total, n + pairs
        for other, (total, pairs) in joined.items():
            sums[other].pop(a, None)
            sums[other].pop(b, None)
            sums[other][new] = sums[new][other] = (total, pairs)
            all_pairs = len(groups[new]) * len(groups[other])
            mean = (total + (all_pairs - pairs) * NO_PAIR) / all_pairs
            if mean > 0 and not held[new] & held[other]:
                heapq.heappush(heap, (-mean, new, other))
        new += 1
    return sorted(sorted(group) for group in groups.values())
