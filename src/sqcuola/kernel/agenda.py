"""What lies before a person: each room says its own part, and one list is made of all. There is no calendar table.

A room registers in its `agenda.py`; my desk, a person's calendar file and the reminders read `for_person`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


class Kind(Enum):
    """What an entry asks for."""

    DEADLINE = "deadline"  # what is over at `when`; what is to be done is done before
    EVENT = "event"  # something that takes place at `when`
    OPEN = "open"  # something one can do from `when` on


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing. `act` is what the button says; without it there is nothing to do but know.

    `zone` names the clocks it is said by ("Europe/Rome"), where they are not the school's.
    `key` is the same for the same thing as long as it exists ("admissions.offer:17"), whatever its instant becomes.
    """

    when: datetime
    what: Words
    url: str
    act: Words
    kind: Kind
    key: str
    ends: datetime | None = None
    place: Words = ""
    zone: str = ""


Source = Callable[[Any, datetime], Iterable[Entry]]

_sources: dict[str, Source] = {}


def register(room: str, for_person: Source) -> None:
    """Say what a room has for a person: `for_person(person, at)`, at a fixed number of queries."""
    if room in _sources:
        raise ValueError(f"The room {room} has two agendas.")
    _sources[room] = for_person


def for_person(person: Any, at: datetime) -> list[Entry]:
    """Return everything the rooms have for a person, the nearest first; of one instant, what is to be done first."""
    entries = [entry for source in _sources.values() for entry in source(person, at)]
    return sorted(entries, key=lambda entry: (entry.when, not entry.act, entry.key))
