"""Ways in that are limited to one thing: made here, opened by a button, never by a mere visit."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from sqcuola.kernel import clock, ids
from sqcuola.kernel.requests import Request
from sqcuola.people import limits, mail
from sqcuola.people.models import Device, Link, Person

Thing = tuple[str, dict[str, Any]]
_families: dict[str, set[str]] = {}
_ways_in: set[str] = set()


class Made(NamedTuple):
    """A new link: the row that a thing may hold as its key, and the address that only the mail may carry."""

    link: Link
    url: str


def make(person: Person, *, thing: Thing, expires: datetime, at: datetime | None = None) -> str:
    """Make a link for a person to one thing, `(url name, kwargs)`, and return its address for a mail."""
    return create(person, thing=thing, expires=expires, at=at or clock.now()).url


def create(person: Person, *, thing: Thing, expires: datetime, at: datetime) -> Made:
    """Make a link and return both the row and its address. Only the digest of the token is stored."""
    token = ids.token()
    url_name, url_kwargs = thing
    reverse(url_name, kwargs=url_kwargs)  # a link to nowhere fails where it is made
    link = Link.objects.create(
        hash=ids.digest(token),
        person=person,
        url_name=url_name,
        url_kwargs=url_kwargs,
        made_at=at,
        expires=expires,
    )
    return Made(link, settings.SITE_URL + reverse("people:link", args=[token]))


def by_token(token: str) -> Link:
    """Return the link of a token with its person, or raise Link.DoesNotExist."""
    return Link.objects.select_related("person").get(hash=ids.digest(token), person__erased_at=None)


def alive(link: Link, at: datetime) -> bool:
    """Say whether a link still opens: not used, not over."""
    return link.used_at is None and at < link.expires


@transaction.atomic
def open_session(link: Link, request: Request) -> bool:
    """Use a link up and begin a session limited to its thing; False when it was used or over meanwhile.

    Someone who is already in as the same person, with a whole session, keeps it.
    """
    at = request.at
    if not Link.objects.filter(pk=link.pk, used_at=None, expires__gt=at).update(used_at=at):
        return False
    if request.user.is_authenticated and request.user.pk == link.person_id and not limited_to(request):
        return True
    login(request, link.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["limited_to"] = {
        "url_name": link.url_name,
        "kwargs": link.url_kwargs,
        "until": link.expires.isoformat(),
    }
    request.session.set_expiry(max(1, int((link.expires - at).total_seconds())))
    Device.objects.filter(session_key=request.session.session_key).delete()
    return True


def widen(url_name: str, *others: str) -> None:
    """Say which other url names belong to the same thing, reached with (at least) the same kwargs: its saving, its files."""
    _families.setdefault(url_name, set()).update(others)


def keep_open(url_name: str) -> None:
    """Say that a page is a way in: a device that a link or a code opened for somebody is open to the next one too."""
    _ways_in.add(url_name)


def is_way_in(url_name: str) -> bool:
    """Say whether a page stays open whatever a session is limited to."""
    return url_name in _ways_in


def covers(limit: dict[str, Any], url_name: str, kwargs: dict[str, Any]) -> bool:
    """Say whether a url belongs to the one thing a session is limited to."""
    wanted: dict[str, Any] = limit["kwargs"]
    if url_name == limit["url_name"]:
        return kwargs == wanted
    return url_name in _families.get(limit["url_name"], ()) and wanted.items() <= kwargs.items()


def limited_to(request: Request) -> dict[str, Any] | None:
    """Return what this session is limited to, or None for a whole session."""
    found: dict[str, Any] | None = request.session.get("limited_to")
    return found


def is_whole(request: HttpRequest) -> bool:
    """Say whether somebody is signed in with a session that is not limited to one thing. A visitor's is not asked for."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_authenticated and not request.session.get("limited_to")


def renew(link: Link, *, at: datetime) -> None:
    """Mail a new link to the same thing, to its person only; whoever opened the old page learns nothing."""
    if limits.take(limits.LINKS_FOR_A_PERSON, str(link.person_id), at=at):
        _mail_again(link, at)


@transaction.atomic
def _mail_again(link: Link, at: datetime) -> None:
    lasts = max(link.expires - link.made_at, timedelta(days=1))
    made = create(link.person, thing=(link.url_name, link.url_kwargs), expires=at + lasts, at=at)
    Link.objects.filter(pk=link.pk).update(replaced_by=made.link)
    mail.post(
        "link_again",
        key=f"people.link:{made.link.pk}",
        to=link.person.email,
        language=link.person.language,
        at=at,
        link=made.url,
        name=link.person.name,
    )
