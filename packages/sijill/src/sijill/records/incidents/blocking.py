"""Which pairs of reports may tell one incident: by day, place and kind.

No pair is looked at that day and place do not bring together. A day is a number, and so is a cell of ten kilometres in a
grid laid through the globe (through the globe, not over it, so that cells are as large in Khartoum as in Aleppo); a pair's
two numbers must be equal, or a day or a cell apart. With so many reports a day and cell the cost is linear in reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from sijill.annotation import scheme
from sijill.records.incidents.reports import Level, Sets, Table

NEAR_KM = 10.0
"""Two points farther apart are two places."""
NAMESAKE_KM = 50.0
"""Two points of one name that are nearer than this are one place that one of the two articles has put elsewhere."""
NEAR_DAYS = 1
"""A night has two days, and one of two outlets may be wrong by one."""

EARTH_KM = 6371.0
_CELL = NEAR_KM / EARTH_KM
_BITS = 11  # of each axis: the globe is 1,275 cells wide
_MIDDLE = 1 << (_BITS - 1)
_MOST_PAIRS = 2_000_000  # at once

KINDS_OF_ONE = """
EXPLOSION: SUICIDE_BOMB ATTACK KILLING SHELLING AIRSTRIKE ACCIDENT
SUICIDE_BOMB: ATTACK
SHELLING: AIRSTRIKE ATTACK
AIRSTRIKE: ATTACK KILLING
CLASH: ATTACK RIOT
KILLING: ATTACK
DESTRUCTION: ATTACK
ABDUCTION: ARREST
PROTEST: RIOT
RIOT: ATTACK
"""
"""Kinds that outlets give to one act, besides one and the same: `ATTACK` is any of them told without its means."""


def _kinds() -> np.ndarray:
    table = np.eye(len(scheme.EVENTS), dtype=bool)
    for line in KINDS_OF_ONE.strip().splitlines():
        kind, others = line.split(": ")
        for other in others.split():
            one, two = scheme.EVENTS.index(kind), scheme.EVENTS.index(other)
            table[one, two] = table[two, one] = True
    return table


CAN_BE_ONE = _kinds()
"""Whether two kinds, numbered as in the scheme, can be one act."""


def candidate_pairs(table: Table) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of rows that may be one incident, each once, the smaller number first."""
    found = [np.empty(0, np.int64)]
    for first, second in (*_by_point(table), *_by_unit(table), *_by_name(table)):
        first, second = np.minimum(first, second), np.maximum(first, second)
        kept = table.article[first] != table.article[second]
        kept &= CAN_BE_ONE[table.kind[first], table.kind[second]]
        found.append(first[kept] * table.size + second[kept])
    pairs = np.unique(np.concatenate(found))
    first, second = pairs // max(table.size, 1), pairs % max(table.size, 1)
    near = np.concatenate(
        [
            may_be_one_place(table, first[at : at + _MOST_PAIRS], second[at : at + _MOST_PAIRS])
            for at in range(0, len(first), _MOST_PAIRS)
        ]
        or [np.empty(0, bool)]
    )
    return first[near], second[near]


def may_be_one_place(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Whether the places of each pair are near, one within the other, or of one name."""
    apart = distances(table, first, second)
    return (
        (apart <= NEAR_KM)
        | held_by(table, first, second)
        | have_one_name(table, first, second, apart)
    )


def have_one_name(
    table: Table, first: np.ndarray, second: np.ndarray, apart: np.ndarray
) -> np.ndarray:
    """Whether places are called alike and are no namesakes that lie ``apart``, so many kilometres."""
    points = (table.level[first] == Level.POINT) & (table.level[second] == Level.POINT)
    alike = table.names_of_places.shared(first, second) > 0
    return alike & (~points | (apart <= NAMESAKE_KM))


def distances(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Kilometres between the nearest points of each pair; infinite where one has no point."""
    least = np.full(len(first), np.inf)
    one, other = table.points[first], table.points[second]
    for i, j in product(range(one.shape[1]), repeat=2):
        apart = np.linalg.norm(one[:, i] - other[:, j], axis=1) * EARTH_KM
        least = np.fmin(least, apart)
    return least


def held_by(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Whether one report only tells a district, governorate or country, and the other lies there."""
    level = np.maximum(table.level[first], table.level[second])
    held = np.zeros(len(first), bool)
    for outer in (Level.DISTRICT, Level.GOVERNORATE, Level.COUNTRY):
        unit = Level.COUNTRY - outer
        one, other = table.units[first, unit], table.units[second, unit]
        held |= (level == outer) & (one == other) & (one >= 0)
    return held


def _by_point(table: Table) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    rows, slots = np.nonzero(~np.isnan(table.points[:, :, 0]))
    cells = np.floor(table.points[rows, slots] / _CELL).astype(np.int64) + _MIDDLE
    keys = (cells[:, 0] << 2 * _BITS) + (cells[:, 1] << _BITS) + cells[:, 2]
    for x, y, z in product((-1, 0, 1), repeat=3):
        step = (x << 2 * _BITS) + (y << _BITS) + z
        yield from _join(table, rows, keys + step, rows, keys, 3 * _BITS)


def _by_unit(table: Table) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Reports that only tell a district, governorate or country, with all that lie there."""
    for outer in (Level.DISTRICT, Level.GOVERNORATE, Level.COUNTRY):
        unit = table.units[:, Level.COUNTRY - outer]
        holders = np.flatnonzero((table.level == outer) & (unit >= 0))
        members = np.flatnonzero((table.level <= outer) & (unit >= 0))
        yield from _join(table, holders, unit[holders], members, unit[members], 3 * _BITS)


def _by_name(table: Table) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Reports that name a place alike, as the gazetteer may lack it or know it twice."""
    names: Sets = table.names_of_places
    rows = np.repeat(np.arange(table.size), names.sizes)
    yield from _join(table, rows, names.values, rows, names.values, 3 * _BITS)


def _join(
    table: Table,
    rows: np.ndarray,
    keys: np.ndarray,
    other_rows: np.ndarray,
    other_keys: np.ndarray,
    bits: int,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of rows with equal keys whose days are near, in pieces; ``bits`` is how wide a key is."""
    rows, wanted = _with_days(table, rows, keys, bits, NEAR_DAYS)
    other_rows, there = _with_days(table, other_rows, other_keys, bits, 0)
    order = np.argsort(there, kind="stable")
    other_rows, there = other_rows[order], there[order]
    low, high = (np.searchsorted(there, wanted, side) for side in ("left", "right"))
    hit = np.flatnonzero(high > low)
    rows, low, counts = rows[hit], low[hit], (high - low)[hit]
    piece = np.cumsum(counts) // _MOST_PAIRS
    for number in np.unique(piece):
        of_piece = piece == number
        n = counts[of_piece]
        steps = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        first = np.repeat(rows[of_piece], n)
        second = other_rows[np.repeat(low[of_piece], n) + steps]
        other = first != second
        yield first[other], second[other]


def _with_days(
    table: Table, rows: np.ndarray, keys: np.ndarray, bits: int, margin: int
) -> tuple[np.ndarray, np.ndarray]:
    """Each row once for every day that it may be on, its key with the day in front."""
    days = table.end[rows] - table.start[rows] + 1
    kept = days > 0
    rows, keys, days = rows[kept], keys[kept], days[kept] + 2 * margin
    steps = np.arange(days.sum()) - np.repeat(np.cumsum(days) - days, days)
    rows, keys = np.repeat(rows, days), np.repeat(keys, days)
    return rows, ((table.start[rows] - margin + steps) << bits) + keys
