"""Where a person is signed in: noted when a session begins, ended one by one or all together."""

import re
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction

from sqcuola.people.models import Device, Person

BROWSERS = (
    (r"Edg/", "Edge"),
    (r"OPR/", "Opera"),
    (r"Firefox/", "Firefox"),
    (r"Chrome/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"Android", "Android"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Mac OS X", "Mac"),
    (r"Windows", "Windows"),
    (r"Linux", "Linux"),
)


def note(request: Any, person: Person, *, way: str) -> None:
    """Note the session of this request as a device of the person, in words and without its address."""
    agent = request.headers.get("User-Agent", "")
    Device.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "person": person,
            "browser": _first(BROWSERS, agent),
            "system": _first(SYSTEMS, agent),
            "way": way,
            "entered_at": request.at,
        },
    )


def open_now(person: Person, at: datetime) -> list[Device]:
    """Return the devices whose session still lives, the newest first."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return list(Device.objects.filter(person=person, session_key__in=alive).order_by("-entered_at"))


@transaction.atomic
def end(device: Device) -> None:
    """End the session of a device."""
    Session.objects.filter(session_key=device.session_key).delete()
    device.delete()


@transaction.atomic
def end_others(person: Person, *, keep: str = "") -> None:
    """End all sessions of a person but `keep`."""
    others = Device.objects.filter(person=person).exclude(session_key=keep)
    Session.objects.filter(session_key__in=list(others.values_list("session_key", flat=True))).delete()
    others.delete()


def _first(patterns: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((word for pattern, word in patterns if re.search(pattern, agent)), "")
