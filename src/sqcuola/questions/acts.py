"""What is recorded of tests: ids and numbers. Which questions somebody was asked stands in the attempt, never here."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.acts import verb


@verb(
    "questions-imported",
    audience="staff",
    sentence=_("{actor} imported questions: {taken} taken, {refused} refused"),
)
@dataclass(frozen=True, slots=True)
class QuestionsImported:
    bank: int
    run: int
    taken: int
    refused: int


@verb("attempt-started", audience="staff", sentence=_("{subject} began the test"))
@dataclass(frozen=True, slots=True)
class AttemptStarted:
    attempt: int
    blueprint: int


@verb(
    "attempt-handed-in", audience="staff", sentence=_("{subject} handed in the test with {answered} answers")
)
@dataclass(frozen=True, slots=True)
class AttemptHandedIn:
    attempt: int
    answered: int


@verb(
    "attempt-timed-out",
    audience="staff",
    sentence=_("Time was up for {subject}: {answered} answers were taken"),
)
@dataclass(frozen=True, slots=True)
class AttemptTimedOut:
    attempt: int
    answered: int


@verb(
    "blueprint-changed", audience="staff", sentence=_("{actor} put together a test of {questions} questions")
)
@dataclass(frozen=True, slots=True)
class BlueprintChanged:
    blueprint: int
    questions: int
