from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import ALLOWED, Missing, Refused, denied
from sqcuola.questions import actions, queries
from sqcuola.questions.models import Attempt, AttemptQuestion, Blueprint

from .conftest import NOW


def test_a_double_click_starts_once(blueprint, nives):
    first = actions.start(blueprint, nives, at=NOW, by=nives)
    again = actions.start(blueprint, nives, at=NOW + timedelta(minutes=3), by=nives)
    assert again == first
    assert again.deadline == NOW + timedelta(minutes=40)
    assert Attempt.objects.count() == 1
    assert AttemptQuestion.objects.filter(attempt=first).count() == 5
    (act,) = Act.objects.all()
    assert (act.verb, act.payload) == ("attempt-started", {"attempt": first.pk, "blueprint": blueprint.pk})


def test_two_tests_of_one_blueprint_are_two_attempts(blueprint, nives):
    one = actions.start(blueprint, nives, at=NOW, by=nives, owner="trials.test", thing=1)
    other = actions.start(blueprint, nives, at=NOW, by=nives, owner="trials.test", thing=2)
    assert one != other


def test_an_allowance_lengthens_every_attempt_until_it_ends(blueprint, nives, oreste):
    actions.allow(nives, extra_percent=30, until=NOW + timedelta(days=1))
    actions.allow(oreste, extra_percent=50, until=NOW)
    longer = actions.start(blueprint, nives, at=NOW, by=nives)
    assert (longer.deadline, longer.extra_percent) == (NOW + timedelta(minutes=52), 30)
    over = actions.start(blueprint, oreste, at=NOW, by=oreste)
    assert (over.deadline, over.extra_percent) == (NOW + timedelta(minutes=40), 0)


def test_a_test_may_end_for_everybody_at_once(blueprint, nives):
    attempt = actions.start(blueprint, nives, at=NOW, by=nives, minutes=60, ends=NOW + timedelta(minutes=15))
    assert attempt.deadline == NOW + timedelta(minutes=15)


def test_the_first_attempt_fixes_the_blueprint(blueprint, nives, oreste):
    actions.start(blueprint, nives, at=NOW, by=nives)
    actions.start(Blueprint.objects.get(), oreste, at=NOW + timedelta(hours=1), by=oreste)
    assert Blueprint.objects.get().fixed_at == NOW


def test_the_owner_says_who_may_begin_and_on_which_terms(owned, nives, oreste):
    sitting = queries.sitting(nives, "nives-23456")
    owned["may"] = denied("The test begins at ten.")
    with pytest.raises(Refused, match="at ten"):
        actions.begin(sitting, by=nives, at=NOW)
    owned["may"] = ALLOWED
    with pytest.raises(Missing):
        actions.begin(sitting, by=oreste, at=NOW)
    attempt = actions.begin(sitting, by=nives, at=NOW)
    assert (attempt.code, attempt.owner, attempt.thing, attempt.scope) == (
        "NIVES23456",
        "trials.test",
        7,
        "scope-terza",
    )
    owned["may"] = denied("Too late to begin.")
    again = actions.begin(queries.sitting(nives, "NIVES23456"), by=nives, at=NOW + timedelta(hours=3))
    assert again == attempt


def test_a_code_opens_nothing_for_anybody_else(owned, oreste):
    with pytest.raises(ObjectDoesNotExist):
        queries.sitting(oreste, "NIVES23456")


def test_who_asked_for_a_trial_first_gets_it_though_another_was_quicker(nives, oreste):
    actions.start_trial(oreste, at=NOW)
    assert actions.start_trial(nives, at=NOW - timedelta(milliseconds=20)).questions.count() == 6


def test_a_trial_counts_nothing_and_can_be_taken_again(nives):
    one = actions.start_trial(nives, at=NOW)
    other = actions.start_trial(nives, at=NOW)
    assert one != other
    assert one.questions.count() == other.questions.count() == 6
    assert one.blueprint == other.blueprint
    actions.hand_in(one, by=nives, at=NOW + timedelta(minutes=1))
    assert Act.objects.count() == 0
    assert Blueprint.objects.get().fixed_at is None


def test_a_trial_speaks_the_language_of_the_person(nives):
    nives.language = "en"
    attempt = actions.start_trial(nives, at=NOW)
    assert attempt.blueprint.lines.get().bank.language == "en"
