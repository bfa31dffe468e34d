"""What a person was told, and how they want to be told."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sqcuola.kernel.access import FORM, POST, may, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.notices import actions, hours, queries, rules
from sqcuola.notices.forms import PreferencesForm
from sqcuola.notices.models import Notice, Preference
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts

PAGE = 30


@signed_in()
def every(request: Request) -> HttpResponse:
    """Show what a person was told, the new above the old."""
    person = person_of(request)
    language = get_language() or person.language
    page = Paginator(queries.said_in(language, queries.of(person)), PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(page.object_list, person, language)
    told = {
        "new": [line for line in lines if not line.notice.seen_at],
        "old": [line for line in lines if line.notice.seen_at],
        "page": page,
        "unseen": queries.unseen(person),
    }
    return render(request, "notices/all.html", told)


@may(rules.may_open, on=queries.own, methods=POST)
def open_one(request: Request, notice: Notice) -> HttpResponse:
    """Note that a notice was seen, and go where it leads."""
    actions.open_notice(notice, by=person_of(request), at=request.at)
    return redirect(notice.url)


@signed_in(methods=POST)
def see_all(request: Request) -> HttpResponse:
    """Note that all were seen."""
    actions.see_all(person_of(request), at=request.at)
    return redirect("notices:all")


@signed_in(methods=FORM)
def preferences(request: Request) -> HttpResponse:
    """Choose how to hear from the house."""
    person = person_of(request)
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "how"))
    form = PreferencesForm(request.POST or None, instance=hours.of(person), chosen=chosen)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.choose(
            person,
            form.how(),
            quiet_from=typed["quiet_from"],
            quiet_until=typed["quiet_until"],
            digest_at=typed["digest_at"],
        )
        toasts.say(request, _("Kept. From now on you hear from us like this."))
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form})
