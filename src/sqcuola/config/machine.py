"""What a machine that watches this one asks."""

from django.conf import settings
from django.db import Error, connections
from django.http import HttpResponse

from sqcuola.config import outside
from sqcuola.kernel.access import anyone
from sqcuola.kernel.requests import Request


@anyone()
def healthz(_request: Request) -> HttpResponse:
    """Answer `ok` when every database does, else 503 and which one does not.

    Without its cache a school is slower, without its bucket it has no files; the other machines lack the same: it goes on
    serving with 200, and says so after `ok`.
    """
    for alias in settings.DATABASES:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            return _plain(f"database {alias} does not answer\n", 503)
    lacks = "".join(f"{name} does not answer\n" for name in outside.remembered.look().silent)
    return _plain(f"ok\n{lacks}", 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
