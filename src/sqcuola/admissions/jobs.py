"""What happens by itself: seats go to the next, waiting lists end, papers are deleted on their day. Nothing depends on when it runs."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sqcuola.admissions import actions
from sqcuola.admissions.acts import ApplicationSubmitted
from sqcuola.admissions.models import Application
from sqcuola.admissions.queries.line import to_call_up, to_end
from sqcuola.admissions.queries.scores import soon
from sqcuola.kernel import acts
from sqcuola.kernel.jobs import every
from sqcuola.kernel.models import Act


@acts.receiver(
    ApplicationSubmitted,
    name="admissions.prove",
    says=_("seals the chain for a receipt and sends it, where the hand-in broke off before"),
)
def prove(act: Act) -> None:
    """Give a hand-in its proof and its receipt, if the request that handed it in did not come so far."""
    if act.payload is not None:
        handed_in = Application.objects.select_related("edition", "person")
        for application in handed_in.filter(
            pk=act.payload["application"], submitted_at=act.at, withdrawn_at=None
        ):
            actions.prove(application)


@every(timedelta(minutes=1), name="admissions.call-up", says=_("offers seats that became free to the next"))
def call_up_everywhere(at: datetime) -> None:
    """Offer on the seats whose time to answer is over, and those that became free: somebody erased, more seats."""
    for edition in to_call_up(at):
        actions.call_up(edition, by=acts.SYSTEM, at=at)


@every(
    timedelta(minutes=10),
    name="admissions.end-lines",
    says=_("ends the waiting lists of classes that have begun"),
)
def end_lines(at: datetime) -> None:
    """End the waiting lists of classes that have begun, so that nobody goes on waiting unknowingly."""
    for edition in to_end(at):
        actions.end_line(edition, at=at)


@every(
    timedelta(minutes=10),
    name="admissions.remind-of-tests",
    says=_("reminds of the test, the day before, who is to sit it"),
)
def remind_of_tests(at: datetime) -> None:
    """Remind whoever is to sit a test that opens within a day."""
    for test in soon(at):
        actions.remind(test, at=at)


@every(timedelta(hours=6), name="admissions.delete-papers", says=_("deletes papers whose day has come"))
def delete_papers(at: datetime) -> None:
    """Delete the words and papers of requests for help whose day has come."""
    actions.delete_papers(at)


@every(
    timedelta(days=1),
    name="admissions.drop-stray-files",
    says=_("deletes files that belong to nothing any more"),
)
def drop_stray_files(at: datetime) -> None:
    """Delete files whose application, or the item they showed, is gone since yesterday."""
    actions.drop_strays(at - timedelta(days=1))
