"""What this room does by itself, in time."""

from datetime import datetime, timedelta

from sqcuola.kernel.jobs import every
from sqcuola.people import codes, copies, erasure, limits

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@every(HOUR, name="people.forget_codes")
def forget_codes(at: datetime) -> None:
    """Delete codes a day after they ended."""
    codes.forget(at)


@every(DAY, name="people.forget_tallies")
def forget_tallies(at: datetime) -> None:
    """Delete the counts of windows that are over."""
    limits.forget(at)


@every(HOUR, name="people.forget_copies")
def forget_copies(at: datetime) -> None:
    """Delete copies whose week is over."""
    copies.forget(at)


@every(HOUR, name="people.forget_last_letters")
def forget_last_letters(_at: datetime) -> None:
    """Delete the last letters to erased people once they have left."""
    erasure.forget_last_letters()


@every(HOUR, name="people.forget_codes_sent")
def forget_codes_sent(at: datetime) -> None:
    """Empty letters that held a code which no longer opens."""
    codes.forget_letters(at)
