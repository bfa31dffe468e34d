"""What happens when somebody has shown who they are: the account, the session, the device."""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from sqcuola.kernel import ids
from sqcuola.kernel.requests import Request
from sqcuola.people import devices, handles
from sqcuola.people.models import Device, Person

FRESH = timedelta(minutes=15)


def person_of(email: str) -> Person | None:
    """Return whom an address belongs to, if to anyone."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()


def create_person(email: str, *, name: str, language: str, at: datetime) -> Person:
    """Make the account of a new person who has proved the address; the same one if a second tab was first."""
    for handle in (handles.free(name), f"{handles.free(name)[:32]}-{ids.code(6).lower()}"):
        try:
            with transaction.atomic():
                return Person.objects.create_user(email, name, handle=handle, language=language, joined=at)
        except IntegrityError:
            if (there := person_of(email)) is not None:
                return there
    raise RuntimeError("No short name was free, twice.")


def find_or_create(email: str, *, name: str, language: str, at: datetime) -> Person:
    """Return whom an address belongs to, or a new person: for rooms that invite by mail."""
    return person_of(email) or create_person(email, name=name, language=language, at=at)


def come_in(request: Request, person: Person, *, way: Device.Way, back_to: str = "") -> HttpResponse:
    """Begin a session, after the second factor where there is one, and go to where the person wanted."""
    request.session["way"] = way.value
    record_authentication(request, person, method=way.value)
    answer: HttpResponse = perform_login(
        request, Login(user=person, redirect_url=safe(request, back_to) or settings.LOGIN_REDIRECT_URL)
    )
    return answer


def arrived(request: Request, person: Person) -> None:
    """Note the device of a session that has just begun, and when the person last showed who they are.

    A session that was limited to one thing, of the same person, becomes a whole one: under a new id.
    """
    if request.session.pop("limited_to", None):
        request.session.set_expiry(None)
        request.session.cycle_key()
    way = request.session.pop("way", Device.Way.PASSKEY.value)
    mark_fresh(request)
    devices.note(request, person, way=way)


def mark_fresh(request: Request) -> None:
    """Remember that just now the person showed who they are."""
    request.session["fresh_at"] = request.at.timestamp()


def is_fresh(request: Request) -> bool:
    """Say whether the person showed who they are a short while ago."""
    return request.at.timestamp() - float(request.session.get("fresh_at", 0)) < FRESH.total_seconds()


def safe(request: Request, url: str) -> str:
    """Return a url to come back to when it is one of ours, else ''."""
    ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if ours and url.startswith("/") else ""
