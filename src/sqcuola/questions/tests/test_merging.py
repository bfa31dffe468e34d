"""Two accounts of one person become one: their tests, their time, and a log that is never touched."""

from datetime import timedelta

import pytest

from sqcuola.kernel import acts
from sqcuola.kernel.verdicts import Refused
from sqcuola.people import merging
from sqcuola.people.models import Person
from sqcuola.questions import actions
from sqcuola.questions.models import Allowance, AnswerEntry, Attempt, ImportRun
from sqcuola.questions.queries import result
from sqcuola.questions.tests.conftest import NOW, right, save

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(hours=2)


def join(goes, stays, at=LATER):
    merging.merge(goes, into=stays, by=stays, at=at)


def log():
    return list(AnswerEntry.objects.order_by("pk").values())


def test_a_test_comes_over_and_its_log_is_as_it_was(attempt, nives, oreste):
    asked = attempt.questions.first().question
    save(attempt, asked.pk, right(asked))
    actions.hand_in(attempt, by=nives, at=NOW + timedelta(minutes=5))
    before, points = log(), result(attempt).points
    acts.seal(LATER)

    join(nives, oreste)

    attempt.refresh_from_db()
    assert attempt.person == oreste
    assert log() == before
    assert result(attempt).points == points == 1
    assert actions.start(attempt.blueprint, oreste, at=LATER, by=oreste) == attempt
    acts.seal(LATER)
    assert acts.verify() is None


def test_the_same_test_taken_twice_is_refused_and_nothing_moves(attempt, blueprint, nives, oreste):
    second = actions.start(blueprint, oreste, at=NOW, by=oreste)
    for one in (attempt, second):
        actions.hand_in(one, by=one.person, at=NOW + timedelta(minutes=5))

    with pytest.raises(Refused, match=r"same test|stessa prova"):
        join(nives, oreste)

    assert {one.person for one in Attempt.objects.all()} == {nives, oreste}
    assert Person.objects.filter(pk=nives.pk).exists()


def test_a_test_that_runs_is_finished_first(attempt, nives, oreste):
    with pytest.raises(Refused, match=r"running|in corso"):
        join(nives, oreste, at=attempt.deadline - timedelta(seconds=1))
    assert Attempt.objects.get().person == nives

    join(nives, oreste, at=attempt.deadline)
    assert Attempt.objects.get().person == oreste


def test_trials_come_over_however_many(nives, oreste):
    for person in (nives, oreste, nives):
        actions.start_trial(person, at=NOW)

    join(nives, oreste, at=NOW)

    assert Attempt.objects.filter(person=oreste, trial=True).count() == 3


def test_of_two_allowances_the_larger_that_holds_stays_with_the_aids_of_both(nives, oreste):
    actions.allow(nives, extra_percent=50, until=LATER + timedelta(days=1), aids="lettore di schermo")
    actions.allow(oreste, extra_percent=25, until=LATER + timedelta(days=9), aids="una pausa")

    join(nives, oreste)

    one = Allowance.objects.get()
    assert (one.person, one.extra_percent, one.until) == (oreste, 50, LATER + timedelta(days=1))
    assert set(one.aids.split("; ")) == {"lettore di schermo", "una pausa"}


def test_an_allowance_that_is_over_gives_nothing(nives, oreste):
    actions.allow(nives, extra_percent=50, until=LATER, aids="lettore di schermo")
    actions.allow(oreste, extra_percent=25, until=LATER + timedelta(days=9))

    join(nives, oreste)

    assert [(one.extra_percent, one.aids) for one in Allowance.objects.all()] == [(25, "")]


def test_an_allowance_of_the_other_account_alone_comes_over(nives, oreste):
    actions.allow(nives, extra_percent=33, until=LATER + timedelta(days=9))

    join(nives, oreste)

    assert Allowance.objects.get(person=oreste).extra_percent == 33


def test_who_brought_a_file_is_still_known(bank, nives, oreste):
    ImportRun.objects.create(
        bank=bank, name="f.gift", format="gift", encoding="utf-8", by=nives, received_at=NOW
    )

    join(nives, oreste)

    assert ImportRun.objects.get().by == oreste
