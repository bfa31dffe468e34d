"""What the public page of an edition reads, each by a query that is written once."""

from dataclasses import dataclass
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

from sqcuola.admissions.models import LetterQuestion
from sqcuola.editions.models import Change, Clarification, Edition, Figure, Role, RulesVersion, Voice
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared

CHANGE, ANSWER, FIGURE, VOICE = range(4)
DATED = (CHANGE, ANSWER)
SHOWN_KINDS = (Role.Kind.TEACHER, Role.Kind.COORDINATOR)


class Held(NamedTuple):
    """A role that somebody has, as the component `persons` shows people."""

    kind: str
    name: str
    key: int
    line: str
    photo: str = ""
    url: str = ""


def held(edition: int, at: datetime) -> list[Held]:
    """Return who teaches and who coordinates, in the order they were asked to."""
    return [Held(*row) for row in _held(edition, at)]


@prepared
def _held(edition: int, at: datetime) -> QuerySet[Role, tuple[str, str, int, str]]:
    roles = Role.objects.filter(lasting(at), edition=edition, kind__in=SHOWN_KINDS)
    return roles.order_by("begins", "pk").values_list("kind", "person__name", "person_id", "about")


class Rules(NamedTuple):
    """The fingerprint of the newest rules, "" before the first; and how many questions the letter has."""

    digest: str
    questions: int


def rules(edition: int) -> Rules:
    """Return what the page says of the rules of an edition."""
    digest, questions = _rules.first(edition) or (None, None)
    return Rules(digest or "", questions or 0)


@prepared
def _rules(edition: int) -> QuerySet[Edition, tuple[str | None, int | None]]:
    newest = RulesVersion.objects.filter(edition=OuterRef("pk")).values("digest")[:1]
    asked = LetterQuestion.objects.filter(edition=OuterRef("pk")).order_by()
    counted = asked.values("edition").annotate(n=Count("pk")).values("n")
    return Edition.objects.filter(pk=edition).values_list(Subquery(newest), Subquery(counted))


def _answers(edition: int) -> QuerySet[Clarification]:
    given = Clarification.objects.filter(edition=edition, set_aside_at=None).exclude(answered_at=None)
    return given.only("question", "answer", "answered_at").order_by("-answered_at")


@prepared
def answers(edition: int) -> QuerySet[Clarification]:
    """Return the answered questions, the newest first: so many that a search leads to none that is not there."""
    return _answers(edition)[:500]


@dataclass(frozen=True, slots=True)
class Told:
    """Three figures and two voices of the edition and then of those before it, its last changes, what was answered last."""

    figures: list[Figure]
    voices: list[Voice]
    changes: list[Change]
    answers: list[Clarification]


def told(edition: Edition, at: datetime) -> Told:
    """Return what the page of an edition tells, by one query for all of it."""
    found = Told([], [], [], [])
    rows = _told(edition.pk, edition.number, at)
    latest = sorted((row for row in rows if row[0] in DATED), key=lambda row: (row[6], row[2]), reverse=True)
    nearest = sorted((row for row in rows if row[0] not in DATED), key=lambda row: (-row[1], row[2]))
    for what, _one, _two, first, second, third, when, now in [*latest, *nearest]:
        if what == FIGURE:
            found.figures.append(Figure(number=first, words_it=second, words_en=third))
        elif what == VOICE:
            found.voices.append(Voice(words=first, who=second))
        elif what == CHANGE:
            found.changes.append(Change(kind=first, phase=second, reason=third, at=when, now=now))
        else:
            found.answers.append(Clarification(question=first, answer=second, answered_at=when))
    return found


@prepared
def _told(edition: int, number: int, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """Return a row a thing: what it is, two numbers to sort by, three texts, two instants.

    Changes stand first, since PostgreSQL takes the types of all from the first. Each slice is a condition: SQLite takes no limit
    inside a union.
    """
    changes = Change.objects.filter(edition=edition).order_by("-at", "-pk")[:3]
    answers = _answers(edition)[:5]
    earlier = {"edition__published_at__lte": at, "edition__number__lte": number}
    figures = Figure.objects.filter(**earlier).order_by("-edition__number", "position", "pk")[:3]
    voices = Voice.objects.filter(**earlier).order_by("-edition__number", "position", "pk")[:2]
    nothing, never = Value("", output_field=TextField()), Value(None, output_field=DateTimeField())
    zero = Value(0, output_field=BigIntegerField())

    def of(listed: QuerySet[Any], what: int, *fields: Any) -> QuerySet[Any, tuple[Any, ...]]:
        whole: QuerySet[Any] = listed.model.objects.filter(pk__in=listed.values("pk")).order_by()
        rows: QuerySet[Any, tuple[Any, ...]] = whole.values_list(
            Value(what, output_field=BigIntegerField()), *fields
        )
        return rows

    return of(changes, CHANGE, zero, "pk", "kind", "phase", "reason", "at", "now").union(
        of(answers, ANSWER, zero, "pk", "question", "answer", nothing, "answered_at", never),
        of(figures, FIGURE, "edition__number", "position", "number", "words_it", "words_en", never, never),
        of(voices, VOICE, "edition__number", "position", "words", "who", nothing, never, never),
        all=True,
    )
