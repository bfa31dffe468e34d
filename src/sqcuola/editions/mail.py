"""The mails of this room: through the outbox, in the reader's language. Their first line is the subject."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from sqcuola.kernel import outbox


def post(name: str, /, *, key: str, to: str, language: str, at: datetime, **context: object) -> None:
    """Put the mail `editions/mail/NAME.txt` into the outbox, once for each key, in the caller's transaction."""
    with translation.override(language):
        whole = render_to_string(f"editions/mail/{name}.txt", {**context, "site": settings.SITE_URL}).strip()
        subject, _newline, text = whole.partition("\n")
        text = text.strip() + "\n"
        paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
        html = render_to_string(
            "editions/mail.html", {"subject": subject, "paragraphs": paragraphs, "language": language}
        )
    outbox.put(key=key, to=to, subject=subject, text=text, html=html, language=language, at=at)
