"""What a coordinator sets: an overview, the words, the seats, making it public, calling it off."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.editions import actions, pages, queries, rules
from sqcuola.editions.forms import ReasonForm, SeatsForm, WordsForm
from sqcuola.editions.models import Edition
from sqcuola.editions.views.trying import tried
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_coordinate, on=queries.by_slug)
def settings(request: Request, edition: Edition) -> HttpResponse:
    """Show how an edition stands, its dates, and what can be done."""
    page = pages.settings_page(person_of(request), edition, request.at)
    return render(request, "editions/settings/overview.html", {"edition": edition, "page": page})


@may(rules.may_publish, on=queries.by_slug, methods=FORM)
def publish(request: Request, edition: Edition) -> HttpResponse:
    """Show the rules once more before people rely on them; POST makes the edition public."""
    if request.method == "POST":
        actions.publish(edition, by=person_of(request), at=request.at)
        toasts.say(request, _("It is public. From today candidates can rely on these rules."))
        return redirect("editions:settings", edition.slug)
    found = {"edition": edition, "rules": pages.rules_now(edition)}
    return render(request, "editions/settings/publish.html", found)


@may(rules.may_change, on=queries.by_slug, methods=FORM)
def words(request: Request, edition: Edition) -> HttpResponse:
    """Change what the edition says of itself."""
    form = WordsForm(request.POST or None, instance=Edition.objects.get(pk=edition.pk))
    if form.is_valid():
        actions.describe(edition, form.cleaned_data, by=person_of(request), at=request.at)
        toasts.say(request, _("Saved. The public page says so from now on."))
        return redirect("editions:settings", edition.slug)
    return render(request, "editions/settings/words.html", {"edition": edition, "form": form})


@may(rules.may_change, on=queries.by_slug, methods=FORM)
def seats(request: Request, edition: Edition) -> HttpResponse:
    """Offer more seats, or fewer."""
    usual = {"seats": edition.seats_offered}
    form = SeatsForm(request.POST or None, edition=edition, initial=usual)

    def change() -> None:
        number, reason = form.cleaned_data["seats"], form.why
        actions.change_seats(edition, number, reason=reason, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, change, field="seats"):
        toasts.say(request, _("Saved."))
        return redirect("editions:settings", edition.slug)
    return render(request, "editions/settings/seats.html", {"edition": edition, "form": form})


@may(rules.may_cancel, on=queries.by_slug, methods=FORM)
def cancel(request: Request, edition: Edition) -> HttpResponse:
    """Ask once, with the reason, before an edition is called off."""
    form = ReasonForm(request.POST if request.method == "POST" else None, edition=edition)

    def call_off() -> None:
        actions.cancel(edition, reason=form.why, by=person_of(request), at=request.at)

    if form.is_valid() and tried(form, call_off, field="reason"):
        toasts.say(request, _("It is called off. Its page says so, and why."))
        return redirect("editions:settings", edition.slug)
    return render(request, "editions/settings/cancel.html", {"edition": edition, "form": form})
