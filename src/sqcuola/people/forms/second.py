"""allauth's forms of the second factor, in our words."""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as TheirAuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as TheirActivateForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm as TheirAddForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sqcuola.people import limits


def _digits() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "short digits"})


class AuthenticateForm(TheirAuthenticateForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Six digits of the app, or a recovery code")
        self.fields["code"].widget = _digits()

    def clean_code(self) -> str:
        """Take digits of an app once: who read them over a shoulder cannot use them again while they hold.

        allauth remembers this in the cache, which each process may have for itself, and for half a minute only.
        """
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _first_use(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


def _first_use(authenticator: Authenticator, code: str) -> bool:
    secret = decrypt(authenticator.data["secret"])
    for counter in totp.yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))):
            # Counted in a window that is named by the code's own half minute, and outlasts it.
            window = datetime.fromtimestamp(counter * app_settings.TOTP_PERIOD, UTC) + timedelta(minutes=10)
            return limits.take(limits.ONE_APP_CODE, f"{authenticator.user_id}:{counter}", at=window)
    return False


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
