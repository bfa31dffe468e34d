"""Setting by what letters are read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.admissions import reading_rules as rules
from sqcuola.admissions.actions import rubric as actions
from sqcuola.admissions.queries.reading import criterion_of, reading_of, weights_of
from sqcuola.admissions.rubric_forms import WeightsForm, criterion_form
from sqcuola.editions.forms import ReasonForm
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.editions.views.trying import tried
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.marking.models import Criterion
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_add_criterion, on=by_slug, methods=FORM)
def add(request: Request, edition: Edition) -> HttpResponse:
    """Read letters for one thing more."""
    form = criterion_form(request.POST if request.method == "POST" else None, edition)

    def act() -> None:
        actions.add_criterion(edition, form.looked, reason=form.why, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("Letters are read for this too."))
        return redirect("admissions:reading", edition.slug)
    return render(request, "admissions/rubric/one.html", {"form": form, "edition": edition})


@may(rules.may_change_criterion, on=criterion_of, methods=FORM)
def change(request: Request, criterion: Criterion) -> HttpResponse:
    """Say a criterion otherwise."""
    edition = criterion.round.edition
    form = criterion_form(request.POST if request.method == "POST" else None, edition, criterion)

    def act() -> None:
        actions.change_criterion(
            criterion, form.looked, reason=form.why, by=person_of(request), at=request.at
        )

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("Saved."))
        return redirect("admissions:reading", edition.slug)
    found = {"form": form, "edition": edition, "criterion": criterion}
    return render(request, "admissions/rubric/one.html", found)


@may(rules.may_change_criterion, on=criterion_of, methods=FORM)
def take_away(request: Request, criterion: Criterion) -> HttpResponse:
    """Ask once before a criterion is taken away."""
    edition = criterion.round.edition
    form = ReasonForm(request.POST if request.method == "POST" else None, edition=edition)

    def act() -> None:
        actions.take_criterion_away(criterion, reason=form.why, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("Letters are not read for this any more."))
        return redirect("admissions:reading", edition.slug)
    found = {"form": form, "edition": edition, "criterion": criterion}
    return render(request, "admissions/rubric/take_away.html", found)


@may(rules.may_set_rubric, on=by_slug, methods=FORM)
def weigh(request: Request, edition: Edition) -> HttpResponse:
    """Say what the letter weighs, and how many read it."""
    round_, weights = reading_of(edition), weights_of(edition)
    usual = {"letter": weights.letter, "each": round_.each} if round_ and weights else {}
    form = WeightsForm(request.POST if request.method == "POST" else None, edition=edition, initial=usual)

    def act() -> None:
        data = form.cleaned_data
        actions.weigh(
            edition,
            letter=data["letter"],
            each=data["each"],
            reason=form.why,
            by=person_of(request),
            at=request.at,
        )

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("Saved."))
        return redirect("admissions:reading", edition.slug)
    return render(request, "admissions/rubric/weigh.html", {"form": form, "edition": edition})
