"""The pages after the test: one's own place, the offer and its answer, the public list, the closing."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from sqcuola.admissions import actions, queries, rules
from sqcuola.admissions.models import Application, Offer, Ranking
from sqcuola.admissions.queries import result as results
from sqcuola.admissions.queries.claims import application_by_code, claims_of
from sqcuola.admissions.queries.closing import closing_page, ranking_rows, rows_of
from sqcuola.editions.actions import note_export
from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.lists import as_file
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Refused
from sqcuola.people.links import is_whole
from sqcuola.people.requests import person_of
from sqcuola.ui import frame, toasts


@may(rules.may_see_result, on=queries.own)
def result(request: Request, application: Application) -> HttpResponse:
    """Show somebody their own place, what decided it, and their offer."""
    offer: Offer | None = getattr(application, "offer", None)
    answer = rules.may_answer(person_of(request), offer, request.at) if offer else None
    page = results.result_page(application, answer, request.at)
    return render(request, "admissions/result.html", {"page": page, "edition": application.edition})


@may(rules.may_open_offer, on=results.own_offer, methods=POST)
def accept(request: Request, offer: Offer) -> HttpResponse:
    """Take the seat."""
    try:
        actions.accept(offer, by=person_of(request), at=request.at)
        toasts.say(request, _("The seat is yours. Welcome."))
    except Refused as refused:
        toasts.warn(request, refused.reason)
    return redirect("admissions:result", offer.application.edition.slug)


@may(rules.may_open_offer, on=results.own_offer, methods=FORM)
def decline(request: Request, offer: Offer) -> HttpResponse:
    """Ask once whether to leave the seat to the next; POST leaves it."""
    edition = offer.application.edition
    verdict = rules.may_answer(person_of(request), offer, request.at)
    if not verdict:
        toasts.warn(request, verdict.reason)
        return redirect("admissions:result", edition.slug)
    if request.method == "POST":
        actions.decline(offer, by=person_of(request), at=request.at)
        return redirect("admissions:result", edition.slug)
    return render(request, "admissions/decline.html", {"offer": offer, "edition": edition})


@may(rules.may_see_admitted, on=queries.published, visitors=True)
def admitted(request: Request, edition: Edition) -> HttpResponse:
    """Show everybody who was admitted, as each chose to be called."""
    page = results.admitted_page(edition, request.at)
    frame.own(request, somebody=is_whole(request))
    return render(request, "admissions/admitted.html", {"page": page, "edition": edition})


@may(rules.may_see_preview, on=by_slug, methods=FORM)
def ranking(request: Request, edition: Edition) -> HttpResponse:
    """Show the ranking as it would be closed, or as it was; POST closes it."""
    if request.method == "POST":
        try:
            actions.close_ranking(edition, by=person_of(request), at=request.at)
            toasts.say(request, _("The ranking is closed and the first seats are offered."))
        except Refused as refused:
            toasts.warn(request, refused.reason)
        return redirect("admissions:ranking", edition.slug)
    verdict = rules.may_close_ranking(person_of(request), edition, request.at)
    page = closing_page(edition, verdict, request.GET.get("page"), request.at)
    return render(request, "admissions/ranking.html", {"page": page, "edition": edition})


@may(rules.may_read_claims, on=application_by_code)
def claims(request: Request, application: Application) -> HttpResponse:
    """Show who coordinates what a person claimed to have done, and what shows it."""
    context = {
        "application": application,
        "edition": application.edition,
        "claims": claims_of(application),
        "points": floatformat(application.cv_points, -2),
    }
    return render(request, "admissions/claims.html", context)


@may(rules.may_see_preview, on=by_slug, methods=POST)
def ranking_file(request: Request, edition: Edition) -> StreamingHttpResponse:
    """Give the ranking as a file, as the page shows it: by code alone until it is closed."""
    ranking = Ranking.objects.filter(edition=edition).first()
    rows, _absent = rows_of(edition, ranking, request.at)
    note_export(edition, "ranking", len(rows), by=person_of(request), at=request.at)
    return as_file(f"{edition.slug}-ranking", ranking_rows(rows))
