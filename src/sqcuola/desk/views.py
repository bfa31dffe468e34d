"""My desk and the cockpit of an edition: they gather what other rooms know."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sqcuola.admissions.models import Application
from sqcuola.admissions.queries.following import application_for, follow_page
from sqcuola.admissions.queries.listing import application_rows, is_closed, list_page, narrowed
from sqcuola.admissions.rules import may_follow
from sqcuola.desk import calendar
from sqcuola.desk.cockpit_page import cockpit_page
from sqcuola.desk.desk_page import desk_page
from sqcuola.desk.editions_page import editions_page
from sqcuola.desk.news import news_page, seen_until
from sqcuola.desk.said import acts_page, of_person
from sqcuola.editions.actions import note_export
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.editions.rules import may_coordinate, may_see_every_edition
from sqcuola.kernel import agenda
from sqcuola.kernel.access import POST, may, signed_in
from sqcuola.kernel.lists import as_file
from sqcuola.kernel.requests import Request
from sqcuola.notices import actions as notices
from sqcuola.people import actions as people
from sqcuola.people.requests import person_of
from sqcuola.ui import frame, toasts


@signed_in()
def desk(request: Request) -> HttpResponse:
    """Show the next things, in order."""
    return render(request, "desk/desk.html", {"page": desk_page(person_of(request), request.at)})


@signed_in()
def dates(request: Request) -> HttpResponse:
    """Hand over what lies before somebody for the calendar they live by."""
    person = person_of(request)
    entries = agenda.for_person(person, request.at)
    name = frame.school().name or "SQcuola"
    written = calendar.write(entries, name=name, site=settings.SITE_URL, at=request.at)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")


@signed_in()
def news(request: Request) -> HttpResponse:
    """Show all that others did where somebody belongs, the new above the old."""
    page = news_page(person_of(request), request.GET.get("page"), request.at)
    return render(request, "desk/news.html", {"page": page})


@signed_in(methods=POST)
def seen(request: Request) -> HttpResponse:
    """Note that somebody saw what was new up to the instant of the page they looked at."""
    person = person_of(request)
    until = seen_until(request.POST.get("until", ""), request.at)
    people.see_news(person, until)
    notices.see_all(person, at=until)
    toasts.say(request, _("Seen. What happens from now on will stand here."))
    return redirect("desk:desk")


@may(may_see_every_edition)
def editions(request: Request) -> HttpResponse:
    """List every edition of the school, for who runs the house."""
    page = editions_page(person_of(request), request.GET.get("page"), request.at)
    return render(request, "desk/editions.html", {"page": page})


@may(may_coordinate, on=by_slug)
def cockpit(request: Request, edition: Edition) -> HttpResponse:
    """Show how an edition goes and what blocks it."""
    page = cockpit_page(person_of(request), edition, request.at)
    return render(request, "desk/cockpit.html", {"page": page, "edition": edition})


@may(may_coordinate, on=by_slug)
def applications(request: Request, edition: Edition) -> HttpResponse:
    """List the applications of an edition, paged and filtered."""
    words = request.GET.get("q", "").strip()[:60]
    page = list_page(edition, request.GET.get("state", ""), words, request.GET.get("page"), request.at)
    with timezone.override(ZoneInfo(edition.zone)):
        return render(request, "desk/applications.html", {"page": page, "edition": edition})


@may(may_follow, on=application_for)
def application(request: Request, application: Application) -> HttpResponse:
    """Show how far one application has come, without a word of what was written."""
    person, edition = person_of(request), application.edition
    with timezone.override(ZoneInfo(edition.zone)):
        said = of_person(person, application.person, edition, request.at)
        page = follow_page(person, application, request.at)
        return render(request, "desk/application.html", {"page": page, "edition": edition, "said": said})


@may(may_coordinate, on=by_slug, methods=POST)
def applications_file(request: Request, edition: Edition) -> StreamingHttpResponse:
    """Give the list of applications as a file, narrowed as the page is."""
    words = request.POST.get("q", "").strip()[:60]
    found = narrowed(edition, request.POST.get("state", ""), words, request.at)
    note_export(edition, "applications", found.count(), by=person_of(request), at=request.at)
    return as_file(
        f"{edition.slug}-applications",
        application_rows(found, edition.zone, coded=is_closed(edition, request.at)),
    )


@may(may_coordinate, on=by_slug)
def acts(request: Request, edition: Edition) -> HttpResponse:
    """Show what was done in an edition, in words, and the end of the chain that vouches for it."""
    about, number = request.GET.get("about", ""), request.GET.get("page")
    with timezone.override(ZoneInfo(edition.zone)):
        page = acts_page(person_of(request), edition, about, number, request.at)
        return render(request, "desk/acts.html", {"page": page, "edition": edition})
