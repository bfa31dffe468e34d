"""What was drawn for an attempt, as its pages and answers ask for it: by queries that are written once."""

from typing import NamedTuple

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


class Half(NamedTuple):
    """An option as a page needs it: of a pair, `text` stands on the left and `matches` on the right."""

    pk: int
    text: str
    markup: str
    matches: str


def options_between(attempt: int, first: int, last: int) -> dict[int, Half]:
    """Return all options of those questions by their ids: each attempt has an order of its own."""
    return {row[0]: Half(*row) for row in _options(attempt, first, last)}


@prepared
def _options(attempt: int, first: int, last: int) -> QuerySet[Option, tuple[int, str, str, str]]:
    rows = AttemptQuestion.objects.filter(attempt=attempt, place__gte=first, place__lte=last)
    asked = Option.objects.filter(question__in=rows.values("question"))
    return asked.order_by().values_list("pk", "text", "markup", "matches")


@prepared
def at(attempt: int, place: int) -> QuerySet[AttemptQuestion]:
    """Return what stands at a place, with as much of the question as says which answers fit."""
    rows = AttemptQuestion.objects.filter(attempt=attempt, place=place).select_related("question")
    return rows.only("attempt", "place", "options", "matches", "question__kind")
