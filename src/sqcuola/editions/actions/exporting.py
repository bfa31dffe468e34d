"""Taking a list away as a file: who did, which list, how many rows it had."""

from datetime import datetime

from django.db import transaction

from sqcuola.editions import rules
from sqcuola.editions.acts import Exported
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.kernel.ids import Code
from sqcuola.people.models import Person


@transaction.atomic
def note_export(edition: Edition, key: str, rows: int, *, by: Person, at: datetime) -> None:
    """Record that a list of an edition leaves the house, before its first row does; `key` is the list's slug."""
    rules.may_coordinate(by, edition, at).or_refuse()
    acts.record(Exported(edition.pk, Code(key), rows), by=by, at=at, scope=edition.scope)
