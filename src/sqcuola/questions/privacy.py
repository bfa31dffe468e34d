"""What tests keep about people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import ids
from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate, register
from sqcuola.people.models import Person
from sqcuola.questions.models import (
    Allowance,
    AnswerEntry,
    Attempt,
    AttemptQuestion,
    ImportItem,
    ImportRun,
    Question,
)
from sqcuola.questions.queries.log import LOG

HOUSE_DEVICE = "house"
WORDS = (Question.Kind.SHORT, Question.Kind.ESSAY)
WITH_THE_EDITION = _("as long as the edition’s results can be questioned")


def _answers(person: Person) -> QuerySet[AnswerEntry]:
    return AnswerEntry.objects.filter(attempt__in=_attempts(person))


def _attempts(person: Person) -> list[int]:
    return list(Attempt.objects.filter(person=person).values_list("pk", flat=True))


def _answer(entry: AnswerEntry) -> Mapping[str, Any]:
    return {
        "attempt": entry.attempt,
        "question": entry.question,
        "kind": entry.kind,
        "value": entry.value,
        "given": entry.given,
        "received": entry.received,
        "device": entry.device,
    }


def forget_words(person: Person, at: datetime) -> None:
    """Delete what the person wrote in their own words; what they chose says nothing of them any longer."""
    attempts = _attempts(person)
    typed = AttemptQuestion.objects.filter(attempt__in=attempts, question__kind__in=WORDS)
    written = list(typed.values_list("question", flat=True))
    with transaction.atomic(using=LOG):
        AnswerEntry.objects.using(LOG).bulk_create(
            (
                AnswerEntry(
                    attempt=attempt,
                    device=HOUSE_DEVICE,
                    seq=1,
                    kind=AnswerEntry.Kind.ERASED,
                    given=at,
                    received=at,
                )
                for attempt in attempts
            ),
            ignore_conflicts=True,
        )
        AnswerEntry.objects.using(LOG).filter(attempt__in=attempts, question__in=written).delete()


def loosen_attempts(person: Person, _at: datetime) -> None:
    """Take the person, and the code their receipt bore, out of their attempts: the seed holds it too.

    What was drawn by it stands in the attempt's questions.
    """
    with transaction.atomic():
        for attempt in Attempt.objects.filter(person=person):
            attempt.person, attempt.code, attempt.seed = None, ids.code(16), ""
            attempt.save(update_fields=["person", "code", "seed"])


def _asked(row: AttemptQuestion) -> Mapping[str, Any]:
    return {"attempt": row.attempt_id, "place": row.place, "question": row.question.text}


register(
    Entry(
        AnswerEntry,
        purpose=_("what was answered in a test, and when"),
        basis=Basis.CONTRACT,
        fate=Fate.ANONYMOUS,
        until=WITH_THE_EDITION,
        rows=_answers,
        exported=_answer,
        erase=forget_words,
        why=_(
            "answers in one’s own words are deleted; choices of nobody known keep the figures of a question right"
        ),
    ),
    Entry(
        AttemptQuestion,
        purpose=_("which questions were drawn"),
        basis=Basis.CONTRACT,
        fate=Fate.KEPT,
        until=WITH_THE_EDITION,
        rows="attempt__person",
        exported=_asked,
        why=_("says nothing of anybody once the attempt has no person"),
    ),
    Entry(
        Attempt,
        purpose=_("when a test was taken and how it ended"),
        basis=Basis.CONTRACT,
        fate=Fate.ANONYMOUS,
        until=WITH_THE_EDITION,
        rows="person",
        exported=("code", "trial", "extra_percent", "started_at", "deadline", "ended_at", "how"),
        erase=loosen_attempts,
        why=_("the person and the code on their receipt go; that somebody took the test stays"),
    ),
    Entry(
        Allowance,
        purpose=_("more time in tests, without the reason"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=_("as long as it holds"),
        rows="person",
        exported=("extra_percent", "aids", "until"),
    ),
    Entry(
        ImportItem,
        purpose=_("what became of each question of an imported file"),
        basis=Basis.INTEREST,
        fate=Fate.KEPT,
        until=_("as long as the bank"),
        rows="run__by",
        exported=NOTHING,
        why=_("it is about questions, not about people"),
    ),
    Entry(
        ImportRun,
        purpose=_("who brought which file of questions"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=_("as long as the bank"),
        rows="by",
        exported=("name", "received_at"),
        blank={"by": None},
        why=_("the questions stay, whoever brought them"),
    ),
)
