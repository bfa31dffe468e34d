"""Showing: an act is read only through its audience; of some, people are told the day and never the hour."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import TruncDay
from django.utils import timezone

from sqcuola.kernel.acts.declare import told_by_day
from sqcuola.kernel.audiences import reaching
from sqcuola.kernel.models import Act


def visible(acts: QuerySet[Act], person: Any, at: datetime, *, scope: str = "") -> QuerySet[Act]:
    """Return those acts, with `scope` those of it alone, that the person (None: a visitor) may know of at this instant."""
    return acts.filter(reaching(person, at, scope=scope))


def told_at(verb: str, at: datetime) -> datetime:
    """Return when people are told that it was done: at its instant, or when its day began where its hour is not told."""
    if verb not in told_by_day():
        return at
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def newest_first(acts: QuerySet[Act]) -> QuerySet[Act]:
    """Return acts, the latest first, in an order that tells no hour that people are not told.

    Acts told by their day alone follow the others of that day, by the salted digest of what they hold: at random, and the
    same whenever one looks. Their place among the others, or among themselves, would say when they were done.
    """
    by_day = When(verb__in=told_by_day(), then=None)
    return acts.order_by(
        TruncDay("at").desc(),
        Case(by_day, default=F("at")).desc(nulls_last=True),
        Case(When(verb__in=told_by_day(), then=F("payload_hash")), default=Value("")),
        "-id",
    )
