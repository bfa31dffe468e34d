"""Reads of the log of answers."""

from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from sqcuola.kernel.prepared import prepared
from sqcuola.questions.marking import Given, fold
from sqcuola.questions.models import AnswerEntry, Attempt

# Where the log lives: its own database on SQLite, a table among the others on PostgreSQL.
LOG = "answers" if "answers" in settings.DATABASES else DEFAULT_DB_ALIAS


def given(attempt: Attempt) -> Given:
    """Say where one attempt stands by its log."""
    return fold(_entries(attempt.pk))


@prepared
def _entries(attempt: int) -> QuerySet[AnswerEntry]:
    return AnswerEntry.objects.filter(attempt=attempt)


def given_by_attempt(attempts: Collection[int]) -> dict[int, Given]:
    """Say where many attempts stand, in one query."""
    entries: defaultdict[int, list[AnswerEntry]] = defaultdict(list)
    for entry in AnswerEntry.objects.filter(attempt__in=attempts).order_by("pk"):
        entries[entry.attempt].append(entry)
    return {pk: fold(entries[pk]) for pk in attempts}
