"""Where somebody who is signed in can go from every page: their desk, and the editions they belong to."""

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.audiences import belonging
from sqcuola.editions.models import Edition, Group, Role
from sqcuola.kernel.acts import EVERYWHERE
from sqcuola.people.links import is_whole
from sqcuola.people.models import Person
from sqcuola.ui import frame

MOST, LONGEST = 2, 24  # more editions than that, and longer names, are found on the desk


def places(request: HttpRequest) -> list[frame.Place]:
    """Lead everybody who is signed in to their desk, and to where they study or run things."""
    if not is_whole(request):
        return []
    desk = frame.Place(_("Desk"), reverse("desk:desk"), order=10)
    return [desk, *_editions(request.user, request)]  # type: ignore[arg-type]  # whoever is signed in is a person


def _editions(person: Person, request: HttpRequest) -> list[frame.Place]:
    """Return the places of a person's editions, the newest first; each process remembers them for a minute."""
    key = f"desk.places:{person.pk}"
    known: list[frame.Place] | None = cache.get(key)
    if known is None:
        known = _read(person, request)
        cache.set(key, known, 60)
    return known


def _read(person: Person, request: HttpRequest) -> list[frame.Place]:
    here = belonging(person, request.at)  # type: ignore[attr-defined]  # set by kernel.middleware.at
    runs = here.scopes(Role.Kind.COORDINATOR)
    studies = {scope for _pk, kind, scope in here.groups if kind == Group.Kind.CLASS}
    scopes = {scope for _kind, scope in here.roles if scope} | studies
    listed = Edition.objects.filter(cancelled_at=None).order_by("-number", "-pk")
    if runs is not EVERYWHERE:
        if not scopes:
            return []
        listed = listed.filter(scope__in=scopes)
    return [
        frame.Place(Truncator(edition.title).chars(LONGEST), url, order=20, area=edition.path)
        for edition in listed[:MOST]
        for url in [
            _way(edition, runs=runs is EVERYWHERE or edition.scope in runs, studies=edition.scope in studies)
        ]
    ]


def _way(edition: Edition, *, runs: bool, studies: bool) -> str:
    """Return where somebody goes in an edition: who runs it to its cockpit, who studies to the class."""
    if runs:
        return reverse("desk:cockpit", args=[edition.slug])
    return reverse("classroom:class", args=[edition.slug]) if studies else edition.path
