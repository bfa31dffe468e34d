"""Who looks after the house, and what can still be decided there."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import outbox
from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.verdicts import Verdict, denied
from sqcuola.kernel.working import Failed
from sqcuola.people.models import Person
from sqcuola.people.rules import may_administer

__all__ = ["may_administer", "may_decide_on_job", "may_decide_on_letter"]


def may_decide_on_job(person: Person, _job: Failed, at: datetime) -> Verdict:
    """Judge whether a person may have a failed job tried again, or leave it."""
    return may_administer(person, at)


def may_decide_on_letter(person: Person, letter: Outgoing, at: datetime) -> Verdict:
    """Judge whether a person may decide on a letter: one that came back or is in doubt, and still has its words."""
    looks_after = may_administer(person, at)
    if looks_after and not outbox.to_settle().filter(pk=letter.pk).exists():
        return denied(_("This letter is settled: there is nothing left to decide."))
    return looks_after
