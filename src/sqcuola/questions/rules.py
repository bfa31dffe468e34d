"""Who may do what with a test. Each condition stands here once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sqcuola.editions.models import Role
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.people.models import Person
from sqcuola.questions import owners
from sqcuola.questions.models import Attempt, Blueprint
from sqcuola.questions.queries.sitting import Sitting

# Longer than a writer waits for the database: an answer that arrived in time is written by then.
ARRIVING = timedelta(seconds=30)
HANDED_IN = gettext_lazy("You handed this test in. What you had answered is safe, and counts.")
FULL = gettext_lazy(
    "This test was changed thousands of times, and takes no more changes. What was saved before is safe, and counts: "
    "hand it in."
)
FIXED = gettext_lazy("Somebody has already been given questions from this blueprint: it stays as it is.")


def may_manage(person: Person | None, at: datetime) -> Verdict:
    """Judge whether somebody may see the bank: administrators and whoever coordinates an edition."""
    if person is None:
        return HIDDEN
    if person.is_administrator:
        return ALLOWED
    roles = Role.objects.filter(person=person, kind=Role.Kind.COORDINATOR, begins__lte=at)
    return ALLOWED if roles.exclude(ends__lte=at).exists() else HIDDEN


def may_manage_one(person: Person | None, _thing: object, at: datetime) -> Verdict:
    """Judge whether somebody may see one bank, import or blueprint: they belong to the school, not to an edition."""
    return may_manage(person, at)


def may_change(person: Person | None, blueprint: Blueprint, at: datetime) -> Verdict:
    """Judge whether a blueprint can still be changed."""
    seen = may_manage(person, at)
    if not seen:
        return seen
    return denied(FIXED) if blueprint.fixed_at else ALLOWED


def may_enter(person: Person | None, sitting: Sitting, _at: datetime) -> Verdict:
    """Judge whether somebody may open the page of a test: their own, before, during and after."""
    return ALLOWED if person is not None and sitting.person.pk == person.pk else HIDDEN


def code_opens(sitting: Sitting, at: datetime) -> bool:
    """Say whether a code alone still opens its test: while it waits or runs, and for a day after."""
    attempt = sitting.attempt
    return attempt is None or at < (attempt.ended_at or attempt.deadline) + timedelta(days=1)


def may_begin(person: Person | None, sitting: Sitting, at: datetime) -> Verdict:
    """Judge whether somebody may begin a test now; its owner has the word. Begun is begun: a second click goes on."""
    seen = may_enter(person, sitting, at)
    if not seen or sitting.attempt is not None or person is None:
        return seen
    return owners.owner(sitting.owner).may_start(person, sitting.thing, at)


def may_see(person: Person | None, attempt: Attempt, _at: datetime) -> Verdict:
    """Judge whether somebody may look at an attempt: their own."""
    return ALLOWED if person is not None and attempt.person_id == person.pk else HIDDEN


def may_answer(person: Person | None, attempt: Attempt, at: datetime) -> Verdict:
    """Judge whether an answer that arrives now is still taken."""
    seen = may_see(person, attempt, at)
    if not seen:
        return seen
    if attempt.how == Attempt.How.HANDED_IN:
        return denied(HANDED_IN)
    if at >= attempt.deadline:
        here = attempt.deadline.astimezone(ZoneInfo(zone_of(attempt)))
        return denied(
            _("Time was up at %(when)s. What was saved before is safe, and counts.")
            % {"when": f"{here:%H:%M:%S}"}
        )
    return ALLOWED


def may_hand_in(person: Person | None, attempt: Attempt, at: datetime) -> Verdict:
    """Judge whether an attempt can be handed in now: while it can be answered."""
    return may_answer(person, attempt, at)


def may_take_sitting(person: Person | None, sitting: Sitting, at: datetime) -> Verdict:
    """Judge whether the questions are shown: to the person, once begun."""
    seen = may_enter(person, sitting, at)
    return seen if sitting.attempt is not None else HIDDEN


def zone_of(attempt: Attempt) -> str:
    """Return the zone in which an attempt's times are shown."""
    return owners.owner(attempt.owner).terms(attempt.thing).zone if attempt.owner else "Europe/Rome"
