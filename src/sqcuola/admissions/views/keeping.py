"""What was typed is not lost: not by a session that ended, not by a page that came too late."""

import json
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
from sqcuola.people import limits
from sqcuola.people.limits import QUARTER, Limit

KEPT = "admissions.kept"
MOST = 60_000  # characters of one section that a visitor's session may hold
# Of visitors who have no session yet: a school behind one address is many people, a program is more.
SESSIONS_FROM_A_MACHINE = Limit("kept-typed-from-a-machine", 60, QUARTER, by_machine=True)
NOT_TYPED = {"csrfmiddlewaretoken", "version", "page", "of", "section", "add", "take_away"}


def typed_in(request: HttpRequest) -> dict[str, str]:
    """Return what was typed in a form of a section."""
    return {name: value for name, value in request.POST.dict().items() if name not in NOT_TYPED}


def keep_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a form sent after its session ended wait in the new one, and be shown again after signing in.

    The form says whose application it belongs to: whoever else signs in on that device never sees it.
    """

    @wraps(view)
    def guarded(request: Request, **kwargs: str) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated or not _keep(request):
            return view(request, **kwargs)
        if request.headers.get("X-Autosave"):
            words = _("You have been signed out: press Save, sign in, and you find it all again.")
            return HttpResponse(words, status=401, content_type="text/plain; charset=utf-8")
        asked = redirect_to_login(request.get_full_path())
        asked.asks_to_sign_in = True  # type: ignore[attr-defined] # the access matrix looks at it
        return asked

    return guarded


def _keep(request: Request) -> bool:
    kept = {
        "of": request.POST.get("of", ""),
        "section": request.POST.get("section", ""),
        "typed": typed_in(request),
    }
    if not kept["of"] or len(json.dumps(kept, ensure_ascii=False)) > MOST or not _has_room(request):
        return False
    request.session[KEPT] = kept
    return True


def _has_room(request: Request) -> bool:
    """Say whether the session may hold it: one that is there holds one section, new ones are counted."""
    if request.session.session_key:
        return True
    return limits.take(SESSIONS_FROM_A_MACHINE, limits.machine(request), at=request.at)


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
