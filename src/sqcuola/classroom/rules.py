"""Who comes into a classroom: the class, and who works with it."""

from datetime import datetime

from sqcuola.editions.models import Edition, Group, Membership, Role
from sqcuola.editions.queries import lasting
from sqcuola.editions.rules import has_role
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict
from sqcuola.people.models import Person

STAFF = (Role.Kind.COORDINATOR, Role.Kind.TEACHER, Role.Kind.TUTOR, Role.Kind.MENTOR)


def in_class(person: Person, edition: Edition, at: datetime) -> bool:
    """Tell whether somebody holds a seat in the class of an edition at this instant."""
    return Membership.objects.filter(
        lasting(at), group__edition=edition, group__kind=Group.Kind.CLASS, person=person
    ).exists()


def may_enter(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may see the class."""
    if person is None:
        return HIDDEN
    if in_class(person, edition, at) or any(has_role(person, kind, edition, at) for kind in STAFF):
        return ALLOWED
    return HIDDEN
