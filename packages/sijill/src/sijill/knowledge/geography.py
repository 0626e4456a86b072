"""Distances on earth."""

from math import cos, hypot, radians
from typing import Protocol

_KM_PER_DEGREE = 111.2


class Located(Protocol):
    """What has a latitude and a longitude, in degrees."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


def distance_km(one: Located, other: Located) -> float:
    """How far two places lie apart, in kilometres: flat, which is good to 1 % within a country.

    >>> from sijill.knowledge.places import Place
    >>> here = Place("دمشق", 33.51, 36.29, "SY")
    >>> round(distance_km(here, Place("درعا", 32.62, 36.11, "SY")))
    100
    """
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * cos(radians((one.latitude + other.latitude) / 2))
    return _KM_PER_DEGREE * hypot(north, east)
