"""What attempts came to. Computed from the log each time; nothing of it is stored here."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import batched

from sqcuola.questions import marking
from sqcuola.questions.marking import Given, Mark, Result
from sqcuola.questions.models import Attempt, AttemptQuestion, Option
from sqcuola.questions.queries.log import given_by_attempt

BATCH = 100


def result(attempt: Attempt) -> Result:
    """Return what one attempt came to, question by question."""
    return score_all([attempt])[attempt.pk]


def score_all(attempts: Iterable[Attempt]) -> dict[int, Result]:
    """Return what each attempt came to, by its id: three queries a hundred attempts."""
    results: dict[int, Result] = {}
    for batch in batched((attempt.pk for attempt in attempts), BATCH):
        results |= _score(list(batch))
    return results


def _score(attempts: list[int]) -> dict[int, Result]:
    asked: defaultdict[int, list[AttemptQuestion]] = defaultdict(list)
    rows = AttemptQuestion.objects.filter(attempt__in=attempts).select_related("question").order_by("place")
    for row in rows.only("attempt_id", "place", "question__kind", "question__points"):
        asked[row.attempt_id].append(row)
    options: defaultdict[int, list[Option]] = defaultdict(list)
    for option in Option.objects.filter(
        question__in=AttemptQuestion.objects.filter(attempt__in=attempts).values("question")
    ):
        options[option.question_id].append(option)
    given = given_by_attempt(attempts)
    return {
        pk: marking.total(pk, [_mark(row, options[row.question_id], given[pk]) for row in asked[pk]])
        for pk in attempts
    }


def _mark(row: AttemptQuestion, options: list[Option], given: Given) -> Mark:
    value = given.values.get(row.question_id, "")
    part = marking.share(row.question.kind, options, value)
    most = row.question.points
    return Mark(row.place, row.question_id, value, part, (part or Decimal(0)) * most, most)
