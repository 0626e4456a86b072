"""Records: what a Doc's spans and relations come to. Pure functions of the Doc; nothing here changes it."""

from sijill.records.models import Casualty, Event

__all__ = ["Casualty", "Event"]
