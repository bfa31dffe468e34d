"""The first pages. They exist only while there is no school; the pages about mail, only for who runs the house."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sqcuola.editions import opening, queries
from sqcuola.front.first_run import actions, limits, post
from sqcuola.front.first_run.forms import CodeForm, FirstSchoolForm
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Refused, Verdict
from sqcuola.people import entering
from sqcuola.people.models import Device, Person
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts

CODE = "first_code"


def may_open(_person: Person | None, _at: datetime) -> Verdict:
    """Judge whether there is a first page: as long as there is no school."""
    return HIDDEN if queries.school() is not None else ALLOWED


def may_run_the_house(person: Person | None, _at: datetime) -> Verdict:
    """Judge whether somebody runs the installation."""
    return ALLOWED if person is not None and person.is_administrator else HIDDEN


@never_cache
@may(may_open, methods=FORM, visitors=True)
def code(request: Request) -> HttpResponse:
    """Ask for the one-time code."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if too_many := limits.too_many(request):
            form.add_error("code", too_many)
        elif not opening.is_code(form.cleaned_data["code"]):
            form.add_error(
                "code",
                _(
                    "This is not the code: the last one printed counts. The command sqcuola init prints another."
                ),
            )
        else:
            request.session[CODE] = form.cleaned_data["code"]
            return redirect("front:first_school")
    return render(request, "front/first_run/code.html", {"form": form})


@never_cache
@may(may_open, methods=FORM, visitors=True)
def school(request: Request) -> HttpResponse:
    """Ask what the school is called and who is in charge; POST opens it and lets them in."""
    typed = request.session.get(CODE, "")
    if not opening.is_code(typed):
        return redirect("front:first_run")
    form = FirstSchoolForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            _school, person = actions.open_school(code=typed, **form.cleaned_data, at=request.at)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            request.session.pop(CODE)
            return entering.come_in(request, person, way=Device.Way.CODE, back_to="/first-run/mail/")
    return render(request, "front/first_run/school.html", {"form": form})


@never_cache
@may(may_run_the_house, methods=FORM)
def mail(request: Request) -> HttpResponse:
    """Show how mail leaves and what it lacks; POST sends a letter to oneself."""
    person = person_of(request)
    if request.method == "POST":
        actions.send_test_mail(by=person, at=request.at)
        if post.road().leaves:
            toasts.say(request, _("A mail to you is on its way. Look into your mailbox in a minute."))
        else:
            toasts.say(request, _("A mail to you is being written where you see below. It goes no further."))
        return redirect("front:first_mail")
    found = {"road": post.road(), "letter": post.newest_letter(person), "person": person}
    return render(request, "front/first_run/mail.html", found)
