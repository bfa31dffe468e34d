"""Whom each audience reaches. Roles and memberships are read once for all of them, per person and instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, QuerySet, Value

from sqcuola.editions.models import Edition, Group, Membership, Role
from sqcuola.editions.queries import lasting
from sqcuola.kernel.acts import EVERYWHERE, HOUSE, register_audience
from sqcuola.kernel.audiences import Reach
from sqcuola.kernel.once import once
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a person belongs at one instant: scopes by role, classes by scope, groups by id; and what is closed by then."""

    roles: tuple[tuple[str, str | None], ...]
    groups: tuple[tuple[int, str, str], ...]
    closed: tuple[str, ...]

    def scopes(self, kind: str) -> Reach:
        """Return the scopes in which a role of this kind is held, EVERYWHERE for one of the whole house."""
        found = [scope for held, scope in self.roles if held == kind]
        return EVERYWHERE if None in found else [scope for scope in found if scope]


@once
def belonging(person: Person, at: datetime) -> Belonging:
    """Return where a person belongs."""
    rows = _rows(person.pk, at)
    return Belonging(
        tuple((kind, scope) for group, kind, scope in rows if group == 0),
        tuple((group, kind, scope or "") for group, kind, scope in rows if group > 0),
        tuple(scope or "" for group, _kind, scope in rows if group < 0),
    )


@prepared
def _rows(person: int, at: datetime) -> QuerySet[Any, tuple[int, str, str | None]]:
    """Return (0, kind, scope) for each role, (number, kind, scope) for each group of a person.

    With them (-1, "", scope) for each edition whose ranking is closed: there are few, and they cost no question more.
    """
    roles = Role.objects.filter(lasting(at), person=person).values_list(
        Value(0, output_field=BigIntegerField()), "kind", "edition__scope"
    )
    groups = Membership.objects.filter(lasting(at), person=person).values_list(
        "group_id", "group__kind", "group__edition__scope"
    )
    closed = _closed(at).values_list(
        Value(-1, output_field=BigIntegerField()), Value("", output_field=CharField()), "scope"
    )
    return roles.union(groups, closed, all=True)


def _closed(at: datetime) -> QuerySet[Edition]:
    return Edition.objects.filter(ranking_closed_at__lte=at)


def _public(_person: Person | None, _at: datetime) -> Reach:
    return EVERYWHERE


def _members(person: Person | None, at: datetime) -> Reach:
    """Whoever is in a class or entrusted with something; an applicant is not."""
    if person is None:
        return []
    here = belonging(person, at)
    return EVERYWHERE if here.roles or here.groups or person.is_administrator else []


def _class(person: Person | None, at: datetime) -> Reach:
    """Who is in the class of the edition, and who runs it."""
    if person is None:
        return []
    here = belonging(person, at)
    runs = here.scopes(Role.Kind.COORDINATOR)
    if not isinstance(runs, list):
        return runs
    return [*runs, *(scope for _id, kind, scope in here.groups if kind == Group.Kind.CLASS)]


def _group(person: Person | None, at: datetime) -> Reach:
    return [] if person is None else [str(group) for group, _kind, _scope in belonging(person, at).groups]


def _staff(person: Person | None, at: datetime) -> Reach:
    """Who runs the edition. Readers and jurors are no staff: they must not learn who applied."""
    if person is None:
        return []
    runs = belonging(person, at).scopes(Role.Kind.COORDINATOR)
    return [*runs, HOUSE] if person.is_administrator and isinstance(runs, list) else runs


def _treasury(person: Person | None, at: datetime) -> Reach:
    return [] if person is None else belonging(person, at).scopes(Role.Kind.TREASURER)


def _nobody_until_closed(person: Person | None, at: datetime) -> Reach:
    """Nobody, until the ranking of the edition is closed; then everybody."""
    return _closed(at).values_list("scope", flat=True) if person is None else belonging(person, at).closed


def register() -> None:
    """Tell the kernel who each audience is."""
    register_audience("public", _public)
    register_audience("members", _members)
    register_audience("class", _class)
    register_audience("group", _group, of="argument")
    register_audience("staff", _staff)
    register_audience("treasury", _treasury)
    register_audience("nobody-until-closed", _nobody_until_closed)
