"""Every edition of the school, for who runs the house: where each stands, its dates, who coordinates it, the way in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sqcuola.desk.cockpit_page import standing
from sqcuola.editions.audiences import belonging
from sqcuola.editions.models import Edition, Role
from sqcuola.editions.queries import lasting, visible_to
from sqcuola.kernel.acts import EVERYWHERE
from sqcuola.people.models import Person
from sqcuola.ui import dates

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One edition: `url` is the cockpit for who runs it, else the public page, nothing where neither opens.

    `people_url` is where somebody is put in charge, for an administrator who does not run it.
    """

    edition: Edition
    standing: str
    begins: str
    ends: str
    coordinators: list[str]
    url: str
    people_url: str


@dataclass(frozen=True, slots=True)
class EditionsPage:
    rows: list[Row]
    page: Page[Edition]


def editions_page(person: Person, number: str | None, at: datetime) -> EditionsPage:
    """Gather a page of all editions, the newest first, at a fixed number of queries."""
    found = visible_to(person, at).prefetch_related("phases").order_by("-number", "-pk")
    page = Paginator(found, ON_A_PAGE).get_page(number)
    listed = list(page.object_list)
    runs = belonging(person, at).scopes(Role.Kind.COORDINATOR)
    named = _coordinators(listed, at)
    rows = [
        _row(person, edition, named[edition.pk], at, runs=runs is EVERYWHERE or edition.scope in runs)
        for edition in listed
    ]
    return EditionsPage(rows, page)


def _coordinators(editions: Iterable[Edition], at: datetime) -> dict[int, list[str]]:
    """Return the names of who runs each edition, those of the whole house after its own."""
    where = Q(edition__in=[edition.pk for edition in editions]) | Q(edition=None)
    held = Role.objects.filter(lasting(at), where, kind=Role.Kind.COORDINATOR).select_related("person")
    own: dict[int | None, list[str]] = defaultdict(list)
    for role in held.order_by("begins", "pk"):
        own[role.edition_id].append(str(role.person))
    house = own.pop(None, [])
    return {edition.pk: list(dict.fromkeys([*own[edition.pk], *house])) for edition in editions}


def _row(person: Person, edition: Edition, named: list[str], at: datetime, *, runs: bool) -> Row:
    public = bool(edition.published_at and edition.published_at <= at)
    phases = list(edition.phases.all())
    with timezone.override(ZoneInfo(edition.zone)):
        return Row(
            edition=edition,
            standing=standing(edition, at),
            begins=dates.full_day(min(phase.begins for phase in phases)) if phases else "",
            ends=dates.full_day(dates.last_minute(max(phase.ends for phase in phases))) if phases else "",
            coordinators=named,
            url=reverse("desk:cockpit", args=[edition.slug]) if runs else edition.path if public else "",
            people_url=""
            if runs or not person.is_administrator
            else reverse("editions:people", args=[edition.slug]),
        )
