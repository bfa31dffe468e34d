"""What every request is given before a view sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sqcuola.kernel import clock

GetResponse = Callable[[HttpRequest], HttpResponse]


def at(get_response: GetResponse) -> GetResponse:
    """Set `request.at` once: the instant this request is judged by, whatever it does and however long it takes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
