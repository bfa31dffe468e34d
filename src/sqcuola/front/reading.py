"""What the public page of an edition reads, each by a query that is written once."""

from datetime import datetime

from django.db.models import Count, QuerySet

from sqcuola.admissions.models import LetterQuestion
from sqcuola.editions.models import Change, Clarification, Figure, Role, RulesVersion, Voice
from sqcuola.editions.queries import lasting
from sqcuola.kernel.prepared import prepared

SHOWN_KINDS = (Role.Kind.TEACHER, Role.Kind.COORDINATOR)


@prepared
def held(edition: int, at: datetime) -> QuerySet[Role]:
    """Return who teaches and who coordinates, in the order they were asked to."""
    roles = Role.objects.filter(lasting(at), edition=edition, kind__in=SHOWN_KINDS)
    return roles.select_related("person").only("kind", "about", "person__name").order_by("begins", "pk")


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


@prepared
def digests(edition: int) -> QuerySet[RulesVersion, str]:
    """Return the fingerprint of the newest rules."""
    return RulesVersion.objects.filter(edition=edition).values_list("digest", flat=True)[:1]


@prepared
def changes(edition: int) -> QuerySet[Change]:
    """Return the last three changes."""
    return Change.objects.filter(edition=edition).only("kind", "phase", "now", "reason", "at")[:3]


def _answers(edition: int) -> QuerySet[Clarification]:
    given = Clarification.objects.filter(edition=edition, set_aside_at=None).exclude(answered_at=None)
    return given.only("question", "answer", "answered_at").order_by("-answered_at")


@prepared
def answers(edition: int) -> QuerySet[Clarification]:
    """Return the answered questions, the newest first."""
    return _answers(edition)[:100]


@prepared
def last_answers(edition: int) -> QuerySet[Clarification]:
    """Return the five answered last."""
    return _answers(edition)[:5]


@prepared
def letter_questions(edition: int) -> QuerySet[LetterQuestion, int]:
    """Return how many questions the letter has: one number, none if there are none."""
    asked = LetterQuestion.objects.filter(edition=edition).order_by()
    return asked.values("edition").annotate(n=Count("pk")).values_list("n", flat=True)
