"""More time and aids, granted by another room that keeps the reason."""

from datetime import datetime

from django.db import transaction

from sqcuola.people.models import Person
from sqcuola.questions.models import Allowance


def allow(person: Person, *, extra_percent: int, until: datetime, aids: str = "") -> Allowance:
    """Let a person have more time, and aids, in every attempt that starts before `until`. Replaces what they had."""
    with transaction.atomic():
        allowance, _made = Allowance.objects.update_or_create(
            person=person, defaults={"extra_percent": extra_percent, "until": until, "aids": aids}
        )
    return allowance
