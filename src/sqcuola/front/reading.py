"""What the public page of an edition reads, each by a query that is written once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce

from sqcuola.admissions.models import LetterQuestion
from sqcuola.editions.models import Change, Clarification, Edition, Figure, Role, RulesVersion, Voice
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared

CHANGE, ANSWER, ROLE, FIGURE, VOICE, RULES = range(6)
SHOWN_KINDS = (Role.Kind.TEACHER, Role.Kind.COORDINATOR)


class Held(NamedTuple):
    """A role that somebody has, as the component `persons` shows people."""

    kind: str
    name: str
    key: int
    line: str
    photo: str = ""
    url: str = ""


def _answers(edition: int) -> QuerySet[Clarification]:
    given = Clarification.objects.filter(edition=edition, set_aside_at=None).exclude(answered_at=None)
    return given.only("question", "answer", "answered_at").order_by("-answered_at")


@prepared
def answers(edition: int) -> QuerySet[Clarification]:
    """Return the answered questions, the newest first: so many that a search leads to none that is not there."""
    return _answers(edition)[:500]


@dataclass(slots=True)
class Told:
    """What the page of an edition tells.

    The fingerprint of its newest rules ("" before the first), how many questions the letter has, who teaches and who coordinates in the
    order they were asked to; three figures and two voices of the edition and then of those before it; its last three changes, the last
    five answers.
    """

    digest: str = ""
    questions: int = 0
    held: list[Held] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    answers: list[Clarification] = field(default_factory=list)


class _Row(NamedTuple):
    """One thing that is told: what it is, two numbers, three texts, two instants (or None)."""

    what: int
    one: int
    two: int
    first: str
    second: str
    third: str
    when: Any
    now: Any


def told(edition: Edition, at: datetime) -> Told:
    """Return what the page of an edition tells, by one query for all of it."""
    found = Told()
    for row in sorted((_Row(*row) for row in _told(edition.pk, edition.number, at)), key=_turn):
        if row.what == RULES:
            found.digest, found.questions = row.first, row.one
        elif row.what == ROLE:
            found.held.append(Held(kind=row.first, name=row.second, key=row.one, line=row.third))
        elif row.what == FIGURE:
            found.figures.append(Figure(number=row.first, words_it=row.second, words_en=row.third))
        elif row.what == VOICE:
            found.voices.append(Voice(words=row.first, who=row.second))
        elif row.what == CHANGE:
            change = Change(kind=row.first, phase=row.second, reason=row.third, at=row.when, now=row.now)
            found.changes.append(change)
        else:
            said = Clarification(question=row.first, answer=row.second, answered_at=row.when)
            found.answers.append(said)
    return found


def _turn(row: _Row) -> tuple[float, ...]:
    """Return where a row stands among those of its kind: the latest first; roles as they began; the nearest edition first."""
    if row.when is None:
        return (-row.one, row.two)
    return (row.when.timestamp(), row.two) if row.what == ROLE else (-row.when.timestamp(), -row.two)


@prepared
def _told(edition: int, number: int, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the rows of everything that is told.

    Changes stand first, since PostgreSQL takes the types of all from the first. Each slice is a condition: SQLite takes no limit
    inside a union.
    """
    changes = Change.objects.filter(edition=edition).order_by("-at", "-pk")[:3]
    answers = _answers(edition)[:5]
    roles = Role.objects.filter(lasting(at), edition=edition, kind__in=SHOWN_KINDS)
    earlier = {"edition__published_at__lte": at, "edition__number__lte": number}
    figures = Figure.objects.filter(**earlier).order_by("-edition__number", "position", "pk")[:3]
    voices = Voice.objects.filter(**earlier).order_by("-edition__number", "position", "pk")[:2]
    newest = RulesVersion.objects.filter(edition=OuterRef("pk")).values("digest")[:1]
    letter = LetterQuestion.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    nothing, never = Value("", output_field=TextField()), Value(None, output_field=DateTimeField())
    zero = Value(0, output_field=BigIntegerField())
    digest = Coalesce(Subquery(newest), nothing, output_field=TextField())
    counted = Subquery(letter.annotate(n=Count("pk")).values("n"))
    questions = Coalesce(counted, zero, output_field=BigIntegerField())

    def of(listed: QuerySet[Any], what: int, *fields: Any) -> QuerySet[Any, tuple[Any, ...]]:
        whole: QuerySet[Any] = listed.model.objects.filter(pk__in=listed.values("pk")).order_by()
        rows: QuerySet[Any, tuple[Any, ...]] = whole.values_list(
            Value(what, output_field=BigIntegerField()), *fields
        )
        return rows

    return of(changes, CHANGE, zero, "pk", "kind", "phase", "reason", "at", "now").union(
        of(answers, ANSWER, zero, "pk", "question", "answer", nothing, "answered_at", never),
        of(roles, ROLE, "person_id", "pk", "kind", "person__name", "about", "begins", never),
        of(figures, FIGURE, "edition__number", "position", "number", "words_it", "words_en", never, never),
        of(voices, VOICE, "edition__number", "position", "words", "who", nothing, never, never),
        of(
            Edition.objects.filter(pk=edition), RULES, questions, zero, digest, nothing, nothing, never, never
        ),
        all=True,
    )
