"""The form of a row: the 31 columns of ACLED's export, and the values that its typed columns may have."""

from __future__ import annotations

from datetime import date
from typing import Literal, Optional

from pydantic import BaseModel, ConfigDict, Field

VIOLENCE = "Political violence"
DEMONSTRATIONS = "Demonstrations"
STRATEGIC = "Strategic developments"

SUB_EVENTS: dict[str, tuple[str, str]] = {
    "Government regains territory": ("Battles", VIOLENCE),
    "Non-state actor overtakes territory": ("Battles", VIOLENCE),
    "Armed clash": ("Battles", VIOLENCE),
    "Excessive force against protesters": ("Protests", f"{VIOLENCE}; {DEMONSTRATIONS}"),
    "Protest with intervention": ("Protests", DEMONSTRATIONS),
    "Peaceful protest": ("Protests", DEMONSTRATIONS),
    "Violent demonstration": ("Riots", DEMONSTRATIONS),
    "Mob violence": ("Riots", VIOLENCE),
    "Chemical weapon": ("Explosions/Remote violence", VIOLENCE),
    "Air/drone strike": ("Explosions/Remote violence", VIOLENCE),
    "Suicide bomb": ("Explosions/Remote violence", VIOLENCE),
    "Shelling/artillery/missile attack": ("Explosions/Remote violence", VIOLENCE),
    "Remote explosive/landmine/IED": ("Explosions/Remote violence", VIOLENCE),
    "Grenade": ("Explosions/Remote violence", VIOLENCE),
    "Sexual violence": ("Violence against civilians", VIOLENCE),
    "Attack": ("Violence against civilians", VIOLENCE),
    "Abduction/forced disappearance": ("Violence against civilians", VIOLENCE),
    "Agreement": (STRATEGIC, STRATEGIC),
    "Arrests": (STRATEGIC, STRATEGIC),
    "Change to group/activity": (STRATEGIC, STRATEGIC),
    "Disrupted weapons use": (STRATEGIC, STRATEGIC),
    "Headquarters or base established": (STRATEGIC, STRATEGIC),
    "Looting/property destruction": (STRATEGIC, STRATEGIC),
    "Non-violent transfer of territory": (STRATEGIC, STRATEGIC),
    "Other": (STRATEGIC, STRATEGIC),
}
"""Each sub-event type → event type and disorder type, the higher first: of what one event has, the highest is coded."""

INTERS = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
)
"""The kinds of actors, in the order of their former numbers 1 to 8."""


class AcledRow(BaseModel):
    """One row: what one pair of actors did at one place on one day.

    Names of places are those of the gazetteer, in Arabic; latitude and longitude are degrees with four decimals. An
    empty string stands where ACLED leaves a cell empty.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    event_id_cnty: str = Field(
        description="Three letters of the country and the id of the event record."
    )
    event_date: date
    year: int
    time_precision: Literal[1, 2, 3]
    disorder_type: str
    event_type: str
    sub_event_type: str
    actor1: str
    assoc_actor_1: str = ""
    inter1: str
    actor2: str = ""
    assoc_actor_2: str = ""
    inter2: str = ""
    interaction: str
    civilian_targeting: Literal["", "Civilians targeted"] = ""
    iso: int
    region: str
    country: str
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""
    location: str
    latitude: float
    longitude: float
    geo_precision: Literal[1, 2, 3]
    source: str = ""
    source_scale: str = "Other"
    notes: str
    fatalities: int = Field(ge=0)
    tags: str = ""
    timestamp: int = Field(
        0, description="Midnight UTC of the day of publication in seconds, 0 where it is not known."
    )


class Decision(BaseModel):
    """What became of event records: the row that they are coded in, or None, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    events: list[str] = Field(description="Ids of event records.")
    row: Optional[AcledRow] = None
    reason: str
