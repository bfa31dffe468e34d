"""Write to people."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition
from sqcuola.editions.queries import by_slug
from sqcuola.kernel import ids, lists
from sqcuola.kernel.access import FORM, POST, may
from sqcuola.kernel.lists import PeopleList
from sqcuola.kernel.numbers import whole
from sqcuola.kernel.requests import Request
from sqcuola.notices import actions, braces, posting, queries, rules, texts
from sqcuola.notices.forms import WRITTEN, LetterForm
from sqcuola.notices.models import Message
from sqcuola.notices.texts import COMMON, Said
from sqcuola.people.models import Person
from sqcuola.people.requests import person_of
from sqcuola.ui import toasts


@dataclass(frozen=True, slots=True)
class WritePage:
    """The page on which a letter is written: to whom, what, and how it reads."""

    edition: Edition
    people: PeopleList
    members: list[Person]
    out: set[int]
    form: LetterForm
    only: dict[str, str]
    shown_to: Person | None = None
    shown: Said | None = None

    @property
    def list_said(self) -> str:
        """How the list is called, and what it was narrowed by."""
        return queries.list_said(self.people.key, self.only)

    @property
    def ways(self) -> list[queries.Way]:
        """How the list can be narrowed."""
        return queries.ways(self.people, self.edition, self.only)

    @property
    def many(self) -> int:
        """How many get it, as the boxes stand."""
        return sum(1 for member in self.members if member.pk not in self.out)


@may(rules.may_edit_texts, on=by_slug)
def every(request: Request, edition: Edition) -> HttpResponse:
    """Show whom one can write to, and what was written."""
    counted = queries.counted_lists(person_of(request), edition, request.at)
    written = [
        (message, queries.list_said(message.list_key, message.only))
        for message in queries.messages(edition)[:20]
    ]
    told = {"edition": edition, "counted": counted, "written": written, "at": request.at}
    return render(request, "notices/write_all.html", told)


@may(rules.may_write, on=queries.list_for, methods=FORM)
def write(request: Request, thing: tuple[Edition, PeopleList]) -> HttpResponse:
    """Write a letter, see it as anyone will, try it on oneself, send it."""
    edition, people = thing
    with timezone.override(ZoneInfo(edition.zone)):
        page = _page(request, edition, people)
        wish = request.POST.get("do", "")
        if page.form.is_bound and page.form.is_valid():
            if wish == "send":
                return _send(request, page)
            if wish == "trial":
                _try(request, page)
            page = _previewed(request, page)
        return render(request, "notices/write.html", {"page": page, "edition": edition, "fields": _fields()})


def _fields() -> list[tuple[str, object]]:
    return list(braces.offered((name, COMMON[name]) for name in WRITTEN))


def _page(request: Request, edition: Edition, people: PeopleList) -> WritePage:
    typed = request.POST if request.method == "POST" else request.GET
    only = lists.chosen(people, lambda key: typed.get(f"only-{key}", ""))
    members = list(lists.narrowed(people, edition, person_of(request), request.at, only))
    known = {member.pk for member in members}
    kept = _numbers(request, "to")
    wish = request.POST.get("do", "")
    sent = request.method == "POST" and wish != "narrow"
    again = _taken_back(request, edition, people)
    form = LetterForm(
        request.POST if sent else None,
        at=request.at,
        many=len(members),
        nobody=wish == "send" and not known & kept,
        initial={"once": ids.code(12), **_words(again), **request.POST.dict(), "many": len(members)},
    )
    # Who was left out stays out, also when the list is narrowed; who was not shown before has not been left out.
    out = known - kept if sent else known & (_numbers(request, "shown") - kept)
    out = known - _receivers(again) if again else out
    one = whole(request.GET.get("one", "")) if request.method == "GET" else None
    out = (
        out if one is None else known - {one}
    )  # the page of one person leads here: their namesakes are not meant
    return WritePage(edition, people, members, out, form, only)


def _taken_back(request: Request, edition: Edition, people: PeopleList) -> Message | None:
    """Return the letter to the same list that was taken back and is to be written again, where one is named."""
    number = whole(request.GET.get("again", ""))
    if request.method == "POST" or number is None:
        return None
    taken = queries.messages(edition).exclude(taken_back_at=None)
    return taken.filter(pk=number, list_key=people.key).first()


def _words(letter: Message | None) -> dict[str, str]:
    return {"subject": braces.shown(letter.subject), "body": braces.shown(letter.body)} if letter else {}


def _receivers(letter: Message) -> set[int]:
    return set(letter.receivers.values_list("person_id", flat=True))


def _numbers(request: Request, name: str) -> set[int]:
    return {number for text in request.POST.getlist(name) if (number := whole(text)) is not None}


def _previewed(request: Request, page: WritePage) -> WritePage:
    chosen = request.POST.get("as", "")
    reader = next((member for member in page.members if str(member.pk) == chosen), None)
    reader = reader or next(iter(page.members), person_of(request))
    shown = texts.filled(page.form.said(), posting.values_for(reader, page.edition))
    return replace(page, shown_to=reader, shown=shown)


def _try(request: Request, page: WritePage) -> None:
    person, once = person_of(request), page.form.cleaned_data["once"]
    actions.send_test(page.edition, page.people, page.form.said(), once=once, by=person, at=request.at)
    toasts.say(request, _("A trial is on its way to %(address)s.") % {"address": person.email})


def _send(request: Request, page: WritePage) -> HttpResponse:
    typed = page.form.cleaned_data
    message = actions.send(
        page.edition,
        page.people,
        page.form.said(),
        once=typed["once"],
        only=page.only,
        out=page.out,
        leaves_at=typed["leaves"],
        by=person_of(request),
        at=request.at,
    )
    return redirect("notices:message", page.edition.slug, message.pk)


@may(rules.may_read_message, on=queries.message_for)
def message(request: Request, message: Message) -> HttpResponse:
    """Show how a letter fares: it can be taken back, it left, it came back from some."""
    told = {
        "message": message,
        "said": queries.as_written(message),
        "edition": message.edition,
        "list": queries.list_said(message.list_key, message.only),
        "receivers": queries.receivers(message),
        "fared": queries.fared(message),
        "may_take_back": rules.may_take_back(person_of(request), message, request.at),
        "at": request.at,
    }
    return render(request, "notices/message.html", told)


@may(rules.may_take_back, on=queries.message_for, methods=POST)
def take_back(request: Request, message: Message) -> HttpResponse:
    """Take a letter back before it leaves."""
    actions.take_back(message, by=person_of(request), at=request.at)
    toasts.say(request, _("Taken back: nobody gets it."))
    return redirect("notices:message", message.edition.slug, message.pk)
