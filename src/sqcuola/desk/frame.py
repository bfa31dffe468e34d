"""Where somebody who is signed in can go from every page: their desk, and the editions they belong to."""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from sqcuola.editions import own as own_editions
from sqcuola.editions.audiences import belonging
from sqcuola.editions.circles import WITH_THE_CLASS
from sqcuola.editions.models import Edition, Group, Role
from sqcuola.kernel.acts import EVERYWHERE
from sqcuola.people.links import is_whole
from sqcuola.people.models import Person
from sqcuola.ui import frame
from sqcuola.ui.addresses import address

MOST, LONGEST = 2, 24  # more editions than that, and longer names, are found on the desk


def places(request: HttpRequest) -> list[frame.Place]:
    """Lead everybody who is signed in to their desk, and to where they study or run things."""
    if not is_whole(request):
        return []
    mine = _editions(request.user, request)  # type: ignore[arg-type]  # whoever is signed in is a person
    here = [place for place in mine if request.path.startswith(place.ground)]
    shown = {place.ground for place in [*here, *mine][:MOST]}
    desk = frame.Place(_("Desk"), address("desk:desk"), order=10)
    every = (
        [frame.Place(_("Editions"), address("desk:editions"), order=30)]
        if request.user.is_administrator  # type: ignore[union-attr]
        else []
    )
    return [desk, *(place for place in mine if place.ground in shown), *every]


def _editions(person: Person, request: HttpRequest) -> list[frame.Place]:
    """Return the places of a person's editions, remembered for a minute."""
    key = f"desk.places:{person.pk}"
    known: list[frame.Place] | None = cache.get(key)
    if known is None:
        known = _read(person, request.at)  # type: ignore[attr-defined]  # set by kernel.middleware.at
        cache.set(key, known, 60)
    return known


def _read(person: Person, at: datetime) -> list[frame.Place]:
    """Return where a person can go, first the editions that are public and not over, the newest before the others."""
    found = [own for own in own_editions.of(person, at) if own.edition.cancelled_at is None]
    here = belonging(person, at)
    runs = here.scopes(Role.Kind.COORDINATOR)
    studies = {scope for _pk, kind, scope in here.groups if kind == Group.Kind.CLASS}
    teaches = {scope for kind, scope in here.roles if kind in WITH_THE_CLASS}
    keeps = {scope for kind, scope in here.roles if kind == Role.Kind.PAPERS}
    if runs is not EVERYWHERE:  # an administrator reads of all, and belongs to those alone that they are in
        in_some = {scope for _kind, scope in here.roles} | studies
        found = [own for own in found if own.edition.scope in in_some]
    found.sort(key=lambda own: not (own.edition.published_at and _goes_on(own, at)))
    return [
        frame.Place(
            Truncator(own.edition.title).chars(LONGEST),
            _way(
                own.edition,
                runs=runs is EVERYWHERE or own.edition.scope in runs,
                in_class=bool({own.edition.scope, None} & teaches) or own.edition.scope in studies,
                keeps=bool({own.edition.scope, None} & keeps),
            ),
            order=20,
            area=own.edition.path,
        )
        for own in found
    ]


def _goes_on(own: own_editions.Own, at: datetime) -> bool:
    return any(at < ends for _begins, ends in own.phases.values())


def _way(edition: Edition, *, runs: bool, in_class: bool, keeps: bool) -> str:
    """Return where somebody goes in an edition: who runs it to its cockpit, who studies or teaches to the class.

    Who keeps the papers of requests for help goes to them, whether somebody has asked or not.
    """
    if runs:
        return address("desk:cockpit", edition.slug)
    if in_class:
        return address("classroom:class", edition.slug)
    return address("admissions:helps", edition.slug) if keeps else edition.path
