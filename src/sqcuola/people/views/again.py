"""Showing once more that it is you, before something that cannot be taken back easily."""

from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel.access import FORM, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.people import codes, entering, limits
from sqcuola.people.forms.entering import AgainForm
from sqcuola.people.models import Person, Purpose, SignInCode
from sqcuola.people.views.pages import me, private

KEY = "again"


@private
@signed_in(FORM)
def again(request: Request) -> HttpResponse:
    """Send a code to the person's own address, or take the password of who has one; then go back."""
    person = me(request)
    back_to = entering.safe(request, request.GET.get("next", "")) or "/me/"
    form = AgainForm(request.POST if "code" in request.POST else None, person=person)
    if request.method == "POST" and not form.is_bound:
        if _send(request, person):
            return redirect(request.get_full_path())
        form.add_error(None, _("Many codes were sent in a few minutes. Use the last one, or wait a while."))
    if form.is_bound and form.is_valid():
        if _right(request, person, form.cleaned_data):
            entering.mark_fresh(request)
            request.session.pop(KEY, None)
            return redirect(back_to)
        form.add_error(
            None, _("That was not right. The newest mail counts; after five times a new code is needed.")
        )
    sent = KEY in request.session
    return render(request, "people/again.html", {"form": form, "sent": sent, "person": person})


def _send(request: Request, person: Person) -> bool:
    row = codes.send(
        person.email, purpose=Purpose.AGAIN, language=person.language, at=request.at, asked_by=person
    )
    if row is not None:
        request.session[KEY] = row.pk
    return row is not None


def _right(request: Request, person: Person, typed: dict[str, str]) -> bool:
    if typed.get("password"):
        within = limits.take_password(person.email, request, at=request.at)
        return within and authenticate(request, username=person.email, password=typed["password"]) == person
    row = SignInCode.objects.filter(
        pk=request.session.get(KEY, 0), purpose=Purpose.AGAIN, email=person.email
    ).first()
    if row is None:
        return False
    answer = codes.type_in(row, typed["code"], machine=limits.machine(request), at=request.at)
    return answer is codes.Answer.RIGHT
