"""Reads of a class: who is in it, as the one who looks may see them."""

from dataclasses import dataclass
from datetime import datetime

from sqcuola.classroom.models import ClassRoom
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
    members = (
        Membership.objects.filter(lasting(at), group__edition=edition, group__kind="class")
        .select_related("person")
        .order_by("begins", "pk")
    )
    people = [member.person for member in members]
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
