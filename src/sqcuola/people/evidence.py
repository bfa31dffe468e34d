"""What people have shown they can do, written by the room where it happened."""

from datetime import date

from django.db import transaction

from sqcuola.people.actions import competence_named
from sqcuola.people.models import Evidence, Person


@transaction.atomic
def add(person: Person, *, kind: str, title: str, url: str, day: date, competence: str = "") -> Evidence:
    """Write down that a person has shown something; again with the same kind and url it is corrected, not doubled."""
    row, _made = Evidence.objects.update_or_create(
        person=person,
        kind=kind,
        url=url,
        defaults={
            "title": title,
            "day": day,
            "competence": competence_named(competence) if competence else None,
        },
    )
    return row


@transaction.atomic
def take_back(person: Person, *, kind: str, url: str) -> None:
    """Remove an evidence that turned out not to be one."""
    Evidence.objects.filter(person=person, kind=kind, url=url).delete()
