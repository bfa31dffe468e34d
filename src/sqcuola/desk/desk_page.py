"""My desk: the next things in order, and one of them first."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.desk.ahead import Ahead, ahead
from sqcuola.desk.news import News, news, places
from sqcuola.editions import queries as editions
from sqcuola.editions.audiences import belonging
from sqcuola.editions.circles import WITH_THE_CLASS
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.editions.own import entrusted
from sqcuola.kernel import agenda
from sqcuola.kernel.acts import EVERYWHERE
from sqcuola.kernel.agenda import Entry, Kind
from sqcuola.people.models import Person
from sqcuola.ui import dates

AHEAD = 12
NEAR_DAYS = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """One row of the desk: when, in words; what; the button."""

    what: str
    url: str
    act: str
    when: str
    day: str
    tag: str
    tone: str
    place: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    line: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`first` has the filled button; `links` lead to what one runs: editions, the school, the house."""

    title: str
    first: Thing | None
    things: list[Thing]
    links: list[Link]
    open_calls: list[Link]
    news: News
    ahead: Ahead | None = None
    runs_editions: bool = False


Links = Callable[[Person, datetime], Iterable[Link]]

_links: list[Links] = []


def register_links(links: Links) -> None:
    """Say what else somebody runs, and where: `links(person, at)`, after the editions."""
    _links.append(links)


def desk_page(person: Person, at: datetime) -> DeskPage:
    """Gather somebody's desk."""
    entries = agenda.for_person(person, at)[:AHEAD]
    todo = [entry for entry in entries if entry.act]
    first = todo[0] if todo else None
    today = sum(_days_off(entry, at) <= 0 for entry in todo)
    mine = places(person, at)
    runs = [edition for scope, edition in mine.editions.items() if scope in mine.runs]
    return DeskPage(
        title=_title(person, len(todo), today),
        first=_thing(first, at) if first else None,
        things=[_thing(entry, at) for entry in entries if entry is not first],
        links=[
            *map(_cockpit, runs),
            *_works(person, at, runs),
            *_all_editions(person, at),
            *(link for source in _links for link in source(person, at)),
        ],
        open_calls=[] if entries or runs else _open_calls(person, at),
        news=news(person, mine, at),
        ahead=ahead(person, at) if runs else None,
        runs_editions=bool(runs),
    )


def _title(person: Person, todo: int, today: int) -> str:
    name = person.name.split()[0] if person.name.strip() else ""
    if today:
        said = ngettext("one thing today", "%(n)s things today", today) % {"n": _number(today)}
    elif todo:
        said = ngettext("nothing today, one thing ahead", "nothing today, %(n)s things ahead", todo)
        said %= {"n": _number(todo)}
    else:
        said = _("nothing to do right now")
    greeting = _("Hello %(name)s") % {"name": name} if name else _("Hello")
    return f"{greeting}, {said}."


def _number(n: int) -> str:
    words = _("no one two three four five six seven eight nine").split()
    return words[n] if n < len(words) else str(n)


def _clocks(entry: Entry) -> AbstractContextManager[object]:
    return timezone.override(ZoneInfo(entry.zone)) if entry.zone else nullcontext()


def _days_off(entry: Entry, at: datetime) -> int:
    with _clocks(entry):
        return (
            dates.days_left(entry.when, at) if entry.kind is Kind.DEADLINE else dates.days_to(entry.when, at)
        )


def _thing(entry: Entry, at: datetime) -> Thing:
    days = _days_off(entry, at)
    with _clocks(entry):
        when, day, tag = _waiting(-days) if entry.when <= at else _ahead(entry, days)
    return Thing(
        what=str(entry.what),
        url=entry.url,
        act=str(entry.act),
        when=when,
        day=day,
        tag=tag,
        tone="red" if entry.kind is Kind.DEADLINE and days <= 1 else "",
        place=str(entry.place),
    )


def _waiting(days: int) -> tuple[str, str, str]:
    """Say since when something has waited: nobody does it at an hour."""
    if days == 0:
        return _("waits"), _("since today"), _("waiting since today")
    if days == 1:
        return _("waits"), _("since yesterday"), _("waiting since yesterday")
    words = {"n": days}
    short = ngettext("for %(n)s day", "for %(n)s days", days) % words
    return _("waits"), short, ngettext("waiting for %(n)s day", "waiting for %(n)s days", days) % words


def _ahead(entry: Entry, days: int) -> tuple[str, str, str]:
    """Say when something is due or takes place: the row's two lines, and the tag of what stands first."""
    deadline = entry.kind is Kind.DEADLINE
    last = dates.last_minute(entry.when) if deadline else entry.when
    hour = dates.clock(last)
    if days == 0:
        tag = _("due today, %(hour)s") if deadline else _("today, %(hour)s")
        return hour, _("today"), tag % {"hour": hour}
    if days == 1:
        tag = _("due tomorrow, %(hour)s") if deadline else _("tomorrow, %(hour)s")
        return hour, _("tomorrow"), tag % {"hour": hour}
    when = dates.week_day(last) if days <= NEAR_DAYS else dates.short_day(last)
    return when, ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}, dates.moment(last)


def _cockpit(edition: Edition) -> Link:
    return Link(edition.title, reverse("desk:cockpit", args=[edition.slug]), _("the cockpit"))


def _works(person: Person, at: datetime, runs: list[Edition]) -> Iterable[Link]:
    """Lead who works with a class to it, and who keeps the requests for help to them, also while nobody has asked."""
    run = {edition.pk for edition in runs}
    seen: set[int] = set()
    for kind in WITH_THE_CLASS:
        for own in entrusted(person, kind, at):
            if own.edition.pk not in run | seen:
                seen.add(own.edition.pk)
                yield Link(
                    own.edition.title, reverse("classroom:class", args=[own.edition.slug]), _("the class")
                )
    for own in entrusted(person, Role.Kind.PAPERS, at):
        yield Link(
            own.edition.title,
            reverse("admissions:helps", args=[own.edition.slug]),
            _("requests for help at the test"),
        )


def _all_editions(person: Person, at: datetime) -> Iterable[Link]:
    """Lead who may see every edition to them: the rule's answer, from what the desk has read already."""
    if person.is_administrator or belonging(person, at).scopes(Role.Kind.COORDINATOR) is EVERYWHERE:
        yield Link(_("All editions"), reverse("desk:editions"), _("where each stands, who coordinates"))


def _open_calls(person: Person, at: datetime) -> list[Link]:
    """Return the calls that somebody with an empty desk could answer."""
    calls = editions.open_phases(Phase.Kind.CALL, at).filter(edition__in=editions.visible_to(person, at))
    return [
        Link(call.edition.title, f"/e/{call.edition.slug}/", dates.deadline(call.ends))
        for call in calls.select_related("edition").order_by("edition")
    ]
