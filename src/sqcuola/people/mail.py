"""The mails of this room. A mail is one template: its first line is the subject, a line with a url alone is a link."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from sqcuola.people.models import Person


def post(name: str, /, *, key: str, to: str, language: str, **context: object) -> None:
    """Send the mail `people/mail/NAME.txt` to an address, once for each key, in the reader's language."""
    with translation.override(language):
        whole = render_to_string(f"people/mail/{name}.txt", {**context, "site": settings.SITE_URL}).strip()
        subject, _newline, text = whole.partition("\n")
        paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
        html = render_to_string(
            "people/mail.html", {"subject": subject, "paragraphs": paragraphs, "language": language}
        )
    _send(key, to, subject, text.strip() + "\n", html)


def tell_safety(person: Person, what: str, *, at: datetime) -> None:
    """Tell a person that a way into their account was added or taken away: if it was not they, they read how to act."""
    post(
        "safety_changed",
        key=f"people.safety:{person.pk}:{what}:{at.isoformat()}",
        to=person.email,
        language=person.language,
        what=what,
        person=person,
    )


def _send(_key: str, to: str, subject: str, text: str, html: str) -> None:
    message = EmailMultiAlternatives(subject, text, to=[to])
    message.attach_alternative(html, "text/html")
    message.send()
