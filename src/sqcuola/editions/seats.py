"""Seats: the lowest free number is taken, whoever comes at the same instant; a seat given back is free again."""

from datetime import datetime

from django.db import transaction

from sqcuola.editions.models import Edition, Seat
from sqcuola.people.models import Person


@transaction.atomic
def take(edition: Edition, person: Person, at: datetime) -> Seat | None:
    """Give a person the lowest free seat and return it: the one they hold, if they hold one; None if none is free.

    `at` is the instant of the act in whose transaction this happens. The edition's row is held until then.
    """
    del at  # a seat has no dates: the offer and the membership have
    offered = Edition.objects.select_for_update().get(pk=edition.pk).seats_offered
    seats = {seat.number: seat for seat in Seat.objects.filter(edition=edition)}
    for seat in seats.values():
        if seat.holder_id == person.pk:
            return seat
    for number in range(1, offered + 1):
        seat = seats.get(number) or Seat(edition=edition, number=number)
        if seat.holder_id is None:
            seat.holder = person
            seat.save()
            return seat
    return None


@transaction.atomic
def release(edition: Edition, person: Person) -> bool:
    """Free the seat a person holds; False if they held none."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    return Seat.objects.filter(edition=edition, holder=person).update(holder=None) > 0


def free(edition: Edition) -> int:
    """Count the seats that nobody holds."""
    held = Seat.objects.filter(edition=edition, number__lte=edition.seats_offered).exclude(holder=None)
    return edition.seats_offered - held.count()
