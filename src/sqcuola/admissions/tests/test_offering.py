import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import Q

from sqcuola.admissions import actions, jobs
from sqcuola.admissions.models import Application, Offer, Ranking, RankingLine
from sqcuola.admissions.queries.line import to_call_up
from sqcuola.admissions.tests.conftest import CLOSES, make_person
from sqcuola.editions.actions import change_seats
from sqcuola.editions.models import Edition, Membership, Phase, Seat
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people.erasure import erase

AT = CLOSES + timedelta(days=20)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def rank(edition, how_many):
    """Close a ranking of so many people, the first the best."""
    ranking = Ranking.objects.create(
        edition=edition, closed_at=AT, lot_seed="seed", digest="0" * 64, answer_hours=24
    )
    people = []
    for place in range(1, how_many + 1):
        person = make_person(f"P{place}")
        application = Application.objects.create(
            edition=edition,
            person=person,
            code=f"C{place}",
            test_code=f"T{place}",
            started_at=AT - 30 * HOUR,
            submitted_at=AT - 29 * HOUR,
            digest="1" * 64,
        )
        RankingLine.objects.create(
            ranking=ranking,
            application=application,
            place=place,
            points=100 - place,
            cv_points=0,
            lot=place,
            decided_by="points",
        )
        people.append(person)
    return people


def alive(edition):
    return Offer.objects.filter(seat__edition=edition, state__in=["made", "accepted"])


def offer_of(person):
    return Offer.objects.select_related("application__edition", "seat").get(application__person=person)


def test_seats_are_offered_in_order_and_never_one_too_many(edition):
    first, second, _third = rank(edition, 3)

    actions.call_up(edition, by=None, at=AT)
    actions.call_up(edition, by=None, at=AT)

    made = [
        (offer.seat.number, offer.application.person) for offer in alive(edition).order_by("seat__number")
    ]
    assert made == [(1, first), (2, second)]
    assert Act.objects.filter(verb="offer-made").count() == 2


def test_fewer_people_than_seats_leaves_seats_free(edition):
    rank(edition, 1)

    actions.call_up(edition, by=None, at=AT)

    assert alive(edition).count() == 1
    assert Seat.objects.filter(edition=edition).exclude(holder=None).count() == 1


def test_who_accepts_is_in_the_class(edition):
    first, *_others = rank(edition, 3)
    actions.call_up(edition, by=None, at=AT)

    actions.accept(offer_of(first), by=first, at=AT + HOUR)
    actions.accept(offer_of(first), by=first, at=AT + HOUR)

    assert Membership.objects.get().person == first
    assert Seat.objects.get(number=1).holder == first
    assert Act.objects.filter(verb="offer-accepted").count() == 1


def test_a_declined_seat_goes_to_the_next_at_once(edition):
    first, _second, third = rank(edition, 3)
    actions.call_up(edition, by=None, at=AT)

    actions.decline(offer_of(first), by=first, at=AT + HOUR)

    assert offer_of(third).seat.number == 1
    assert offer_of(third).deadline == AT + 25 * HOUR
    assert alive(edition).count() == 2


def test_an_offer_expires_by_the_clock_though_no_job_ran(edition):
    first, *_others = rank(edition, 3)
    actions.call_up(edition, by=None, at=AT)

    with pytest.raises(Refused):
        actions.accept(offer_of(first), by=first, at=AT + 24 * HOUR)

    actions.accept(offer_of(first), by=first, at=AT + 24 * HOUR - SECOND)
    assert offer_of(first).state == "accepted"


def test_expired_seats_are_called_up_once(edition):
    _first, _second, third = rank(edition, 3)
    actions.call_up(edition, by=None, at=AT)

    actions.call_up(edition, by=None, at=AT + 24 * HOUR)
    actions.call_up(edition, by=None, at=AT + 24 * HOUR)

    assert Offer.objects.filter(state="expired").count() == 2
    assert alive(edition).get().application.person == third
    assert Act.objects.filter(verb="offer-expired").count() == 2


def test_who_withdrew_is_passed_over(edition):
    _first, second, third = rank(edition, 3)
    Application.objects.filter(person=second).update(withdrawn_at=AT)

    actions.call_up(edition, by=None, at=AT)

    assert offer_of(third).seat.number == 2


def test_nobody_answers_for_another(edition):
    first, second, _third = rank(edition, 3)
    actions.call_up(edition, by=None, at=AT)

    with pytest.raises(Missing):
        actions.accept(offer_of(first), by=second, at=AT)
    with pytest.raises(Missing):
        actions.decline(offer_of(first), by=second, at=AT)


def test_a_cancelled_edition_offers_nothing(edition):
    rank(edition, 1)
    edition.cancelled_at = AT

    assert actions.call_up(edition, by=None, at=AT) == []


def test_a_seat_of_a_cancelled_edition_can_no_longer_be_taken(edition):
    first, *_others = rank(edition, 1)
    actions.call_up(edition, by=None, at=AT)
    Edition.objects.update(cancelled_at=AT + HOUR)

    with pytest.raises(Refused) as refused:
        actions.accept(offer_of(first), by=first, at=AT + HOUR)

    assert "annullata" in str(refused.value.reason)
    assert not Membership.objects.exists()


def test_an_erased_persons_seat_goes_to_the_next_by_itself(edition):
    first, _second, third = rank(edition, 3)
    actions.call_up(edition, by=None, at=AT)
    actions.accept(offer_of(first), by=first, at=AT + HOUR)

    erase(first, by=first, at=AT + 2 * HOUR)
    jobs.call_up_everywhere(AT + 3 * HOUR)

    assert offer_of(third).seat.number == 1


def test_more_seats_are_offered_by_themselves(edition, lidia):
    *_first, third = rank(edition, 3)
    actions.call_up(edition, by=None, at=AT)

    change_seats(edition, 3, reason="Una borsa in più", by=lidia, at=AT + HOUR)
    jobs.call_up_everywhere(AT + 2 * HOUR)

    assert offer_of(third).seat.number == 3


def test_from_the_beginning_of_the_class_nobody_is_called_up_any_more(edition):
    first, second, third = rank(edition, 3)
    begins = AT + 30 * HOUR
    Phase.objects.create(edition=edition, kind=Phase.Kind.CLASS, begins=begins, ends=begins + 9000 * HOUR)
    actions.call_up(edition, by=None, at=AT)
    actions.decline(offer_of(first), by=first, at=begins - 7 * HOUR)

    jobs.call_up_everywhere(begins)

    assert offer_of(second).state == "expired"
    assert offer_of(third).state == "made"
    actions.decline(offer_of(third), by=third, at=begins + HOUR)
    assert not alive(edition).exists()
    assert not to_call_up(begins + HOUR).exists()


def test_the_schedule_looks_only_where_there_is_something_to_do(edition):
    rank(edition, 2)
    actions.call_up(edition, by=None, at=AT)

    assert not to_call_up(AT + HOUR).exists()
    assert list(to_call_up(AT + 24 * HOUR)) == [edition]

    jobs.call_up_everywhere(AT + 24 * HOUR)

    assert not to_call_up(AT + 25 * HOUR).exists()


# On PostgreSQL, with two connections -------------------------------------------------------------------------


def together(*works):
    """Run each work on its own connection, all let go at the same instant; return what each came to."""
    gate = threading.Barrier(len(works))
    came_to = [None] * len(works)

    def run(index, work):
        try:
            gate.wait(5)
            came_to[index] = work()
        except (Refused, Missing) as refused:
            came_to[index] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return came_to


def within(edition):
    """Say whether every seat has at most one living offer, and the class no more people than seats."""
    living = list(alive(edition).values_list("seat_id", flat=True))
    people = Membership.objects.filter(group__edition=edition, ends=None).count()
    return len(living) == len(set(living)) <= edition.seats_offered and people <= edition.seats_offered


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_calling_up_at_once_offers_each_seat_once(edition, turn):
    rank(edition, 5)

    def call_up():
        return actions.call_up(Edition.objects.get(), by=None, at=AT)

    together(call_up, call_up, call_up)

    assert alive(edition).count() == 2
    assert within(edition)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_accepting_while_the_offer_expires_gives_the_seat_to_one(edition, turn):
    first, *_others = rank(edition, 5)
    actions.call_up(edition, by=None, at=AT)
    end = AT + 24 * HOUR

    together(
        lambda: actions.accept(offer_of(first), by=first, at=end - SECOND),
        lambda: actions.call_up(Edition.objects.get(), by=None, at=end),
    )

    mine = offer_of(first)
    holders = alive(edition).filter(seat=mine.seat)
    assert holders.count() == 1
    assert (mine.state == "accepted") == (holders.get().application.person == first)
    assert within(edition)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_accepting_and_declining_at_once_is_one_answer(edition, turn):
    first, *_others = rank(edition, 5)
    actions.call_up(edition, by=None, at=AT)

    together(
        lambda: actions.accept(offer_of(first), by=first, at=AT + HOUR),
        lambda: actions.decline(offer_of(first), by=first, at=AT + HOUR),
    )

    verbs = Act.objects.filter(Q(verb="offer-accepted") | Q(verb="offer-declined"))
    assert verbs.count() == 1
    assert Membership.objects.count() == (offer_of(first).state == "accepted")
    assert within(edition)
