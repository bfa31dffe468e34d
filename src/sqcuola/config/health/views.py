"""The page of the house's health, and what is decided there."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sqcuola.config.health import actions, page, rules
from sqcuola.kernel.access import POST, may
from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.requests import Request
from sqcuola.kernel.working import Failed
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@never_cache
@may(rules.may_administer)
def health(request: Request) -> HttpResponse:
    """Show what waits for somebody, and how everything is."""
    return render(request, "config/health/health.html", {"page": page.health_page(request.at)})


@may(rules.may_decide_on_job, on=page.failed_job, methods=POST)
def try_again(request: Request, job: Failed) -> HttpResponse:
    """Give a job more tries."""
    actions.try_again(job, by=person_of(request), at=request.at)
    toasts.say(request, _("It is tried again, up to five times."))
    return redirect("config:health")


@may(rules.may_decide_on_job, on=page.failed_job, methods=POST)
def leave_job(request: Request, job: Failed) -> HttpResponse:
    """Take a failed job off the list."""
    actions.leave_job(job, by=person_of(request), at=request.at)
    toasts.say(request, _("It stays undone, and is off the list."))
    return redirect("config:health")


@may(rules.may_decide_on_letter, on=page.letter, methods=POST)
def send_again(request: Request, letter: Outgoing) -> HttpResponse:
    """Send a letter once more."""
    actions.send_again(letter, by=person_of(request), at=request.at)
    toasts.say(request, _("The letter leaves again in a moment."))
    return redirect("config:health")


@may(rules.may_decide_on_letter, on=page.letter, methods=POST)
def leave_letter(request: Request, letter: Outgoing) -> HttpResponse:
    """Leave a letter as it is."""
    actions.leave_letter(letter, by=person_of(request), at=request.at)
    toasts.say(request, _("No second one is sent. It is off the list."))
    return redirect("config:health")
