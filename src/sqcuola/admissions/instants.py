"""How an instant is said to people: in the edition's zone, a deadline as the last minute that counts."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from sqcuola.editions.models import Edition
from sqcuola.ui import dates


def said(instant: datetime, edition: Edition) -> str:
    """Return an instant as a person reads it: «domenica 8 febbraio, 23:59»."""
    with timezone.override(ZoneInfo(edition.zone)):
        return dates.moment(instant)


def deadline(instant: datetime, edition: Edition) -> str:
    """Return a deadline, stored as the first refused instant, as the last minute that counts."""
    with timezone.override(ZoneInfo(edition.zone)):
        return dates.deadline(instant)


def clock(instant: datetime, edition: Edition) -> str:
    """Return «10:42:07», as autosave says it."""
    return f"{timezone.localtime(instant, ZoneInfo(edition.zone)):%H:%M:%S}"


def to_the_second(instant: datetime, edition: Edition) -> str:
    """Return an instant as a receipt says it, with its seconds."""
    with timezone.override(ZoneInfo(edition.zone)):
        return f"{dates.written_day(instant)}, {timezone.localtime(instant):%H:%M:%S}"


def full_day(instant: datetime, edition: Edition) -> str:
    """Return a day with its year, «8 febbraio 2027»."""
    with timezone.override(ZoneInfo(edition.zone)):
        return dates.full_day(instant)


def day_in(instant: datetime, edition: Edition) -> date:
    """Return the calendar day an instant falls on, where the edition lives."""
    return timezone.localtime(instant, ZoneInfo(edition.zone)).date()
