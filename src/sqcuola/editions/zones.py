"""Instants as a public page says them: with day, year and the city whose clocks are meant."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, get_timezone_location
from django.utils.translation import get_language


def city(zone: str) -> str:
    """Return the city a zone is named after, in the language spoken now: «Roma», "Rome"."""
    return str(get_timezone_location(zone, locale=get_language() or "it", return_city=True))


def said(at: datetime, zone: str, *, is_end: bool = False) -> str:
    """Return «lunedì 30 novembre 2026, 23:59». An end is the first refused instant: midnight is said as 23:59."""
    return _in("EEEE d MMMM y, HH:mm", _shown(at, zone, is_end=is_end))


def plain(at: datetime, zone: str) -> str:
    """Return «2026-11-30 23:59», as a spreadsheet reads and sorts it."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def span(begins: datetime, ends: datetime, zone: str) -> str:
    """Return the time of a phase: «sabato 9 gennaio 2027, 10:00–13:00», or two days, broken only at the dash."""
    first, last = _shown(begins, zone), _shown(ends, zone, is_end=True)
    if first.date() == last.date():
        return _whole(f"{said(begins, zone)}\N{WORD JOINER}–\N{WORD JOINER}{last:%H:%M}")
    return f"{_whole(said(begins, zone))} – {_whole(said(ends, zone, is_end=True))}"


def clock(ends: datetime, zone: str) -> str:
    """Return the hour at which a phase ends: «13:00»; midnight is said as 23:59."""
    return f"{_shown(ends, zone, is_end=True):%H:%M}"


def is_one_day(begins: datetime, ends: datetime, zone: str) -> bool:
    """Tell whether a phase begins and ends on the same day."""
    return _shown(begins, zone).date() == _shown(ends, zone, is_end=True).date()


def days(begins: datetime, ends: datetime, zone: str) -> str:
    """Return a span without hours and year, as on a list: «9 gen», «10–17 gen», «15 feb – 15 ago»."""
    first, last = _shown(begins, zone), _shown(ends, zone, is_end=True)
    if first.date() == last.date():
        return f"{_in('d MMM', first)}, {first:%H:%M}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_in('d MMM', last)}"
    return f"{_in('d MMM', first)} – {_in('d MMM', last)}"


def _shown(at: datetime, zone: str, *, is_end: bool = False) -> datetime:
    there = at.astimezone(ZoneInfo(zone))
    return there - timedelta(minutes=1) if is_end and (there.hour, there.minute) == (0, 0) else there


def _in(words: str, there: datetime) -> str:
    return format_datetime(there, words, locale=get_language() or "it")


def _whole(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")
