"""What the house keeps about a person, told by what it is about: how many things there are, then what for and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.functional import Promise

from sqcuola.kernel import privacy
from sqcuola.people.models import Person

OWN = "people"  # where tables of libraries are told of: they are about ways in
HOUSE = "sqcuola."


@dataclass(slots=True)
class Kept:
    """One topic: `count` is how many things it holds about the person, `entries` say what for."""

    title: str | Promise
    count: int = 0
    entries: list[privacy.Entry] = field(default_factory=list)


def told_once(entries: Iterable[privacy.Entry]) -> list[privacy.Entry]:
    """Return entries without those that read the same or hold nothing: a person reads what for, not which table."""
    said = {
        (str(entry.purpose), entry.basis, str(entry.until), entry.fate, str(entry.why)): entry
        for entry in entries
        if not entry.always_empty
    }
    return list(said.values())


def kept_about(person: Person) -> list[Kept]:
    """Return what is kept about a person by topic, in the order of the house, topics that hold nothing last.

    One small query for each table of the register: the page is asked for once in a while, by one person.
    """
    found: dict[str, Kept] = {}
    for entry in privacy.entries():
        topic = found.setdefault(_topic(entry), Kept(apps.get_app_config(_topic(entry)).verbose_name))
        topic.entries.append(entry)
        topic.count += 0 if entry.always_empty else entry.of(person).order_by().count()
    for topic in found.values():
        topic.entries = told_once(topic.entries)
    return sorted((topic for topic in found.values() if topic.entries), key=lambda topic: not topic.count)


def _topic(entry: privacy.Entry) -> str:
    """Return the room whose topic an entry belongs to."""
    return entry.room if apps.get_app_config(entry.room).name.startswith(HOUSE) else OWN
