"""The one clock of the house. A request asks once (`request.at`); a rule is told, never asks."""

from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    """Return the instant it is, aware, in UTC."""
    return datetime.now(UTC) + _offset


def shift(offset: timedelta) -> None:
    """Move this process's clock by an offset: only the rehearsal and tests do."""
    global _offset  # noqa: PLW0603 - one clock, one offset
    _offset = offset
