"""Bars: written downward by the rooms that know why. The reason stays there."""

from datetime import datetime

from sqcuola.editions.models import Bar, Edition
from sqcuola.people.models import Person


def bar(edition: Edition, person: Person, *, at: datetime) -> Bar:
    """Bar a person from judging in an edition, in the caller's transaction; refused by the database while they judge."""
    made, _new = Bar.objects.get_or_create(edition=edition, person=person, defaults={"begins": at})
    return made
