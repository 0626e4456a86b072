"""How much speaks for a pair of reports telling one incident.

What agrees speaks for it, what contradicts against it, what only one report tells for neither. The points are added like
logarithms of odds (Fellegi and Sunter 1969); above zero a pair is rather one than not. They were set by hand: common
things (an agent that has many incidents, the word قصف) are worth little, rare ones (a victim's name, a toll of 17) much.
"""

from __future__ import annotations

import numpy as np

from sijill.annotation import scheme
from sijill.records.incidents.blocking import distances, have_one_name, held_by
from sijill.records.incidents.reports import Level, Sets, Table

PRIOR = -3.0
SAME_PLACE_KM = 2.0
_CHUNK = 500_000

_BLASTS = [scheme.EVENTS.index(kind) for kind in ("EXPLOSION", "SUICIDE_BOMB")]

_POINTS = {
    "same place": 2.2,
    "near": 1.0,
    "in the district": 1.0,
    "in the governorate": 0.3,
    "in the country": -1.2,
    "same day": 1.0,
    "day assumed": 0.5,
    "another day": -1.6,
    "same kind": 0.8,
    "kin": 0.6,
    "other kind": 0.1,
    "same agent": 0.9,
    "other agent": -0.7,
    "same side": 0.5,
    "same target": 0.9,
    "same site": 0.8,
    "other site": -0.5,
    "same weapon": 0.6,
    "other weapon": -0.4,
    "same trigger": 0.4,
    "same name": 4.0,
    "other names": -1.8,
}


def scores(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The score of each pair of rows."""
    pieces = [
        _scores(table, first[at : at + _CHUNK], second[at : at + _CHUNK])
        for at in range(0, len(first), _CHUNK)
    ]
    return np.concatenate(pieces) if pieces else np.empty(0)


def _scores(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return (
        PRIOR
        + _place(table, first, second)
        + _day(table, first, second)
        + _kind(table, first, second)
        + _participants(table, first, second)
        + _compare(table.sites, first, second, "same site", "other site")
        + _compare(table.weapons, first, second, "same weapon", "other weapon")
        + _compare(table.triggers, first, second, "same trigger")
        + _compare(table.people, first, second, "same name", "other names")
        + _tolls(table, table.killed, first, second)
        + 0.7 * _tolls(table, table.injured, first, second)
    )


def _place(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    apart = distances(table, first, second)
    level = np.maximum(table.level[first], table.level[second])
    held = held_by(table, first, second)
    points = np.select(
        [
            (apart <= SAME_PLACE_KM) | have_one_name(table, first, second, apart),
            level == Level.POINT,
            held & (level == Level.DISTRICT),
            held & (level == Level.GOVERNORATE),
        ],
        [
            _POINTS[which]
            for which in ("same place", "near", "in the district", "in the governorate")
        ],
        _POINTS["in the country"],
    )
    return points


def _day(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    overlap = (table.start[first] <= table.end[second]) & (table.start[second] <= table.end[first])
    told = table.dated[first] & table.dated[second]
    same = np.where(told, _POINTS["same day"], _POINTS["day assumed"])
    return np.where(overlap, same, _POINTS["another day"])


def _kind(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    one, other = table.kind[first], table.kind[second]
    kin = np.isin(one, _BLASTS) & np.isin(other, _BLASTS)
    kinds = [_POINTS["same kind"], _POINTS["kin"]]
    return np.select([one == other, kin], kinds, _POINTS["other kind"])


def _participants(table: Table, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Sides may change places: who attacks in one report fights back in the other."""
    agents = table.agents.shared(first, second) > 0
    sides = table.sides.shared(first, second) > 0
    known = table.known_agents.sizes
    others = (known[first] > 0) & (known[second] > 0) & ~sides
    targets = table.targets.shared(first, second) > 0
    return (
        np.select(
            [agents, sides, others],
            [_POINTS["same agent"], _POINTS["same side"], _POINTS["other agent"]],
            0.0,
        )
        + targets * _POINTS["same target"]
    )


def _compare(
    sets: Sets, first: np.ndarray, second: np.ndarray, same: str, other: str | None = None
) -> np.ndarray:
    both = (sets.sizes[first] > 0) & (sets.sizes[second] > 0)
    shared = sets.shared(first, second) > 0
    against = _POINTS[other] if other else 0.0
    return np.where(shared, _POINTS[same], np.where(both, against, 0.0))


def _tolls(table: Table, toll: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """An equal toll speaks for a pair, the more the greater it is; tolls far apart speak against it.

    A toll may rise from one report to the next by a half, or by three people, without speaking against.
    """
    told = (toll[first, 0] >= 0) & (toll[second, 0] >= 0)
    best = np.stack([toll[first, 1], toll[second, 1]])
    closed = np.isfinite(toll[first, 2]) & np.isfinite(toll[second, 2])
    small, large = best.min(axis=0), best.max(axis=0)
    equal = closed & (small == large)
    overlap = (toll[first, 0] <= toll[second, 2]) & (toll[second, 0] <= toll[first, 2])
    close = large <= np.maximum(small * 1.5, small + 3)
    far = large > np.maximum(small * 3, small + 10)
    with np.errstate(invalid="ignore"):
        reward = 0.4 + 0.5 * np.log2(np.clip(large, 1, 64))
    points = np.select([equal, overlap, close, far], [reward, 0.2, -0.3, -2.0], -1.0)
    none = (small == 0) & (large > 0) & closed
    return np.where(told, np.where(none, -1.5, points), 0.0)
