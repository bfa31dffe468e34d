"""What lies before a person as a calendar file (RFC 5545), to take into the calendar they live by."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from sqcuola.kernel.agenda import Entry, Kind

BEFORE = timedelta(days=1)


def write(entries: Iterable[Entry], *, name: str, site: str, at: datetime) -> bytes:
    """Return one event for each entry that has an hour, with a reminder the day before; what merely waits has none.

    `name` is what the calendar is called, `site` the beginning of the addresses of pages.
    """
    book = Calendar()
    book.add("prodid", "-//SQcuola//desk//IT")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for entry in entries:
        if entry.kind is not Kind.OPEN:
            book.add_component(_event(entry, site, at))
    return bytes(book.to_ical())


def _event(entry: Entry, site: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@sqcuola")
    event.add("dtstamp", at)
    event.add("dtstart", entry.when.astimezone(ZoneInfo(entry.zone or "UTC")))
    event.add("summary", str(entry.what))
    event.add("url", site + entry.url)
    if entry.place:
        event.add("location", str(entry.place))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(entry.what))
    alarm.add("trigger", -BEFORE)
    event.add_component(alarm)
    return event
