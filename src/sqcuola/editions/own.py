"""The editions somebody belongs to, read once for all the rooms that say something of them on one page."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS

from sqcuola.editions.audiences import belonging
from sqcuola.editions.models import Edition
from sqcuola.kernel.acts import EVERYWHERE
from sqcuola.kernel.once import once
from sqcuola.people.models import Person

Span = tuple[datetime, datetime]
# What a page says of an edition in passing; anything else is read when it is asked for.
SHORT = ("slug", "number", "title", "zone", "scope", "seats_offered", "published_at", "cancelled_at")
SPAN = ("phases__kind", "phases__begins", "phases__ends")


@dataclass(frozen=True, slots=True)
class Own:
    """An edition somebody belongs to, with the beginning and the end of each of its phases by kind."""

    edition: Edition
    phases: dict[str, Span]


@once
def of(person: Person, at: datetime) -> list[Own]:
    """Return the editions where a person has a role or is in a group, the newest first; all for who runs the house.

    One query, none for whoever belongs nowhere.
    """
    here = belonging(person, at)
    scopes = {scope for _kind, scope in here.roles} | {scope for _id, _kind, scope in here.groups}
    listed = Edition.objects.order_by("-number", "-pk")
    if not person.is_administrator and None not in scopes:
        if not scopes:
            return []
        listed = listed.filter(scope__in=scopes)
    found: dict[int, Own] = {}
    # One join, a row a phase: a model a row, or a query for the phases, would take three times as long.
    for *edition, kind, begins, ends in listed.values_list("pk", *SHORT, *SPAN):
        own = found.get(edition[0])
        if own is None:
            own = found[edition[0]] = Own(Edition.from_db(DEFAULT_DB_ALIAS, ("id", *SHORT), edition), {})
        if kind is not None:
            own.phases[kind] = begins, ends
    return list(found.values())


def entrusted(person: Person, kind: str, at: datetime) -> list[Own]:
    """Return the editions in which a person holds a role of this kind, those apart that were called off."""
    scopes = belonging(person, at).scopes(kind)
    if isinstance(scopes, list) and not scopes:
        return []
    return [
        own
        for own in of(person, at)
        if own.edition.cancelled_at is None and (scopes is EVERYWHERE or own.edition.scope in scopes)
    ]
