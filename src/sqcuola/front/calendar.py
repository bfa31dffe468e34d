"""The dates of an edition as a calendar (RFC 5545)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from sqcuola.editions.models import Edition, Phase


def write(edition: Edition, url: str, at: datetime) -> bytes:
    """Return an iCalendar file with one event a date that a candidate must not miss; ends are said to the minute."""
    book = Calendar()
    book.add("prodid", "-//SQcuola//edition//IT")
    book.add("version", "2.0")
    book.add("x-wr-calname", edition.title)
    zone = ZoneInfo(edition.zone)
    for phase in edition.phases.all():
        for what, when in _events(phase):
            event = Event()
            event.add("uid", f"{edition.scope}-{phase.kind}-{what}@sqcuola")
            event.add("dtstamp", at)
            event.add("dtstart", when.astimezone(zone))
            event.add("summary", f"{edition.title}: {_title(phase, what)}")
            event.add("url", url)
            book.add_component(event)
    return bytes(book.to_ical())


def _events(phase: Phase) -> list[tuple[str, datetime]]:
    if phase.kind == Phase.Kind.CALL:
        return [("begins", phase.begins), ("ends", phase.ends)]
    return [("ends", phase.ends)] if phase.kind == Phase.Kind.RANKING else [("begins", phase.begins)]


def _title(phase: Phase, what: str) -> str:
    if phase.kind == Phase.Kind.CALL:
        return _("the call opens") if what == "begins" else _("the call closes")
    if phase.kind == Phase.Kind.RANKING:
        return _("the ranking is out by now")
    return str(Phase.Kind(phase.kind).label).lower()
