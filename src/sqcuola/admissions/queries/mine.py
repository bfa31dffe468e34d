"""The applications of one person, read once for all that one page says of them."""

from datetime import datetime

from django.db.models import QuerySet

from sqcuola.admissions.models import Application
from sqcuola.editions.own import SHORT
from sqcuola.kernel.once import once
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person

SHOWN = (
    "person",
    "submitted_at",
    *(f"edition__{field}" for field in SHORT),
    "offer__state",
    "offer__deadline",
)


@once
def own_applications(person: Person, _at: datetime) -> list[Application]:
    """Return somebody's applications that were not withdrawn, with edition and offer, in one query."""
    return _standing(person.pk)


@prepared
def _standing(person: int) -> QuerySet[Application]:
    mine = Application.objects.filter(person=person, withdrawn_at=None)
    return mine.select_related("edition", "offer").only(*SHOWN)
