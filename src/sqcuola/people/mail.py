"""The mails of this room. A mail is one template: its first line is the subject, a line with a url alone is a link."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from sqcuola.kernel import outbox
from sqcuola.people.models import Person
from sqcuola.ui import letters


def post(name: str, /, *, key: str, to: str, language: str, at: datetime, **context: object) -> None:
    """Put the mail `people/mail/NAME.txt` into the outbox, once for each key, in the reader's language."""
    with translation.override(language):
        whole = render_to_string(f"people/mail/{name}.txt", {**context, "site": settings.SITE_URL})
    subject, text = letters.parted(whole)
    outbox.put(
        key=key,
        to=to,
        subject=subject,
        text=letters.plain(text),
        html=letters.html(subject, text, language=language),
        language=language,
        headers={"Auto-Submitted": "auto-generated"},
        at=at,
    )


def tell_safety(person: Person, what: str, *, at: datetime) -> None:
    """Tell a person that a way into their account was added or taken away: if it was not they, they read how to act."""
    post(
        "safety_changed",
        key=f"people.safety:{person.pk}:{what}:{at.isoformat()}",
        to=person.email,
        language=person.language,
        at=at,
        what=what,
        person=person,
    )
