"""The pages of an application: section by section, read it through, hand it in, take it back."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sqcuola.admissions import actions, instants, queries, rules
from sqcuola.admissions.models import Application, Draft
from sqcuola.admissions.queries import pages
from sqcuola.admissions.views.filing import Took, take_in
from sqcuola.admissions.views.keeping import forget_kept, keep_typed, kept_for, late, typed_in
from sqcuola.editions.models import Edition
from sqcuola.kernel import ids
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.numbers import whole
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing, Refused, Verdict
from sqcuola.people.models import Person
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts

OwnSection = tuple[Application, str]


def own_section(person: Person, slug: str, section: str) -> OwnSection:
    """Load somebody's own application, and one section of it that the edition asks for."""
    application = queries.own_alone(person, slug)
    if not queries.asks_for(application.edition, section):
        raise Missing
    return application, section


def may_open_section(person: Person, thing: OwnSection, at: datetime) -> Verdict:
    """Judge the section by its application."""
    return rules.may_open(person, thing[0], at)


@may(rules.may_see_call, on=queries.published, methods=FORM)
def apply(request: Request, edition: Edition) -> HttpResponse:
    """Show how one's application stands; POST begins it."""
    person = person_of(request)
    if request.method == "POST":
        actions.begin(edition, by=person, at=request.at)
        return redirect("admissions:section", edition.slug, Draft.Section.ABOUT)
    page = pages.apply_page(person, edition, request.at)
    return render(request, f"admissions/apply/{page.state}.html", {"page": page, "edition": edition})


@keep_typed
@may(may_open_section, on=own_section, methods=FORM)
def section(request: Request, thing: OwnSection) -> HttpResponse:
    """Show a section as it was typed; POST keeps what is typed now."""
    application, name = thing
    if request.method == "POST":
        return _save(request, application, name)
    verdict = rules.may_edit(person_of(request), application, request.at)
    if not verdict:
        return redirect("admissions:apply", application.edition.slug)
    return _shown(request, application, name, {})


def _shown(request: Request, application: Application, name: str, refused: dict[str, str]) -> HttpResponse:
    kept = kept_for(request, application, name)
    page = pages.section_page(application, name, kept, ids.code(), refused)
    return render(request, "admissions/section.html", {"page": page, "edition": application.edition})


def _save(request: Request, application: Application, name: str) -> HttpResponse:
    quietly = "X-Autosave" in request.headers
    typed = typed_in(request)
    try:
        saved = actions.save_section(
            application,
            name,
            typed,
            version=_number(request.POST.get("version", "")),
            page=request.POST.get("page", "")[:12],
            by=person_of(request),
            at=request.at,
        )
    except Refused as refused:
        reason = str(refused.reason)
        return _in_words(reason, 403) if quietly else late(request, application, reason, typed)
    if quietly:
        return _told(saved, instants.clock(request.at, application.edition))
    forget_kept(request)
    took = take_in(request, application, name)
    if took.refused:
        return _shown(request, queries.own(person_of(request), application.edition.slug), name, took.refused)
    return redirect(_next(application, name, saved, took))


def _next(application: Application, name: str, saved: actions.Saved, took: Took) -> str:
    if took.at:
        return f"{pages.url_of(application.edition, name)}#files-{took.at}"
    if saved.clash or saved.form.draft_errors():
        return pages.url_of(application.edition, name)
    return _after(application, name)


def _told(saved: actions.Saved, when: str) -> HttpResponse:
    if saved.clash:
        return _in_words(_("Another page changed this part: press Save, and choose between the two."), 409)
    return _in_words(_("Saved at %(when)s") % {"when": when}, 200)


def _in_words(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def _number(text: str) -> int:
    return whole(text, digits=7) or 0


def _after(application: Application, name: str) -> str:
    names = queries.sections_of(application.edition)
    following = names[names.index(name) + 1 :]
    return pages.url_of(application.edition, following[0] if following else None)


@may(may_open_section, on=own_section, methods=POST)
def aside(request: Request, thing: OwnSection) -> HttpResponse:
    """Choose between the text that was saved and the one that was kept aside."""
    application, name = thing
    draft = queries.drafts_of(application).get(name)
    if draft is None:
        raise Missing
    choose = actions.take_aside if request.POST.get("take") else actions.drop_aside
    choose(draft, by=person_of(request), at=request.at)
    return redirect("admissions:section", application.edition.slug, name)


@may(rules.may_open, on=queries.own, methods=FORM)
def check(request: Request, application: Application) -> HttpResponse:
    """Show everything as it will be read, and what is missing; POST hands it in."""
    person = person_of(request)
    if request.method == "POST":
        try:
            actions.submit(application, by=person, at=request.at)
            return redirect("admissions:apply", application.edition.slug)
        except actions.Incomplete:
            toasts.warn(request, _("Something is still missing: nothing has been handed in yet."))
        except Refused as refused:
            return late(request, application, str(refused.reason), {})
    sections, lacking = pages.what_is_there(application)
    verdict = rules.may_submit(person, application, request.at)
    context = {
        "application": application,
        "edition": application.edition,
        "sections": sections,
        "lacking": lacking,
        "verdict": verdict,
        "closes": pages.closes(application.edition),
    }
    return render(request, "admissions/check.html", context)


@may(rules.may_withdraw, on=queries.own, methods=FORM)
def withdraw(request: Request, application: Application) -> HttpResponse:
    """Ask once whether to withdraw; POST withdraws."""
    if request.method == "POST":
        actions.withdraw(application, by=person_of(request), at=request.at)
        if rules.call_is_open(application.edition, request.at):
            back = reverse("admissions:again", args=[application.edition.slug])
            toasts.say(request, _("Your application is withdrawn. What you wrote is still here."), undo=back)
        return redirect("admissions:apply", application.edition.slug)
    context = {
        "application": application,
        "edition": application.edition,
        "open": rules.call_is_open(application.edition, request.at),
        "closes": pages.closes(application.edition),
    }
    return render(request, "admissions/withdraw.html", context)


@may(rules.may_take_up_again, on=queries.own, methods=POST)
def again(request: Request, application: Application) -> HttpResponse:
    """Take a withdrawn application up again."""
    actions.take_up_again(application, by=person_of(request), at=request.at)
    return redirect("admissions:apply", application.edition.slug)
