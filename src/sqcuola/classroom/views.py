"""The page of a class, and how one is asked into it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.classroom import actions, queries, rules
from sqcuola.classroom.forms import GuestsForm
from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.models import Edition, Phase
from sqcuola.editions.queries import by_slug, phase
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Refused
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_enter, on=by_slug)
def the_class(request: Request, edition: Edition) -> HttpResponse:
    """Show the faces of who accepted a seat."""
    person, at = person_of(request), request.at
    found = {
        "page": queries.class_page(edition, person, at),
        "edition": edition,
        "invites": bool(rules.may_invite(person, edition, at)),
    }
    return render(request, "classroom/class.html", found)


@may(rules.may_see_invitations, on=by_slug, methods=FORM)
def invitations(request: Request, edition: Edition) -> HttpResponse:
    """Show who was asked into the class; POST asks the people of the form, all or nobody."""
    verdict = rules.may_invite(person_of(request), edition, request.at)
    form = GuestsForm(request.POST or None)
    if form.is_valid():
        try:
            sent = actions.invite(edition, form.cleaned_data["people"], by=person_of(request), at=request.at)
        except Refused as refusal:
            form.add_error("people", str(refusal.reason))
        else:
            toasts.say(request, _invited(len(sent)))
            return redirect("classroom:invitations", edition.slug)
    page = queries.invitations_page(edition, request.at)
    found = {"edition": edition, "form": form, "page": page, "verdict": verdict}
    return render(request, "classroom/invitations.html", found)


def _invited(how_many: int) -> str:
    if not how_many:
        return _("All of them are in the class or were asked already: nobody was written to.")
    words = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", how_many)
    return words % {"n": how_many}


@may(rules.may_read_invitation, on=queries.own_invitation)
def invitation(request: Request, invitation: ClassInvitation) -> HttpResponse:
    """Show what one is asked into, with a button for yes and one for no."""
    verdict = rules.may_answer_invitation(person_of(request), invitation, request.at)
    edition = invitation.group.edition
    lessons = phase(edition, Phase.Kind.CLASS)
    found = {
        "invitation": invitation,
        "edition": edition,
        "verdict": verdict,
        "begins": lessons.begins if lessons and lessons.begins > request.at else None,
    }
    return render(request, "classroom/invitation.html", found)


@may(rules.may_answer_invitation, on=queries.own_invitation, methods=POST)
def answer(request: Request, invitation: ClassInvitation) -> HttpResponse:
    """Take the yes or the no."""
    slug, by, at = invitation.group.edition.slug, person_of(request), request.at
    if "yes" in request.POST:
        actions.accept(invitation, by=by, at=at)
        toasts.say(request, _("Welcome. The seat is yours."))
        return redirect("classroom:class", slug)
    actions.decline(invitation, by=by, at=at)
    toasts.say(request, _("You said no. Whoever asked you can see it."))
    return redirect("classroom:invitation", slug)


@may(rules.may_withdraw_invitation, on=queries.invitation_for, methods=POST)
def withdraw(request: Request, invitation: ClassInvitation) -> HttpResponse:
    """Take an invitation back."""
    actions.withdraw(invitation, by=person_of(request), at=request.at)
    toasts.say(request, _("The invitation is taken back."))
    return redirect("classroom:invitations", invitation.group.edition.slug)
