"""What the public page shows of past editions, and the questions people ask."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.editions import actions, pages, queries, rules
from sqcuola.editions.forms import AnswerForm, FigureForm, VoiceForm
from sqcuola.editions.models import Clarification, Edition, Figure, Voice
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.lists import as_file
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@may(rules.may_change, on=queries.by_slug, methods=FORM)
def voices(request: Request, edition: Edition) -> HttpResponse:
    """Show the voices and figures of past editions; POST adds one."""
    sent = request.POST if request.method == "POST" else None
    voice = VoiceForm(sent if sent and "words" in sent else None)
    figure = FigureForm(sent if sent and "number" in sent else None)
    by, at = person_of(request), request.at
    if voice.is_valid():
        actions.add_voice(edition, voice.save(commit=False), by=by, at=at)
    elif figure.is_valid():
        actions.add_figure(edition, figure.save(commit=False), by=by, at=at)
    else:
        found = {
            "edition": edition,
            "voice": voice,
            "figure": figure,
            "earlier": queries.told_before(edition, at),
        }
        return render(request, "editions/settings/voices.html", found)
    toasts.say(request, _("It stands on the public page."))
    return redirect("editions:voices", edition.slug)


@may(rules.may_drop, on=queries.told, methods=POST)
def drop(request: Request, thing: Voice | Figure) -> HttpResponse:
    """Take a voice or a figure off the page."""
    actions.drop(thing, by=person_of(request), at=request.at)
    toasts.say(request, _("It is taken off the page."))
    return redirect("editions:voices", thing.edition.slug)


@may(rules.may_coordinate, on=queries.by_slug)
def to_answer(request: Request, edition: Edition) -> HttpResponse:
    """Show what waits for an answer."""
    waiting = edition.clarifications.filter(answered_at=None, set_aside_at=None).order_by("asked_at")
    found = {"edition": edition, "waiting": waiting, "answered": pages.answered(edition)}
    return render(request, "editions/settings/questions.html", found)


@may(rules.may_coordinate, on=queries.by_slug, methods=POST)
def questions_file(request: Request, edition: Edition) -> StreamingHttpResponse:
    """Give the questions of an edition and their answers as a file: who asked stands in none of them."""
    listed = edition.clarifications.filter(set_aside_at=None).order_by("asked_at")
    actions.note_export(edition, "questions", listed.count(), by=person_of(request), at=request.at)
    return as_file(f"{edition.slug}-questions", pages.question_rows(listed, edition.zone))


@may(rules.may_answer, on=queries.clarification_for, methods=FORM)
def answer(request: Request, clarification: Clarification) -> HttpResponse:
    """Answer a question in public, or set it aside."""
    usual = {"question": clarification.question, "answer": clarification.answer}
    form = AnswerForm(request.POST if "answer" in request.POST else None, initial=usual)
    by, at, edition = person_of(request), request.at, clarification.edition
    if "aside" in request.POST:
        actions.set_aside(clarification, by=by, at=at)
        toasts.say(request, _("The question is set aside."))
    elif form.is_valid():
        data = form.cleaned_data
        actions.answer(clarification, data["answer"], question=data["question"], by=by, at=at)
        toasts.say(request, _("The answer is public."))
    else:
        found = {"edition": edition, "clarification": clarification, "form": form}
        return render(request, "editions/settings/answer.html", found)
    return redirect("editions:to_answer", edition.slug)
