"""What the school is called, and its mark."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.editions import actions, queries, rules
from sqcuola.editions.forms import ChangedSchoolForm
from sqcuola.editions.models import School
from sqcuola.kernel.access import FORM, anyone, may
from sqcuola.kernel.requests import Request
from sqcuola.kernel.verdicts import Missing
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts

YEAR = 365 * 24 * 3600


@anyone()
def mark(request: Request, digest: str) -> HttpResponse:
    """Send the school's mark. A new mark has a new address, so each can be kept for a year."""
    del request, digest
    school = queries.school()
    if school is None or not school.mark:
        raise Missing
    answer = HttpResponse(bytes(school.mark), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


@may(rules.may_change_school, on=queries.the_school, methods=FORM)
def change(request: Request, school: School) -> HttpResponse:
    """Change the school's name, town and mark."""
    form = ChangedSchoolForm(request.POST or None, request.FILES or None, school=school)
    if form.is_valid():
        name, town = form.cleaned_data["name"], form.cleaned_data["town"]
        actions.rename(school, name=name, town=town, mark=form.new_mark, by=person_of(request), at=request.at)
        toasts.say(request, _("Saved. Every page shows it within a minute."))
        return redirect("editions:school")
    return render(request, "editions/school.html", {"form": form, "school": school})
