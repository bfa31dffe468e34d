"""What every request is given before a view sees it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from sqcuola.kernel import clock, errors
from sqcuola.kernel.files.bounding import BOUND

GetResponse = Callable[[HttpRequest], HttpResponse]
FORMS: Final = {"application/x-www-form-urlencoded", "multipart/form-data"}
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}
MOST: Final = 4 * BOUND  # up to here a form says itself that its file is too big, and keeps what was typed


def at(get_response: GetResponse) -> GetResponse:
    """Set `request.at` once: the instant this request is judged by, whatever it does and however long it takes.

    It is the instant at which all of it is here: one that began before a deadline may bring its answers hours later.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in WITHOUT_BODY and not is_too_large(request):
            _wait_for(request)
        request.at = clock.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a request announces more than any form could want: such a body is never read."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return announced.isdecimal() and int(announced) > MOST


def _wait_for(request: HttpRequest) -> None:
    """Read what is still on its way; files go where forms expect them. A line that breaks is told by who reads it next."""
    with suppress(UnreadablePostError):
        _all = request.POST if request.content_type == "multipart/form-data" else request.body


class Measured:
    """Refuses a request that announces more than any form could want, before a byte of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of the view, and before the form token is looked for: that would read everything."""
        return errors.too_large(request) if is_too_large(request) else None


def whole_forms(get_response: GetResponse) -> GetResponse:
    """Refuse a form that broke off before any view sees what came of it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        form = request.method == "POST" and request.content_type in FORMS
        if form and not is_too_large(request):
            try:
                request.POST  # noqa: B018 - reading it is the check
            except UnreadablePostError as broken:
                return errors.bad_request(request, broken)
        return get_response(request)

    return middleware
