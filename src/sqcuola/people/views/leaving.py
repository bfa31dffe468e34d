"""A copy of everything about me, and being erased."""

from typing import cast

from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel import errors, privacy
from sqcuola.kernel.access import FORM, READ, anyone, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing
from sqcuola.people import copies, erasure
from sqcuola.people.forms.entering import EraseForm
from sqcuola.people.kept import kept_about, told_once
from sqcuola.people.models import Export
from sqcuola.people.views.pages import fresh, fresh_to_act, me, private
from sqcuola.ui import toasts


@private
@signed_in(FORM)
@fresh_to_act
def data(request: Request) -> HttpResponse:
    """Show what the house keeps about the person, offer a copy, and the way to erasure."""
    person = me(request)
    if request.method == "POST":
        if copies.ask(person, by=person, at=request.at) is None:
            toasts.warn(request, _("Three copies a day are enough. Ask again tomorrow."))
        else:
            toasts.say(request, _("Your copy is being made. We write to you when it is ready."))
        return redirect("people:data")
    made = Export.objects.filter(person=person).order_by("-asked_at")
    return render(request, "people/data.html", {"copies": made, "topics": kept_about(person)})


@private
@signed_in(READ)
@fresh
def copy(request: Request, number: int) -> HttpResponse:
    """Hand over a copy to its owner."""
    export = get_object_or_404(
        Export, pk=number, person=me(request), ready_at__isnull=False, expires__gt=request.at
    )
    try:
        opened = copies.opened(export)
    except FileNotFoundError:  # a backup came back, which holds no copies
        raise Missing from None
    except OSError:
        return errors.file_away()
    answer = FileResponse(
        opened,
        as_attachment=True,
        filename=_("everything-about-me.zip"),
        content_type="application/zip",
    )
    return cast("HttpResponse", answer)  # it streams, and is a response in all that matters here


@private
@signed_in(FORM)
@fresh
def erase(request: Request) -> HttpResponse:
    """Say what happens and what is kept and why, ask once, and erase."""
    person = me(request)
    form = EraseForm(request.POST or None)
    if form.is_valid():
        erasure.erase(person, by=person, at=request.at)
        logout(request)
        return redirect("people:erased")
    kept = told_once(entry for entry in privacy.entries() if entry.fate is not privacy.Fate.ERASED)
    return render(request, "people/erase.html", {"form": form, "kept": kept, "person": person})


@private
@anyone()
def erased(request: Request) -> HttpResponse:
    """Say goodbye."""
    return render(request, "people/erased.html")
