"""What a person reads when something does not go: what happened, and what to do. Never a stack trace."""

import errno
import logging
import sys
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotAllowed,
    HttpResponseNotFound,
)
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils import translation

from sqcuola.kernel import ids
from sqcuola.kernel.logs import Plain
from sqcuola.kernel.verdicts import Refused

log = logging.getLogger(__name__)

NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT}

# Where not even the template can be read.
LAST_RESORT = (
    '<!doctype html><html lang="it"><meta charset="utf-8"><title>Qualcosa si è rotto · Something broke</title>'
    "<h1>Qualcosa si è rotto da noi</h1><p>Riprova fra un minuto. Se succede ancora, scrivi alla scuola questo codice: "
    "<b>{code}</b></p><p lang=en>Something broke on our side. Try again in a minute; if it happens again, "
    "tell the school this code.</p></html>"
)


def report(where: str) -> str:
    """Log the exception that is being handled, under a code that a person can read out, and return the code."""
    code = ids.code(8)
    log.error("code %s, in %s", Plain(code), Plain(where), exc_info=sys.exc_info())
    return code


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be read (400). No frame: nothing about this request is to be trusted."""
    log.warning("a request that cannot be read: %s", exception)
    return HttpResponseBadRequest(render_to_string("ui/errors/unreadable.html"))


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a refusal (403), with the rule's own reason."""
    reason = exception.reason if isinstance(exception, Refused) else ""
    return HttpResponseForbidden(_page(request, "denied", reason=reason))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Answer for what does not exist, or not for this person (404): the same page."""
    return HttpResponseNotFound(_page(request, "missing"))


def not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """Answer a method that the address does not take (405)."""
    return HttpResponseNotAllowed(methods, _page(request, "not_allowed", readable="GET" in methods))


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a form that arrives after its session has ended (403): what was typed is still one page back."""
    return HttpResponseForbidden(_page(request, "signed_out", enter=resolve_url(settings.LOGIN_URL)))


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands over a technical reason
    """Answer a form whose token is not the session's (403): an old page, another tab, cookies refused."""
    return HttpResponseForbidden(_page(request, "stale"))


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a request that announces more than we take (413); nothing of it was read."""
    return HttpResponse(_page(request, "too_large"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def file_away() -> HttpResponse:
    """Answer for a file that is there, but not to be read just now (503). Most are asked for by a page, and seen by nobody."""
    page = render_to_string("ui/errors/file_away.html")
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "60"})


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours with the code that stands in the log: 507 where no room is left, else 500.

    Works without a database.
    """
    match = getattr(request, "resolver_match", None)
    code = report(f"{request.method} {match.view_name or match.route}" if match else "no view")
    full = no_room_left(sys.exc_info()[1])
    try:
        with translation.override(_language(request)):
            page = str(render_to_string(f"ui/errors/{'full' if full else 'broken'}.html", {"code": code}))
    except Exception:
        log.exception("the page for failures fails")
        page = LAST_RESORT.format(code=code)
    return HttpResponse(
        page, status=HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _language(request: HttpRequest) -> str:
    """Return the reader's language, also when it failed before anybody had asked for it."""
    return getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)


def no_room_left(problem: BaseException | None) -> bool:
    """Tell whether a failure, or one that led to it, is a disk or a database that takes no more."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in NO_ROOM:
            return True
        if (
            getattr(problem, "sqlite_errorname", "") == "SQLITE_FULL"
            or getattr(problem, "sqlstate", "") == "53100"
        ):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def _page(request: HttpRequest, name: str, **words: Any) -> bytes:
    return render(request, f"ui/errors/{name}.html", words).content
