"""What other rooms ask before they show a face, play a video, print a name, hand on an address."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from sqcuola.people.models import Consent, Person

Purpose = Consent.Purpose


def given(person: Person, purpose: str, at: datetime) -> bool:
    """Say whether a person agrees to a purpose at an instant."""
    return person.pk in who_gave([person.pk], purpose, at)


def who_gave(ids: Collection[int], purpose: str, at: datetime) -> set[int]:
    """Return which of these people agree to a purpose at an instant, in one query."""
    rows = Consent.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), person__in=ids, purpose=purpose, given_at__lte=at
    )
    return set(rows.values_list("person", flat=True))
