"""What the worker does for tests."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import clock
from sqcuola.kernel.jobs import every, job
from sqcuola.questions import actions
from sqcuola.questions.actions import importing
from sqcuola.questions.models import ImportRun


@every(timedelta(seconds=20), name="questions.end_what_ran_out", says=_("closes tests whose time is over"))
def end_what_ran_out(at: datetime) -> None:
    """Write "time was up" into the logs that are due; the clock refused answers long before."""
    actions.end_what_ran_out(at)


@job("questions.take", says=_("takes a file of questions into a bank"))
def take_questions(run: int) -> None:
    """Take a large file of questions; begun again after a crash, it goes on where it was."""
    importing.take(ImportRun.objects.select_related("bank").get(pk=run), at=clock.now())
