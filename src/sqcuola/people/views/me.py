"""One's own pages: who I am here, who may read it, what I agreed to."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel import files
from sqcuola.kernel.access import FORM, POST, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.people import actions, consents, queries, regions
from sqcuola.people.forms.profile import PrivacyForm, ProfileForm
from sqcuola.people.models import Block, Consent
from sqcuola.people.views.pages import me, private
from sqcuola.ui import toasts


@private
@signed_in()
def mine(request: Request) -> HttpResponse:
    """Show a person their own page as they keep it, and the doors to all that is theirs."""
    person = me(request)
    context = {
        "person": person,
        "seen": queries.seen([person], person)[0],
        "shown": consents.given(person, Consent.Purpose.PORTRAIT, request.at),
    }
    return render(request, "people/me.html", context)


@private
@signed_in(FORM)
def profile(request: Request) -> HttpResponse:
    """Change what one says of oneself."""
    person = me(request)
    form = ProfileForm(request.POST or None, request.FILES or None, person=person)
    if form.is_valid() and _save(form, request):
        toasts.say(request, _("Saved."))
        return redirect("people:me")
    return render(request, "people/profile.html", {"form": form, "regions": regions.ITALIAN})


def _save(form: ProfileForm, request: Request) -> bool:
    person, data, at = me(request), form.cleaned_data, request.at
    try:
        with transaction.atomic():
            actions.change_profile(
                person,
                name=data["name"],
                handle=data["handle"],
                facts=data,
                competences=data["competences"],
                by=person,
                at=at,
            )
            if data["portrait"]:
                actions.give_portrait(person, data["portrait"], by=person, at=at)
            elif data.get("no_portrait"):
                actions.take_portrait_away(person, by=person, at=at)
            if data.get("shown"):
                actions.give_consent(person, purpose=Consent.Purpose.PORTRAIT, by=person, at=at)
    except files.UnfitError as unfit:
        form.add_error("portrait", unfit)
        return False
    return True


@private
@signed_in(FORM)
def privacy(request: Request) -> HttpResponse:
    """Choose who may read which field, and see what they read."""
    person = me(request)
    shown = consents.given(person, Consent.Purpose.PORTRAIT, request.at)
    form = PrivacyForm(request.POST or None, chosen=queries.privacy_of(person), portrait_shown=shown)
    if form.is_valid():
        actions.choose_privacy(person, audiences=form.cleaned_data, by=person, at=request.at)
        toasts.say(request, _("Saved. Look at what others read now."))
        return redirect("people:privacy")
    context = {
        "form": form,
        "previews": [
            (_("Everybody reads"), queries.as_seen_by(person, "world", request.at)),
            (_("The people of the school read"), queries.as_seen_by(person, "members", request.at)),
            (_("Your class reads"), queries.as_seen_by(person, "class", request.at)),
        ],
        "blocked": Block.objects.filter(blocker=person).select_related("blocked"),
    }
    return render(request, "people/privacy.html", context)


@private
@signed_in(POST)
def drop_block(request: Request, number: int) -> HttpResponse:
    """Take a block back, also of somebody whose page one cannot see."""
    row = get_object_or_404(Block.objects.select_related("blocked"), pk=number, blocker=me(request))
    actions.unblock(row.blocked, by=me(request), at=request.at)
    toasts.say(request, _("Taken back."))
    return redirect("people:privacy")


@private
@signed_in(FORM)
def agreements(request: Request) -> HttpResponse:
    """Agree to a purpose, or take it back; each with its date."""
    person = me(request)
    purpose = request.POST.get("purpose", "")
    if request.method == "POST" and purpose in Consent.Purpose.values:
        if request.POST.get("do") == "withdraw":
            actions.withdraw_consent(person, purpose=purpose, by=person, at=request.at)
            toasts.say(request, _("Taken back. From this minute it counts no more."))
        else:
            actions.give_consent(person, purpose=purpose, by=person, at=request.at)
            toasts.say(request, _("Noted, with today’s date."))
        return redirect("people:consents")
    said = consents.history(person)
    purposes = [
        {
            "value": value,
            "label": label,
            "now": next(iter(said[value]), None),
            "past": [row for row in said[value] if row.withdrawn_at],
        }
        for value, label in Consent.Purpose.choices
    ]
    return render(request, "people/consents.html", {"purposes": purposes})
