"""The one clock of the house. A request asks once (`request.at`); a rule is told, never asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

_offset = timedelta()
_followed: Path | None = None
_read_at: tuple[int, int] | None = None
_stands: ContextVar[datetime | None] = ContextVar("stands", default=None)


def now() -> datetime:
    """Return the instant it is, aware, in UTC."""
    if (stands := _stands.get()) is not None:
        return stands
    if _followed is not None:
        _read_offset(_followed)
    return datetime.now(UTC) + _offset


@contextmanager
def standing(at: datetime) -> Iterator[None]:
    """Let it be `at` inside: a job is judged by one instant, as a request is."""
    token = _stands.set(at)
    try:
        yield
    finally:
        _stands.reset(token)


def shift(offset: timedelta) -> None:
    """Move this process's clock by an offset: only the rehearsal and tests do."""
    global _offset  # noqa: PLW0603 - one clock, one offset
    _offset = offset


def ahead(wanted: datetime) -> timedelta:
    """Return by how much the real clock would have to be moved to show an instant."""
    return wanted - datetime.now(UTC)


def follow(path: Path | None) -> None:
    """Take the offset, in seconds, from a file that the processes of a rehearsal share; None stops."""
    global _followed, _read_at
    _followed, _read_at = path, None


def _read_offset(path: Path) -> None:
    global _read_at  # noqa: PLW0603 - one clock, one file
    try:
        seen = path.stat()
        stamp = (seen.st_mtime_ns, seen.st_ino)
        if stamp != _read_at:
            shift(timedelta(seconds=float(path.read_text(encoding="ascii"))))
            _read_at = stamp
    except FileNotFoundError:
        shift(timedelta())
