"""Whether this server is a rehearsal. Read by the settings, so it imports nothing of Django's."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from sqcuola.kernel import clock

CHEAP_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
CLOCK = "rehearsal-clock"


def refuse_in_production(mode: str, *, rehearsal: bool) -> None:
    """Raise ImproperlyConfigured when somebody would move the clock of a real school."""
    if rehearsal and mode == "production":
        raise ImproperlyConfigured(
            "SQCUOLA_REHEARSAL moves the clock: it does not start with SQCUOLA_MODE=production."
        )


def begin(home: Path) -> None:
    """Let this process follow the clock that all processes of the rehearsal share."""
    clock.follow(home / CLOCK)
