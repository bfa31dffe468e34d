"""Who the people of the school are, for the privacy of profiles; and of whose work a second factor is asked."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from sqcuola.editions.models import Group, Membership, Role
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared
from sqcuola.people import circles, links, second_factor
from sqcuola.people.models import Person

WITH_THE_CLASS = (Role.Kind.COORDINATOR, Role.Kind.TEACHER, Role.Kind.TUTOR, Role.Kind.MENTOR)
GUARDED = (Role.Kind.COORDINATOR, Role.Kind.TREASURER, Role.Kind.PAPERS)


def is_member(person: Person) -> bool:
    """Tell whether somebody is, or was, in a class or entrusted with something."""
    return Membership.objects.filter(person=person).exists() or Role.objects.filter(person=person).exists()


def classmates(person: Person, among: Collection[int]) -> set[int]:
    """Return which of these ids belong to people of a class that somebody is or was in, ran or taught; whoever did so too."""
    works = Role.objects.filter(person=person, kind__in=WITH_THE_CLASS).values("edition")
    classes = Group.objects.filter(
        Q(memberships__person=person) | Q(edition__in=works), kind=Group.Kind.CLASS
    )
    mates = Membership.objects.filter(group__in=classes, person_id__in=among)
    staff = Role.objects.filter(edition__groups__in=classes, person_id__in=among)
    return {*mates.values_list("person_id", flat=True), *staff.values_list("person_id", flat=True)}


def runs_something(person: Person, at: datetime) -> bool:
    """Tell whether somebody runs an edition, handles money or opens papers that say why somebody needs help."""
    return _guarded.first(person.pk, at) is not None


@prepared
def _guarded(person: int, at: datetime) -> QuerySet[Role, int]:
    return Role.objects.filter(lasting(at), person=person, kind__in=GUARDED).values_list("pk", flat=True)[:1]


def who_runs_something(at: datetime) -> set[int]:
    """Return the ids of everybody of whom `runs_something` is true."""
    held = Role.objects.filter(lasting(at), kind__in=GUARDED)
    return set(held.values_list("person_id", flat=True))


def register() -> None:
    circles.register(is_member=is_member, classmates=classmates)
    links.widen("editions:invitation", "editions:answer_invitation")
    second_factor.register_requirement("editions", asks=runs_something, who=who_runs_something)
