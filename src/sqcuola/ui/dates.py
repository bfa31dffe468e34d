"""Days and times as a person says them: «domenica 8 febbraio, 23:59», in the zone that is current.

A day of another year than this one is said with its year: «8 feb 2025». `ui` knows no clock: the house registers its own.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language

Day = date | datetime

_now: list[Callable[[], datetime]] = []


def register_clock(now: Callable[[], datetime]) -> None:
    """Say which instant it is, so that days of other years are told apart; without a clock no day has a year."""
    _now[:] = [now]


def _is_of_another_year(day: Day) -> bool:
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return any(timezone.localtime(now()).year != local.year for now in _now)


def _said(pattern: str, day: Day) -> str:
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return _written(pattern, local, (get_language() or "it").replace("-", "_"))


@lru_cache(maxsize=1024)
def _written(pattern: str, day: date, language: str) -> str:
    return format_date(day, pattern, locale=language)


def clock(at: datetime) -> str:
    """Return «23:59»."""
    return timezone.localtime(at).strftime("%H:%M")


def long_day(day: Day) -> str:
    """Return «domenica 8 febbraio», and «domenica 8 febbraio 2025» in another year."""
    return _said("EEEE d MMMM y" if _is_of_another_year(day) else "EEEE d MMMM", day)


def full_day(day: Day) -> str:
    """Return «8 febbraio 2027»."""
    return _said("d MMMM y", day)


def short_day(day: Day) -> str:
    """Return «8 feb», and «8 feb 2025» in another year."""
    return _said("d MMM y" if _is_of_another_year(day) else "d MMM", day)


def written_day(day: Day) -> str:
    """Return «domenica 8 febbraio 2027»: what is kept on paper has its year always."""
    return _said("EEEE d MMMM y", day)


def week_day(day: Day) -> str:
    """Return «dom 8»."""
    return _said("EEE d", day)


def moment(at: datetime) -> str:
    """Return «domenica 8 febbraio, 23:59», with its year in another one."""
    return f"{long_day(at)}, {clock(at)}"


def last_minute(ends: datetime) -> datetime:
    """Return the last minute of an end. It is kept as the first refused instant: 00:00 is 23:59 of the day before."""
    return ends - timedelta(minutes=1) if clock(ends) == "00:00" else ends


def deadline(ends: datetime) -> str:
    """Return an end as people say it: «domenica 8 febbraio, 23:59»."""
    return moment(last_minute(ends))


def days_to(when: datetime, at: datetime) -> int:
    """Return how many midnights lie between two instants on the clocks that are current; negative when it is past."""
    return (timezone.localtime(when).date() - timezone.localtime(at).date()).days


def days_left(ends: datetime, at: datetime) -> int:
    """Return how many days are left until an end: 0 all through its last day, 1 on the day before, whatever the hour.

    Everything that counts down says this number: the public page, the cockpit, the desk.
    """
    return days_to(last_minute(ends), at)
