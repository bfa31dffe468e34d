"""Instants as a public page says them: with day, year and the city whose clocks are meant."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, get_timezone_location
from django.utils.translation import get_language


def city(zone: str) -> str:
    """Return the city a zone is named after, in the language spoken now: «Roma», "Rome"."""
    return str(get_timezone_location(zone, locale=get_language() or "it", return_city=True))


def said(at: datetime, zone: str, *, is_end: bool = False) -> str:
    """Return «lunedì 30 novembre 2026, 23:59». An end is the first refused instant: the last minute is said."""
    shown = at - timedelta(minutes=1) if is_end and at.second == 0 else at
    there = shown.astimezone(ZoneInfo(zone))
    return format_datetime(there, "EEEE d MMMM y, HH:mm", locale=get_language() or "it")
