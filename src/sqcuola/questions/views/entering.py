"""Ways to a test: the code of the test day, and the trial."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sqcuola.kernel.access import FORM, anyone, signed_in
from sqcuola.kernel.requests import Request
from sqcuola.people import limits, links
from sqcuola.people.limits import QUARTER, Limit
from sqcuola.people.requests import person_of
from sqcuola.questions import actions, queries, rules, trial
from sqcuola.questions.forms import CodeForm

CODES_FROM_A_MACHINE = Limit("test-codes-from-a-machine", 100, QUARTER, by_machine=True)
A_DAY = timedelta(hours=14)


@never_cache
@anyone(FORM)
def code(request: Request) -> HttpResponse:
    """Ask for a test-day code; POST opens its test on this device, signed in or not, and nothing else."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.take(CODES_FROM_A_MACHINE, limits.machine(request), at=request.at):
            form.add_error(
                "code", _("Too many codes were tried from here. Wait a quarter of an hour, or sign in.")
            )
        elif (address := _open(request, form.cleaned_data["code"])) is not None:
            return redirect("questions:test", address)
        else:
            form.add_error("code", _("No test opens with this code. Look at your receipt, letter by letter."))
    return render(request, "questions/test/code.html", {"form": form})


def _open(request: Request, typed: str) -> str | None:
    """Begin a session limited to the test of a code, unless its person is here already; None if there is none."""
    found = queries.by_code(typed)
    if found is None or not rules.code_opens(found, request.at):
        return None
    here = request.user.is_authenticated and request.user.pk == found.person.pk
    if not here or links.limited_to(request):
        thing = ("questions:test", {"code": found.code})
        made = links.create(found.person, thing=thing, expires=request.at + A_DAY, at=request.at)
        links.open_session(made.link, request)
    return found.code


@signed_in(FORM)
def try_it(request: Request) -> HttpResponse:
    """Say what a trial test is; POST starts one."""
    if request.method == "POST":
        attempt = actions.start_trial(person_of(request), at=request.at)
        return redirect("questions:page", attempt.code, 1)
    context = {"asked": len(trial.IN_ITALIAN), "minutes": trial.MINUTES}
    return render(request, "questions/test/trial.html", context)
