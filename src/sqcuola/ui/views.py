"""The style page, the joined stylesheet and script, and the choice of language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from sqcuola.ui import samples, sheets

YEAR = 365 * 24 * 3600


def style(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "ui/style.html", samples.everything(request.at))  # type: ignore[attr-defined]  # middleware sets it


def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """Send the house's stylesheet or script, under the name its content gives it."""
    found = sheets.joined(name.rpartition(".")[2]) if name.endswith((".css", ".js")) else None
    if found is None:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(
        found.packed if packed else found.plain, content_type=f"{found.kind}; charset=utf-8"
    )
    if packed:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    # An older name (a page from before an update) gets today's sheet, but nobody keeps it under that name.
    current = found.name == name
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable" if current else "no-cache"
    return answer


def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that somebody chose, and go back to the page they were on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return answer
