"""What is recorded of tests: ids and numbers. Which questions somebody was asked stands in the attempt, never here."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.kernel.acts import Topic, verb

TEST = Topic("test", _("The test"))


@verb(
    "questions-imported",
    audience="staff",
    sentence=_("{actor} imported questions: {taken} taken, {refused} refused"),
    topic=TEST,
    many=_("Questions were imported"),
)
@dataclass(frozen=True, slots=True)
class QuestionsImported:
    bank: int
    run: int
    taken: int
    refused: int


@verb(
    "attempt-started",
    audience="staff",
    sentence=_("{subject} began the test"),
    topic=TEST,
    many=ngettext_lazy("One person began the test", "%(n)s people began the test", "n"),
    by_day=True,  # the time between its beginning and its end would tell who was given more of it
)
@dataclass(frozen=True, slots=True)
class AttemptStarted:
    attempt: int
    blueprint: int


@verb(
    "attempt-handed-in",
    audience="staff",
    sentence=_("{subject} handed in the test"),
    topic=TEST,
    many=ngettext_lazy("One person handed in the test", "%(n)s people handed in the test", "n"),
    by_day=True,
)
@dataclass(frozen=True, slots=True)
class AttemptHandedIn:
    attempt: int
    answered: int


@verb(
    "attempt-timed-out",
    audience="staff",
    sentence=_("Time was up for {subject} at the test"),
    topic=TEST,
    many=ngettext_lazy(
        "Time was up for one person at the test", "Time was up for %(n)s people at the test", "n"
    ),
    by_day=True,
)
@dataclass(frozen=True, slots=True)
class AttemptTimedOut:
    attempt: int
    answered: int


@verb(
    "blueprint-changed",
    audience="staff",
    sentence=_("{actor} put together a test of {questions} questions"),
    topic=TEST,
    many=_("The questions of a test were chosen"),
)
@dataclass(frozen=True, slots=True)
class BlueprintChanged:
    blueprint: int
    questions: int
