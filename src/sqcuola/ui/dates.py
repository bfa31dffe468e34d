"""Days and times as a person says them: «domenica 8 febbraio, 23:59», in the zone that is current."""

from datetime import date, datetime, timedelta

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language

Day = date | datetime


def _said(pattern: str, day: Day) -> str:
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return format_date(local, pattern, locale=(get_language() or "it").replace("-", "_"))


def clock(at: datetime) -> str:
    """Return «23:59»."""
    return timezone.localtime(at).strftime("%H:%M")


def long_day(day: Day) -> str:
    """Return «domenica 8 febbraio»."""
    return _said("EEEE d MMMM", day)


def full_day(day: Day) -> str:
    """Return «8 febbraio 2027»."""
    return _said("d MMMM y", day)


def short_day(day: Day) -> str:
    """Return «8 feb»."""
    return _said("d MMM", day)


def week_day(day: Day) -> str:
    """Return «dom 8»."""
    return _said("EEE d", day)


def moment(at: datetime) -> str:
    """Return «domenica 8 febbraio, 23:59»."""
    return f"{long_day(at)}, {clock(at)}"


def deadline(at: datetime) -> str:
    """Return a deadline as people say it. It is kept as the first refused instant: 00:00 is said 23:59 the day before."""
    return moment(at - timedelta(minutes=1)) if clock(at) == "00:00" else moment(at)
