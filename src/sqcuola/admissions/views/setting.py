"""Putting the test of an edition together."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sqcuola.admissions import actions, rules
from sqcuola.admissions.forms import TestForm
from sqcuola.admissions.queries.scores import test_of
from sqcuola.editions import zones
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.queries import by_slug, phase
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Refused
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts

HOURS = timedelta(hours=3)


@may(rules.may_set_test, on=by_slug, methods=FORM)
def set_test(request: Request, edition: Edition) -> HttpResponse:
    """Show how the test is put together; POST puts it together so."""
    with timezone.override(ZoneInfo(edition.zone)):
        form = TestForm(request.POST or None, initial=_as_it_is(edition))
        if edition.published_at is None:
            form.fields["reason"].widget = forms.HiddenInput()
        if request.method == "POST" and form.is_valid():
            try:
                actions.set_test(edition, by=person_of(request), at=request.at, **form.cleaned_data)
                toasts.say(request, _("The test is put together."))
                return redirect(f"/e/{edition.slug}/cockpit/")
            except Refused as refused:
                form.add_error("reason", str(refused.reason))
        found = {"form": form, "edition": edition, "city": zones.city(edition.zone)}
        return render(request, "admissions/set_test.html", found)


def _as_it_is(edition: Edition) -> dict[str, Any]:
    test = test_of(edition)
    if test:
        return {
            "blueprint": test.blueprint,
            "begins": test.begins,
            "ends": test.ends,
            "minutes": test.minutes,
        }
    planned = phase(edition, Phase.Kind.ASSESSMENT)
    if planned is None:
        return {"minutes": 50}
    return {"begins": planned.begins, "ends": min(planned.begins + HOURS, planned.ends), "minutes": 50}
