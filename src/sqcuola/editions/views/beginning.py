"""Beginning an edition: choose how, answer a few questions, read what was decided, begin."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sqcuola.editions import actions, presets, queries, rules
from sqcuola.editions.forms import NewEditionForm
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_create_edition)
def beginnings(request: Request) -> HttpResponse:
    """Show the ways to begin an edition."""
    earlier = queries.copied_from(person_of(request), request.at)
    return render(request, "editions/beginnings.html", {"presets": presets.offered(), "earlier": earlier})


@may(rules.may_create_edition, methods=FORM)
def begin(request: Request, key: str) -> HttpResponse:
    """Ask what a preset needs to know, show the plan, begin."""
    preset = next((item for item in presets.offered() if item.key == key), None)
    if preset is None:
        raise Missing
    form = _form(request, preset.seats, "", preset)
    page = {"form": form, "preset": preset}
    if not _is_answered(request, form):
        return render(request, "editions/begin.html", page)
    return _planned(request, form, presets.plan(preset, form.answers()), page)


@may(rules.may_create_edition, methods=FORM)
def copy(request: Request, slug: str) -> HttpResponse:
    """Ask what a copy of an earlier edition needs to know, show the plan, begin."""
    old = queries.copied_from(person_of(request), request.at).filter(slug=slug).first()
    if old is None:
        raise Missing
    form = _form(request, old.seats_offered, old.subject, None)
    page = {"form": form, "old": old}
    if not _is_answered(request, form):
        return render(request, "editions/begin.html", page)
    return _planned(request, form, presets.plan_copy(old, form.answers()), page)


def _form(request: Request, seats: int, subject: str, preset: presets.Preset | None) -> NewEditionForm:
    school = queries.school()
    today = timezone.localdate(request.at)
    usual = {"seats": seats, "subject": subject, "starts": today + timedelta(days=14)}
    zone = school.zone if school else "Europe/Rome"
    return NewEditionForm(request.POST or None, preset=preset, today=today, zone=zone, initial=usual)


def _is_answered(request: Request, form: NewEditionForm) -> bool:
    return form.is_valid() and "change" not in request.POST


def _planned(
    request: Request, form: NewEditionForm, plan: presets.Plan, page: dict[str, object]
) -> HttpResponse:
    """Show the plan; with its button, begin the edition."""
    answers = form.answers()
    if "begin" not in request.POST:
        rooms = actions.decided(plan, answers.title, by=person_of(request), at=request.at)
        found = {**page, "choices": [*plan.choices, *rooms], "answers": answers}
        return render(request, "editions/plan.html", found)
    edition = actions.prepare(plan, answers.title, by=person_of(request), at=request.at)
    toasts.say(request, _("It is prepared. Nobody else sees it until you make it public."))
    return redirect("editions:settings", edition.slug)
