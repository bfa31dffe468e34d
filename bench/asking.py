"""A browser that speaks to the WSGI application itself, so that a request costs what it costs a server: no test client in between."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application

TOKEN = "b" * 32  # a form token as Django's cookie holds it
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: dict[str, str]
    body: bytes


@cache
def application() -> Any:
    """Return the application, made once: it looks for static files when it is made."""
    return get_wsgi_application()


class Browser:
    """Asks as somebody who is signed in, or as a visitor. Every request is a new one: nothing is kept but the cookies."""

    def __init__(self, person: Any = None) -> None:
        self.application = application()
        self.cookies = {settings.CSRF_COOKIE_NAME: TOKEN}
        if person is not None:
            self.cookies[settings.SESSION_COOKIE_NAME] = session_of(person)

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send a form, with its token."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode()
        return self._ask("POST", path, body, {"CONTENT_TYPE": "application/x-www-form-urlencoded", **headers})

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        place, _, query = path.partition("?")
        ours = urlsplit(settings.SITE_URL)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": place,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": ours.hostname or "",
            "SERVER_PORT": str(ours.port or (443 if ours.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1",
            "HTTP_HOST": ours.netloc,
            "HTTP_ORIGIN": settings.SITE_URL,
            "HTTP_USER_AGENT": AGENT,
            "HTTP_ACCEPT_LANGUAGE": "it,en;q=0.5",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": ours.scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }
        seen: dict[str, Any] = {}

        def start(status: str, answered: list[tuple[str, str]], _error: Any = None) -> None:
            seen.update(status=int(status.split(maxsplit=1)[0]), headers=dict(answered))

        parts = self.application(environ, start)
        try:
            whole = b"".join(parts)
        finally:
            parts.close()
        return Answer(seen["status"], seen["headers"], whole)


def session_of(person: Any) -> str:
    """Begin a session for somebody, and return its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
