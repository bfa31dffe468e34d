"""Two fences around every view: a session by link sees one thing; who needs a second factor goes first to add one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sqcuola.people import links, second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]
OPEN_TO_ALL = ("/enter/", "/leave/", "/language/", "/static/", "/house/", "/healthz", "/l/")


class Fences:
    """Keeps limited sessions to their thing, and asks for a missing second factor. Third-party views included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, _view: Any, _args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.path.startswith(OPEN_TO_ALL) or not request.user.is_authenticated:
            return None
        if limit := links.limited_to(request):
            name = request.resolver_match.view_name
            over = request.at >= datetime.fromisoformat(limit["until"])
            if links.is_way_in(name) or (links.covers(limit, name, kwargs) and not over):
                return None
            raise Http404
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith("/me/safety/"):
            return None
        return redirect("mfa_index") if second_factor.missing(request.user, request.at) else None
