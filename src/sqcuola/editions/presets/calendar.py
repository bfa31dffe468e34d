"""From one day to all dates: each phase says after what it begins, on which weekday, at what hour, and for how long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqcuola.editions.models import Phase

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
MIDNIGHT = time(0)
Dates = dict[str, tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Timing:
    """When a phase is. It begins `after` days past the starting day, or past the end of the phase `follows`.

    The day is moved on to `weekday`. It lasts `days` whole days, up to midnight; with `hours`, that long on one day.
    """

    kind: Phase.Kind
    follows: tuple[Phase.Kind, ...] = ()
    after: int = 0
    weekday: int | None = None
    at: time = time(9)
    days: int = 0
    hours: int = 0
    until: int | None = None
    why: object = ""


def onto(day: date, weekday: int | None) -> date:
    """Return the day itself, or the next one that falls on a weekday."""
    return day if weekday is None else day + timedelta(days=(weekday - day.weekday()) % 7)


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant at which the clocks of a zone show this day and hour."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def fill(timings: Iterable[Timing], starts: date, zone: ZoneInfo) -> Dates:
    """Return the dates of each phase, in UTC. A phase that follows one that is left out follows the one before it."""
    filled: Dates = {}
    for timing in timings:
        day = onto(_base(timing, starts, filled, zone) + timedelta(days=timing.after), timing.weekday)
        begins = instant(day, timing.at, zone)
        filled[timing.kind] = (begins, _ends(timing, day, begins, zone))
    return filled


def _base(
    timing: Timing, starts: date, filled: Mapping[str, tuple[datetime, datetime]], zone: ZoneInfo
) -> date:
    for kind in timing.follows:
        if kind in filled:
            # The first refused instant of a day's end is midnight of the next: the day meant is the one before.
            return (filled[kind][1].astimezone(zone) - timedelta(microseconds=1)).date()
    return starts


def _ends(timing: Timing, day: date, begins: datetime, zone: ZoneInfo) -> datetime:
    if timing.hours:
        return begins + timedelta(hours=timing.hours)
    last = onto(day + timedelta(days=timing.days - 1), timing.until)
    return instant(last + timedelta(days=1), MIDNIGHT, zone)
