"""Seats are offered in the order of the ranking. A seat that is declined, or not answered for, goes to the next.

Every change of an offer holds the row of its edition, so that no two of them see the same free seat.
"""

from datetime import datetime, timedelta

from django.db import transaction

from sqcuola.admissions import rules
from sqcuola.admissions.acts import OfferAccepted, OfferDeclined, OfferExpired, OfferMade
from sqcuola.admissions.models import Offer, Ranking, RankingLine
from sqcuola.editions.models import Edition, Group, Membership, Seat
from sqcuola.kernel import acts
from sqcuola.people.models import Person

ALIVE = (Offer.State.MADE, Offer.State.ACCEPTED)


def call_up(edition: Edition, *, by: Person | None, at: datetime) -> list[Offer]:
    """Let what ran out expire, offer every free seat to the next in the ranking, and return the new offers.

    May run as often as one likes: where no seat is free, or nobody waits, nothing happens.
    """
    with transaction.atomic():
        ranking = _hold(edition)
        if ranking is None or (edition.cancelled_at and edition.cancelled_at <= at):
            return []
        _expire(edition, at)
        deadline = at + timedelta(hours=ranking.answer_hours)
        return [
            _offer(edition, seat, line, deadline, by, at)
            for seat, line in zip(_free(edition), _waiting(ranking), strict=False)
        ]


def _hold(edition: Edition) -> Ranking | None:
    """Lock the edition's row until the transaction ends, and return its ranking if it is closed."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    return Ranking.objects.filter(edition=edition).first()


def _expire(edition: Edition, at: datetime) -> None:
    late = Offer.objects.filter(
        seat__edition=edition, state=Offer.State.MADE, deadline__lte=at
    ).select_related("seat", "application__person")
    for offer in late:
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


def _free(edition: Edition) -> list[Seat]:
    there = set(Seat.objects.filter(edition=edition).values_list("number", flat=True))
    Seat.objects.bulk_create(
        Seat(edition=edition, number=number)
        for number in range(1, edition.seats_offered + 1)
        if number not in there
    )
    return list(
        Seat.objects.filter(edition=edition, holder=None, number__lte=edition.seats_offered).order_by(
            "number"
        )
    )


def _waiting(ranking: Ranking) -> list[RankingLine]:
    return list(
        ranking.lines.filter(application__offer=None, application__withdrawn_at=None)
        .select_related("application__person")
        .order_by("place")
    )


def _offer(
    edition: Edition, seat: Seat, line: RankingLine, deadline: datetime, by: Person | None, at: datetime
) -> Offer:
    person = line.application.person
    seat.holder = person
    seat.save(update_fields=["holder"])
    offer = Offer.objects.create(seat=seat, application=line.application, made_at=at, deadline=deadline)
    acts.record(
        OfferMade(edition=edition.pk, offer=offer.pk, seat=seat.number, deadline=deadline),
        by=by,
        at=at,
        scope=edition.scope,
        subject=person,
    )
    return offer


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
        group, _made = Group.objects.get_or_create(
            edition=edition, kind=Group.Kind.CLASS, defaults={"name": edition.title}
        )
        Membership.objects.get_or_create(group=group, person=by, ends=None, defaults={"begins": at})
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
