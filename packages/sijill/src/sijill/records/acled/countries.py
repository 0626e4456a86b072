"""Countries as ACLED names them: English name, region, ISO codes, capital."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Country(NamedTuple):
    """A country: ISO 3166 codes of two letters, three letters and digits, its name and region in ACLED's export, and
    where its capital lies in degrees.
    """

    code: str
    iso3: str
    iso: int
    name: str
    region: str
    latitude: float
    longitude: float


@cache
def countries() -> dict[str, Country]:
    """All countries by their code of two letters.

    >>> syria = countries()["SY"]
    >>> syria.iso3, syria.iso, syria.name, syria.region
    ('SYR', 760, 'Syria', 'Middle East')
    """
    table = files(__package__) / "data" / "countries.tsv"
    with table.open(encoding="utf8", newline="") as file:
        return {row["code"]: _country(row) for row in csv.DictReader(file, delimiter="\t")}


def _country(row: dict[str, str]) -> Country:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    return Country(
        row["code"], row["iso3"], int(row["iso"]), row["name"], row["region"], latitude, longitude
    )
