"""The public face: what anyone may read without signing in."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sqcuola.editions import queries, rulebook
from sqcuola.editions import rules as editions
from sqcuola.editions.actions import ask
from sqcuola.editions.models import Edition, RulesVersion
from sqcuola.front import calendar, card, home_page, news, reading, searching, shown, structured
from sqcuola.front.cache import Made, kept, kept_file
from sqcuola.front.forms import QuestionForm
from sqcuola.kernel.access import FORM, anyone, may
from sqcuola.kernel.requests import Request
from sqcuola.people import limits, links
from sqcuola.people.models import Person
from sqcuola.ui import toasts

TOO_MANY = gettext_lazy(
    "Several questions came from here in a short while, and this one was not sent. It is still below: "
    "wait a quarter of an hour and send it again, or ask everything in one."
)


@anyone()
@kept
def home(request: Request) -> Made:
    """Show the school and what is open now."""
    page = home_page.read(request.at)
    return render(request, "front/home.html", {"page": page, "at": request.at}), page.next_change


@anyone()
@kept
def edition(request: Request, slug: str) -> Made:
    """Show an edition to whoever thinks of applying."""
    found = shown.public_edition(slug, request.at)
    page = shown.edition_page(found, request.at)
    return render(request, "front/edition.html", _said(request, page)), _next(
        queries.next_change([found], request.at), page, request.at
    )


@may(editions.may_coordinate, on=queries.by_slug)
def preview(request: Request, edition: Edition) -> HttpResponse:
    """Show who coordinates an edition what visitors will see, before they do."""
    page = shown.edition_page(edition, request.at)
    return render(request, "front/preview.html", _said(request, page))


def _said(request: Request, page: shown.EditionPage) -> dict[str, object]:
    """Return what the page of an edition says. Its addresses begin as the school's own: a visitor may write any `Host`."""
    return {
        "page": page,
        "edition": page.edition,
        "at": request.at,
        "data": structured.course(page, request),
        "site": settings.SITE_URL,
    }


def _next(change: datetime | None, page: shown.EditionPage, at: datetime) -> datetime | None:
    """Return when the page is no longer true: a running clock on it is set anew each second."""
    return at + timedelta(seconds=1) if page.soon else change


@anyone()
@kept
def rules(request: Request, slug: str) -> Made:
    """Show the rules in plain words, each version with its fingerprint and why it changed."""
    found = shown.public_edition(slug, request.at)
    versions = list(RulesVersion.objects.filter(edition=found))
    read = rulebook.read(versions[0].canonical, get_language() or "it") if versions else []
    context = {"edition": found, "versions": versions, "rules": read}
    return render(request, "front/rules.html", context), None


@anyone()
@kept_file
def rules_file(request: Request, slug: str, version: int) -> Made:
    """Hand over one version of the rules, byte for byte as it was fingerprinted."""
    found = shown.public_edition(slug, request.at)
    fixed = RulesVersion.objects.filter(edition=found, version=version).first()
    if fixed is None:
        return HttpResponse(status=404), None
    return HttpResponse(fixed.canonical.encode(), content_type="application/json"), None


@anyone(methods=FORM)
def questions(request: Request, slug: str) -> HttpResponse:
    """Show the answers given so far, and take a new question."""
    found = shown.public_edition(slug, request.at)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if limits.take_question(said["email"], request, at=request.at):
            ask(found, said["question"], email=said["email"], language=get_language() or "it", at=request.at)
            toasts.say(request, _("Your question has arrived. The answer will stand here, for everybody."))
            return redirect("front:questions", slug=slug)
        form.add_error(None, TOO_MANY)
    context = {"edition": found, "form": form, "answers": reading.answers(found.pk)}
    return render(request, "front/questions.html", context, status=429 if form.non_field_errors() else 200)


@anyone()
@never_cache
def search(request: Request) -> HttpResponse:
    """Look for something among what one may know of. No other site is told what was asked, and no log of this one."""
    asked, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    person = request.user if links.is_whole(request) and isinstance(request.user, Person) else None
    page, status = searching.unfit(asked), HTTPStatus.OK
    if page is None and not limits.take_search(request, at=request.at):
        page, status = searching.too_many(asked), HTTPStatus.TOO_MANY_REQUESTS
    page = page or searching.read(asked, kind, request.GET.get("page", ""), person, request.at)
    answer = render(request, "front/search.html", {"page": page}, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    # A front server writes into its log from which page one comes: that is said without the question.
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


@anyone()
@kept_file
def share_card(request: Request, slug: str) -> Made:
    """Draw the picture that stands beside a link to this edition."""
    found = shown.public_edition(slug, request.at)
    drawn = card.draw(shown.edition_page(found, request.at))
    return HttpResponse(drawn, content_type="image/png"), queries.next_change([found], request.at)


@anyone()
@kept_file
def dates(request: Request, slug: str) -> Made:
    """Hand over the dates of an edition for a calendar."""
    found = shown.public_edition(slug, request.at)
    written = calendar.write(found, f"{settings.SITE_URL}/e/{slug}/", request.at)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8"), None


@anyone()
@kept_file
def feed(request: Request, slug: str) -> Made:
    """Tell what is new about an edition, for feed readers."""
    found = shown.public_edition(slug, request.at)
    written = news.write(found, settings.SITE_URL, request.at)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8"), None
