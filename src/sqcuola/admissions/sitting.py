"""What `questions` asks of us when somebody takes an edition's test: whose code it is, whether they may begin, on which terms."""

from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from sqcuola.admissions import rules
from sqcuola.admissions.models import Application, Test
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.editions.contacts import contact_of
from sqcuola.kernel.prepared import prepared
from sqcuola.kernel.verdicts import HIDDEN, Verdict
from sqcuola.people.models import Person
from sqcuola.questions.owners import Terms, register_owner


def by_code(code: str) -> tuple[Person, int] | None:
    """Say whose test-day code this is, and of which test."""
    application = (
        Application.objects.select_related("person")
        .filter(test_code=code, submitted_at__isnull=False)
        .first()
    )
    if application is None:
        return None
    test = Test.objects.filter(edition=application.edition_id).first()
    return (application.person, test.pk) if test else None


def may_start(person: Person, thing: int, at: datetime) -> Verdict:
    """Judge whether a person may begin the test now."""
    test = Test.objects.select_related("edition").filter(pk=thing).first()
    if test is None:
        return HIDDEN
    application = Application.objects.filter(edition=test.edition_id, person=person).first()
    return rules.may_start_test(person, application, test, at)


def terms(thing: int) -> Terms:
    """Say what the test is for, and how long it takes."""
    test = _test.first(thing)
    if test is None:
        raise Test.DoesNotExist
    return Terms(
        blueprint=test.blueprint,
        minutes=test.minutes,
        title=test.edition.title,
        zone=test.edition.zone,
        back=reverse("admissions:test", args=[test.edition.slug]),
        scope=test.edition.scope,
        contact=partial(contact_of, test.edition),
    )


@prepared
def _test(thing: int) -> QuerySet[Test]:
    return Test.objects.select_related("edition", "blueprint").filter(pk=thing)


def register() -> None:
    """Let applicants take the tests of their editions."""
    register_owner(OWNER, by_code=by_code, may_start=may_start, terms=terms)
