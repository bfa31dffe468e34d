"""Roles: given, handed over, ended."""

from datetime import datetime

from django.db import transaction

from sqcuola.editions import rules
from sqcuola.editions.acts import RoleEnded, RoleGiven
from sqcuola.editions.models import Edition, Role
from sqcuola.kernel import acts
from sqcuola.people.models import Person


def _scope(edition: Edition | None) -> str:
    return edition.scope if edition else acts.HOUSE


@transaction.atomic
def give_role(
    edition: Edition | None, person: Person, kind: str, *, about: str = "", by: Person | None, at: datetime
) -> Role:
    """Entrust a person with a role from now on, and return it; the one they hold, if they hold it already.

    By the system (`by=None`) when it follows from something else: who begins an edition coordinates it.
    """
    if by is not None and edition is not None:
        rules.may_give_roles(by, edition, at).or_refuse()
    elif by is not None:
        rules.may_create_edition(by, at).or_refuse()
    rules.may_hold(person, kind, edition, at).or_refuse()
    role, made = Role.objects.get_or_create(
        edition=edition, person=person, kind=kind, ends=None, defaults={"begins": at, "about": about}
    )
    if made:
        act = RoleGiven(edition.pk if edition else None, Role.Kind(kind))
        acts.record(act, by=by, at=at, scope=_scope(edition), subject=person)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Person, at: datetime) -> None:
    """End a role now. What was done in it stays done."""
    rules.may_end_role(by, role, at).or_refuse()
    _end(role, by=by, at=at)


def _end(role: Role, *, by: Person | None, at: datetime) -> None:
    role.ends = at
    role.save(update_fields=["ends"])
    act = RoleEnded(role.edition_id, Role.Kind(role.kind))
    acts.record(act, by=by, at=at, scope=_scope(role.edition), subject=role.person)


@transaction.atomic
def hand_over(role: Role, to: Person, *, by: Person, at: datetime) -> Role:
    """Give a role to somebody else and end it for who held it, in one step: never nobody, never by halves."""
    if role.person_id != by.pk and role.edition is not None:
        rules.may_give_roles(by, role.edition, at).or_refuse()
    given = give_role(role.edition, to, role.kind, about=role.about, by=acts.SYSTEM, at=at)
    rules.may_end_role(by, role, at).or_refuse()
    _end(role, by=by, at=at)
    return given
