"""What every request is given before a view sees it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError

from sqcuola.kernel import clock, errors
from sqcuola.kernel.files.bounding import BOUND

GetResponse = Callable[[HttpRequest], HttpResponse]
FORMS: Final = {"application/x-www-form-urlencoded", "multipart/form-data"}
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}
NUL: Final = "\0"  # stands in no word that anybody types, and PostgreSQL takes no text with one
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


def plain_words(get_response: GetResponse) -> GetResponse:
    """Leave the NUL out of what was typed; an address with one cannot be read. Words and all else arrive as they are."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            return errors.bad_request(request, BadRequest("a NUL in an address"))
        request.GET = _plain(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and request.content_type in FORMS and not is_too_large(request):
            request.POST = _plain(request.POST)  # type: ignore[assignment]
        return get_response(request)

    return middleware


def _plain(typed: QueryDict) -> QueryDict:
    if not any(NUL in word for name, values in typed.lists() for word in (name, *values)):
        return typed
    plain = QueryDict(mutable=True)
    for name, values in typed.lists():
        for word in values:
            plain.appendlist(name.replace(NUL, ""), word.replace(NUL, ""))
    plain._mutable = False  # noqa: SLF001 - as it came
    return plain
