"""The house's texts in an edition's own words."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.requests import Request
from sqcuola.notices import actions, braces, queries, rules, texts
from sqcuola.notices.forms import TextForm
from sqcuola.notices.models.text import LANGUAGES
from sqcuola.notices.texts import Text
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_edit_texts, on=by_slug)
def every(request: Request, edition: Edition) -> HttpResponse:
    """Show every text the house sends by itself, stage by stage."""
    stages = queries.texts_by_stage(edition, get_language() or "it")
    return render(request, "notices/texts.html", {"edition": edition, "stages": stages})


@may(rules.may_edit, on=queries.text_for, methods=FORM)
def one(request: Request, thing: tuple[Edition, Text]) -> HttpResponse:
    """Read one text as it will arrive, and change its words."""
    edition, text = thing
    words = {language: texts.words_of(text, edition.pk, language) for language, _spoken in LANGUAGES}
    initial = {
        f"subject_{language}": braces.shown(said.subject, language) for language, said in words.items()
    }
    initial |= {f"body_{language}": braces.shown(said.body, language) for language, said in words.items()}
    form = TextForm(request.POST or None, text=text, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.words()
        if request.POST.get("do") != "preview":
            actions.edit(edition, text, words, by=person_of(request), at=request.at)
            toasts.say(request, _("Kept. From now on it is said like this."))
            return redirect("notices:text", edition.slug, text.key)
    told = {
        "edition": edition,
        "text": text,
        "form": form,
        "fields": braces.offered(text.all_fields.items()),
        "previews": queries.previews(edition, text, words),
        "ours": queries.changed(edition, text),
    }
    return render(request, "notices/text.html", told)


@may(rules.may_edit, on=queries.text_for, methods=POST)
def ours(request: Request, thing: tuple[Edition, Text]) -> HttpResponse:
    """Go back to the house's words."""
    edition, text = thing
    actions.back_to_ours(edition, text, by=person_of(request), at=request.at)
    toasts.say(request, _("It is said in our words again."))
    return redirect("notices:text", edition.slug, text.key)
