"""The page of the test, and what is decided about time and aids."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.admissions import actions, instants, queries, rules
from sqcuola.admissions.forms import DecisionForm
from sqcuola.admissions.models import Accommodation, Application
from sqcuola.admissions.queries.filing import handed_in
from sqcuola.admissions.queries.helping import accommodation_for, accommodations_of
from sqcuola.admissions.queries.papers import kept_until
from sqcuola.admissions.queries.scores import test_of
from sqcuola.admissions.queries.testday import page_for
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_open, on=queries.own)
def test(request: Request, application: Application) -> HttpResponse:
    """Show an applicant when their test is, and the way in while it can be begun."""
    person = person_of(request)
    the_test = test_of(application.edition)
    verdict = rules.may_start_test(person, application, the_test, request.at) if the_test else None
    page = page_for(person, application, verdict, request.at)
    context = {"page": page, "edition": application.edition, "now": request.at}
    return render(request, "admissions/test.html", context)


@may(rules.may_keep_papers, on=by_slug)
def helps(request: Request, edition: Edition) -> HttpResponse:
    """Show what people asked for at the test: to who keeps these papers, and nobody else."""
    asked = accommodations_of(edition)
    context = {
        "edition": edition,
        "waiting": [one for one in asked if one.decided_at is None],
        "decided": [one for one in asked if one.decided_at is not None],
    }
    return render(request, "admissions/helps.html", context)


@may(rules.may_decide, on=accommodation_for, methods=FORM)
def decide(request: Request, accommodation: Accommodation) -> HttpResponse:
    """Show one request; POST decides it."""
    edition = accommodation.application.edition
    form = DecisionForm(request.POST or None, initial=DecisionForm.start_from(accommodation))
    if request.method == "POST" and form.is_valid():
        actions.decide(
            accommodation,
            percent=form.cleaned_data["percent"],
            aids=form.cleaned_data["aids"],
            by=person_of(request),
            at=request.at,
        )
        toasts.say(request, _("Decided. It counts from now on, and no reason is passed on."))
        return redirect("admissions:helps", edition.slug)
    application = accommodation.application
    context = {
        "form": form,
        "accommodation": accommodation,
        "edition": edition,
        "papers": handed_in(application, None),
        "until": instants.full_day(kept_until(application), edition),
    }
    return render(request, "admissions/decide.html", context)
