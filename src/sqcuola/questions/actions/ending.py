"""The end of an attempt: handed in, or time was up. Either is an entry of the log first; the attempt repeats it."""

from contextlib import suppress
from datetime import datetime
from itertools import batched

from django.db import IntegrityError, transaction

from sqcuola.kernel import acts
from sqcuola.people.models import Person
from sqcuola.questions import rules
from sqcuola.questions.actions.answering import CLOSING, append
from sqcuola.questions.acts import AttemptHandedIn, AttemptTimedOut
from sqcuola.questions.models import AnswerEntry, Attempt
from sqcuola.questions.queries.log import LOG, given_by_attempt

HOUSE_DEVICE = "house"
BATCH = 50


def hand_in(
    attempt: Attempt, *, device: str = HOUSE_DEVICE, seq: int = 0, by: Person, at: datetime
) -> Attempt:
    """Hand an attempt in: from here on nothing is taken. Handed in twice is handed in once."""
    if attempt.ended_at is None:
        rules.may_hand_in(by, attempt, at).or_refuse()
        entry = AnswerEntry(
            attempt=attempt.pk, device=device, seq=seq, kind=AnswerEntry.Kind.HAND_IN, given=at, received=at
        )
        if not AnswerEntry.objects.filter(attempt=attempt.pk, kind__in=CLOSING).exists():
            with suppress(IntegrityError):  # another tab was quicker
                append(attempt, entry)
        settle([attempt.pk])
        attempt.refresh_from_db(fields=["ended_at", "how"])
    else:
        rules.may_see(by, attempt, at).or_refuse()
    return attempt


def end_what_ran_out(at: datetime) -> int:
    """Close the log of every attempt whose time is up, and repeat in each attempt what its log says.

    Nothing depends on when this runs: answers are refused by the clock, when they arrive; one that arrived in time may
    still wait for the database, so a log is closed a little later. Returns how many ended.
    """
    late = Attempt.objects.filter(ended_at=None, deadline__lte=at - rules.ARRIVING).order_by("pk")
    ended = 0
    for batch in batched(late.iterator(), BATCH):
        _close(batch, at)
        ended += settle([attempt.pk for attempt in batch])
    return ended


def _close(attempts: tuple[Attempt, ...], at: datetime) -> None:
    AnswerEntry.objects.using(LOG).bulk_create(
        (
            AnswerEntry(
                attempt=attempt.pk,
                device=HOUSE_DEVICE,
                seq=0,
                kind=AnswerEntry.Kind.TIME_UP,
                given=attempt.deadline,
                received=at,
            )
            for attempt in attempts
        ),
        ignore_conflicts=True,
    )


def settle(attempts: list[int]) -> int:
    """Repeat the end that stands in the log in the attempts themselves, and record it; true again after a crash."""
    logs = given_by_attempt(attempts)
    done = 0
    with transaction.atomic():
        for attempt in Attempt.objects.select_for_update().filter(pk__in=attempts, ended_at=None):
            log = logs[attempt.pk]
            if log.closed is None:
                continue
            attempt.how = (
                Attempt.How.HANDED_IN if log.closed.kind == AnswerEntry.Kind.HAND_IN else Attempt.How.TIME_UP
            )
            attempt.ended_at = log.closed.given
            attempt.save(update_fields=["ended_at", "how"])
            _tell(attempt, log.answered(), log.closed.received)
            done += 1
    return done


def _tell(attempt: Attempt, answered: int, at: datetime) -> None:
    if attempt.trial:
        return
    handed_in = attempt.how == Attempt.How.HANDED_IN
    payload = (AttemptHandedIn if handed_in else AttemptTimedOut)(attempt=attempt.pk, answered=answered)
    acts.record(
        payload,
        by=attempt.person if handed_in else acts.SYSTEM,
        at=at,
        scope=attempt.scope,
        subject=attempt.person,
    )
