"""The reading of the letters, as who coordinates sees it: who reads, how far everybody is, giving letters out."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.admissions import reading_rules as rules
from sqcuola.admissions.actions.reading import give_out_letters
from sqcuola.admissions.queries.reading import reading_page
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Refused
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_run_reading, on=by_slug, methods=FORM)
def reading(request: Request, edition: Edition) -> HttpResponse:
    """Show how far the reading is; POST gives the letters out, or what nobody reads any more to the others."""
    if request.method == "POST":
        try:
            short = give_out_letters(edition, by=person_of(request), at=request.at)
        except Refused as refused:
            toasts.warn(request, refused.reason)
        else:
            _tell(request, short)
        return redirect("admissions:reading", edition.slug)
    person, at = person_of(request), request.at
    give, change = rules.may_give_out(person, edition, at), rules.may_set_rubric(person, edition, at)
    page = reading_page(edition, give, change, at)
    with timezone.override(ZoneInfo(edition.zone)):
        return render(request, "admissions/reading.html", {"page": page, "edition": edition})


def _tell(request: Request, short: int) -> None:
    if short:
        words = ngettext(
            "The letters are given out. One reading found nobody who may do it: ask one more reader.",
            "The letters are given out. %(n)d readings found nobody who may do them: ask more readers.",
            short,
        )
        toasts.warn(request, words % {"n": short})
        return
    toasts.say(request, _("The letters are given out, and everybody reads as much."))
