"""What several events of one day and place come to together: one incident for each pair of actors.

Inside one incident the higher type wins (`sijill.records.acled.rows.SUB_EVENTS`). Territory that changes hands in
fighting, and demonstrations that meet force or use it, are decided by all their events.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sijill.records.acled.actors import Party
from sijill.records.acled.rows import SUB_EVENTS
from sijill.records.acled.rules import STATES, Case, Verdict, is_leaving, territory_taken_by
from sijill.records.acled.setting import Day, Site

_RANK = {sub: rank for rank, sub in enumerate(SUB_EVENTS)}
_APART = ("Agreement", "Change to group/activity", "Headquarters or base established")
"""What stays a row of its own beside violence of the same pair: it is another event, not its course."""


@dataclass(slots=True)
class Incident:
    """Events that are coded in one row."""

    verdict: Verdict
    day: Day
    site: Site
    cases: list[Case] = field(default_factory=list)
    share: tuple[int, int] = (0, 1)
    """Which of how many places this is, among which the toll of one event is divided."""

    @property
    def type(self) -> str:
        """The event type."""
        return SUB_EVENTS[self.verdict.sub][0]

    @property
    def names(self) -> frozenset[str]:
        """The names of all who take part."""
        return frozenset(p.name for p in (*self.verdict.first, *self.verdict.second))

    @property
    def pair(self) -> frozenset[str]:
        """The names of the main parties."""
        return frozenset(side[0].name for side in (self.verdict.first, self.verdict.second) if side)

    def absorb(self, other: Incident, verdict: Verdict | None = None) -> None:
        """Take in another's events; the verdict is the given one, else the higher, with the associates of both."""
        if verdict is None:
            high, low = sorted((self.verdict, other.verdict), key=lambda v: _RANK[v.sub])
            verdict = _with_associates(high, low)
        self.verdict = verdict
        if other.day.precision < self.day.precision:
            self.day = other.day
        if other.site.precision < self.site.precision:
            self.site = other.site
        self.cases += [c for c in other.cases if all(c is not own for own in self.cases)]


def merge(incidents: list[Incident]) -> list[Incident]:
    """Bring together what is one incident, in the order of first mention."""
    for step in (_take_territory, _join_crowds, _join_pairs, _fill_in):
        incidents = step(incidents)
    return incidents


# --- territory -----------------------------------------------------------------------------------


def _take_territory(incidents: list[Incident]) -> list[Incident]:
    """Territory taken where the taker fought that day is a battle."""
    merged = list(incidents)
    for taking in incidents:
        if taking.verdict.sub != "Non-violent transfer of territory" or all(
            map(is_leaving, taking.cases)
        ):
            continue
        fights = [f for f in merged if f is not taking and _is_fight_for(f, taking)]
        if not fights:
            continue
        taker = taking.verdict.first
        enemies = taking.verdict.second
        for fight in fights:
            sides = (fight.verdict.first, fight.verdict.second)
            others = (s for s in sides if s and all(p.name != taker[0].name for p in s))
            enemies = enemies or next(others, ())
            taking.absorb(fight)
            merged.remove(fight)
        enemies = tuple(p for p in enemies if p.role == "armed") or (_unknown_enemy(taking),)
        taking.verdict = Verdict(territory_taken_by(taker[0]), taker, enemies)
    return merged


def _is_fight_for(fight: Incident, taking: Incident) -> bool:
    fought = fight.type in ("Battles", "Explosions/Remote violence")
    if not fought or fight.day.date != taking.day.date or not fight.site.is_about(taking.site):
        return False
    taker = taking.verdict.first[0].name
    return taker in fight.names and (
        fight.type == "Battles" or taker == fight.verdict.first[0].name
    )


def _unknown_enemy(taking: Incident) -> Party:
    return taking.cases[0].cast.unidentified()


# --- demonstrations ------------------------------------------------------------------------------


def _join_crowds(incidents: list[Incident]) -> list[Incident]:
    """A demonstration and the force that it meets or uses are one."""
    merged: list[Incident] = []
    for incident in incidents:
        host = next((m for m in merged if _is_one_crowd(m, incident)), None)
        if host is None:
            merged.append(incident)
        else:
            host.absorb(incident, _crowd_verdict(host, incident))
    return merged


def _is_one_crowd(one: Incident, other: Incident) -> bool:
    if not _same_setting(one, other):
        return False
    are = [i.type in ("Protests", "Riots") for i in (one, other)]
    if all(are):
        return one.type != other.type or _shares_opponent(one, other)
    return any(are) and any(_is_intervention(i) for i in (one, other))


def _shares_opponent(one: Incident, other: Incident) -> bool:
    """Whether two crowds do not fight different opponents."""
    mains = [i.verdict.second[0].name for i in (one, other) if i.verdict.second]
    return len(set(mains)) < 2


def _is_intervention(incident: Incident) -> bool:
    """What the state does to civilians where they demonstrate: arrests, beating, clearing."""
    verdict = incident.verdict
    if verdict.sub not in ("Arrests", "Attack", "Other") or not verdict.first:
        return False
    against = {p.role for p in verdict.second}
    return verdict.first[0].inter in STATES and "armed" not in against


def _crowd_verdict(one: Incident, other: Incident) -> Verdict:
    pair = (one.verdict, other.verdict)
    crowd = next(
        p for v in pair for p in (*v.first, *v.second) if p.inter in ("Protesters", "Rioters")
    )
    groups = tuple(
        dict.fromkeys(
            g for v in pair for p in (*v.first, *v.second) if p.role != "armed" for g in p.groups
        )
    )
    opponents = [
        p for v in pair for p in (*v.first, *v.second) if p.inter not in ("Protesters", "Rioters")
    ]
    # Whom the state detains among demonstrators are the demonstrators.
    opponents = [p for p in opponents if p.role == "armed"] or [
        p for p in opponents if "Rioters" in (v.first[0].inter for v in pair)
    ]
    opponents.sort(key=lambda p: not p.known)
    rioters = next((p for v in pair for p in (*v.first, *v.second) if p.inter == "Rioters"), None)
    subs = {v.sub for v in pair}
    if rioters is not None:
        peaceful = "Mob violence" not in subs or any(SUB_EVENTS[s][0] == "Protests" for s in subs)
        sub = (
            "Violent demonstration"
            if peaceful or "Violent demonstration" in subs
            else "Mob violence"
        )
        crowd = rioters
    elif "Excessive force against protesters" in subs:
        sub = "Excessive force against protesters"
    elif "Attack" in subs:
        harmed = any(c.harmed for i in (one, other) for c in i.cases if c.event.kind != "PROTEST")
        sub = "Excessive force against protesters" if harmed else "Protest with intervention"
    elif opponents:
        sub = "Protest with intervention"
    else:
        sub = min(subs, key=_RANK.__getitem__)
    unique = tuple({p.name: p for p in reversed(opponents)}.values())[::-1]
    return Verdict(sub, (replace(crowd, groups=groups),), unique)


# --- pairs ---------------------------------------------------------------------------------------


def _join_pairs(incidents: list[Incident]) -> list[Incident]:
    """One incident for each day, place and pair."""
    merged: list[Incident] = []
    for incident in incidents:
        host = next((m for m in merged if _is_one_pair(m, incident)), None)
        if host is None:
            merged.append(incident)
        elif _is_mutual(host, incident):
            verdict = replace(host.verdict, sub="Armed clash")
            host.absorb(incident, verdict)
        else:
            host.absorb(incident)
    return merged


def _is_one_pair(one: Incident, other: Incident) -> bool:
    if not _same_setting(one, other) or one.pair != other.pair:
        return False
    return one.verdict.sub == other.verdict.sub or not (
        one.verdict.sub in _APART or other.verdict.sub in _APART
    )


def _is_mutual(one: Incident, other: Incident) -> bool:
    """Whether two fire at each other."""
    remote = all(i.type == "Explosions/Remote violence" for i in (one, other))
    sides = (*one.verdict.first[:1], *one.verdict.second[:1])
    return (
        remote
        and len(sides) == 2
        and all(p.role == "armed" for p in sides)
        and bool(other.verdict.second)
        and one.verdict.first[0].name == other.verdict.second[0].name
        and one.pair == other.pair
        and len(one.pair) == 2
    )


def _fill_in(incidents: list[Incident]) -> list[Incident]:
    """What leaves open who did it or to whom is part of an incident that tells it."""
    merged = list(incidents)
    for part in incidents:
        host = next((m for m in merged if m is not part and _completes(m, part)), None)
        if host is not None:
            told = _with_associates(host.verdict, part.verdict)
            sub = min(host.verdict.sub, part.verdict.sub, key=_RANK.__getitem__)
            host.absorb(part, replace(told, sub=sub))
            merged.remove(part)
    return merged


def _completes(host: Incident, part: Incident) -> bool:
    if not _same_setting(host, part) or part.verdict.sub in _APART or host.verdict.sub in _APART:
        return False
    violent = host.type in ("Battles", "Explosions/Remote violence", "Violence against civilians")
    if not violent and not (host.verdict.sub == "Arrests" and part.verdict.sub == "Other"):
        return False
    lower = _RANK[host.verdict.sub] <= _RANK[part.verdict.sub]
    if not lower and part.verdict.first[0].name != host.verdict.first[0].name:
        return False
    sides = (*part.verdict.first, *part.verdict.second)
    named = {p.name for p in sides if p.known}
    mere = part.verdict.sub in ("Other", "Looting/property destruction")
    open_ended = any(not p.known for p in part.verdict.first) or (
        not part.verdict.second and (mere or part.type == "Explosions/Remote violence")
    )
    if not open_ended or not named <= host.names:
        return False
    if not named:
        return mere
    return any(p.role == "armed" and p.known for p in sides)


def _same_setting(one: Incident, other: Incident) -> bool:
    return one.day.date == other.day.date and one.site.is_at(other.site)


def _with_associates(high: Verdict, low: Verdict) -> Verdict:
    """The higher verdict, with those whom the lower one adds to its sides."""
    first, second = list(high.first), list(high.second)
    battle = SUB_EVENTS[high.sub][0] == "Battles"
    for side in (low.first, low.second):
        names = {p.name for p in side}
        for own in (first, second):
            if not own or own[0].name not in names:
                continue
            have = {p.name for p in own}
            own += [p for p in side if p.name not in have and not (battle and p.role != "armed")]
            for party in side:
                if party.name == own[0].name:
                    groups = tuple(dict.fromkeys([*own[0].groups, *party.groups]))
                    own[0] = replace(own[0], groups=groups)
            break
    return Verdict(high.sub, tuple(first), tuple(second))
