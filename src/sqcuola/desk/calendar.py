"""What lies before a person, for the calendar they live by."""

from collections.abc import Iterable
from datetime import datetime

from sqcuola.kernel import calendars
from sqcuola.kernel.agenda import Entry, Kind


def write(entries: Iterable[Entry], *, name: str, site: str, at: datetime) -> bytes:
    """Return one event for each entry that has an hour, with a reminder the day before; what merely waits has none.

    `name` is what the calendar is called, `site` the beginning of the addresses of pages.
    """
    return calendars.write(
        (
            calendars.Date(
                key=entry.key,
                what=str(entry.what),
                when=entry.when,
                zone=entry.zone,
                url=site + entry.url,
                place=str(entry.place),
                reminds=True,
            )
            for entry in entries
            if entry.kind is not Kind.OPEN
        ),
        name=name,
        of="desk",
        at=at,
    )
