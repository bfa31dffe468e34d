"""What this room does by itself, in time."""

from datetime import datetime, timedelta

from sqcuola.kernel.jobs import every
from sqcuola.people import codes, limits

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@every(HOUR, name="people.forget_codes")
def forget_codes(at: datetime) -> None:
    """Delete codes a day after they ended."""
    codes.forget(at)


@every(DAY, name="people.forget_tallies")
def forget_tallies(at: datetime) -> None:
    """Delete the counts of windows that are over."""
    limits.forget(at)
