"""Putting an edition's test together: which blueprint, when one may begin, how long one has."""

from datetime import datetime

from django.db import transaction

from sqcuola.admissions import rules, telling
from sqcuola.admissions.acts import TestSet
from sqcuola.admissions.models import Application, Test
from sqcuola.editions.actions import publish_rules
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.people.models import Person
from sqcuola.questions.models import Blueprint


def set_test(
    edition: Edition,
    blueprint: Blueprint,
    *,
    begins: datetime,
    ends: datetime,
    minutes: int,
    by: Person,
    at: datetime,
    reason: str = "",
) -> Test:
    """Say what the edition's test is, or change it while nobody has begun. A public edition needs a reason for a change."""
    rules.may_set_test(by, edition, at).or_refuse()
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        rules.may_set_test(by, edition, at).or_refuse()
        test, _made = Test.objects.update_or_create(
            edition=edition,
            defaults={"blueprint": blueprint, "begins": begins, "ends": ends, "minutes": minutes},
        )
        acts.record(
            TestSet(edition=edition.pk, test=test.pk, begins=begins, ends=ends, minutes=minutes),
            by=by,
            at=at,
            scope=edition.scope,
        )
        publish_rules(edition, reason=reason, by=by, at=at)
    return test


def remind(test: Test, *, at: datetime) -> None:
    """Remind whoever is to sit a test that it is near. Broken off, it goes on where it was: each is told once."""
    sits = Application.objects.filter(edition=test.edition, submitted_at__isnull=False, withdrawn_at=None)
    for application in sits.select_related("person", "edition"):
        telling.near(application, test, at)
    Test.objects.filter(pk=test.pk).update(told_of=test.begins)
