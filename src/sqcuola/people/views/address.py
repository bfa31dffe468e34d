"""Another mail address, and two accounts that become one."""

from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel.access import FORM, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Refused
from sqcuola.people import address, codes, entering, limits, merging, second_factor
from sqcuola.people.forms.entering import CodeForm, NewAddressForm, OtherAccountForm
from sqcuola.people.forms.second import AuthenticateForm
from sqcuola.people.models import Person, Purpose, SignInCode
from sqcuola.people.views.pages import fresh, me, private
from sqcuola.ui import toasts

KEY = "other_address"


@private
@signed_in(FORM)
@fresh
def change(request: Request) -> HttpResponse:
    """Ask for the new address and send a code there; the old one is told at once."""
    person = me(request)
    form = NewAddressForm(request.POST or None)
    if form.is_valid():
        row = (
            address.ask(person, form.cleaned_data["email"], at=request.at)
            if _may_write_elsewhere(request)
            else None
        )
        if row is not None:
            request.session[KEY] = row.pk
            return redirect("people:address_code")
        form.add_error("email", _("Many codes were sent there in a few minutes. Wait a quarter of an hour."))
    return render(request, "people/address.html", {"form": form, "person": person})


@private
@signed_in(FORM)
@fresh
def code(request: Request) -> HttpResponse:
    """Take the code that the new address got, and change it."""
    person, row = me(request), _row(request, Purpose.ADDRESS)
    if row is None:
        return redirect("people:address")
    form = CodeForm(request.POST or None)
    if form.is_valid() and _right(form, row, request):
        try:
            address.change(person, to=row.email, by=person, at=request.at)
        except IntegrityError:
            return render(request, "people/address_taken.html", {"row": row})
        toasts.say(request, _("From now on we write to {email}.").format(email=row.email))
        return redirect("people:me")
    return render(request, "people/address_code.html", {"form": form, "row": row})


@private
@signed_in(FORM)
@fresh
def join(request: Request) -> HttpResponse:
    """Ask for the address of the other account and send a code there, whether there is one or not."""
    person = me(request)
    form = OtherAccountForm(request.POST or None)
    if form.is_valid():
        to = form.cleaned_data["email"]
        row = (
            codes.send(to, purpose=Purpose.MERGE, language=person.language, at=request.at, asked_by=person)
            if _may_write_elsewhere(request)
            else None
        )
        if row is not None:
            request.session[KEY] = row.pk
            return redirect("people:join_code")
        form.add_error("email", _("Many codes were sent there in a few minutes. Wait a quarter of an hour."))
    return render(request, "people/join.html", {"form": form})


@private
@signed_in(FORM)
@fresh
def join_code(request: Request) -> HttpResponse:
    """Take the code of the other account."""
    row = _row(request, Purpose.MERGE)
    if row is None:
        return redirect("people:join")
    form = CodeForm(request.POST or None)
    if form.is_valid() and _right(form, row, request):
        other = entering.person_of(row.email)
        if other is None or other == me(request):
            return render(request, "people/join_nobody.html", {"row": row})
        request.session["joining"] = {"account": other.pk, "until": (request.at + codes.LASTS).timestamp()}
        return redirect("people:join_confirm")
    return render(request, "people/address_code.html", {"form": form, "row": row, "joining": True})


@private
@signed_in(FORM)
@fresh
def join_confirm(request: Request) -> HttpResponse:
    """Ask once, with the other account's second factor where it has one, and join the two."""
    person, other = me(request), _proved(request)
    if other is None:
        return redirect("people:join")
    asked = second_factor.has_one(other)
    form = AuthenticateForm(request.POST if asked and request.method == "POST" else None, user=other)
    ready = request.method == "POST" and (not asked or (_within(request, other) and form.is_valid()))
    page = {"other": other, "person": person, "form": form if asked else None}
    if ready:
        try:
            merging.merge(other, into=person, by=person, at=request.at)
        except Refused as refused:
            return render(request, "people/join_confirm.html", {**page, "reason": refused.reason}, status=409)
        request.session.pop("joining", None)
        toasts.say(request, _("The two accounts are one now."))
        return redirect("people:me")
    return render(request, "people/join_confirm.html", page)


def _may_write_elsewhere(request: Request) -> bool:
    """Count one more code that a person has us send to an address not yet theirs: it may be anybody's."""
    return limits.take(limits.CODES_TO_OTHER_ADDRESSES, str(me(request).pk), at=request.at)


def _row(request: Request, purpose: Purpose) -> SignInCode | None:
    return SignInCode.objects.filter(pk=request.session.get(KEY, 0), purpose=purpose).first()


def _right(form: CodeForm, row: SignInCode, request: Request) -> bool:
    answer = codes.type_in(row, form.cleaned_data["code"], machine=limits.machine(request), at=request.at)
    if answer is not codes.Answer.RIGHT:
        form.add_error("code", _("That was not right, or it is too old. Go back and ask for a new one."))
    return answer is codes.Answer.RIGHT


def _proved(request: Request) -> Person | None:
    joining = request.session.get("joining", {})
    if request.at.timestamp() >= joining.get("until", 0):
        return None
    return Person.objects.filter(pk=joining["account"], is_active=True).first()


def _within(request: Request, other: Person) -> bool:
    return limits.take(limits.SECOND_FACTORS, f"join:{other.pk}", at=request.at)
