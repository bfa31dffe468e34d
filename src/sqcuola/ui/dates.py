"""Days and times as a person says them: «domenica 8 febbraio, 23:59», in the zone that is current."""

from datetime import date, datetime, timedelta

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.translation import get_language

Day = date | datetime


def _said(skeleton: str, day: Day) -> str:
    local = timezone.localtime(day) if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a bare day has no zone
    return str(
        format_skeleton(skeleton, local, fuzzy=True, locale=(get_language() or "it").replace("-", "_"))
    )


def clock(at: datetime) -> str:
    """Return «23:59»."""
    return timezone.localtime(at).strftime("%H:%M")


def long_day(day: Day) -> str:
    """Return «domenica 8 febbraio»."""
    return _said("EEEEdMMMM", day).replace(",", "")


def full_day(day: Day) -> str:
    """Return «8 febbraio 2027»."""
    return _said("dMMMMyyyy", day)


def short_day(day: Day) -> str:
    """Return «8 feb»."""
    return _said("dMMM", day)


def week_day(day: Day) -> str:
    """Return «dom 8»."""
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return f"{_said('EEE', day).rstrip('.')} {local.day}"


def moment(at: datetime) -> str:
    """Return «domenica 8 febbraio, 23:59»."""
    return f"{long_day(at)}, {clock(at)}"


def deadline(at: datetime) -> str:
    """Return the last minute before a deadline, which is kept as the first refused instant: 00:00 is said as 23:59."""
    return (
        moment(at - timedelta(minutes=1)) if timezone.localtime(at).strftime("%H%M") == "0000" else moment(at)
    )
