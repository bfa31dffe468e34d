"""Asking two colleagues for help, and being one of the two."""

from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel.access import FORM, POST, anyone, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing
from sqcuola.people import rescue, second_factor
from sqcuola.people.models import RescueVoice
from sqcuola.people.views.pages import fresh, me, private
from sqcuola.ui import toasts


@private
@anyone(FORM)
def ask(request: Request) -> HttpResponse:
    """Ask for help, between the first proof and the second."""
    stage = (
        None if request.user.is_authenticated else LoginStageController.enter(request, AuthenticateStage.key)
    )
    if stage is None:
        return redirect("people:enter")
    person = stage.login.user
    if request.method == "POST":
        rescue.ask(person, at=request.at)
        return render(request, "people/rescue_asked.html", {"person": person})
    return render(request, "people/rescue_ask.html", {"person": person})


@private
@signed_in(FORM)
@fresh
def answer(request: Request) -> HttpResponse:
    """Show who asks for help, and take one's word for them."""
    colleague = me(request)
    if not second_factor.may_vouch(colleague, request.at):
        raise Missing
    waiting = rescue.open_for(colleague, request.at)
    if request.method == "POST":
        wanted = next((one for one in waiting if str(one.pk) == request.POST.get("rescue")), None)
        if wanted is None:
            raise Missing
        done = rescue.vouch(wanted, by=colleague, at=request.at)
        said = _("They have a way in again.") if done else _("Noted. One more colleague is needed.")
        toasts.say(request, said)
        return redirect("rescues")
    mine = RescueVoice.objects.filter(colleague=colleague, rescue__in=waiting)
    said_by_me = set(mine.values_list("rescue", flat=True))
    return render(request, "people/rescues.html", {"waiting": waiting, "said_by_me": said_by_me})


@private
@signed_in(POST)
def stop(request: Request) -> HttpResponse:
    """End one's own cry for help."""
    rescue.stop(me(request), by=me(request), at=request.at)
    toasts.say(request, _("Stopped. If you did not ask for it yourself, write to the school."))
    return redirect("mfa_index")
