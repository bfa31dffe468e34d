"""What was typed is not lost: not by a session that ended, not by a page that came too late."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sqcuola.admissions import queries
from sqcuola.admissions.models import Application
from sqcuola.admissions.queries import pages
from sqcuola.kernel.requests import Request

KEPT = "admissions.kept"
MOST = 60_000  # characters of one section that a visitor's session may hold
NOT_TYPED = {"csrfmiddlewaretoken", "version", "page", "of", "section", "add", "take_away"}


def typed_in(request: HttpRequest) -> dict[str, str]:
    """Return what was typed in a form of a section."""
    return {name: value for name, value in request.POST.dict().items() if name not in NOT_TYPED}


def keep_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a form sent after its session ended wait in the new one, and be shown again after signing in.

    The form says whose application it belongs to: whoever else signs in on that device never sees it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated or not _keep(request):
            return view(request, **kwargs)
        if request.headers.get("X-Autosave"):
            words = _("You have been signed out: press Save, sign in, and you find it all again.")
            return HttpResponse(words, status=401, content_type="text/plain; charset=utf-8")
        asked = redirect_to_login(request.get_full_path())
        asked.asks_to_sign_in = True  # type: ignore[attr-defined] # the access matrix looks at it
        return asked

    return guarded


def _keep(request: HttpRequest) -> bool:
    typed = typed_in(request)
    if not request.POST.get("of") or sum(map(len, typed.values())) > MOST:
        return False
    request.session[KEPT] = {
        "of": request.POST["of"],
        "section": request.POST.get("section", ""),
        "typed": typed,
    }
    return True


def kept_for(request: HttpRequest, application: Application, section: str) -> dict[str, str] | None:
    """Return what waited in this session for this section of this application."""
    kept = request.session.get(KEPT)
    if not kept or (kept["of"], kept["section"]) != (application.code, section):
        return None
    typed: dict[str, str] = kept["typed"]
    return typed


def forget_kept(request: HttpRequest) -> None:
    """Stop keeping what has been saved."""
    if KEPT in request.session:
        del request.session[KEPT]


def late(request: Request, application: Application, reason: str, typed: dict[str, str]) -> HttpResponse:
    """Show a text that came after the call had closed, what was kept in time, and what to do."""
    sections, _lacking = pages.what_is_there(application)
    context = {
        "application": application,
        "edition": application.edition,
        "reason": reason,
        "typed": [words for words in typed.values() if words],
        "sections": sections,
        "saved": queries.last_saved(application),
    }
    return render(request, "admissions/late.html", context, status=403)
