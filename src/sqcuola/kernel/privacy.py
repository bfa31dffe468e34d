"""The privacy register: what the house keeps about people, why, for how long, and what becomes of it.

Each room lists its models in `privacy.py`: every model that reaches a person has an `Entry`, and a test fails on one
that has none. Export and erasure go through the entries, the highest room first, so that what points down goes first.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
NOTHING: Final = ()


class Basis(models.TextChoices):
    """On what ground the house may keep it (GDPR, article 6)."""

    CONTRACT = "contract", _("needed for what the person asked us to do")
    CONSENT = "consent", _("the person agreed, and can take it back")
    DUTY = "duty", _("a law asks for it")
    INTEREST = "interest", _("the school needs it, and it weighs little on the person")


class Fate(models.TextChoices):
    """What becomes of a row when its person is erased."""

    ERASED = "erased", _("erased")
    ANONYMOUS = "anonymous", _("made anonymous")
    KEPT = "kept", _("kept")


@dataclass(frozen=True, slots=True)
class Entry:
    """One model in the register.

    `rows` finds a person's rows: the path to the person ("application__person"), or a function of the person.
    `exported` names the fields that the person gets, or is a function of a row; NOTHING needs a `why`.
    ERASED rows are deleted; ANONYMOUS ones get the values of `blank`; `erase(person, at)` does either in its own way.
    KEPT and ANONYMOUS need a `why`. `files` names the stored files of a row, for the export. `leads_on` is False for
    a thing that may name a person in passing, as an edition names whom to ask: what belongs to it says nothing of them.
    `always_empty` is a table that comes with a library and holds nothing: the register tells of it, people need not read it.
    """

    model: type[models.Model]
    purpose: Words
    basis: Basis
    fate: Fate
    until: Words
    rows: str | Callable[[Any], QuerySet[Any]]
    exported: tuple[str, ...] | Callable[[Any], Mapping[str, Any]]
    why: Words = ""
    blank: Mapping[str, Any] | None = None
    erase: Callable[[Any, datetime], None] | None = None
    files: Callable[[Any], Iterable[Any]] | None = None
    leads_on: bool = True
    always_empty: bool = False

    @property
    def room(self) -> str:
        """Return the room that wrote the entry: the model's own, or for others' models the one that registers it."""
        return self.model._meta.app_label

    def of(self, person: Any) -> QuerySet[Any]:
        """Return the person's rows."""
        if callable(self.rows):
            return self.rows(person)
        found: QuerySet[Any] = self.model._meta.base_manager.filter(**{self.rows: person.pk})
        return found


_entries: dict[type[models.Model], Entry] = {}


def register(*entries: Entry) -> None:
    """Put entries into the register; the order within a room is the order of erasure."""
    for entry in entries:
        name = entry.model.__name__
        if entry.model in _entries:
            raise ValueError(f"{name} stands in the privacy register twice.")
        if (entry.fate is not Fate.ERASED or entry.exported == NOTHING) and not entry.why:
            raise ValueError(f"{name}: say why it is {entry.fate.value}, or why it is not exported.")
        if entry.fate is Fate.ANONYMOUS and not (entry.blank or entry.erase):
            raise ValueError(f"{name}: say how it is made anonymous (blank or erase).")
        _entries[entry.model] = entry


def entries() -> list[Entry]:
    """Return the register, the highest room first; models of third parties after ours, the kernel's own at the end."""
    labels = [config.label for config in apps.get_app_configs()]

    def place(entry: Entry) -> tuple[bool, int]:
        return entry.room == "kernel", labels.index(entry.room)

    return sorted(_entries.values(), key=place)


def export(person: Any) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return everything about a person: by room, by model, a row as plain JSON-able values."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for entry in entries():
        if entry.exported == NOTHING:
            continue
        rows = [_row(entry, row) for row in entry.of(person).order_by("pk")]
        if rows:
            found.setdefault(entry.room, {})[entry.model._meta.model_name or ""] = rows
    return found


def files(person: Any) -> Iterator[tuple[str, Any]]:
    """Yield (folder, stored file) for each file of a person that belongs into the export."""
    for entry in entries():
        if entry.files is not None:
            for row in entry.of(person).order_by("pk"):
                for file in entry.files(row):
                    yield f"{entry.room}/{entry.model._meta.model_name}", file


@transaction.atomic
def erase(person: Any, at: datetime) -> None:
    """Erase a person everywhere, in one transaction. Entries are handed the person as they were before."""
    before = copy.copy(person)
    for entry in entries():
        if entry.erase is not None:
            entry.erase(before, at)
        elif entry.fate is Fate.ERASED:
            entry.of(before).delete()
        elif entry.blank:
            entry.of(before).update(**entry.blank)


def _row(entry: Entry, row: Any) -> dict[str, Any]:
    if callable(entry.exported):
        values = entry.exported(row)
    else:
        values = {name: getattr(row, name) for name in entry.exported}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal | timedelta):
        return str(value)
    return str(value)


def reaching_a_person(candidates: Iterable[type[models.Model]]) -> set[type[models.Model]]:
    """Return the models from which a chain of relations leads to a person, or that hold an address or account id."""
    listed = list(candidates)
    found = {get_user_model(), *(model for model in listed if _holds_a_person(model))}
    ends = {model for model, entry in _entries.items() if not entry.leads_on}
    while more := {model for model in listed if model not in found and _points_at(model) & (found - ends)}:
        found |= more
    return found & set(listed)


def _points_at(model: type[models.Model]) -> set[Any]:
    relations = [*model._meta.fields, *model._meta.many_to_many]
    return {field.related_model for field in relations if field.is_relation}


def _holds_a_person(model: type[models.Model]) -> bool:
    return any(
        isinstance(field, models.EmailField) or field.name in {"account_id", "person_id", "session_key"}
        for field in model._meta.fields
        if not field.is_relation
    )


def without_entry(candidates: Iterable[type[models.Model]]) -> list[str]:
    """Return the models that reach a person and stand not in the register."""
    return sorted(
        f"{model._meta.app_label}.{model.__name__}"
        for model in reaching_a_person(candidates)
        if model not in _entries and not model._meta.proxy
    )


def as_markdown() -> str:
    """Return docs/privacy-register.md."""
    lines = [
        "# Privacy register",
        "",
        "Printed by `sqcuola privacy-register` from each room's `privacy.py`. What the house keeps about people, on which",
        "ground, for how long, and what becomes of it when a person asks to be erased.",
    ]
    room = ""
    for entry in entries():
        if entry.room != room:
            room = entry.room
            lines += [
                "",
                f"## {room}",
                "",
                "| what | what for | ground | kept | the person gets | when the person is erased |",
                "|---|---|---|---|---|---|",
            ]
        gets = "nothing" if entry.exported == NOTHING else _fields(entry)
        fate = f"{entry.fate.label}{f': {entry.why}' if entry.why else ''}"
        lines.append(
            f"| {entry.model.__name__} | {entry.purpose} | {entry.basis.label} | {entry.until} | {gets} | {fate} |"
        )
    return "\n".join(lines) + "\n"


def _fields(entry: Entry) -> str:
    return "all that is theirs" if callable(entry.exported) else ", ".join(entry.exported)
