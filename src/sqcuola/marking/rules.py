"""Who may read and mark. Each condition stands here once."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sqcuola.editions import zones
from sqcuola.editions.models import Role
from sqcuola.editions.rules import has_role
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.marking.models import Assignment, Round
from sqcuola.marking.queries import open_sheets, own
from sqcuola.people.models import Person

CLOSED = gettext_lazy("You closed your reading: its marks are fixed.")
LEFT = gettext_lazy("This paper was given to somebody else.")
CALLED_OFF = gettext_lazy("This edition was called off: nothing is read any more.")
RANKED = gettext_lazy("The ranking is closed: what was given counts as it stands.")


def may_read(person: Person | None, round_: Round, at: datetime) -> Verdict:
    """Judge whether somebody reads in a round: who is a reader of the edition and was given papers."""
    if person is None or not has_role(person, Role.Kind.READER, round_.edition, at):
        return HIDDEN
    return ALLOWED if own(round_, person).exists() else HIDDEN


def may_open(person: Person | None, assignment: Assignment, at: datetime) -> Verdict:
    """Judge whether somebody may read a paper: one of the two or three it was given to, as long as it is theirs."""
    if person is None or assignment.reader_id != person.pk or assignment.returned_at:
        return HIDDEN
    return ALLOWED if has_role(person, Role.Kind.READER, assignment.paper.round.edition, at) else HIDDEN


def goes_on(round_: Round, at: datetime) -> Verdict:
    """Judge the clock: marks are taken from the first instant of a round up to, and not with, its last."""
    edition = round_.edition
    if edition.cancelled_at and edition.cancelled_at <= at:
        return denied(CALLED_OFF)
    if edition.ranking_closed_at and edition.ranking_closed_at <= at:
        return denied(RANKED)  # also where its phase gets more days afterwards
    if at < round_.begins:
        return denied(_("Reading begins on %(when)s.") % {"when": zones.said(round_.begins, edition.zone)})
    if at >= round_.ends:
        when = zones.said(round_.ends, edition.zone, is_end=True)
        return denied(_("Reading ended on %(when)s.") % {"when": when})
    return ALLOWED


def may_mark(person: Person | None, assignment: Assignment, at: datetime) -> Verdict:
    """Judge whether somebody may change their marks of a paper: until they close their reading, or it ends."""
    opens = may_open(person, assignment, at)
    if not opens:
        return opens
    sheet = getattr(assignment, "sheet", None)
    if sheet is not None and sheet.closed_at:
        return denied(CLOSED)
    return goes_on(assignment.paper.round, at)


def may_return(person: Person | None, assignment: Assignment, at: datetime) -> Verdict:
    """Judge whether somebody may hand a paper on, since they know who wrote it."""
    return may_mark(person, assignment, at)


def may_close(person: Person | None, round_: Round, at: datetime) -> Verdict:
    """Judge whether somebody may close their reading: once each of their papers has all its marks."""
    reads = may_read(person, round_, at)
    if not reads or person is None:
        return reads
    goes = goes_on(round_, at)
    if not goes:
        return goes
    still = open_sheets(round_, person)
    if not still.left:
        return denied(CLOSED)
    if still.unmarked:
        words = ngettext("%(n)s paper still lacks marks.", "%(n)s papers still lack marks.", still.unmarked)
        return denied(words % {"n": still.unmarked})
    return ALLOWED
