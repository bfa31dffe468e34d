"""The dates of an edition: moved, added, left out, extended, put off."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.editions import actions, queries, rules, stages, zones
from sqcuola.editions.forms import ExtendForm, PhaseForm, PostponeForm, ReasonForm
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.views.trying import in_zone, tried
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing
from sqcuola.people.models import Person
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


def new_phase(_person: Person, slug: str, kind: str) -> Phase:
    """Return a phase that an edition could have and has not, unsaved."""
    edition = queries.by_slug(None, slug)
    if not stages.is_served(kind) or queries.phase(edition, kind) is not None:
        raise Missing
    return Phase(edition=edition, kind=kind)


def _field(phase: Phase, form: PhaseForm) -> str:
    """Return where a refusal stands: a call is held to its end, another phase to its beginning."""
    ends_first = form.cleaned_data["ends"] <= form.cleaned_data["begins"]
    return "ends" if ends_first or phase.kind == Phase.Kind.CALL else "begins"


@may(rules.may_move, on=queries.phase_for, methods=FORM)
def move(request: Request, phase: Phase) -> HttpResponse:
    """Give a phase other dates."""
    edition = phase.edition
    with in_zone(edition):
        usual = {"begins": phase.begins, "ends": phase.ends}
        form = PhaseForm(request.POST or None, edition=edition, initial=usual)

        def act() -> None:
            begins, ends = form.cleaned_data["begins"], form.cleaned_data["ends"]
            by, at = person_of(request), request.at
            actions.move_phase(phase, begins=begins, ends=ends, reason=form.why, by=by, at=at)

        if form.is_valid() and tried(form, act, field=_field(phase, form)):
            toasts.say(request, _("The dates are moved."))
            return redirect("editions:settings", edition.slug)
        found = {
            "edition": edition,
            "phase": phase,
            "form": form,
            "new": False,
            "city": zones.city(edition.zone),
        }
        return render(request, "editions/settings/phase.html", found)


@may(rules.may_move, on=new_phase, methods=FORM)
def add(request: Request, phase: Phase) -> HttpResponse:
    """Take a phase in that had been left out."""
    edition = phase.edition
    with in_zone(edition):
        form = PhaseForm(request.POST or None, edition=edition)

        def act() -> None:
            begins, ends = form.cleaned_data["begins"], form.cleaned_data["ends"]
            by, at = person_of(request), request.at
            actions.add_phase(edition, phase.kind, begins=begins, ends=ends, reason=form.why, by=by, at=at)

        if form.is_valid() and tried(form, act, field=_field(phase, form)):
            toasts.say(request, _("It is part of the edition now."))
            return redirect("editions:settings", edition.slug)
        found = {
            "edition": edition,
            "phase": phase,
            "form": form,
            "new": True,
            "city": zones.city(edition.zone),
        }
        return render(request, "editions/settings/phase.html", found)


@may(rules.may_leave_out, on=queries.phase_for, methods=FORM)
def leave_out(request: Request, phase: Phase) -> HttpResponse:
    """Ask once before a phase is left out."""
    edition = phase.edition
    form = ReasonForm(request.POST if request.method == "POST" else None, edition=edition)

    def act() -> None:
        actions.leave_out_phase(phase, reason=form.why, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, act, field="reason"):
        toasts.say(request, _("It is left out: no page, mail or rule speaks of it."))
        return redirect("editions:settings", edition.slug)
    found = {"edition": edition, "phase": phase, "form": form}
    return render(request, "editions/settings/leave_out.html", found)


@may(rules.may_extend_call, on=queries.by_slug, methods=FORM)
def extend(request: Request, edition: Edition) -> HttpResponse:
    """Keep the call open longer."""
    call = queries.phase(edition, Phase.Kind.CALL)
    with in_zone(edition):
        form = ExtendForm(request.POST or None, edition=edition, initial={"ends": call and call.ends})

        def act() -> None:
            ends, by, at = form.cleaned_data["ends"], person_of(request), request.at
            actions.extend_call(edition, ends=ends, reason=form.why, by=by, at=at)

        if form.is_valid() and tried(form, act, field="ends"):
            toasts.say(request, _("The call stays open. The public page says until when, and why."))
            return redirect("editions:settings", edition.slug)
        found = {"edition": edition, "form": form, "call": call}
        return render(request, "editions/settings/extend.html", found)


@may(rules.may_change, on=queries.by_slug, methods=FORM)
def postpone(request: Request, edition: Edition) -> HttpResponse:
    """Put off everything that is still to come."""
    form = PostponeForm(request.POST or None, edition=edition)

    def act() -> None:
        days, by, at = form.cleaned_data["days"], person_of(request), request.at
        actions.postpone(edition, days=days, reason=form.why, by=by, at=at)

    if form.is_valid() and tried(form, act):
        toasts.say(request, _("Everything to come is put off."))
        return redirect("editions:settings", edition.slug)
    return render(request, "editions/settings/postpone.html", {"edition": edition, "form": form})
