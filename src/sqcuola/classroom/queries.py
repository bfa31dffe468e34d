"""Reads of a class: who is in it, as the one who looks may see them; who was asked into it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sqcuola.classroom.models import ClassInvitation, ClassRoom
from sqcuola.editions.models import Edition, Membership
from sqcuola.editions.queries import class_of, lasting
from sqcuola.people.models import Person
from sqcuola.people.queries import Seen, seen


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class: its people as the viewer may see them, how many there are, how many seats are still open."""

    edition: Edition
    people: list[Seen]
    how_many: int
    open_seats: int

    @property
    def unseen(self) -> int:
        """How many chose not to be seen by whoever looks."""
        return self.how_many - len(self.people)


def class_page(edition: Edition, viewer: Person, at: datetime) -> ClassPage:
    """Gather the page of a class, in the order in which people came in."""
    held = members(edition, at).select_related("person").order_by("begins", "pk")
    people = [member.person for member in held]
    return ClassPage(
        edition=edition,
        people=seen(people, viewer),
        how_many=len(people),
        open_seats=max(0, edition.seats_offered - len(people)),
    )


def room_of(edition: Edition, at: datetime) -> ClassRoom:
    """Return the classroom of an edition, made with its class."""
    room, _made = ClassRoom.objects.get_or_create(group=class_of(edition), defaults={"made_at": at})
    return room


def members(edition: Edition, at: datetime) -> QuerySet[Membership]:
    """Return the memberships of the class that last at an instant."""
    return Membership.objects.filter(lasting(at), group__edition=edition, group__kind="class")


def invitations(edition: Edition) -> QuerySet[ClassInvitation]:
    """Return who was asked into a class, the newest first."""
    found = ClassInvitation.objects.filter(group__edition=edition, group__kind="class")
    return found.select_related("person").order_by("-sent_at", "-pk")


def members_and_invited(edition: Edition, at: datetime) -> set[int]:
    """Return the ids of who is in the class, or was asked and has not answered."""
    waiting = invitations(edition).filter(state=ClassInvitation.State.SENT)
    return {
        *members(edition, at).values_list("person_id", flat=True),
        *waiting.values_list("person_id", flat=True),
    }


def free_seats(edition: Edition, at: datetime) -> int:
    """Count the seats that are neither taken nor promised."""
    return max(0, edition.seats_offered - len(members_and_invited(edition, at)))


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """Who was asked into a class and how they answered, how many are in it, how many seats can still be promised."""

    waiting: list[ClassInvitation]
    declined: list[ClassInvitation]
    how_many: int
    free: int


def invitations_page(edition: Edition, at: datetime) -> InvitationsPage:
    """Gather the page of who is invited. A seat is promised to few: the list is not longer than the class."""
    asked = list(
        invitations(edition).exclude(state__in=["accepted", "withdrawn"])[: 2 * edition.seats_offered]
    )
    waiting = [one for one in asked if one.state == ClassInvitation.State.SENT]
    again = {one.person_id for one in waiting}
    return InvitationsPage(
        waiting=waiting,
        declined=[one for one in asked if one.state != "sent" and one.person_id not in again],
        how_many=members(edition, at).count(),
        free=free_seats(edition, at),
    )


def own_invitation(person: Person, slug: str) -> ClassInvitation:
    """Return the newest invitation of a person into the class of an edition."""
    found = ClassInvitation.objects.filter(person=person, group__edition__slug=slug)
    newest = found.select_related("group__edition", "by").order_by("-sent_at", "-pk").first()
    if newest is None:
        raise ClassInvitation.DoesNotExist
    return newest


def invitation_for(_person: Person | None, slug: str, number: int) -> ClassInvitation:
    """Load an invitation for who coordinates the edition; the rule says whether they do."""
    return ClassInvitation.objects.select_related("group__edition", "person").get(
        pk=number, group__edition__slug=slug
    )
