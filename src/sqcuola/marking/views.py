"""The reading desk: one's pile, one paper with the rubric beside it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Refused
from sqcuola.marking import actions, queries, rules
from sqcuola.marking.models import Assignment, Round
from sqcuola.marking.words import about
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts
from sqcuola.ui.dates import clock

PLAIN = "text/plain; charset=utf-8"


@never_cache
@may(rules.may_read, on=queries.own_round)
def desk(request: Request, round_: Round) -> HttpResponse:
    """Show one's papers: which to read next, how many are done, how long it takes, and how to close."""
    person, at = person_of(request), request.at
    pile = queries.pile(round_, person)
    found = {
        "pile": pile,
        "left": about(pile.left),
        "goes_on": rules.goes_on(round_, at),
        "edition": round_.edition,
    }
    return _shown(request, round_, "desk", found)


@never_cache
@may(rules.may_open, on=queries.own_paper, methods=FORM)
def paper(request: Request, assignment: Assignment) -> HttpResponse:
    """Show a paper and one's marks; POST saves them and goes to the next, or back to the pile."""
    round_, person = assignment.paper.round, person_of(request)
    wrong = ""
    if request.method == "POST":
        points, words = _typed(request, assignment)
        try:
            actions.mark(assignment, points, words, by=person, at=request.at)
        except Refused as refused:
            wrong = str(refused.reason)
        else:
            return _saved(request) if request.headers.get("X-Autosave") else _on(request, round_, assignment)
        if request.headers.get("X-Autosave"):
            return HttpResponse(wrong, status=403, content_type=PLAIN)
    found = _sheet(request, assignment) | {"wrong": wrong}
    return _shown(request, round_, "paper", found, 403 if wrong else 200)


def _saved(request: Request) -> HttpResponse:
    return HttpResponse(_("Saved at %(when)s") % {"when": clock(request.at)}, content_type=PLAIN)


def _typed(request: Request, assignment: Assignment) -> tuple[dict[int, int], str]:
    """Return the points by criterion and the words of a form; what is no number is points that no criterion has."""
    given = {}
    for asked in queries.sheet_of(assignment):
        typed = request.POST.get(asked.name, "")
        if typed:
            given[asked.criterion.pk] = (
                int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else -1
            )
    return given, request.POST.get("words", "").replace("\r\n", "\n").strip()


def _sheet(request: Request, assignment: Assignment) -> dict[str, Any]:
    round_, person = assignment.paper.round, person_of(request)
    pile = queries.pile(round_, person)
    typed, words = _typed(request, assignment) if request.method == "POST" else ({}, None)
    sheet = getattr(assignment, "sheet", None)
    return {
        "assignment": assignment,
        "written": queries.written(assignment.paper),
        "asked": [(one, typed.get(one.criterion.pk, one.given)) for one in queries.sheet_of(assignment)],
        "words": (sheet.words if sheet else "") if words is None else words,
        "sheet": sheet,
        "pile": pile,
        "left": about(pile.left),
        "verdict": rules.may_mark(person, assignment, request.at),
        "edition": round_.edition,
        "longest": actions.LONGEST,
    }


def _on(request: Request, round_: Round, assignment: Assignment) -> HttpResponse:
    """Go where the pressed button says: to the next paper that lacks marks, or to the pile."""
    upcoming = queries.pile(round_, person_of(request)).after(assignment.paper.code)
    if request.POST.get("go") == "pile" or not upcoming:
        if not upcoming:
            toasts.say(request, _("That was the last one. Look over what you like, then close your reading."))
        return redirect("marking:desk", round_.pk)
    return redirect("marking:paper", round_.pk, upcoming)


@may(rules.may_return, on=queries.own_paper, methods=POST)
def hand_back(request: Request, assignment: Assignment) -> HttpResponse:
    """Hand a paper on: one knows who wrote it."""
    round_, person = assignment.paper.round, person_of(request)
    readers = queries.readers(round_.edition, request.at)
    try:
        actions.hand_back(assignment, readers, by=person, at=request.at)
    except Refused as refused:
        found = _sheet(request, assignment) | {"wrong": str(refused.reason)}
        return _shown(request, round_, "paper", found, 403)
    toasts.say(request, _("Somebody else reads it now. Nobody is told why."))
    return redirect("marking:desk", round_.pk)


@may(rules.may_read, on=queries.own_round, methods=POST)
def close(request: Request, round_: Round) -> HttpResponse:
    """Close one's reading."""
    try:
        closed = actions.close(round_, by=person_of(request), at=request.at)
    except Refused as refused:
        toasts.warn(request, refused.reason)
        return redirect("marking:desk", round_.pk)
    if closed:
        said = ngettext(
            "%(n)d paper is read and closed. Thank you.",
            "%(n)d papers are read and closed. Thank you.",
            closed,
        )
        toasts.say(request, said % {"n": closed})
    return redirect("marking:desk", round_.pk)


def _shown(
    request: Request, round_: Round, template: str, found: dict[str, Any], status: int = 200
) -> HttpResponse:
    with timezone.override(ZoneInfo(round_.edition.zone)):
        return render(
            request, f"marking/{template}.html", {"round": round_, "at": request.at, **found}, status=status
        )
