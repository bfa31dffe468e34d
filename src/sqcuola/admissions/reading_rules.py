"""Who may have letters read, and when."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sqcuola.admissions import instants
from sqcuola.admissions.queries.reading import reading_of
from sqcuola.admissions.rules import call_of, may_set_asked
from sqcuola.editions.models import Edition
from sqcuola.editions.rules import may_change, may_coordinate
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.marking.models import Criterion
from sqcuola.marking.queries import readers
from sqcuola.people.models import Person

MOST_CRITERIA = 6
ENOUGH = gettext_lazy("Six things are as many as one keeps in mind: take one away before you add another.")
LAST = gettext_lazy("Letters are read for something: this is the last thing they are read for.")
NO_READING = gettext_lazy("In this edition no letters are read.")


def may_run_reading(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may see how far the reading is: who coordinates, where letters are read."""
    runs = may_coordinate(person, edition, at)
    return HIDDEN if runs and reading_of(edition) is None else runs


def may_set_rubric(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether it may change by what letters are read: by who coordinates, until the first person begins an application."""
    runs = may_run_reading(person, edition, at)
    return may_set_asked(person, edition, at) if runs else runs


def may_add_criterion(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether letters may be read for one thing more: for six at most, or nobody keeps them in mind."""
    sets = may_set_rubric(person, edition, at)
    return denied(ENOUGH) if sets and _criteria(edition) >= MOST_CRITERIA else sets


def may_change_criterion(person: Person | None, criterion: Criterion, at: datetime) -> Verdict:
    """Judge whether a criterion may be said otherwise: as what letters are read by as a whole."""
    return may_set_rubric(person, criterion.round.edition, at)


def may_take_criterion_away(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether letters may be read for one thing less: never for nothing."""
    sets = may_set_rubric(person, edition, at)
    return denied(LAST) if sets and _criteria(edition) <= 1 else sets


def _criteria(edition: Edition) -> int:
    round_ = reading_of(edition)
    return round_.criteria.count() if round_ else 0


def may_give_out(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether letters can be given out now: when the call has closed, until the reading ends, with enough readers."""
    runs = may_change(person, edition, at)
    round_ = reading_of(edition) if runs else None
    if round_ is None:
        return denied(NO_READING) if runs else runs
    call = call_of(edition)
    if call and at < call.ends:
        when = instants.deadline(call.ends, edition)
        return denied(_("Until %(when)s letters still come in.") % {"when": when})
    if at >= round_.ends:
        when = instants.deadline(round_.ends, edition)
        return denied(
            _("The reading ended on %(when)s. It goes on when you give it more days.") % {"when": when}
        )
    here = len(readers(edition, at))
    if here < round_.each:
        words = _("Each letter is read by %(each)d people, and there are %(here)d: ask more readers first.")
        return denied(words % {"each": round_.each, "here": here})
    return ALLOWED


def may_leave_reading_out(edition: Edition) -> Verdict:
    """Judge whether an edition may do without its reading: until the letters are papers; what was given for them would go too."""
    round_ = reading_of(edition)
    if round_ is None or round_.filled_at is None:
        return ALLOWED
    return denied(_("The letters are given out already: the reading can be shortened, not left out."))


def may_open_call_again(edition: Edition) -> Verdict:
    """Judge whether letters may come in once more: until they are papers. Whoever wrote one later would have no points for it."""
    round_ = reading_of(edition)
    if round_ is None or round_.filled_at is None:
        return ALLOWED
    return denied(_("The letters are being read already: whoever wrote one later would not be read."))
