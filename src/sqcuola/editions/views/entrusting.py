"""Who does what in an edition: invited, handed over, ended; and the page of who is invited."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.editions import actions, pages, queries, rules
from sqcuola.editions.forms import HandOverForm, InviteForm
from sqcuola.editions.models import Edition, Invitation, Role
from sqcuola.editions.views.trying import tried
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_give_roles, on=queries.by_slug, methods=FORM)
def people(request: Request, edition: Edition) -> HttpResponse:
    """Show who is entrusted with what; POST asks somebody by mail."""
    form = InviteForm(request.POST or None, edition=edition, initial={"kind": Role.Kind.TEACHER})

    def act() -> None:
        data, by, at = form.cleaned_data, person_of(request), request.at
        name, about = data["name"], data["about"]
        actions.invite(edition, data["email"], data["kind"], name=name, about=about, by=by, at=at)

    if form.is_valid() and tried(form, act):
        toasts.say(request, _("The invitation is on its way."))
        return redirect("editions:people", edition.slug)
    found = {"edition": edition, "form": form, "page": pages.people_page(edition, request.at)}
    return render(request, "editions/settings/people.html", found)


@may(rules.may_end_role, on=queries.role_for, methods=FORM)
def end(request: Request, role: Role) -> HttpResponse:
    """Ask once before a role ends."""
    if request.method == "POST":
        actions.end_role(role, by=person_of(request), at=request.at)
        toasts.say(request, _("The role has ended. What was done in it stays."))
        return _after(request, role)
    return render(request, "editions/settings/end_role.html", {"role": role, "edition": role.edition})


@may(rules.may_hand_over, on=queries.role_for, methods=FORM)
def hand_over(request: Request, role: Role) -> HttpResponse:
    """Ask somebody else to take a role on; it changes hands when they say yes."""
    form = HandOverForm(request.POST or None)

    def act() -> None:
        data, by, at = form.cleaned_data, person_of(request), request.at
        assert role.edition is not None  # noqa: S101 - role_for finds roles by their edition
        actions.invite(
            role.edition,
            data["email"],
            role.kind,
            name=data["name"],
            about=role.about,
            handing_over=role,
            by=by,
            at=at,
        )

    if form.is_valid() and tried(form, act):
        toasts.say(request, _("They are asked by mail. Until they say yes, nothing changes."))
        return _after(request, role)
    found = {"role": role, "edition": role.edition, "form": form}
    return render(request, "editions/settings/hand_over.html", found)


def _after(request: Request, role: Role) -> HttpResponse:
    """Go back to the page of people, or out of the edition for who no longer belongs there."""
    if role.edition is not None and rules.may_give_roles(person_of(request), role.edition, request.at):
        return redirect("editions:people", role.edition.slug)
    return redirect("/")


@may(rules.may_read_invitation, on=queries.invitation_for)
def invitation(request: Request, invitation: Invitation) -> HttpResponse:
    """Show what one is asked to be, with a button for yes and one for no."""
    verdict = rules.may_answer_invitation(person_of(request), invitation, request.at)
    return render(request, "editions/invitation.html", {"invitation": invitation, "verdict": verdict})


@may(rules.may_answer_invitation, on=queries.invitation_for, methods=POST)
def answer_invitation(request: Request, invitation: Invitation) -> HttpResponse:
    """Take the yes or the no."""
    by, at = person_of(request), request.at
    if "yes" in request.POST:
        actions.accept(invitation, by=by, at=at)
        toasts.say(request, _("Thank you. The role is yours from now on."))
    else:
        actions.decline(invitation, by=by, at=at)
        toasts.say(request, _("You said no. Whoever asked you can see it."))
    return redirect("editions:invitation", invitation.code)


@may(rules.may_withdraw_invitation, on=queries.sent_invitation, methods=POST)
def withdraw(request: Request, invitation: Invitation) -> HttpResponse:
    """Take an invitation back."""
    actions.withdraw(invitation, by=person_of(request), at=request.at)
    toasts.say(request, _("The invitation is taken back."))
    return redirect("editions:people", invitation.edition.slug)
