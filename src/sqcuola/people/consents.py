"""What other rooms ask before they show a face, play a video, print a name, hand on an address."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from sqcuola.people.models import Consent, Person

Purpose = Consent.Purpose


def history(person: Person) -> dict[str, list[Consent]]:
    """Return what a person said of each purpose, the latest first; an empty list where they were never asked."""
    said: dict[str, list[Consent]] = {purpose.value: [] for purpose in Purpose}
    for row in Consent.objects.filter(person=person).order_by("-given_at", "-pk"):
        said[row.purpose].append(row)
    return said


def portrait_shown() -> Exists:
    """Return the condition, for a query of people, that the portrait may be shown to others now."""
    return Exists(Consent.objects.filter(person=OuterRef("pk"), purpose=Purpose.PORTRAIT, withdrawn_at=None))


def given(person: Person, purpose: str, at: datetime) -> bool:
    """Say whether a person agrees to a purpose at an instant."""
    return person.pk in who_gave([person.pk], purpose, at)


def who_gave(ids: Collection[int], purpose: str, at: datetime) -> set[int]:
    """Return which of these people agree to a purpose at an instant, in one query."""
    rows = Consent.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), person__in=ids, purpose=purpose, given_at__lte=at
    )
    return set(rows.values_list("person", flat=True))
