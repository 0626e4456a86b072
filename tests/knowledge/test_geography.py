"""Distances on earth."""

from sijill.knowledge.geography import distance_km
from sijill.knowledge.places import Place

NAWA = Place("نوى", 32.89, 36.04, "SY", "درعا", "إزرع")


def test_distance_is_in_kilometres():
    assert distance_km(NAWA, NAWA) == 0
    assert 120 < distance_km(Place("", 33.5, 36.3, "SY"), Place("", 34.6, 36.3, "SY")) < 125
