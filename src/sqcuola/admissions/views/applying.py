"""The pages of an application: section by section, read it through, hand it in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.admissions import actions, instants, queries, rules
from sqcuola.admissions.models import Application
from sqcuola.admissions.queries import pages
from sqcuola.admissions.views.keeping import forget_kept, keep_typed, kept_for, late, typed_in
from sqcuola.editions.models import Edition
from sqcuola.kernel import ids
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people.models import Person
from sqcuola.ui import toasts


def own_section(person: Person, slug: str, section: str) -> tuple[Application, str]:
    """Load somebody's own application and one section of it that the edition asks for."""
    application = queries.own(person, slug)
    if section not in queries.sections_of(application.edition):
        raise Missing
    return application, section


def may_open_section(person: Person, thing: tuple[Application, str], at: object) -> object:
    return rules.may_open(person, thing[0], at)  # type: ignore[arg-type] # a pair, judged by its first


@may(rules.may_see_call, on=queries.published, methods=FORM)
def apply(request: Request, edition: Edition) -> HttpResponse:
    """Show how one's application stands; POST begins it."""
    if request.method == "POST":
        actions.begin(edition, by=request.user, at=request.at)
        return redirect("admissions:section", edition.slug, "about")
    page = pages.apply_page(request.user, edition, request.at)
    return render(request, "admissions/apply.html", {"page": page, "edition": edition})
