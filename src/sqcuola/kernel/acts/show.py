"""Showing: an act is read only through its audience."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from sqcuola.kernel.audiences import reaching
from sqcuola.kernel.models import Act


def visible(acts: QuerySet[Act], person: Any, at: datetime, *, scope: str = "") -> QuerySet[Act]:
    """Return those acts, with `scope` those of it alone, that the person (None: a visitor) may know of at this instant."""
    return acts.filter(reaching(person, at, scope=scope))
