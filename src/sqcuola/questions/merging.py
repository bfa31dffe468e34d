"""How tests move when two accounts of one person become one. The log names attempts and no person: it is not touched."""

from datetime import datetime

from django.utils.translation import gettext as _

from sqcuola.kernel.verdicts import Refused
from sqcuola.people import merging
from sqcuola.people.models import Person
from sqcuola.questions.models import Allowance, Attempt, ImportRun

AIDS = "; "


def move(stays: Person, goes: Person, at: datetime) -> None:
    """Move attempts, allowances and imports; refuse while a test runs, and where both took the same test."""
    theirs = Attempt.objects.select_for_update().filter(person=goes)
    if theirs.filter(trial=False, ended_at=None, deadline__gt=at).exists():
        raise Refused(_("A test is running in the other account. Finish it there, then join the two."))
    for attempt in theirs.filter(trial=False):
        if Attempt.objects.filter(
            person=stays,
            trial=False,
            owner=attempt.owner,
            thing=attempt.thing,
            blueprint=attempt.blueprint_id,
        ).exists():
            raise Refused(
                _("The same test was taken with both accounts, and only one can count. Write to the school.")
            )
    theirs.update(person=stays)
    _join_allowances(stays, goes, at)
    ImportRun.objects.filter(by=goes).update(by=stays)


def _join_allowances(stays: Person, goes: Person, at: datetime) -> None:
    """Leave the allowance that gives more among those that still hold, with the aids of both: no help is lost."""
    both = list(Allowance.objects.filter(person__in=(stays, goes)))
    if not both:
        return
    best = max(both, key=lambda one: (one.until > at, one.extra_percent, one.until))
    holding = [one for one in both if one is best or one.until > at]
    aids = AIDS.join(dict.fromkeys(one.aids for one in holding if one.aids))
    Allowance.objects.filter(person__in=(stays, goes)).exclude(pk=best.pk).delete()
    best.person, best.aids = stays, aids[: Allowance._meta.get_field("aids").max_length]
    best.save(update_fields=["person", "aids"])


def register() -> None:
    """Let two accounts that took tests become one."""
    merging.register("questions", move)
