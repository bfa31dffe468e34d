"""From words to a mail in the outbox: filled, in the reader's language, in the house's clothes."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition
from sqcuola.kernel import outbox
from sqcuola.kernel.models import Outgoing
from sqcuola.notices.texts import Said
from sqcuola.people.models import Person
from sqcuola.ui import frame, letters


def values_for(person: Person, edition: Edition | None, url: str = "") -> dict[str, str]:
    """Return what fills the fields that every text has."""
    return {
        "name": str(person),
        "edition": edition.title if edition else "",
        "school": school_name(),
        "url": whole(url),
    }


def school_name() -> str:
    """Return how the school calls itself, as the frame of pages remembers it."""
    return frame.school().name or "SQcuola"


def whole(url: str) -> str:
    """Return a url that can be opened from a mail."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def post(
    person: Person,
    said: Said,
    *,
    key: str,
    at: datetime,
    send_after: datetime | None = None,
) -> Outgoing:
    """Put one mail to a person into the outbox, once for each key."""
    with translation.override(person.language):
        foot = _("%(school)s writes to you. How you want to hear from us: %(url)s") % {
            "school": school_name(),
            "url": whole(reverse("notices:preferences")),
        }
    return _put(person.email, said, person.language, foot, key=key, at=at, send_after=send_after)


def post_to(address: str, said: Said, *, language: str, key: str, at: datetime) -> Outgoing:
    """Put one mail to an address into the outbox: to somebody who has no page here, or never asked for one."""
    with translation.override(language):
        foot = _("%(school)s writes to you: %(url)s") % {"school": school_name(), "url": whole("/")}
    return _put(address, said, language, foot, key=key, at=at)


def _put(
    address: str,
    said: Said,
    language: str,
    foot: str,
    *,
    key: str,
    at: datetime,
    send_after: datetime | None = None,
) -> Outgoing:
    return outbox.put(
        key=key,
        to=address,
        language=language,
        subject=said.subject,
        text=letters.plain(said.body, foot=foot),
        html=letters.html(said.subject, said.body, language=language, foot=foot),
        headers={"Auto-Submitted": "auto-generated"},
        at=at,
        send_after=send_after,
    )
