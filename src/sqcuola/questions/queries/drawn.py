"""What was drawn for an attempt, as its pages and answers ask for it: by queries that are written once."""

from django.db.models import QuerySet

from sqcuola.kernel.prepared import prepared
from sqcuola.questions.models import AttemptQuestion, Option


@prepared
def places(attempt: int) -> QuerySet[AttemptQuestion, tuple[int, int]]:
    """Return (place, question) of all that was drawn, in order."""
    return AttemptQuestion.objects.filter(attempt=attempt).values_list("place", "question")


@prepared
def between(attempt: int, first: int, last: int) -> QuerySet[AttemptQuestion]:
    """Return what stands from a place to another, with the words of each question."""
    rows = AttemptQuestion.objects.filter(attempt=attempt, place__gte=first, place__lte=last)
    words = ("question__kind", "question__category", "question__text", "question__markup")
    return rows.select_related("question").only("place", "options", "matches", *words)


@prepared
def options_between(attempt: int, first: int, last: int) -> QuerySet[Option]:
    """Return the words of all options of those questions, in no order: each attempt has its own."""
    rows = AttemptQuestion.objects.filter(attempt=attempt, place__gte=first, place__lte=last)
    return (
        Option.objects.filter(question__in=rows.values("question"))
        .only("text", "markup", "matches")
        .order_by()
    )


@prepared
def at(attempt: int, place: int) -> QuerySet[AttemptQuestion]:
    """Return what stands at a place, with as much of the question as says which answers fit."""
    rows = AttemptQuestion.objects.filter(attempt=attempt, place=place).select_related("question")
    return rows.only("attempt", "place", "options", "matches", "question__kind")
