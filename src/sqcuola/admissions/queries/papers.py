"""Until when the words and papers of who needs a hand at the test are kept. All of them have a day, whatever became of it."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from sqcuola.admissions.models import Accommodation, Application, ApplicationFile, Draft, Test
from sqcuola.admissions.queries.scores import test_of
from sqcuola.admissions.rules import call_of
from sqcuola.editions.models import Edition, Phase

KEPT: Final = timedelta(days=90)  # long enough for an appeal against the ranking
UNSENT: Final = timedelta(days=30)  # long enough to say that something on our side kept them from handing in


def day_of(application: Application, test: Test | None) -> datetime:
    """Return the instant from which the words and papers of a request are deleted.

    Decided: ninety days later. Never decided: ninety days after the test. Never handed in: thirty days after the call.
    Withdrawn: when it can no longer be taken up again.
    """
    edition = application.edition
    call = call_of(edition)
    closes = call.ends if call else application.started_at
    asked: Accommodation | None = getattr(application, "accommodation", None)
    if edition.cancelled_at:
        day = edition.cancelled_at + UNSENT
    elif application.withdrawn_at:
        day = max(closes, application.withdrawn_at)
    elif application.submitted_at is None:
        day = closes + UNSENT
    elif asked and asked.delete_papers_on:
        return asked.delete_papers_on
    else:
        day = max(closes, _tested(edition, test)) + KEPT
    return min(day, asked.delete_papers_on) if asked and asked.delete_papers_on else day


def _tested(edition: Edition, test: Test | None) -> datetime:
    """Return when the test is over, or, where none is set yet, when it should be."""
    if test is not None:
        return test.ends
    planned = [phase.ends for phase in edition.phases.all() if phase.kind == Phase.Kind.ASSESSMENT]
    return max(planned, default=edition.created_at)


def kept_until(application: Application) -> datetime:
    """Return the day of one application's papers."""
    return day_of(application, test_of(application.edition))


def due(at: datetime) -> list[Application]:
    """Return the applications whose words and papers are to go now."""
    drafts = Draft.objects.filter(application=OuterRef("pk"), section=Draft.Section.HELP)
    papers = ApplicationFile.objects.filter(application=OuterRef("pk"), item=None)
    kept = Application.objects.filter(
        Exists(drafts)
        | Exists(papers)
        | Q(accommodation__isnull=False, accommodation__papers_deleted_at=None)
    )
    tests = {test.edition_id: test for test in Test.objects.all()}
    found = kept.select_related("edition", "person", "accommodation").prefetch_related("edition__phases")
    return [one for one in found if day_of(one, tests.get(one.edition_id)) <= at]
