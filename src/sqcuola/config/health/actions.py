"""What whoever looks after the house decides. Each decision is an act."""

from datetime import datetime

from django.db import transaction

from sqcuola.config.acts import JobLeft, JobTriedAgain, LetterLeft, LetterSentAgain
from sqcuola.config.health import rules
from sqcuola.kernel import acts, outbox, working
from sqcuola.kernel.ids import Code
from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.working import Failed
from sqcuola.people.models import Person


@transaction.atomic
def try_again(job: Failed, *, by: Person, at: datetime) -> None:
    """Give a failed job five more tries; another who was first leaves nothing to do."""
    rules.may_decide_on_job(by, job, at).or_refuse()
    if working.try_again(job.id):
        acts.record(JobTriedAgain(job=Code(job.name)), by=by, at=at)


@transaction.atomic
def leave_job(job: Failed, *, by: Person, at: datetime) -> None:
    """Take a failed job off the list: nobody tries it again."""
    rules.may_decide_on_job(by, job, at).or_refuse()
    if working.leave(job.id):
        acts.record(JobLeft(job=Code(job.name)), by=by, at=at)


@transaction.atomic
def send_again(letter: Outgoing, *, by: Person, at: datetime) -> None:
    """Send a letter once more that came back or is in doubt."""
    rules.may_decide_on_letter(by, letter, at).or_refuse()
    if outbox.send_again(letter, at=at):
        acts.record(LetterSentAgain(letter=letter.pk), by=by, at=at)


@transaction.atomic
def leave_letter(letter: Outgoing, *, by: Person, at: datetime) -> None:
    """Take a letter off the list as it is: no second one leaves."""
    rules.may_decide_on_letter(by, letter, at).or_refuse()
    if outbox.leave(letter, at=at):
        acts.record(LetterLeft(letter=letter.pk), by=by, at=at)
