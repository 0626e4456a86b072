"""The codebook's rules for one event: which sub-event type it is and between whom, or why it is no row.

`classify` knows one event record and the words of its sentences. What several events of one place and day come to
together is the matter of `sijill.records.acled.incidents`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sijill.records.acled.actors import Cast, Party
from sijill.records.acled.words import says
from sijill.records.schema import CasualtyRecord, EventRecord, ParticipantRecord
from sijill.text.orthography import fold

STATES = ("State forces", "External/Other forces")

_MODALITIES = {
    "DENIED": "it is denied that it happened",
    "PLANNED": "it is planned, threatened or failed, and has not happened",
    "GENERAL": "it is told as a habit, not as one incident",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one event is coded as: ``first`` against ``second``, each with its main party first."""

    sub: str
    first: tuple[Party, ...]
    second: tuple[Party, ...] = ()


@dataclass(slots=True)
class Case:
    """One event and what the rules ask of it.

    ``own`` is the folded text of its triggers, means and participants, ``around`` that of its sentences.
    """

    event: EventRecord
    cast: Cast
    own: str
    around: str
    agents: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)

    def says(self, table: str) -> bool:
        """Whether the event's own words have one of a table's words."""
        return says(table, self.own)

    def says_around(self, table: str) -> bool:
        """Whether its sentences have one."""
        return says(table, self.around)

    @property
    def armed(self) -> tuple[Party, ...]:
        """The targets that fight."""
        return tuple(t for t in self.targets if t.role == "armed")

    @property
    def people(self) -> tuple[Party, ...]:
        """The targets that do not fight, those who live in what is hit included."""
        return tuple(t for t in self.targets if t.role in ("people", "person", "crowd", "site"))

    @property
    def crowd(self) -> tuple[Party, ...]:
        """The targets that demonstrate."""
        return tuple(t for t in self.targets if t.role == "crowd")

    @property
    def fighters(self) -> tuple[Party, ...]:
        """The agents, or whoever it was where none is named."""
        return tuple(self.agents) or (self.cast.unidentified(),)

    @property
    def killed(self) -> int:
        """How many at least."""
        return self.event.killed.low if self.event.killed else 0

    @property
    def harmed(self) -> bool:
        """Whether anyone was killed or injured."""
        return self.killed > 0 or bool(self.event.injured and self.event.injured.low)


def case_of(event: EventRecord, cast: Cast, around: str) -> Case:
    """Set up the case of an event whose sentences are ``around``."""
    agents = _unique(cast.agent(p) for p in event.agents)
    targets = _unique(cast.target(p) for p in event.targets)
    if event.kind == "AGREEMENT":
        agents = _unique(_party_to_deal(cast, p) for p in event.agents)
        targets = _unique(_party_to_deal(cast, p) for p in event.targets)
    else:
        # Whom the harm word names is hit as well; the attacker's own dead are not his target.
        own = {a.name for a in agents}
        told = _unique([*targets, *(p for p in _victims(event, cast) if p.name not in own)])
        targets = told
    told = [m.text for m in (*event.mentions, *event.instruments)]
    told += [p.mention.text for p in (*event.agents, *event.targets)]
    own_words = fold(" ، ".join(told))
    return Case(event, cast, own_words, fold(around) or own_words, agents, targets)


def classify(case: Case) -> Verdict | str:
    """What an event is coded as, or the reason why it is no row."""
    event = case.event
    if event.modality in _MODALITIES:
        return _MODALITIES[event.modality]
    if event.background:
        return "it is background that ended long before the article"
    rule = _RULES.get(event.kind)
    return rule(case) if rule else f"{event.kind} is no kind of event that is coded"


# --- force ---------------------------------------------------------------------------------------


def _clash(case: Case) -> Verdict | str:
    first, second = _sides(case)
    crowds = [p for p in (*first, *second) if p.role != "armed"]
    if not crowds:
        return Verdict(
            "Armed clash",
            first or (case.cast.unidentified(),),
            second or (case.cast.unidentified(),),
        )
    armed = tuple(p for p in (*first, *second) if p.role == "armed")
    return _disorder(case, crowds, armed)


def _sides(case: Case) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The sides of a fight; two who are both named as fighting are its two sides."""
    first = tuple(case.agents)
    second = tuple(t for t in case.targets if t.role != "site")
    if any(t.role == "armed" for t in second) and all(a.role == "armed" for a in first):
        second = tuple(t for t in second if t.role == "armed")
    elif first and all(a.role == "armed" for a in first):
        named = {fold(p.mention.text) for p in case.event.targets}
        second = tuple(t for t in second if fold(t.words) in named and t.words)
    if not second and len(first) > 1:
        first, second = first[:1], first[1:]
    elif not first and len(second) > 1:
        first, second = second[:1], second[1:]
    return first, second


def _attack(case: Case) -> Verdict | str:
    if case.says_around("mass grave"):
        return _killing(case)
    if case.agents and all(a.role in ("people", "crowd") for a in case.agents):
        return _disorder(case, case.agents, case.armed or case.people)
    if case.agents and all(a.role == "person" for a in case.agents):
        if not case.armed:
            return "a private person's crime is no political violence"
        return _disorder(case, case.agents, case.armed)
    if case.crowd and not case.armed:
        return _force_against_crowd(case)
    means = _means(case)
    if means:
        return _remote(case, means)
    if case.armed:
        return Verdict("Armed clash", case.fighters, case.armed)
    raid = case.says("search") and case.fighters[0].inter in STATES
    if raid and not case.harmed:
        return Verdict("Other", case.fighters)
    if case.people:
        return Verdict("Attack", case.fighters, case.people)
    if case.harmed:
        return Verdict("Attack", case.fighters, (case.cast.civilians(),))
    return "battles and violence against civilians need two actors, and whom it hit is not told"


def _killing(case: Case) -> Verdict | str:
    if case.says_around("mass grave"):
        return Verdict("Other", case.fighters, case.people or (case.cast.civilians(),))
    if case.agents and all(a.role in ("people", "crowd", "person") for a in case.agents):
        return _attack(case)
    means = _means(case)
    if means:
        return _remote(case, means)
    if case.says("execution") and _is_court(case):
        return "a court's sentence carried out is no political violence"
    in_hands = case.says("execution") or case.says("in their hands")
    if case.armed and not in_hands:
        return Verdict("Armed clash", case.fighters, case.armed)
    if case.crowd and case.fighters[0].inter in STATES:
        return _force_against_crowd(case)
    victims = case.people or tuple(_disarmed(case, p) for p in case.armed)
    return Verdict("Attack", case.fighters, victims or (case.cast.civilians(),))


def _is_court(case: Case) -> bool:
    labels = {p.mention.label for p in case.event.agents}
    named = "ORG" in labels and says(
        "government", fold(" ".join(p.mention.text for p in case.event.agents))
    )
    return named or (case.says_around("court") and not case.armed and "ARMED" not in labels)


def _disarmed(case: Case, party: Party) -> Party:
    """Fighters in the hands of others are civilians, with what they were as associated actor."""
    return case.cast.civilians((party.name,), party.words)


def _means(case: Case) -> str | None:
    """The sub-event type of remote violence that the words for the means tell."""
    words = fold(" ، ".join(m.text for m in (*case.event.instruments, *case.event.mentions)))
    agents = fold(" ، ".join(p.mention.text for p in case.event.agents))
    if says("chemical", words) and not says("tear gas", words):
        return "Chemical weapon"
    if says("suicide", words) or says("suicide", agents):
        return "Suicide bomb"
    if says("aircraft", words):
        return "Air/drone strike"
    if says("grenade", words):
        return "Grenade"
    if says("explosive", words):
        return "Remote explosive/landmine/IED"
    return "Shelling/artillery/missile attack" if says("gun and rocket", words) else None


def _remote(case: Case, sub: str) -> Verdict | str:
    """Remote violence: one actor is enough; of the targets those who fight come first."""
    # Whoever plants a bomb or fires a rocket is no civilian, even if only a name is told.
    fighters = tuple(a for a in case.fighters if a.role not in ("person", "people"))
    fighters = fighters or (case.cast.unidentified(),)
    second = (*case.armed, *case.people)
    if not second and case.harmed:
        second = (case.cast.civilians(),)
    return Verdict(sub, fighters, second)


def _airstrike(case: Case) -> Verdict | str:
    return _remote(
        case, "Chemical weapon" if _means(case) == "Chemical weapon" else "Air/drone strike"
    )


def _shelling(case: Case) -> Verdict | str:
    first, second = _sides(case)
    armed = all(p.role == "armed" for p in (*first, *second))
    if first and second and armed and (case.says("mutual") or case.says_around("mutual")):
        return Verdict("Armed clash", first, second)
    means = _means(case)
    if means == "Air/drone strike" and says("drone", case.own):
        return _remote(case, means)
    return _remote(
        case, means if means == "Chemical weapon" else "Shelling/artillery/missile attack"
    )


def _explosion(case: Case) -> Verdict | str:
    if case.says("no weapon of war"):
        return "it is an accident"
    means = _means(case)
    if means in ("Chemical weapon", "Suicide bomb", "Grenade"):
        return _remote(case, means)
    return _remote(case, "Remote explosive/landmine/IED")


def _suicide_bomb(case: Case) -> Verdict | str:
    return _remote(case, "Suicide bomb")


def _sexual_violence(case: Case) -> Verdict | str:
    if case.agents and all(a.role == "person" for a in case.agents):
        return "a private person's crime is no political violence"
    victims = case.people or tuple(_disarmed(case, p) for p in case.armed)
    return Verdict("Sexual violence", case.fighters, victims or (case.cast.civilians(),))


def _abduction(case: Case) -> Verdict | str:
    if case.agents and all(a.role == "person" for a in case.agents):
        return "a private person's crime is no political violence"
    victims = case.people or tuple(_disarmed(case, p) for p in case.armed)
    sub = "Attack" if case.killed else "Abduction/forced disappearance"
    return Verdict(sub, case.fighters, victims or (case.cast.civilians(),))


# --- crowds --------------------------------------------------------------------------------------


def _protest(case: Case) -> Verdict | str:
    triggers = [fold(m.text) for m in case.event.mentions]
    if all(says("strike", t) for t in triggers) and not says("demonstration", case.around):
        return "a strike without a demonstration is no event"
    groups = [
        g for a in case.agents for g in (a.groups or ((a.words,) if a.role == "armed" else ()))
    ]
    words = "، ".join(a.words for a in case.agents if a.words)
    crowd = case.cast.protesters(groups, words)
    tyres = case.says_around("tyres") and case.says_around("burning")
    if tyres and case.says_around("road closed"):
        return Verdict("Violent demonstration", (case.cast.rioters(groups, words),))
    if case.says_around("stones"):
        return Verdict("Violent demonstration", (case.cast.rioters(groups, words),), case.armed)
    if _is_excessive(case):
        return Verdict("Excessive force against protesters", (crowd,), case.armed or _police(case))
    if case.says_around("dispersal"):
        return Verdict("Protest with intervention", (crowd,), case.armed or _police(case))
    return Verdict("Peaceful protest", (crowd,))


def _police(case: Case) -> tuple[Party, ...]:
    state = case.cast.state()
    return (state,) if state else ()


def _force_against_crowd(case: Case) -> Verdict:
    if case.crowd[0].inter == "Rioters":
        return Verdict("Violent demonstration", case.crowd, case.fighters)
    sub = (
        "Excessive force against protesters" if _is_excessive(case) else "Protest with intervention"
    )
    return Verdict(sub, case.crowd, case.fighters)


def _is_excessive(case: Case) -> bool:
    """Lethal force, or what sends people to hospital; suffocation by tear gas alone does not."""
    if case.killed or case.says_around("hospital"):
        return case.killed > 0 or case.harmed
    if case.says_around("live fire") and not case.says_around("into the air"):
        return True
    return case.harmed and not case.says_around("suffocation")


def _riot(case: Case) -> Verdict | str:
    first, second = _sides(case)
    if first and second and all(p.role == "armed" for p in (*first, *second)):
        return Verdict("Armed clash", first, second)
    crowds = [p for p in (*first, *second) if p.role != "armed"]
    armed = tuple(p for p in (*first, *second) if p.role == "armed")
    return _disorder(case, crowds, armed)


def _disorder(case: Case, crowds: Iterable[Party], others: tuple[Party, ...]) -> Verdict | str:
    """What a crowd does by force: Rioters against whoever it is, or among themselves."""
    crowds = list(crowds)
    if crowds and not others and all(p.role == "person" for p in crowds):
        return "a brawl or crime of private persons is no political violence"
    first, *more = [case.cast.rioters(p.groups, p.words) for p in crowds] or [case.cast.rioters()]
    second = others or tuple(more)
    if case.event.kind in ("CLASH", "RIOT") and not others and len(crowds) == 1 and case.harmed:
        second = ()
    demonstrates = any(p.role == "crowd" for p in crowds) or case.says_around("demonstration")
    tyres = case.says_around("tyres") and case.says_around("burning")
    sub = "Violent demonstration" if demonstrates or tyres else "Mob violence"
    return Verdict(sub, (first,), second)


# --- strategic developments ----------------------------------------------------------------------


def _arrest(case: Case) -> Verdict | str:
    if case.says("ordinary crime") and not case.armed:
        return "an arrest for an ordinary crime is no strategic development"
    if case.agents and all(a.role != "armed" for a in case.agents):
        return "an arrest by private persons is no strategic development"
    # Who arrests without being named is the state's police.
    captors = tuple(case.agents) or _police(case)
    if not captors:
        return "no actor is known"
    if case.crowd:
        return Verdict("Protest with intervention", case.crowd, captors)
    if captors[0].inter in STATES:
        return Verdict("Arrests", captors, case.armed or case.people)
    if case.armed:
        return Verdict("Other", captors, case.armed)
    victims = case.people or (case.cast.civilians(),)
    return Verdict("Attack" if case.killed else "Abduction/forced disappearance", captors, victims)


def _release(case: Case) -> Verdict | str:
    if case.says("exchange"):
        first, second = _sides(case)
        if first:
            return Verdict("Agreement", first, second)
    if case.says("escape"):
        inmates = (*case.agents, *case.targets) or (
            case.cast.civilians(case.cast.groups_of(["prisoners"])),
        )
        return Verdict("Other", tuple(inmates[:1]))
    if not any(a.role == "armed" for a in case.agents):
        return "no actor is named"
    return Verdict("Other", tuple(case.agents), case.armed or case.people)


def _destruction(case: Case) -> Verdict | str:
    if case.agents and all(a.role == "person" for a in case.agents):
        return "a private person's crime is no political violence"
    if case.agents and all(a.role != "armed" for a in case.agents):
        return _disorder(case, case.agents, case.armed or case.people)
    if case.harmed and not case.armed:
        return Verdict("Attack", case.fighters, case.people or (case.cast.civilians(),))
    return Verdict("Looting/property destruction", case.fighters, case.armed or case.people)


def _control(case: Case) -> Verdict | str:
    takers = tuple(a for a in case.agents if a.role == "armed")
    if not takers:
        return "who took or left the territory is not told"
    if case.says("siege") or case.says("coup"):
        return Verdict("Other", takers, case.armed)
    if case.killed and not is_leaving(case):
        return Verdict(
            territory_taken_by(takers[0]), takers, case.armed or (case.cast.unidentified(),)
        )
    return Verdict("Non-violent transfer of territory", takers, case.armed)


def is_leaving(case: Case) -> bool:
    """Whether territory is left or handed over, and not taken."""
    return all(says("leaving", fold(m.text)) for m in case.event.mentions)


def territory_taken_by(taker: Party) -> str:
    """The sub-event type of Battles for territory: foreign armies count with those who are no government."""
    return (
        "Government regains territory"
        if taker.inter == "State forces"
        else "Non-state actor overtakes territory"
    )


def _movement(case: Case) -> Verdict | str:
    movers = tuple(a for a in (*case.agents, *case.targets) if a.role == "armed")
    if not movers:
        return "no armed actor moves"
    if says("smuggling", fold(" ".join(m.text for m in case.event.mentions))):
        return "smuggling is no strategic development"
    if case.says_around("establish") and case.says_around("base"):
        return Verdict("Headquarters or base established", movers[:1], movers[1:])
    return Verdict("Change to group/activity", movers[:1], movers[1:])


def _agreement(case: Case) -> Verdict | str:
    first, second = _sides(case)
    if not any(p.role == "armed" for p in (*first, *second)):
        return "no armed actor or government is party to it"
    if says("group", fold(" ".join(m.text for m in case.event.mentions))):
        return Verdict("Change to group/activity", first or second, second if first else ())
    return Verdict("Agreement", first or second, second if first else ())


def _disarm(case: Case) -> Verdict | str:
    if says("surrender", fold(" ".join(m.text for m in case.event.mentions))):
        givers = tuple(a for a in (*case.agents, *case.armed) if a.role == "armed")
        return (
            Verdict("Agreement", givers[:1], givers[1:]) if givers else "who surrenders is not told"
        )
    if case.says("stolen or smuggled goods"):
        return "goods seized are no weapons"
    finders = tuple(case.agents)
    if case.says("crewed aircraft") and not case.says("drone"):
        return _remote(case, "Shelling/artillery/missile attack")
    # Who defuses or seizes without being named is the state.
    finders = finders or _police(case)
    if not finders:
        return "no actor is known"
    return Verdict("Disrupted weapons use", finders, case.armed)


def _displacement(case: Case) -> Verdict | str:
    people = (*case.armed, *case.people) or (case.cast.civilians(),)
    agents = tuple(a for a in case.agents if a.role == "armed")
    return Verdict("Other", agents, people) if agents else Verdict("Other", people)


def _accident(case: Case) -> Verdict | str:
    return "accidents and natural disasters are no events"


_RULES: dict[str, Callable[[Case], Verdict | str]] = {
    "CLASH": _clash,
    "ATTACK": _attack,
    "KILLING": _killing,
    "AIRSTRIKE": _airstrike,
    "SHELLING": _shelling,
    "EXPLOSION": _explosion,
    "SUICIDE_BOMB": _suicide_bomb,
    "ARREST": _arrest,
    "ABDUCTION": _abduction,
    "RELEASE": _release,
    "PROTEST": _protest,
    "RIOT": _riot,
    "SEXUAL_VIOLENCE": _sexual_violence,
    "DESTRUCTION": _destruction,
    "CONTROL": _control,
    "MOVEMENT": _movement,
    "AGREEMENT": _agreement,
    "DISARM": _disarm,
    "DISPLACEMENT": _displacement,
    "ACCIDENT": _accident,
}


# --- who -----------------------------------------------------------------------------------------


def _party_to_deal(cast: Cast, participant: ParticipantRecord) -> Party | None:
    if participant.mention.label == "LOC":
        return cast.country_acts(participant.mention.text)
    return cast.agent(participant)


def _victims(event: EventRecord, cast: Cast) -> list[Party]:
    found = []
    for casualty in event.casualties:
        if not happened(casualty) or casualty.kind not in ("KILLED", "INJURED"):
            continue
        for victim in casualty.victims:
            party = cast.target(victim)
            if party is None or says("attacker", fold(victim.mention.text)):
                continue
            if party.role in ("people", "person"):
                groups = (*party.groups, *cast.groups_of(p.group for p in casualty.parts))
                party = replace(party, groups=tuple(dict.fromkeys(groups)))
            found.append(party)
    return found


def happened(casualty: CasualtyRecord) -> bool:
    """Whether harm is stated or alleged to have happened."""
    return casualty.modality in ("ASSERTED", "ALLEGED")


def _unique(parties: Iterable[Party | None]) -> list[Party]:
    """Parties, each name once, with the groups of all its mentions; those that the register knows come first."""
    found: dict[str, Party] = {}
    for party in parties:
        if party is None:
            continue
        earlier = found.get(party.name)
        if earlier is None:
            found[party.name] = party
        else:
            groups = tuple(dict.fromkeys([*earlier.groups, *party.groups]))
            role = earlier.role if earlier.role != "site" else party.role
            if earlier.role == "person" and party.role == "people":
                role = "people"
            found[party.name] = replace(earlier, groups=groups, role=role)
    return sorted(
        found.values(), key=lambda p: (p.role == "armed") * (p.anyone + (not p.registered))
    )
