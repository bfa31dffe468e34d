"""What a person reads when something does not go: what happened, and what to do. Never a stack trace."""

import logging
import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotAllowed,
    HttpResponseNotFound,
    HttpResponseServerError,
)
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string

from sqcuola.kernel import ids
from sqcuola.kernel.logs import Plain
from sqcuola.kernel.verdicts import Refused

log = logging.getLogger(__name__)

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


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours (500) with the code that stands in the log. Works without a database."""
    match = getattr(request, "resolver_match", None)
    code = report(f"{request.method} {match.view_name or match.route}" if match else "no view")
    try:
        page = str(render_to_string("ui/errors/broken.html", {"code": code}))
    except Exception:
        log.exception("the page for failures fails")
        page = LAST_RESORT.format(code=code)
    return HttpResponseServerError(page)


def _page(request: HttpRequest, name: str, **words: Any) -> bytes:
    return render(request, f"ui/errors/{name}.html", words).content
