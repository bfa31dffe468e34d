"""Save answers as they are given. What this returns for, is committed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Count, Q, QuerySet

from sqcuola.kernel.prepared import prepared
from sqcuola.kernel.verdicts import Refused
from sqcuola.people.models import Person
from sqcuola.questions import rules, values
from sqcuola.questions.models import AnswerEntry, Attempt, AttemptQuestion
from sqcuola.questions.queries.log import LOG

# More than anybody types in the longest test; a program would fill the disk on which all others' answers are saved.
MOST_ENTRIES = 5_000
CLOSING = (AnswerEntry.Kind.HAND_IN, AnswerEntry.Kind.TIME_UP)


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry that stands in the log. `again`: it stood there before, and was not written twice."""

    entry: AnswerEntry
    again: bool


def save_answer(
    attempt: Attempt,
    *,
    device: str,
    seq: int,
    question: int | AttemptQuestion,
    value: str,
    given: datetime | None,
    by: Person,
    at: datetime,
) -> Saved:
    """Append an answer to the log; returns once it is committed.

    Refused (with a sentence) from the deadline on, by the server's clock, and after handing in. The same entry
    sent twice stands once. `given` is when the person answered, if the page knows: it decides between two devices, whatever
    arrives first; never later than now, never before the start. `question` is its id, or its row in this attempt.
    """
    rules.may_answer(by, attempt, at).or_refuse()
    asked = _asked(attempt, question)
    entry = AnswerEntry(
        attempt=attempt.pk,
        device=device,
        seq=seq,
        kind=AnswerEntry.Kind.ANSWER,
        question=asked.question_id,
        value=values.cleaned(asked, value),
        given=clamped(given, attempt, at),
        received=at,
    )
    return append(attempt, entry)


def _asked(attempt: Attempt, question: int | AttemptQuestion) -> AttemptQuestion:
    """Return the row of a question that this attempt was asked; refuse any other."""
    if isinstance(question, AttemptQuestion):
        row: AttemptQuestion | None = question if question.attempt_id == attempt.pk else None
    else:
        rows = AttemptQuestion.objects.select_related("question")
        row = rows.filter(attempt=attempt, question=question).first()
    if row is None:
        raise Refused(values.STRANGE)
    return row


def mark_for_review(
    attempt: Attempt,
    *,
    device: str,
    seq: int,
    question: int,
    wanted: bool,
    given: datetime | None = None,
    by: Person,
    at: datetime,
) -> Saved:
    """Note that a question is to be looked at again, or no more: it stands in the log, so that another device knows."""
    rules.may_answer(by, attempt, at).or_refuse()
    if not AttemptQuestion.objects.filter(attempt=attempt, question=question).exists():
        raise Refused(values.STRANGE)
    entry = AnswerEntry(
        attempt=attempt.pk,
        device=device,
        seq=seq,
        kind=AnswerEntry.Kind.REVIEW,
        question=question,
        value="1" if wanted else "",
        given=clamped(given, attempt, at),
        received=at,
    )
    return append(attempt, entry)


def clamped(given: datetime | None, attempt: Attempt, at: datetime) -> datetime:
    """Return when an answer was given, as far as a browser can be believed."""
    return at if given is None else max(attempt.started_at, min(given, at))


def append(attempt: Attempt, entry: AnswerEntry) -> Saved:
    """Write one entry, unless it stands there already or the log is closed.

    A device that says something else under a number it has used (a page brought back by the back button) is given the
    next number: its words are new, and are kept.
    """
    with transaction.atomic(using=LOG):
        if LOG == DEFAULT_DB_ALIAS:  # SQLite takes one writer at a time by itself
            Attempt.objects.select_for_update().only("pk").get(pk=attempt.pk)
        before = _in_the_way(attempt.pk, entry.device, entry.seq)
        for one in before:
            if one.device == entry.device and _same(one, entry):
                return Saved(one, again=True)
        if any(one.kind in CLOSING for one in before):
            raise Refused(rules.HANDED_IN)
        if entry.kind not in CLOSING and (_entries.first(attempt.pk) or 0) >= MOST_ENTRIES:
            raise Refused(rules.FULL)
        taken = [one.seq for one in before if one.device == entry.device]
        if entry.seq in taken:
            entry.seq = max(taken) + 1
        entry.save(using=LOG, force_insert=True)
    return Saved(entry, again=False)


@prepared
def _in_the_way(attempt: int, device: str, seq: int) -> QuerySet[AnswerEntry]:
    """Return what closed the log, and what this device has said from this number on."""
    return AnswerEntry.objects.filter(Q(kind__in=CLOSING) | Q(device=device, seq__gte=seq), attempt=attempt)


@prepared
def _entries(attempt: int) -> QuerySet[AnswerEntry, int]:
    """Return how many entries an attempt has: one number, none if there are none."""
    said = AnswerEntry.objects.filter(attempt=attempt)
    return said.values("attempt").annotate(n=Count("pk")).values_list("n", flat=True)


def _same(one: AnswerEntry, other: AnswerEntry) -> bool:
    return (one.seq, one.kind, one.question, one.value) == (
        other.seq,
        other.kind,
        other.question,
        other.value,
    )
