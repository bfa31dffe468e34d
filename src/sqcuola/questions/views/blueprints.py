"""Blueprints: so many questions of each category, and an example of what is drawn."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of
from sqcuola.questions import actions, drawing, rules
from sqcuola.questions.forms_blueprint import BlueprintForm
from sqcuola.questions.models import Blueprint, Question
from sqcuola.questions.queries import bank as reads
from sqcuola.questions.rendering import shown
from sqcuola.ui import toasts

EXAMPLE = "EXAMPLE"


@may(rules.may_manage, methods=FORM)
def new(request: Request) -> HttpResponse:
    """Ask what a test is made of; POST makes it."""
    form = BlueprintForm(request.POST or None, pools=reads.pools())
    if request.method == "POST" and form.is_valid():
        blueprint = actions.create_blueprint(form.shape(), by=person_of(request), at=request.at)
        toasts.say(request, _("Saved. Below is an example of what is drawn."))
        return redirect("questions:blueprint", blueprint.pk)
    return render(request, "questions/bank/blueprint.html", {"form": form})


@may(rules.may_manage_one, on=reads.blueprint, methods=FORM)
def blueprint(request: Request, blueprint: Blueprint) -> HttpResponse:
    """Show a blueprint with an example; POST changes it while nobody was given it."""
    person = person_of(request)
    form = BlueprintForm(request.POST or None, pools=reads.pools(), blueprint=blueprint)
    if request.method == "POST" and form.is_valid():
        actions.change_blueprint(blueprint, form.shape(), by=person, at=request.at)
        toasts.say(request, _("Saved. Below is an example of what is drawn."))
        return redirect("questions:blueprint", blueprint.pk)
    verdict = rules.may_change(person, blueprint, request.at)
    context = {
        "form": form,
        "blueprint": blueprint,
        "verdict": verdict,
        "example": _example(request, blueprint),
    }
    return render(request, "questions/bank/blueprint.html", context)


def _example(request: Request, blueprint: Blueprint) -> list[Question]:
    """Draw as if for somebody; nothing, while the bank has not enough."""
    try:
        drawn = drawing.draw(blueprint, EXAMPLE, blueprint.fixed_at or request.at)
    except drawing.NotEnough:
        return []
    questions = Question.objects.in_bulk([one.question for one in drawn])
    for question in questions.values():
        question.text = shown(question.text, question.markup)
    return [questions[one.question] for one in drawn]
