"""Dates as a calendar file (RFC 5545), to take into the calendar one lives by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Date:
    """One event. `key` is the same as long as it is the same thing; `zone` names the clocks it is said by.

    `reminds`: the calendar says so the day before.
    """

    key: str
    what: str
    when: datetime
    zone: str
    url: str
    place: str = ""
    reminds: bool = False


def write(dates: Iterable[Date], *, name: str, of: str, at: datetime) -> bytes:
    """Return a calendar file called `name`; `of` says in one word what made it."""
    book = Calendar()
    book.add("prodid", f"-//SQcuola//{of}//IT")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for date in dates:
        book.add_component(_event(date, at))
    return bytes(book.to_ical())


def _event(date: Date, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{date.key}@sqcuola")
    event.add("dtstamp", at)
    event.add("dtstart", date.when.astimezone(ZoneInfo(date.zone or "UTC")))
    event.add("summary", date.what)
    event.add("url", date.url)
    if date.place:
        event.add("location", date.place)
    if date.reminds:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", date.what)
        alarm.add("trigger", -BEFORE)
        event.add_component(alarm)
    return event
