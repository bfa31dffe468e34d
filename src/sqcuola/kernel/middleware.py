"""What every request is given before a view sees it."""

from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from sqcuola.kernel import clock

GetResponse = Callable[[HttpRequest], HttpResponse]
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}


def at(get_response: GetResponse) -> GetResponse:
    """Set `request.at` once: the instant this request is judged by, whatever it does and however long it takes.

    It is the instant at which all of it is here: one that began before a deadline may bring its answers hours later.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in WITHOUT_BODY:
            _wait_for(request)
        request.at = clock.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _wait_for(request: HttpRequest) -> None:
    """Read what is still on its way; files go where forms expect them. A line that breaks is told by who reads it next."""
    with suppress(UnreadablePostError):
        _all = request.POST if request.content_type == "multipart/form-data" else request.body
