"""From the words for who takes part to actors as ACLED names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from sijill.knowledge.actors import Actor, ActorRegister
from sijill.knowledge.places import Gazetteer
from sijill.records.acled.countries import countries
from sijill.records.acled.words import ASSOCIATED, says
from sijill.records.schema import ActorRecord, ParticipantRecord
from sijill.text.nouns import read_noun
from sijill.text.orthography import fold

_GROUPS_OF_RECORDS = {
    "women": "Women",
    "journalists": "Journalists",
    "medics": "Health Workers",
    "aid workers": "Aid Workers",
    "prisoners": "Prisoners",
}
_BEFORE = 24
"""Characters before a person's name in which a rank or an office may stand."""
_OWNER_WORDS = 4


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who takes part: the name and the kind (``inter``) in ACLED's words.

    ``role`` is armed, people (civilians), crowd (demonstrators), person (one private person) or site (a civilian
    building or vehicle). ``groups`` are associated actors. ``known`` is False for who is only supplied: the text does
    not speak of them. ``registered`` says that the register of actors has them.
    """

    name: str
    inter: str
    role: Literal["armed", "people", "crowd", "person", "site"]
    groups: tuple[str, ...] = ()
    known: bool = True
    words: str = ""
    registered: bool = False

    @property
    def anyone(self) -> bool:
        """Whether it may be anyone: an unidentified group."""
        return self.name.startswith("Unidentified")


class Cast:
    """Makes parties of the participants of one event.

    ``country`` is the code of where the event took place, ``on`` its day, ``text`` the article or an empty string.
    """

    def __init__(self, country: str, on: date | None, text: str):
        self.country, self._on, self._text = country, on, text
        known = countries().get(country)
        self._place = f" ({known.name})" if known else ""

    # Who is supplied

    def unidentified(self) -> Party:
        """Someone armed who is not named."""
        return Party(
            f"Unidentified Armed Group{self._place}", "Political militia", "armed", known=False
        )

    def state(self, body: str = "الشرطة") -> Party | None:
        """The state's police or army, where the register has it."""
        actor = _registered(body, self.country, self._on)
        return replace(self._registered_party(actor), known=False) if actor else None

    def civilians(
        self, groups: Iterable[str] = (), words: str = "", *, known: bool = True
    ) -> Party:
        """Civilians of the country."""
        return self._people("Civilians", "people", groups, words, known=known)

    def protesters(self, groups: Iterable[str] = (), words: str = "") -> Party:
        """Demonstrators who use no force."""
        return self._people("Protesters", "crowd", groups, words)

    def rioters(self, groups: Iterable[str] = (), words: str = "") -> Party:
        """A crowd that uses force."""
        return self._people("Rioters", "crowd", groups, words)

    def _people(
        self,
        inter: str,
        role: Literal["people", "crowd"],
        groups: Iterable[str],
        words: str,
        *,
        known: bool = True,
    ) -> Party:
        return Party(f"{inter}{self._place}", inter, role, tuple(groups), known, words)

    # Who is named

    def agent(self, participant: ParticipantRecord) -> Party | None:
        """Who acts. An organisation or a country acts through its forces."""
        label, words = participant.mention.label, participant.mention.text
        if label == "ORG":
            return self._armed_or(participant) or (
                self._of_state("الحكومة")
                if says("government", fold(words))
                else Party(words, "Political militia", "armed", words=words)
            )
        if label == "LOC":
            return self._country(words)
        if label == "PER":
            rank = self._of_rank(participant)
            return rank or replace(self.civilians(words=words), role="person")
        return self._common(participant)

    def target(self, participant: ParticipantRecord) -> Party | None:
        """Whom it was done to; None for what is neither people nor theirs."""
        label, words = participant.mention.label, participant.mention.text
        folded = fold(words)
        if label == "ORG":
            actor = self._armed_or(participant)
            if actor and (not actor.name.startswith("Government") or says("side in war", folded)):
                return actor
            return self.civilians((actor.name if actor else words,), words)
        if label == "FAC":
            return self._site(words)
        if label == "PER":
            return self._of_rank(participant) or self.civilians(self._office(participant), words)
        return self._common(participant)

    def country_acts(self, words: str) -> Party | None:
        """A country as a party to a deal: its government."""
        code = _code_of_country(words)
        actor = _registered("الحكومة", code, self._on) if code else None
        return self._registered_party(actor, words) if actor else None

    def groups_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Associated actors of the groups that casualty records tell."""
        found = [_GROUPS_OF_RECORDS[name] for name in names if name in _GROUPS_OF_RECORDS]
        return tuple(self._title(group) for group in found)

    def _common(self, participant: ParticipantRecord) -> Party | None:
        label, words = participant.mention.label, participant.mention.text
        folded = fold(words)
        if label == "ARMED":
            return self._armed_or(participant) or self._unregistered(words)
        if label != "PEOPLE":
            return None
        names = [name for name in ASSOCIATED if says(name, folded)]
        if len(names) > 1 and "Labor Group" in names:  # of whom more is known than that they work
            names.remove("Labor Group")
        groups = tuple(map(self._title, names))
        if says("riot", folded):
            return self.rioters(groups, words)
        if says("demonstrators", folded):
            return self.protesters(groups, words)
        people = self.civilians(groups, words)
        return replace(people, role="person") if _is_one(words) else people

    def _title(self, group: str) -> str:
        return "Settlers (Israel)" if group == "Settlers" else f"{group}{self._place}"

    def _armed_or(self, participant: ParticipantRecord) -> Party | None:
        actor = participant.actor
        return self._registered_party(actor, participant.mention.text) if actor else None

    def _registered_party(self, actor: ActorRecord | Actor, words: str = "") -> Party:
        if actor.english.startswith("Unidentified Armed Group"):
            return replace(self.unidentified(), known=False, words=words)
        kind = actor.kind
        if kind == "State forces" and actor.country and self.country not in ("", actor.country):
            kind = "External/Other forces"
        return Party(actor.english, kind, "armed", words=words, registered=True)

    def _unregistered(self, words: str) -> Party:
        folded = fold(words)
        for body, table in (("الشرطة", "police"), ("الجيش", "army")):
            if says(table, folded) and (state := self._of_state(body, words)):
                return state
        return Party(words, "Political militia", "armed", words=words)

    def _of_state(self, body: str, words: str = "") -> Party | None:
        actor = _registered(body, self.country, self._on)
        return self._registered_party(actor, words) if actor else None

    def _country(self, words: str) -> Party | None:
        code = _code_of_country(words)
        actor = _registered("الجيش", code, self._on) if code else None
        return self._registered_party(actor, words) if actor else None

    def _before(self, participant: ParticipantRecord) -> str:
        start = participant.mention.start
        before = re.split(r"[.،؛:!؟\n]", self._text[max(0, start - _BEFORE) : start])
        return fold(before[-1]) if self._text else ""

    def _of_rank(self, participant: ParticipantRecord) -> Party | None:
        """Whoever fights, by the rank before the name. Which group a fighter is of, the record does not tell."""
        before, words = self._before(participant), participant.mention.text
        for body, table in (("الشرطة", "police rank"), ("الجيش", "army rank")):
            if says(table, before):
                return self._of_state(body, words) or replace(self.unidentified(), words=words)
        if says("fighter's rank", before):
            return replace(self.unidentified(), words=words)
        return None

    def _office(self, participant: ParticipantRecord) -> tuple[str, ...]:
        before = self._before(participant)
        if says("official", before):
            government = self._of_state("الحكومة")
            return (government.name,) if government else ()
        return tuple(self._title(name) for name in ASSOCIATED[:2] if says(name, before))

    def _site(self, words: str) -> Party | None:
        """Whose a building or vehicle is: a fighting side's, civilians', or nobody's."""
        folded = fold(words)
        if says("armed site", folded):
            parts = words.split()
            for size in range(min(_OWNER_WORDS, len(parts) - 1), 0, -1):
                owner = " ".join(parts[-size:])
                owner = "ا" + owner[1:] if owner.startswith("لل") else owner
                if says("civilian site", fold(owner)):
                    continue
                actor = _registered(owner, self.country, self._on) or _registered(
                    owner[1:] if owner.startswith("ل") else owner, self.country, self._on
                )
                if actor is not None:
                    return self._registered_party(actor, words)
            if says("military", folded) or says("army", folded):
                return self._of_state("الجيش", words)
            if says("police", folded):
                return self._of_state("الشرطة", words)
        if says("civilian site", folded):
            groups = tuple(
                self._title(name)
                for name in ("Health Workers", "Refugees/IDPs", "Students")
                if says(name, folded)
            )
            return replace(self.civilians(groups, words), role="site")
        return None


def _is_one(words: str) -> bool:
    """Whether a noun for people speaks of one or two persons, not of two families."""
    if says("kin", fold(words)):
        return False
    count = read_noun(words.split()[0]) if words.split() else None
    return count is not None and count.maximum is not None and count.maximum <= 2


@lru_cache(maxsize=4096)
def _registered(words: str, country: str, on: date | None) -> Actor | None:
    return ActorRegister.load().find(words, country=country or None, on=on)


@lru_cache(maxsize=1024)
def _code_of_country(words: str) -> str:
    """The code of the country that words name, or an empty string."""
    found = Gazetteer.load().find(words)
    return found[0].country if found and found[0].precision == "country" else ""
