"""From words to a mail in the outbox: filled, in the reader's language, in the house's clothes."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition
from sqcuola.editions.queries import school
from sqcuola.kernel import outbox
from sqcuola.kernel.models import Outgoing
from sqcuola.notices.texts import Said
from sqcuola.people.models import Person
from sqcuola.ui import letters


def values_for(person: Person, edition: Edition | None, url: str = "") -> dict[str, str]:
    """Return what fills the fields that every text has."""
    return {
        "name": str(person),
        "edition": edition.title if edition else "",
        "school": school_name(),
        "url": whole(url),
    }


def school_name() -> str:
    """Return how the school calls itself."""
    found = school()
    return found.name if found else "SQcuola"


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
    headers: Mapping[str, str] | None = None,
) -> Outgoing:
    """Put one mail to a person into the outbox, once for each key."""
    with translation.override(person.language):
        foot = _("%(school)s writes to you. How you want to hear from us: %(url)s") % {
            "school": school_name(),
            "url": whole(reverse("notices:preferences")),
        }
    return outbox.put(
        key=key,
        to=person.email,
        language=person.language,
        subject=said.subject,
        text=letters.plain(said.body, foot=foot),
        html=letters.html(said.subject, said.body, language=person.language, school=school_name(), foot=foot),
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
        at=at,
        send_after=send_after,
    )
