"""Where sessions live: in Django's own table, read on every page of somebody who has signed in."""

from typing import Any, Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from sqcuola.kernel.prepared import prepared

SHORTEST: Final = 8  # as Django has it


@prepared
def _alive(key: str) -> QuerySet[Session, str]:
    return Session.objects.filter(session_key=key, expire_date__gt=Now()).values_list(
        "session_data", flat=True
    )


class SessionStore(db.SessionStore):
    """Django's store; its reading is prepared, and a key that it never made is none: PostgreSQL fails at some letters."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and len(key) >= SHORTEST and key.isascii() and key.isalnum())

    def load(self) -> dict[str, Any]:
        data = _alive.first(self.session_key or "")
        if data is None:
            self._session_key = None
            return {}
        return self.decode(data)
