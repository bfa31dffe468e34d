"""The test of an edition as its takers did it: who took it, what it came to."""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from sqcuola.admissions.models import Test
from sqcuola.editions.models import Edition
from sqcuola.questions.marking import Result
from sqcuola.questions.models import Attempt
from sqcuola.questions.queries import score_all
from sqcuola.questions.rules import ARRIVING

OWNER = "admissions"


def test_of(edition: Edition) -> Test | None:
    """Return the test of an edition, if one was put together."""
    return Test.objects.select_related("edition", "blueprint").filter(edition=edition).first()


def soon(at: datetime) -> QuerySet[Test]:
    """Return the tests that open within a day and of which nobody was reminded yet."""
    near = Test.objects.filter(begins__gt=at, begins__lte=at + timedelta(days=1), edition__cancelled_at=None)
    return near.exclude(told_of=F("begins")).select_related("edition")


def attempts_of(test: Test) -> list[Attempt]:
    """Return every sitting of a test; a person has one."""
    return list(Attempt.objects.filter(owner=OWNER, thing=test.pk, trial=False, person__isnull=False))


def results_of(test: Test) -> dict[int, Result]:
    """Return what the test of everybody who took it came to, by person, from the log of answers."""
    attempts = attempts_of(test)
    results = score_all(attempts)
    return {attempt.person_id: results[attempt.pk] for attempt in attempts if attempt.person_id}


def still_sitting(test: Test, at: datetime) -> int:
    """Count who is still taking the test at this instant, or whose last answer may still be on its way to the log."""
    running = Attempt.objects.filter(owner=OWNER, thing=test.pk, trial=False, ended_at=None)
    return running.filter(deadline__gt=at - ARRIVING).count()
