"""How many were killed, as ACLED counts: the lowest figure of rival ones, and fixed numbers for vague words."""

from __future__ import annotations

from collections.abc import Iterable

from sijill.records.acled.rules import happened
from sijill.records.acled.words import says
from sijill.records.schema import CasualtyRecord, EventRecord
from sijill.text.nouns import read_noun
from sijill.text.orthography import fold

SEVERAL, MANY, DOZENS, HUNDREDS, THOUSANDS = 3, 10, 12, 100, 1000
_OPEN = {20: ("dozens", DOZENS), 200: ("hundreds", HUNDREDS), 2000: ("thousands", THOUSANDS)}
"""The least that عشرات, مئات and آلاف are read as → the table of the words, and the codebook's number for them."""


def fatalities(told: Iterable[tuple[EventRecord, str]]) -> int:
    """The dead of one row: each toll of its events once; ``told`` gives each event with its sentences, folded."""
    rivals: dict[tuple[int, int], list[int]] = {}
    seen = set()
    bombers = 0
    for event, around in told:
        if says("mass grave", around):  # its dead are not of the day that it is found
            continue
        in_toll = says("among them the attacker", around)
        for casualty in event.casualties:
            key = casualty.mention.start, casualty.mention.end
            if casualty.kind != "KILLED" or not happened(casualty) or key in seen:
                continue
            seen.add(key)
            first = casualty.rival_of or casualty.mention
            rivals.setdefault((first.start, first.end), []).append(_least(casualty, around))
            in_toll |= any(says("attacker", fold(v.mention.text)) for v in casualty.victims)
        if not in_toll and _is_suicide(event):
            bombers = max(bombers, _bombers(event))
    return sum(min(numbers) for numbers in rivals.values()) + bombers


def _least(casualty: CasualtyRecord, around: str) -> int:
    count, word = casualty.count, fold(casualty.mention.text)
    several = MANY if says("many", around) else SEVERAL
    if count is None or count.minimum is None:
        if says("massacre", word):
            return several
        plural = [read_noun(v.mention.text) for v in casualty.victims]
        vague = any(c is not None and c.maximum is None for c in plural)
        return 0 if says("victims only", word) else several if vague else 1
    if count.maximum is not None:
        return count.minimum
    if count.minimum == 2 and not says("two", around):
        return 0 if says("victims only", word) else several
    table, number = _OPEN.get(count.minimum, ("", 0))
    return number if table and says(table, around) else count.minimum


def _is_suicide(event: EventRecord) -> bool:
    words = [m.text for m in (*event.mentions, *event.instruments)]
    words += [p.mention.text for p in event.agents]
    return event.kind == "SUICIDE_BOMB" or says("suicide", fold(" ، ".join(words)))


def _bombers(event: EventRecord) -> int:
    """How many died by their own bomb; one where the words do not tell."""
    words = [p.mention.text for p in event.agents] + [m.text for m in event.instruments]
    for text in words:
        if says("suicide", fold(text)):
            count = read_noun(text.split()[0])
            if count and count.maximum is not None:
                return max(1, count.maximum)
    return 1
