"""Two accounts of one person become one. Each room moves its own rows by a function it registers here."""

from collections.abc import Callable
from datetime import datetime

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import acts
from sqcuola.kernel.verdicts import Refused
from sqcuola.people import devices, mail, rules
from sqcuola.people.acts import PersonMerged
from sqcuola.people.models import Person

# (the account that stays, the account that goes, at)
Mover = Callable[[Person, Person, datetime], None]
_movers: dict[str, Mover] = {}


def register(room: str, mover: Mover) -> None:
    """Say how a room's rows move from the account that goes to the one that stays."""
    if room in _movers:
        raise ValueError(f"The room {room} is registered twice.")
    _movers[room] = mover


def carry(
    model: type[models.Model], field: str, stays: Person, goes: Person, *, once: tuple[str, ...] = ()
) -> None:
    """Move rows from one person to the other; where only one may stand for each `once`, the row that stays wins."""
    manager = model._meta.base_manager
    theirs = manager.filter(**{field: goes})
    if once == () and _one_a_person(model, field):
        if manager.filter(**{field: stays}).exists():
            theirs.delete()
    elif once:
        for row in theirs:
            same = {name: getattr(row, name) for name in once}
            if manager.filter(**{field: stays}, **same).exists():
                row.delete()
    manager.filter(**{field: goes}).update(**{field: stays})


@transaction.atomic
def merge(goes: Person, *, into: Person, by: Person, at: datetime) -> None:
    """Move all that belongs to `goes` into `into`, and empty the account that goes.

    Both have been proved by the one who asks. A room that has no mover and has rows of the account that goes refuses:
    nothing is lost silently.
    """
    rules.may_merge(by, goes, into, at).or_refuse()
    rows = sum(number for _model, number in still_pointing(goes))
    for mover in _movers.values():
        mover(into, goes, at)
    if left := still_pointing(goes):
        raise Refused(
            _(
                "The other account has things here that cannot be moved by themselves ({what}). Write to the school."
            ).format(what=", ".join(str(model._meta.verbose_name) for model, _number in left))
        )
    acts.join(goes, into)
    old = goes.email
    devices.end_others(goes)
    goes.delete()
    acts.record(PersonMerged(rows=rows), by=by, at=at, subject=into)
    for address in (old, into.email):
        mail.post(
            "merged",
            key=f"people.merged:{into.pk}:{at.isoformat()}:{address == old}",
            to=address,
            language=into.language,
            at=at,
            person=into,
            old=old,
        )


def still_pointing(person: Person) -> list[tuple[type[models.Model], int]]:
    """Return the models that have rows of a person, with how many."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Person:
                number = model._meta.base_manager.filter(**{field.name: person}).count()
                if number:
                    found.append((model, number))
    return found


def _one_a_person(model: type[models.Model], field: str) -> bool:
    return bool(getattr(model._meta.get_field(field), "unique", False))
