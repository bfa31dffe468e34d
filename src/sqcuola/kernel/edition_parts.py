"""What each room does when an edition begins, is copied, is cancelled, or goes on with one stage less or more.

A room registers in its `edition_parts.py`; `editions` calls all of them through here, in one transaction. Beginning,
copying and taking in go from the lowest floor up, since a room builds on what is below; cancelling and leaving out from the top down.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing that a preset decided, and why: shown on one page, so that nobody has to guess."""

    what: Words
    why: Words


Defaults = Callable[[Any, Any, datetime], Iterable[Decided]]
Copy = Callable[[Any, Any, timedelta, datetime], None]
Cancel = Callable[[Any, Any, datetime], None]
LeaveOut = Callable[[Any, str, Any, datetime], None]
TakeIn = Callable[[Any, str, Any, datetime], None]
Move = Callable[[Any, str, datetime, datetime], None]


@dataclass(frozen=True, slots=True)
class Part:
    """What one room does; each may be missing.

    `defaults(edition, preset, at)`, `copy(old, new, shift, at)`, `cancel(edition, by, at)`, `leave_out(edition, kind, by, at)`,
    `take_in(edition, kind, by, at)`, `move(edition, kind, ends, at)`, which may refuse that a stage ends then.
    """

    room: str
    defaults: Defaults | None = None
    copy: Copy | None = None
    cancel: Cancel | None = None
    leave_out: LeaveOut | None = None
    take_in: TakeIn | None = None
    move: Move | None = None


_parts: dict[str, Part] = {}


def register(
    room: str,
    *,
    defaults: Defaults | None = None,
    copy: Copy | None = None,
    cancel: Cancel | None = None,
    leave_out: LeaveOut | None = None,
    take_in: TakeIn | None = None,
    move: Move | None = None,
) -> None:
    """Say what a room does with an edition."""
    if room in _parts:
        raise ValueError(f"The room {room} has registered its part already.")
    _parts[room] = Part(room, defaults, copy, cancel, leave_out, take_in, move)


def _upwards() -> list[Part]:
    labels = [config.label for config in apps.get_app_configs()]  # settings name the highest floor first
    return sorted(_parts.values(), key=lambda part: labels.index(part.room), reverse=True)


@transaction.atomic
def defaults(edition: Any, preset: Any, *, at: datetime) -> list[Decided]:
    """Let every room fill a new edition from a preset; return what was decided, each with its reason."""
    return [decided for part in _upwards() if part.defaults for decided in part.defaults(edition, preset, at)]


@transaction.atomic
def copy(old: Any, new: Any, *, shift: timedelta, at: datetime) -> None:
    """Let every room copy its part of an edition, without persons, its dates moved by `shift`."""
    for part in _upwards():
        if part.copy:
            part.copy(old, new, shift, at)


@transaction.atomic
def cancel(edition: Any, *, by: Any, at: datetime) -> None:
    """Let every room end what it had open for an edition that will not take place."""
    for part in reversed(_upwards()):
        if part.cancel:
            part.cancel(edition, by, at)


@transaction.atomic
def leave_out(edition: Any, kind: str, *, by: Any, at: datetime) -> None:
    """Let every room clear away what belonged to a stage that the edition does without."""
    for part in reversed(_upwards()):
        if part.leave_out:
            part.leave_out(edition, kind, by, at)


@transaction.atomic
def take_in(edition: Any, kind: str, *, by: Any, at: datetime) -> None:
    """Let every room fill its part of a stage that an edition takes in later."""
    for part in _upwards():
        if part.take_in:
            part.take_in(edition, kind, by, at)


def move(edition: Any, kind: str, ends: datetime, *, at: datetime) -> None:
    """Let every room refuse that a stage gets another end."""
    for part in _upwards():
        if part.move:
            part.move(edition, kind, ends, at)
