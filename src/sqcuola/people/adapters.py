"""What django-allauth asks us: which stages a login has, what follows it, how its mails and secrets are kept."""

import base64
import hashlib
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import clock
from sqcuola.people import entering, limits, mail
from sqcuola.people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Codes by mail are ours (see codes.py); from allauth come the second factor and its stages."""

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def post_login(
        self, request: Any, user: Person, *, redirect_url: str | None, **_more: Any
    ) -> HttpResponse:
        entering.arrived(request, user)
        return HttpResponseRedirect(redirect_url or settings.LOGIN_REDIRECT_URL)

    def respond_user_inactive(self, _request: HttpRequest, _user: Person) -> HttpResponse:
        return redirect("people:enter")

    def get_client_ip(self, request: HttpRequest) -> str:
        return limits.machine(request)

    def send_notification_mail(
        self, template_prefix: str, user: Person, _context: Any = None, **_more: Any
    ) -> None:
        """Tell the person by mail that a way in was added or taken away."""
        mail.tell_safety(user, template_prefix.rpartition("/")[2], at=clock.now())


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: secrets are encrypted at rest, QR codes drawn by segno, sentences are ours."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one and type it again."),
        "cannot_generate_recovery_codes": _(
            "First add a passkey or an app: recovery codes stand in for those."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        drawn: str = segno.make(url, error="m").svg_inline(scale=5, border=2, dark="#1c2333", light="#fffdf8")
        return drawn

    def get_totp_issuer(self) -> str:
        return "SQcuola"

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 - allauth's own name
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey {number}").format(number=count + 1)


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor:" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
