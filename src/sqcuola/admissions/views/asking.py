"""Setting what an edition asks of whoever applies."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.admissions import actions, rules
from sqcuola.admissions.asking_forms import MoveForm, form_of
from sqcuola.admissions.models import Asked, Part, part_with
from sqcuola.admissions.queries import asking
from sqcuola.editions.forms import ReasonForm
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.editions.views.trying import tried
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_see_asked, on=by_slug)
def asked(request: Request, edition: Edition) -> HttpResponse:
    """Show what an edition asks, in order, and what of it can change."""
    page = asking.asked_page(person_of(request), edition, request.at)
    return render(request, "admissions/asked/list.html", {"page": page, "edition": edition})


@may(rules.may_add_asked, on=asking.part_of, methods=FORM)
def add(request: Request, part: Part) -> HttpResponse:
    """Ask one thing more."""
    form = form_of(part, request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.add_asked(part, form.facts, reason=form.why, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("It is asked from now on."))
        return redirect("admissions:asked", part.edition.slug)
    found = {"form": form, "part": part, "edition": part.edition}
    return render(request, "admissions/asked/one.html", found)


@may(rules.may_change_asked, on=asking.asked, methods=FORM)
def change(request: Request, row: Asked) -> HttpResponse:
    """Say a question or an item otherwise."""
    part = part_with(row)
    form = form_of(part, request.POST if request.method == "POST" else None, row)

    def act() -> None:
        actions.change_asked(row, form.facts, reason=form.why, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("Saved."))
        return redirect("admissions:asked", row.edition.slug)
    found = {"form": form, "part": part, "row": row, "edition": row.edition}
    return render(request, "admissions/asked/one.html", found)


@may(rules.may_change_asked, on=asking.asked, methods=FORM)
def move(request: Request, row: Asked) -> HttpResponse:
    """Put a question or an item in another place."""
    part = part_with(row)
    sent = request.POST if request.method == "POST" else None
    usual = {"to": request.GET.get("to", row.position)}
    form = MoveForm(sent, rows=list(part.rows), edition=row.edition, initial=usual)

    def act() -> None:
        to, by = form.cleaned_data["to"], person_of(request)
        actions.move_asked(row, to, reason=form.why, by=by, at=request.at)

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("It stands in its new place."))
        return redirect("admissions:asked", row.edition.slug)
    found = {"form": form, "part": part, "row": row, "edition": row.edition}
    return render(request, "admissions/asked/move.html", found)


@may(rules.may_take_asked_away, on=asking.asked_or_gone, methods=FORM)
def take_away(request: Request, thing: tuple[Part, Asked | None]) -> HttpResponse:
    """Ask once before a question or an item is taken away."""
    part, row = thing
    if row is None:
        return redirect("admissions:asked", part.edition.slug)
    form = ReasonForm(request.POST if request.method == "POST" else None, edition=part.edition)

    def act() -> None:
        actions.take_asked_away(row, reason=form.why, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("It is not asked any more."))
        return redirect("admissions:asked", part.edition.slug)
    found = {"form": form, "part": part, "row": row, "edition": part.edition}
    return render(request, "admissions/asked/take_away.html", found)
