"""A person takes a test: begin, answer, look over, hand in, see what was taken."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from sqcuola.kernel import ids
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people import links
from sqcuola.people.requests import person_of
from sqcuola.questions import actions, posting, queries, rules, values
from sqcuola.questions.models import Attempt
from sqcuola.questions.queries import page as pages
from sqcuola.questions.queries.page import Standing
from sqcuola.questions.queries.sitting import Sitting


def page_in(sitting: Sitting) -> tuple[Attempt, Standing]:
    """Return a begun attempt and where it stands."""
    if sitting.attempt is None:
        raise Missing
    return sitting.attempt, pages.standing(sitting, sitting.attempt)


def shown(
    request: Request, where: Standing, template: str, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page of a test in its owner's zone."""
    context = {
        "where": where,
        "attempt": where.attempt,
        "now": request.at,
        "contact": where.contact(request.at),
        **(more or {}),
    }
    with timezone.override(where.zone):
        return render(request, f"questions/test/{template}.html", context, status=status)


def before(request: Request, sitting: Sitting) -> HttpResponse:
    """Show what one is about to begin, or why not now."""
    terms = sitting.terms()
    allowance = queries.allowance_of(sitting.person, request.at)
    context = {
        "sitting": sitting,
        "terms": terms,
        "verdict": rules.may_begin(person_of(request), sitting, request.at),
        "asked": queries.asks(terms),
        "minutes": queries.minutes_with(terms.minutes, allowance) if terms else 0,
        "extra": allowance.extra_percent if allowance else 0,
        "aids": allowance.aids if allowance else "",
        "limited": links.limited_to(request) is not None,
        "contact": terms.contact(request.at) if terms else None,
    }
    return render(request, "questions/test/begin.html", context)


def over(request: Request, sitting: Sitting, reason: str = "", status: int = 200) -> HttpResponse:
    """Show what was taken."""
    attempt, where = page_in(sitting)
    result = queries.result(attempt) if attempt.trial else None
    limited = links.limited_to(request) is not None
    return shown(request, where, "over", {"reason": reason, "result": result, "limited": limited}, status)


@never_cache
@may(rules.may_enter, on=queries.sitting, methods=FORM)
def test(request: Request, sitting: Sitting) -> HttpResponse:
    """Show what one is about to begin; once begun, go where one was; after the end, what was taken. POST begins."""
    if request.method == "POST":
        actions.begin(sitting, by=person_of(request), at=request.at)
        return redirect("questions:page", sitting.code, 1)
    if sitting.attempt is None:
        return before(request, sitting)
    _attempt, where = page_in(sitting)
    if pages.is_over(where, request.at):
        return over(request, sitting)
    return redirect("questions:page", sitting.code, where.first_open())


def sitting_page(person: Any, code: str, page: int) -> tuple[Sitting, int]:
    """Load somebody's own place and the page they want."""
    return queries.sitting(person, code), page


def may_take_page(person: Any, thing: tuple[Sitting, int], at: Any) -> Any:
    """Judge a page by its place."""
    return rules.may_take_sitting(person, thing[0], at)


@never_cache
@may(may_take_page, on=sitting_page, methods=FORM)
def page(request: Request, thing: tuple[Sitting, int]) -> HttpResponse:
    """Show some questions with what was answered; POST saves them and goes where the pressed button says."""
    sitting, number = thing
    _attempt, where = page_in(sitting)
    if request.method == "POST":
        return _save_and_go(request, sitting, number, where)
    if pages.is_over(where, request.at):
        return redirect("questions:test", sitting.code)
    if not 1 <= number <= where.pages:
        raise Missing
    return shown(request, where, "page", pages.context_of(where, number, ids.code(12)))


def _save_and_go(request: Request, sitting: Sitting, number: int, where: Standing) -> HttpResponse:
    try:
        posting.save_form(where.attempt, request.POST, by=person_of(request), at=request.at)
    except Refused as refused:
        if pages.is_over(pages.standing(sitting, where.attempt), request.at):
            return over(request, sitting, str(refused.reason), 403)
        raise
    go = request.POST.get("go")
    if go == "all" or (go != "back" and number >= where.pages):
        return redirect("questions:all", sitting.code)
    return redirect("questions:page", sitting.code, max(1, number - 1) if go == "back" else number + 1)


@never_cache
@may(rules.may_take_sitting, on=queries.sitting, methods=POST)
def save(request: Request, sitting: Sitting) -> HttpResponse:
    """Save one answer as it is given. The reply leaves after the commit."""
    attempt = sitting.attempt
    if attempt is None:
        raise Missing
    try:
        saved = posting.save_one(attempt, request.POST, by=person_of(request), at=request.at)
    except Refused as refused:
        return JsonResponse({"refused": str(refused.reason)}, status=403)
    if saved is None:
        return JsonResponse({"refused": str(values.STRANGE)}, status=403)
    with timezone.override(sitting.zone()):
        here = timezone.localtime(saved.entry.received)
    return JsonResponse({"saved": f"{here:%H:%M:%S}", "now": int(request.at.timestamp() * 1000)})


@never_cache
@may(rules.may_take_sitting, on=queries.sitting)
def overview(request: Request, sitting: Sitting) -> HttpResponse:
    """Show every question's state, with the way to each."""
    _attempt, where = page_in(sitting)
    if pages.is_over(where, request.at):
        return redirect("questions:test", sitting.code)
    return shown(request, where, "all")


@never_cache
@may(rules.may_take_sitting, on=queries.sitting, methods=FORM)
def hand_in(request: Request, sitting: Sitting) -> HttpResponse:
    """Ask once, saying what is missing; POST hands in."""
    attempt, where = page_in(sitting)
    if request.method == "POST":
        try:
            actions.hand_in(attempt, by=person_of(request), at=request.at)
        except Refused as refused:
            return over(request, sitting, str(refused.reason), 403)
        return redirect("questions:test", sitting.code)
    if pages.is_over(where, request.at):
        return redirect("questions:test", sitting.code)
    return shown(request, where, "hand_in")
