"""The way in: an address, a code or its link, a name the first time."""

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sqcuola.kernel.access import FORM, POST, anyone
from sqcuola.kernel.requests import Request
from sqcuola.people import codes, entering, limits, links, whither
from sqcuola.people.forms.entering import AddressForm, CodeForm, NameForm, PasswordEntryForm
from sqcuola.people.models import Device, Purpose, SignInCode
from sqcuola.people.views.pages import private
from sqcuola.ui import toasts

ENTERING = "entering"
OFFERED = gettext_lazy(
    "Next time you need not wait for a mail: with a passkey or a password you come in at once."
)


@private
@anyone(FORM)
def enter(request: Request) -> HttpResponse:
    """Ask for a mail address and send a code there, whether anybody has it or not."""
    back_to = entering.safe(request, request.GET.get("next", ""))
    if request.user.is_authenticated and not links.limited_to(request):
        on = back_to or settings.LOGIN_REDIRECT_URL
        return render(request, "people/already_in.html", {"on": on})
    form = AddressForm(request.POST or None)
    if form.is_valid():
        if _ask(request, form.cleaned_data["email"], back_to):
            return redirect("people:code")
        form.add_error(
            "email",
            _("Many codes were sent in a few minutes. Use the last one, or wait a quarter of an hour."),
        )
    return render(
        request,
        "people/enter.html",
        {"form": form, "back_to": back_to, "sentence": whither.sentence_for(back_to)},
    )


@private
@anyone(FORM)
def code(request: Request) -> HttpResponse:
    """Take the six digits."""
    row = _asked(request)
    if row is None:
        return redirect("people:enter")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        answer = codes.type_in(row, form.cleaned_data["code"], machine=limits.machine(request), at=request.at)
        if answer is codes.Answer.RIGHT:
            return _proven(request, row, way=Device.Way.CODE)
        if answer is codes.Answer.OVER:
            return render(request, "people/code_over.html", {"again": True}, status=410)
        form.add_error("code", _("These are not the digits of the last mail. Only the newest mail counts."))
    return render(request, "people/code.html", {"form": form, "row": row})


@private
@anyone(POST)
def another(request: Request) -> HttpResponse:
    """Send a new code to the address of the last one."""
    row = _asked(request)
    if row is None:
        return redirect("people:enter")
    if not _ask(request, row.email, row.next):
        return render(request, "people/code_over.html", {"again": False}, status=429)
    return redirect("people:code")


@private
@anyone(FORM)
def link_code(request: Request, token: str) -> HttpResponse:
    """Show a button; only the button uses the link. Programs that open every link of a mail change nothing."""
    row = codes.by_token(token, Purpose.ENTER)
    if request.method == "POST" and row is not None:
        if codes.use(row, at=request.at):
            return _proven(request, row, way=Device.Way.LINK)
        request.session[ENTERING] = {"row": row.pk}
        if request.POST.get("do") == "another":
            return another(request)
    if row is None or not codes.alive(row, request.at):
        return render(request, "people/link_code_over.html", {"row": row}, status=410)
    return render(request, "people/link_code.html", {"row": row})


@private
@anyone(FORM)
def name(request: Request) -> HttpResponse:
    """Ask a new person for their name, and make the account."""
    row = SignInCode.objects.filter(pk=request.session.get(ENTERING, {}).get("proven", 0)).first()
    if row is None:
        return redirect("people:enter")
    form = NameForm(request.POST or None)
    if form.is_valid():
        person = entering.create_person(
            row.email, name=form.cleaned_data["name"], language=get_language() or "it", at=request.at
        )
        way = Device.Way(request.session.pop(ENTERING)["way"])
        answer = entering.come_in(request, person, way=way, back_to=row.next)
        toasts.say(request, OFFERED, to=reverse("mfa_index"), act=_("Add a way in"))
        return answer
    return render(request, "people/name.html", {"form": form})


@private
@anyone(FORM)
def password(request: Request) -> HttpResponse:
    """Let in by password who has set one. One sentence for every way it can fail."""
    back_to = entering.safe(request, request.GET.get("next", ""))
    form = PasswordEntryForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if limits.take_password(email, request, at=request.at):
            person = authenticate(request, username=email, password=form.cleaned_data["password"])
            if person is not None:
                return entering.come_in(request, person, way=Device.Way.PASSWORD, back_to=back_to)
        form.add_error(
            "password",
            _(
                "Address and password do not go together, or too many were tried. A code by mail always works."
            ),
        )
    context = {"form": form, "back_to": back_to, "sentence": whither.sentence_for(back_to)}
    return render(request, "people/password_entry.html", context)


@never_cache
@anyone(POST)
def leave(request: Request) -> HttpResponse:
    """End this session."""
    Device.objects.filter(session_key=request.session.session_key or "-").delete()
    logout(request)
    return redirect("/")


def _asked(request: Request) -> SignInCode | None:
    number = request.session.get(ENTERING, {}).get("row", 0)
    return SignInCode.objects.filter(pk=number, purpose=Purpose.ENTER).first()


def _ask(request: Request, email: str, back_to: str) -> bool:
    if not limits.take(limits.CODES_FROM_A_MACHINE, limits.machine(request), at=request.at):
        return False
    row = codes.send(
        email, purpose=Purpose.ENTER, language=get_language() or "it", at=request.at, back_to=back_to[:400]
    )
    if row is not None:
        request.session[ENTERING] = {"row": row.pk}
    return row is not None


def _proven(request: Request, row: SignInCode, *, way: Device.Way) -> HttpResponse:
    person = entering.person_of(row.email)
    if person is None:
        request.session[ENTERING] = {"proven": row.pk, "way": way.value}
        return redirect("people:name")
    request.session.pop(ENTERING, None)
    return entering.come_in(request, person, way=way, back_to=row.next)
