"""The applications of one person, read once for all that one page says of them."""

from datetime import datetime

from django.db.models import QuerySet

from sqcuola.admissions.models import Application
from sqcuola.editions.own import SHORT
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person

SHOWN = (
    "person",
    "submitted_at",
    *(f"edition__{field}" for field in SHORT),
    "offer__state",
    "offer__deadline",
)


def own_applications(person: Person, at: datetime) -> list[Application]:
    """Return somebody's applications that were not withdrawn, with edition and offer.

    One query; asked again with the same instant, they are not read again.
    """
    known: tuple[datetime, list[Application]] | None = getattr(person, "_own_applications", None)
    if known is None or known[0] != at:
        known = at, _standing(person.pk)
        person._own_applications = known  # type: ignore[attr-defined] # noqa: SLF001 - kept on the person of one request
    return known[1]


@prepared
def _standing(person: int) -> QuerySet[Application]:
    mine = Application.objects.filter(person=person, withdrawn_at=None)
    return mine.select_related("edition", "offer").only(*SHOWN)
