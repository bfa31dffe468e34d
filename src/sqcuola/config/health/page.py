"""The page of the house's health: what waits for a person first, then how everything is, then the schedule."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.config.health import words
from sqcuola.config.health.checks import Check, all_checks
from sqcuola.kernel import acts, outbox, working
from sqcuola.kernel.models import Outgoing
from sqcuola.people.models import Person

SHOWN = 50


@dataclass(frozen=True, slots=True)
class JobLine:
    id: str
    does: str
    problem: str
    tries: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterLine:
    id: int
    subject: str
    to: str
    state: str
    line: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TurnLine:
    name: str
    does: str
    often: str
    last: datetime | None
    next: datetime | None
    problem: str
    written: bool


@dataclass(frozen=True, slots=True)
class HealthPage:
    title: str
    jobs: list[JobLine]
    letters: list[LetterLine]
    more_letters: int
    checks: list[Check]
    turns: list[TurnLine]
    failing: int


def health_page(at: datetime) -> HealthPage:
    """Gather how the house is."""
    jobs = [_job(job) for job in working.failed()]
    letters, count = outbox.to_settle(), outbox.to_settle().count()
    checks, turns = all_checks(at), [_turn(turn) for turn in working.turns()]
    failing = _failing(turns)
    return HealthPage(
        title=_title(len(jobs) + count + sum(not check.well for check in checks) + failing),
        jobs=jobs,
        letters=[_letter(letter) for letter in letters[:SHOWN]],
        more_letters=max(0, count - SHOWN),
        checks=sorted(checks, key=lambda check: check.well),
        turns=turns,
        failing=failing,
    )


def _failing(turns: list[TurnLine]) -> int:
    """Count the pieces of the schedule whose last turn failed; that the chain was broken is a check of its own."""
    return sum(bool(turn.problem) and turn.name != acts.WALK for turn in turns)


def _title(things: int) -> str:
    if not things:
        return _("The house is well")
    words_ = ngettext("One thing in the house needs you", "%(n)d things in the house need you", things)
    return words_ % {"n": things}


def _job(job: working.Failed) -> JobLine:
    return JobLine(job.id, words.job(job.name), words.problem(job.problem), job.tries, job.at)


def _letter(letter: Outgoing) -> LetterLine:
    return LetterLine(
        id=letter.pk,
        subject=letter.subject,
        to=words.masked(letter.to),
        state=str(Outgoing.State(letter.state).label),
        line=words.letter(letter),
        at=letter.claimed_at or letter.put_at,
    )


def _turn(turn: working.Turn) -> TurnLine:
    return TurnLine(
        name=turn.item.name,
        does=words.piece(turn.item),
        often=words.often(turn.item.every),
        last=turn.last,
        next=turn.next,
        problem=words.problem(turn.problem) if turn.problem else "",
        written=turn.written,
    )


def failed_job(_person: Person, job: UUID) -> working.Failed:
    """Load a job that failed; the view's rule judges."""
    found = working.one_that_failed(str(job))
    if found is None:
        raise Outgoing.DoesNotExist
    return found


def letter(_person: Person, number: int) -> Outgoing:
    """Load a letter; the view's rule judges."""
    return Outgoing.objects.get(pk=number)
