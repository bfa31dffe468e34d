"""Seats are offered in the order of the ranking. A seat that is declined, or not answered for, goes to the next.

Every change of an offer holds the row of its edition, so that no two of them see the same free seat.
"""

from datetime import datetime, timedelta

from django.db import transaction

from sqcuola.admissions import rules
from sqcuola.admissions.acts import OfferAccepted, OfferDeclined, OfferExpired, OfferMade, WaitingListEnded
from sqcuola.admissions.models import Application, Offer, Ranking
from sqcuola.admissions.queries.line import in_line, in_order, waiting
from sqcuola.editions.models import Edition, Membership, Seat
from sqcuola.editions.queries import class_of
from sqcuola.kernel import acts
from sqcuola.methods import seats
from sqcuola.people.models import Person


def call_up(edition: Edition, *, by: Person | None, at: datetime) -> list[Offer]:
    """Let what ran out expire, offer every free seat to the next in the ranking, and return the new offers.

    From the beginning of the class nothing is offered any more: whoever still waits knows that the wait is over.
    May run as often as one likes: where no seat is free, or nobody waits, nothing happens.
    """
    with transaction.atomic():
        ranking = _hold(edition)
        if ranking is None or (edition.cancelled_at and edition.cancelled_at <= at):
            return []
        lines = {line.pk: line for line in in_order(ranking)}
        todo = seats.moves([in_line(line) for line in lines.values()], _numbers(edition), at)
        for key in todo.expired:
            _expire(edition, lines[key].application.offer, at)
        if not rules.line_is_open(edition, at):
            return []
        deadline = at + timedelta(hours=ranking.answer_hours)
        return [
            _offer(edition, number, lines[key].application, deadline, by=by, at=at)
            for key, number in todo.offered
        ]


def _hold(edition: Edition) -> Ranking | None:
    """Lock the edition's row until the transaction ends, and return its ranking if it is closed."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    return Ranking.objects.filter(edition=edition).first()


def _numbers(edition: Edition) -> list[int]:
    return list(range(1, edition.seats_offered + 1))


def _expire(edition: Edition, offer: Offer, at: datetime) -> None:
    _end(offer, Offer.State.EXPIRED, at)
    acts.record(
        OfferExpired(edition=edition.pk, offer=offer.pk, seat=offer.seat.number),
        by=acts.SYSTEM,
        at=at,
        scope=edition.scope,
        subject=offer.application.person,
    )


def _end(offer: Offer, state: Offer.State, at: datetime) -> None:
    offer.state, offer.answered_at = state, at
    offer.save(update_fields=["state", "answered_at"])
    if state != Offer.State.ACCEPTED:
        Seat.objects.filter(pk=offer.seat_id).update(holder=None)


def _offer(
    edition: Edition,
    number: int,
    application: Application,
    deadline: datetime,
    *,
    by: Person | None,
    at: datetime,
) -> Offer:
    person = application.person
    seat, _made = Seat.objects.get_or_create(edition=edition, number=number)
    seat.holder = person
    seat.save(update_fields=["holder"])
    offer = Offer.objects.create(seat=seat, application=application, made_at=at, deadline=deadline)
    acts.record(
        OfferMade(edition=edition.pk, offer=offer.pk, seat=seat.number, deadline=deadline),
        by=by,
        at=at,
        scope=edition.scope,
        subject=person,
    )
    return offer


def end_line(edition: Edition, *, at: datetime) -> bool:
    """Note, once, that the waiting list ended with the beginning of the class; who waits is told by a job of its own.

    Returns whether this call ended it. An offer that is still open stays open: only what follows it is over.
    """
    with transaction.atomic():
        ranking = _hold(edition)
        edition.refresh_from_db(fields=["cancelled_at"])
        off = edition.cancelled_at and edition.cancelled_at <= at
        if ranking is None or ranking.line_ended_at or off or rules.line_is_open(edition, at):
            return False
        ranking.line_ended_at = at
        ranking.save(update_fields=["line_ended_at"])
        acts.record(
            WaitingListEnded(edition=edition.pk, waiting=waiting(edition.pk).count()),
            by=acts.SYSTEM,
            at=at,
            scope=edition.scope,
        )
    return True


def accept(offer: Offer, *, by: Person, at: datetime) -> None:
    """Take the seat: from this instant the person is in the class. A second click finds it taken, and is no fault."""
    edition = offer.application.edition
    with transaction.atomic():
        _hold(edition)
        offer.refresh_from_db(fields=["state", "deadline"])
        if offer.state == Offer.State.ACCEPTED and offer.application.person_id == by.pk:
            return
        rules.may_answer(by, offer, at).or_refuse()
        _end(offer, Offer.State.ACCEPTED, at)
        Membership.objects.get_or_create(
            group=class_of(edition), person=by, ends=None, defaults={"begins": at}
        )
        acts.record(
            OfferAccepted(edition=edition.pk, offer=offer.pk, seat=offer.seat.number),
            by=by,
            at=at,
            scope=edition.scope,
            subject=by,
        )


def decline(offer: Offer, *, by: Person, at: datetime) -> None:
    """Leave the seat to the next, who is offered it at once."""
    edition = offer.application.edition
    with transaction.atomic():
        _hold(edition)
        offer.refresh_from_db(fields=["state", "deadline"])
        rules.may_answer(by, offer, at).or_refuse()
        _end(offer, Offer.State.DECLINED, at)
        acts.record(
            OfferDeclined(edition=edition.pk, offer=offer.pk, seat=offer.seat.number),
            by=by,
            at=at,
            scope=edition.scope,
            subject=by,
        )
        call_up(edition, by=acts.SYSTEM, at=at)
