"""The bank of questions: what there is, bringing a file, and what became of it."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sqcuola.kernel.access import FORM, may
from sqcuola.kernel.requests import Request
from sqcuola.people.requests import person_of
from sqcuola.questions import rules, words
from sqcuola.questions.actions import importing
from sqcuola.questions.formats import Unreadable, look
from sqcuola.questions.forms import FileForm
from sqcuola.questions.jobs import take_questions
from sqcuola.questions.models import Bank, ImportItem, ImportRun
from sqcuola.questions.queries import bank as reads
from sqcuola.ui import toasts

AT_ONCE = 300  # a file of so many items is taken while one waits
ON_A_PAGE = 50


@may(rules.may_manage)
def index(request: Request) -> HttpResponse:
    """Show banks, blueprints and the latest files."""
    context = {
        "banks": reads.banks(),
        "blueprints": reads.blueprints(),
        "runs": ImportRun.objects.select_related("bank")[:5],
    }
    return render(request, "questions/bank/index.html", context)


@may(rules.may_manage, methods=FORM)
def bring(request: Request) -> HttpResponse:
    """Ask for a file; POST keeps it to be looked at."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("questions:run", _received(request, form).pk)
        except Unreadable as fault:
            form.add_error("file", words.unreadable(fault.why, fault.detail))
    return render(request, "questions/bank/bring.html", {"form": form, "names": form.bank_names()})


def _received(request: Request, form: FileForm) -> ImportRun:
    file, name = form.cleaned_data["file"], form.cleaned_data["bank"]
    content = file.read()
    look(content)  # a file that cannot be read makes no bank
    bank, _made = Bank.objects.get_or_create(
        name=name, defaults={"language": form.cleaned_data["language"], "created_at": request.at}
    )
    return importing.receive(content, file.name, bank, by=person_of(request), at=request.at)


@may(rules.may_manage_one, on=reads.run, methods=FORM)
def run(request: Request, run: ImportRun) -> HttpResponse:
    """Show what a file would come to, or came to, item by item; POST takes it."""
    if request.method == "POST":
        return _take(request, run)
    wanted = request.GET.get("only", "")
    if run.began_at is None and run.content is not None:
        told = list(importing.rehearse(look(bytes(run.content), run.format), run.bank))
        count = Counter(one.outcome for one in told)
        items: Any = [one for one in told if wanted in {"", one.outcome}]
    else:
        items = run.items.filter(outcome=wanted) if wanted else run.items.all()
        count = reads.counts(run.items.all())
    page = Paginator(items, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "questions/bank/run.html", _told(run, page, count, wanted))


def _told(run: ImportRun, page: Any, count: Counter[str], wanted: str) -> dict[str, Any]:
    """Return what the page of a file shows."""
    outcomes = [(one.value, one.label, count[one.value]) for one in ImportItem.Outcome]
    return {
        "run": run,
        "page": page,
        "rows": [(one, _words_of(one)) for one in page],
        "outcomes": outcomes,
        "can_take": count[ImportItem.Outcome.TAKEN] + count[ImportItem.Outcome.LOSS],
        "done": sum(count.values()),
        "wanted": wanted,
        "query": f"only={wanted}&" if wanted else "",
    }


def _words_of(item: ImportItem) -> str:
    return words.why(item.why, item.detail) if item.why else words.losses(item.losses)


def _take(request: Request, run: ImportRun) -> HttpResponse:
    if run.items_in_file <= AT_ONCE:
        importing.take(run, at=request.at)
        toasts.say(request, _("Taken. Here is what became of each item."))
    else:
        importing.begin_later(run, take_questions, at=request.at)
        toasts.say(request, _("We are at it. This page shows how far it is."))
    return redirect("questions:run", run.pk)
