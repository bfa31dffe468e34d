"""From a plan to an edition: its row, its dates, and what every room gives it at its beginning."""

from datetime import datetime

from django.db import transaction

from sqcuola.editions import queries
from sqcuola.editions.actions.editing import create_edition
from sqcuola.editions.models import Edition
from sqcuola.editions.presets import Plan
from sqcuola.editions.presets.planning import Choice, address
from sqcuola.kernel import edition_parts
from sqcuola.people.models import Person


@transaction.atomic
def prepare(plan: Plan, title: str, *, by: Person, at: datetime) -> Edition:
    """Begin the edition of a plan, in one transaction with what the rooms put into it."""
    edition, _decided = _prepare(plan, title, by, at)
    return edition


def decided(plan: Plan, title: str, *, by: Person, at: datetime) -> list[Choice]:
    """Return what the rooms would decide for a plan, by letting them and taking it all back."""
    with transaction.atomic():
        _edition, found = _prepare(plan, title, by, at)
        transaction.set_rollback(True)
    return found


def _prepare(plan: Plan, title: str, by: Person, at: datetime) -> tuple[Edition, list[Choice]]:
    number = queries.next_number()
    edition = create_edition(
        number=number,
        title=title,
        slug=address(title, number, Edition.objects.values_list("slug", flat=True)),
        phases=plan.dates,
        by=by,
        at=at,
        **plan.fields,
    )
    if plan.copy_of is not None:
        edition_parts.copy(plan.copy_of, edition, shift=plan.shift, at=at)
        return edition, []
    rooms = edition_parts.defaults(edition, plan.fields["preset"], at=at)
    return edition, [Choice(item.what, "", item.why) for item in rooms]
