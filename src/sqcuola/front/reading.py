"""What the public page of an edition reads, each by a query that is written once."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery

from sqcuola.admissions.models import LetterQuestion
from sqcuola.editions.models import Change, Clarification, Edition, Figure, Role, RulesVersion, Voice
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared

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


@prepared
def figures(number: int, at: datetime) -> QuerySet[Figure]:
    """Return three figures of the edition of this number, then of those before it."""
    told = Figure.objects.filter(edition__published_at__lte=at, edition__number__lte=number)
    return told.order_by("-edition__number", "position").only("number", "words_it", "words_en")[:3]


@prepared
def voices(number: int, at: datetime) -> QuerySet[Voice]:
    """Return two voices of the edition of this number, then of those before it."""
    told = Voice.objects.filter(edition__published_at__lte=at, edition__number__lte=number)
    return told.order_by("-edition__number", "position").only("words", "who")[:2]


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


@prepared
def changes(edition: int) -> QuerySet[Change]:
    """Return the last three changes."""
    return Change.objects.filter(edition=edition).only("kind", "phase", "now", "reason", "at")[:3]


def _answers(edition: int) -> QuerySet[Clarification]:
    given = Clarification.objects.filter(edition=edition, set_aside_at=None).exclude(answered_at=None)
    return given.only("question", "answer", "answered_at").order_by("-answered_at")


@prepared
def answers(edition: int) -> QuerySet[Clarification]:
    """Return the answered questions, the newest first: so many that a search leads to none that is not there."""
    return _answers(edition)[:500]


@prepared
def last_answers(edition: int) -> QuerySet[Clarification]:
    """Return the five answered last."""
    return _answers(edition)[:5]
