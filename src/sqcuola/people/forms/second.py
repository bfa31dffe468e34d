"""allauth's forms of the second factor, in our words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm as TheirAuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as TheirActivateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as TheirAddForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _digits() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "short digits"})


class AuthenticateForm(TheirAuthenticateForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Six digits of the app, or a recovery code")
        self.fields["code"].widget = _digits()


class ActivateForm(TheirActivateForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits that the app shows")
        self.fields["code"].widget = _digits()


class AddPasskeyForm(TheirAddForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call this device")
        self.fields.pop("passwordless", None)
