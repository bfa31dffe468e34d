"""Reads settings from the environment. Secrets come from nowhere else."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "development", "demo", "test")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def beginning_with(prefix: str) -> dict[str, str]:
    """Return the variables whose names begin so, without that beginning."""
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def mode() -> str:
    value = text("SQCUOLA_MODE", "development")
    if value not in MODES:
        raise ImproperlyConfigured(f"SQCUOLA_MODE is {value!r}; it takes one of {', '.join(MODES)}.")
    return value


def home() -> Path:
    """Return the folder that holds everything an installation must keep: databases, uploads, the key."""
    folder = Path(text("SQCUOLA_HOME", "data")).expanduser().resolve()
    for part in ("static", "uploads"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path, current: str) -> str:
    """Return SQCUOLA_SECRET_KEY; outside production, make one once and keep it beside the data."""
    if value := text("SQCUOLA_SECRET_KEY"):
        return value
    if current == "production":
        raise ImproperlyConfigured("SQCUOLA_SECRET_KEY is missing. `sqcuola init` prints a good one.")
    kept = folder / "secret-key"
    try:
        with kept.open("x", encoding="ascii") as new:
            kept.chmod(0o600)
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii")


def hosts(url: str) -> list[str]:
    """Return the names this school answers to: those of SQCUOLA_HOSTS, its own url's, and this machine's."""
    named = [
        *text("SQCUOLA_HOSTS").split(","),
        urlsplit(url).hostname or "",
        "127.0.0.1",
        "localhost",
        "[::1]",
    ]
    return list(dict.fromkeys(host.strip() for host in named if host.strip()))


SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    # Opening a file, reading its schema and closing it cost more than the queries of most pages.
    "CONN_MAX_AGE": 60,
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # What is deleted is overwritten too: an erased person is not left between the rows, nor copied by a backup.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    },
}


def databases(folder: Path) -> dict[str, dict[str, object]]:
    """Return Django's DATABASES: two SQLite files, or the one PostgreSQL of SQCUOLA_DATABASE_URL."""
    url = text("SQCUOLA_DATABASE_URL")
    if not url:
        return {
            "default": {**SQLITE, "NAME": folder / "sqcuola.sqlite3"},
            # The log of answers: its own file, so that a writer of its own can take it over.
            "answers": {**SQLITE, "NAME": folder / "answers.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "SQCUOLA_DATABASE_URL must begin with postgresql:// (leave it out for SQLite)."
        )
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        },
    }
