"""Roles, bars and seats: what rules refuse in words, and the database refuses in any case."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sqcuola.editions import actions, queries, seats
from sqcuola.editions.models import Bar, Edition, Role, Seat
from sqcuola.editions.tests.conftest import CREATED, NOW, make_person
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused

JUDGES = ["reader", "juror", "coordinator"]
DAY = timedelta(days=1)


def test_a_role_given_twice_is_one_role(edition, lidia, oreste):
    first = actions.give_role(edition, oreste, "teacher", about="scrivere", by=lidia, at=NOW)
    assert actions.give_role(edition, oreste, "teacher", by=lidia, at=NOW) == first
    assert Act.objects.filter(verb="role-given").count() == 2  # hers at the beginning, and his


def test_a_role_ends_by_who_gave_it_or_who_holds_it(edition, lidia, oreste):
    role = actions.give_role(edition, oreste, "teacher", by=lidia, at=NOW)
    with pytest.raises(Missing):
        actions.end_role(role, by=make_person("Ada"), at=NOW + DAY)
    actions.end_role(role, by=oreste, at=NOW + DAY)
    assert list(queries.people_of(edition, NOW + DAY, "teacher")) == []
    with pytest.raises(Refused):
        actions.end_role(role, by=lidia, at=NOW + 2 * DAY)


def test_nobody_leaves_an_edition_without_a_coordinator(edition, lidia, oreste):
    own = edition.roles.get(kind="coordinator")
    with pytest.raises(Refused):
        actions.end_role(own, by=lidia, at=NOW)
    actions.hand_over(own, oreste, by=lidia, at=NOW)
    assert [role.person for role in queries.people_of(edition, NOW, "coordinator")] == [oreste]


@pytest.mark.parametrize("kind", JUDGES)
def test_who_is_barred_is_refused_in_words_and_by_the_database(edition, lidia, oreste, kind):
    actions.bar(edition, oreste, at=CREATED)
    with pytest.raises(Refused, match=r"cannot judge|non può giudicare"):
        actions.give_role(edition, oreste, kind, by=lidia, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(edition=edition, person=oreste, kind=kind, begins=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(person=oreste, kind=kind, begins=NOW)
    teaches = Role.objects.create(edition=edition, person=oreste, kind="teacher", begins=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.filter(pk=teaches.pk).update(kind=kind)


@pytest.mark.parametrize("kind", JUDGES)
@pytest.mark.parametrize("everywhere", [True, False])
def test_who_judges_cannot_be_barred(edition, oreste, kind, everywhere):
    Role.objects.create(edition=None if everywhere else edition, person=oreste, kind=kind, begins=CREATED)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.bar(edition, oreste, at=NOW)
    assert not Bar.objects.exists()


def test_a_bar_stays_in_its_edition_and_begins_when_it_begins(edition, lidia, oreste):
    other = actions.create_edition(number=4, title="IV", slug="quarta", phases={}, by=lidia, at=NOW)
    role = actions.give_role(edition, oreste, "juror", by=lidia, at=CREATED)
    actions.end_role(role, by=lidia, at=NOW)
    actions.bar(edition, oreste, at=NOW)
    actions.give_role(other, oreste, "juror", by=lidia, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.filter(pk=role.pk).update(ends=None)


@pytest.mark.parametrize("kind", JUDGES)
def test_who_keeps_the_money_does_not_judge_nor_the_reverse(edition, lidia, oreste, kind):
    actions.give_role(edition, oreste, "treasurer", by=lidia, at=NOW)
    with pytest.raises(Refused):
        actions.give_role(edition, oreste, kind, by=lidia, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(edition=edition, person=oreste, kind=kind, begins=NOW)
    with pytest.raises(Refused):
        actions.give_role(edition, lidia, "treasurer", by=lidia, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(edition=edition, person=lidia, kind="treasurer", begins=NOW)


def test_the_lowest_free_seat_is_taken_and_one_only(edition, oreste):
    ada, ugo = make_person("Ada"), make_person("Ugo")
    assert seats.take(edition, ada, NOW).number == 1
    assert seats.take(edition, ada, NOW).number == 1
    assert seats.take(edition, oreste, NOW).number == 2
    assert seats.take(edition, ugo, NOW) is None
    assert seats.release(edition, ada)
    assert not seats.release(edition, ada)
    assert seats.free(edition) == 1
    assert seats.take(edition, ugo, NOW).number == 1
    assert seats.free(edition) == 0


def together(*works):
    """Run each work in a thread with a connection of its own, all at once; return what each raised, or None."""
    barrier, ended = threading.Barrier(len(works)), [None] * len(works)

    def run(index):
        try:
            barrier.wait(10)
            works[index]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            ended[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ended


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_take_two_seats(edition):
    people = [make_person(f"P{number}") for number in range(8)]
    ended = together(*(lambda person=person: seats.take(edition, person, NOW) for person in people))
    assert ended == [None] * 8
    assert sorted(Seat.objects.exclude(holder=None).values_list("number", flat=True)) == [1, 2]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_bar_and_a_role_that_cannot_see_each_other_do_not_both_stand(edition, oreste):
    before = threading.Barrier(2)

    def make(model, **fields):
        with transaction.atomic():
            Edition.objects.get(pk=edition.pk)
            before.wait(10)
            model.objects.create(edition=edition, person=oreste, begins=NOW, **fields)

    ended = together(lambda: make(Bar), lambda: make(Role, kind="juror"))
    assert [type(error) for error in ended].count(IntegrityError) == 1
    assert Bar.objects.count() + Role.objects.filter(kind="juror").count() == 1
