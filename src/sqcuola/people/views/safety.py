"""The ways in of a person: second factors, password, devices. allauth's views, each behind our own access."""

import json
from collections.abc import Callable
from typing import Any

from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from sqcuola.kernel.access import FORM, POST, READ, anyone, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.people import devices, limits, mail, rescue, second_factor
from sqcuola.people.forms.entering import NewPasswordForm
from sqcuola.people.models import Device, Rescue
from sqcuola.people.views.pages import fresh, me, private
from sqcuola.ui import toasts

View = Callable[..., HttpResponse]


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Adds a passkey that can also stand alone: it names its person, and asks for finger, face or PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "options": json.dumps(options)}


class Second(mfa.AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """Asks for the second factor, in our words."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "options": json.dumps(context["js_data"]["request_options"])}


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    success_url = reverse_lazy("mfa_index")


def _counted(view: View, limit: limits.Limit, key: Callable[[HttpRequest], str]) -> View:
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not limits.take(limit, key(request), at=request.at):
            return render(request, "people/too_many.html", status=429)
        return view(request, *args, **kwargs)

    return wrapped


def _who_waits(request: HttpRequest) -> str:
    """Return whose second factor is being asked: the login that waits in the session."""
    waiting = request.session.get("account_login", {})
    return str(waiting.get("user_pk") or limits.machine(request))


authenticate = private(anyone(FORM)(_counted(Second.as_view(), limits.SECOND_FACTORS, _who_waits)))
passkey_login = private(
    anyone(FORM)(_counted(webauthn.login_webauthn, limits.PASSKEYS_FROM_A_MACHINE, limits.machine))
)
activate_totp = private(signed_in(FORM)(fresh(totp.activate_totp)))
deactivate_totp = private(signed_in(FORM)(fresh(totp.deactivate_totp)))
add_passkey = private(signed_in(FORM)(fresh(AddPasskey.as_view())))
remove_passkey = private(signed_in(FORM)(fresh(RemovePasskey.as_view())))
view_recovery_codes = private(signed_in(READ)(fresh(recovery.view_recovery_codes)))
generate_recovery_codes = private(signed_in(FORM)(fresh(recovery.generate_recovery_codes)))


@private
@signed_in()
def safety(request: Request) -> HttpResponse:
    """Show every way in, what a person could add, and where they are signed in now."""
    person = me(request)
    factors = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    types = {factor.type for factor in factors}
    context = {
        "person": person,
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "has_app": Authenticator.Type.TOTP in types,
        "has_codes": Authenticator.Type.RECOVERY_CODES in types,
        "missing": second_factor.required(person, request.at) and not types & set(second_factor.SECOND),
        "rescue": Rescue.objects.filter(
            person=person, restored_at=None, stopped_at=None, expires__gt=request.at
        ).exists(),
        "helps": rescue.open_for(person, request.at).exists(),
        "devices": devices.open_now(person, request.at),
        "this_device": request.session.session_key,
    }
    return render(request, "people/safety.html", context)


@private
@signed_in(FORM)
@fresh
def new_password(request: Request) -> HttpResponse:
    """Set a password, or another; every other session ends."""
    person = me(request)
    form = NewPasswordForm(request.POST or None, person=person)
    if form.is_valid():
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        update_session_auth_hash(request, person)
        devices.end_others(person, keep=request.session.session_key or "")
        devices.note(request, person, way=Device.Way.PASSWORD)
        mail.tell_safety(person, "password_set", at=request.at)
        toasts.say(request, _("Your password is set. The other devices have been signed out."))
        return redirect("mfa_index")
    return render(request, "people/new_password.html", {"form": form})


@private
@signed_in(POST)
def drop_password(request: Request) -> HttpResponse:
    """Do without a password again: codes by mail go on working."""
    person = me(request)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    update_session_auth_hash(request, person)
    devices.note(request, person, way=Device.Way.CODE)
    mail.tell_safety(person, "password_dropped", at=request.at)
    toasts.say(request, _("The password is gone. You come in with a code by mail."))
    return redirect("mfa_index")


@private
@signed_in(POST)
def end_device(request: Request, number: int) -> HttpResponse:
    """End one session of one's own."""
    device = get_object_or_404(Device, pk=number, person=me(request))
    devices.end(device)
    toasts.say(request, _("That device has been signed out."))
    return redirect("mfa_index")


@private
@signed_in(POST)
def end_other_devices(request: Request) -> HttpResponse:
    """End all one's sessions but this one."""
    devices.end_others(me(request), keep=request.session.session_key or "")
    toasts.say(request, _("Only this device is signed in now."))
    return redirect("mfa_index")
