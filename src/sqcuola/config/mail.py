"""How mail leaves, read from SQCUOLA_MAIL_URL and SQCUOLA_MAIL_FROM."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends."
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Road:
    """One way for mail to leave: Django's MAILERS entry, and whether it reaches anybody."""

    backend: str
    options: dict[str, Any] = field(default_factory=dict)
    leaves: bool = True
    provider: str = ""


def road(url: str, home: Path) -> Road:
    """Read a mail url.

    It is smtp://user:password@host:587 (STARTTLS; ?tls=no without), smtps://…, console:, file:///folder, or anymail:NAME
    with that provider's own settings in the environment (ANYMAIL_…). Raises ImproperlyConfigured with a sentence. Without a url letters are written to the folder `mails` of `home`.
    """
    if not url:
        return Road(BACKENDS + "filebased.EmailBackend", {"file_path": home / "mails"}, leaves=False)
    parts = urlsplit(url)
    if parts.scheme in PORTS:
        if not parts.hostname:
            raise ImproperlyConfigured(
                "SQCUOLA_MAIL_URL names no host: smtp://user:password@mail.example:587"
            )
        return Road(BACKENDS + "smtp.EmailBackend", _smtp(url))
    if parts.scheme == "console":
        return Road(BACKENDS + "console.EmailBackend", leaves=False)
    if parts.scheme == "memory":
        return Road(BACKENDS + "locmem.EmailBackend", leaves=False)
    if parts.scheme == "file":
        return Road(BACKENDS + "filebased.EmailBackend", {"file_path": unquote(parts.path)}, leaves=False)
    if parts.scheme == "anymail" and parts.path.isidentifier():
        return Road(f"anymail.backends.{parts.path}.EmailBackend", provider=parts.path)
    raise ImproperlyConfigured(
        "SQCUOLA_MAIL_URL begins with smtp:, smtps:, file:, console: or anymail: (anymail:mailgun, for example)."
    )


def _smtp(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    plain = parse_qs(parts.query).get("tls") == ["no"]
    return {
        "host": parts.hostname,
        "port": parts.port or PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp" and not plain,
        "use_ssl": parts.scheme == "smtps",
        "timeout": 20,
    }
