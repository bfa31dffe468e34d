"""My desk and the cockpit of an edition: they gather what other rooms know."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sqcuola.admissions.queries.listing import list_page
from sqcuola.desk.cockpit_page import cockpit_page
from sqcuola.desk.desk_page import desk_page
from sqcuola.desk.said import acts_page
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.editions.rules import may_coordinate
from sqcuola.kernel.access import may, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of


@signed_in()
def desk(request: Request) -> HttpResponse:
    """Show the next things, in order."""
    return render(request, "desk/desk.html", {"page": desk_page(person_of(request), request.at)})


@may(may_coordinate, on=by_slug)
def cockpit(request: Request, edition: Edition) -> HttpResponse:
    """Show how an edition goes and what blocks it."""
    page = cockpit_page(person_of(request), edition, request.at)
    return render(request, "desk/cockpit.html", {"page": page, "edition": edition})


@may(may_coordinate, on=by_slug)
def applications(request: Request, edition: Edition) -> HttpResponse:
    """List the applications of an edition, paged and filtered."""
    words = request.GET.get("q", "").strip()[:60]
    page = list_page(edition, request.GET.get("state", ""), words, request.GET.get("page"))
    with timezone.override(ZoneInfo(edition.zone)):
        return render(request, "desk/applications.html", {"page": page, "edition": edition})


@may(may_coordinate, on=by_slug)
def acts(request: Request, edition: Edition) -> HttpResponse:
    """Show what was done in an edition, in words, and the end of the chain that vouches for it."""
    about, number = request.GET.get("about", ""), request.GET.get("page")
    with timezone.override(ZoneInfo(edition.zone)):
        page = acts_page(person_of(request), edition, about, number, request.at)
        return render(request, "desk/acts.html", {"page": page, "edition": edition})
