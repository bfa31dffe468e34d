"""What an applicant sees of the test: before it, while it can be begun, after it."""

from dataclasses import dataclass
from datetime import datetime

from sqcuola.admissions import instants
from sqcuola.admissions.models import Application, Test
from sqcuola.admissions.queries.scores import OWNER, test_of
from sqcuola.editions.contacts import Contact, contact_of
from sqcuola.editions.models import Edition
from sqcuola.kernel.verdicts import Verdict
from sqcuola.people.models import Person
from sqcuola.questions.models import Allowance, Attempt


@dataclass(frozen=True, slots=True)
class TestPage:
    """The test of an edition as one applicant has it. `state`: none, before, open, running, done, missed."""

    edition: Edition
    application: Application
    test: Test | None
    state: str
    begins: str
    ends: str
    begins_at: datetime | None
    minutes: int
    aids: str
    attempt: Attempt | None
    ended: str
    reason: str
    contact: Contact


def page_for(person: Person, application: Application, verdict: Verdict | None, at: datetime) -> TestPage:
    """Gather the page of the test for one applicant."""
    edition = application.edition
    test = test_of(edition)
    attempt = _attempt(test, person) if test else None
    allowance = Allowance.objects.filter(person=person, until__gt=at).first()
    extra = allowance.extra_percent if allowance else 0
    ended = attempt.ended_at or attempt.deadline if attempt else None
    return TestPage(
        edition=edition,
        application=application,
        test=test,
        state=_state(test, attempt, verdict, at),
        begins=instants.said(test.begins, edition) if test else "",
        ends=instants.deadline(test.ends, edition) if test else "",
        begins_at=test.begins if test else None,
        minutes=test.minutes * (100 + extra) // 100 if test else 0,
        aids=allowance.aids if allowance else "",
        attempt=attempt,
        ended=instants.said(ended, edition) if ended else "",
        reason=str(verdict.reason) if verdict is not None else "",
        contact=contact_of(edition, at),
    )


def _attempt(test: Test, person: Person) -> Attempt | None:
    return Attempt.objects.filter(owner=OWNER, thing=test.pk, person=person, trial=False).first()


def _state(test: Test | None, attempt: Attempt | None, verdict: Verdict | None, at: datetime) -> str:
    if test is None:
        return "none"
    if attempt is not None:
        return "running" if attempt.ended_at is None and at < attempt.deadline else "done"
    if verdict:
        return "open"
    return "before" if at < test.begins else "missed"
