"""Acts in words, for who may know of them: the latest of an edition, and all of them, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sqcuola.admissions.acts import OF_HELP
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.kernel.acts import Act, ActorCode
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person
from sqcuola.ui import dates

LATEST = 5
MOST_LISTED = 12  # audiences that one prepared query is written for; who is in more groups is asked for by the longer one
ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Said:
    """One act: what it says, when it was done; `hour` is empty where people are told the day alone."""

    words: str
    at: datetime
    hour: str
    when: str


@dataclass(frozen=True, slots=True)
class Tab:
    label: str | Promise
    url: str
    here: bool
    count: None = None


@dataclass(frozen=True, slots=True)
class ActsPage:
    said: list[Said]
    page: Page[Act]
    tabs: list[Tab]
    about: str
    head: acts.Head


def say(some: Iterable[Act], at: datetime) -> list[Said]:
    """Say acts in the language that is spoken now, at a fixed number of queries."""
    listed = list(some)
    words = acts.sentences(listed, get_language() or "it")
    return [_said(act, said, at) for act, said in zip(listed, words, strict=True)]


def _said(act: Act, words: str, at: datetime) -> Said:
    told = acts.told_at(act.verb, act.at)
    if act.verb in acts.told_by_day():
        return Said(words, told, "", on_day(told, at))
    return Said(words, told, dates.clock(told), when(told, at))


def on_day(done: datetime, at: datetime) -> str:
    """Say on which day something was done, and not when: «oggi», «ieri», «16 nov»."""
    return {0: _("today"), 1: _("yesterday")}.get(dates.days_to(at, done), dates.short_day(done))


def when(done: datetime, at: datetime) -> str:
    """Say when something was done: its hour, «ieri, 10:42», «16 nov, 07:00»."""
    hour = dates.clock(done)
    ago = dates.days_to(at, done)
    if ago == 0:
        return hour
    if ago == 1:
        return _("yesterday, %(hour)s") % {"hour": hour}
    return f"{dates.short_day(done)}, {hour}"


def of_edition(person: Person, edition: Edition, at: datetime) -> QuerySet[Act]:
    """Return the acts of an edition that a person may know of, the latest first."""
    return acts.newest_first(acts.visible(Act.objects.all(), person, at, scope=edition.scope))


def of_page(page: Page[Act]) -> QuerySet[Act]:
    """Return the acts of one page, with names: asked for these alone, since a database that sorts asks for every row's."""
    some: Any = page.object_list  # a slice of a queryset, which is not read itself
    return acts.newest_first(acts.with_names(Act.objects.filter(pk__in=some.values("pk"))))


def latest(person: Person, edition: Edition, at: datetime) -> tuple[list[Said], str]:
    """Say the few latest acts of an edition, and return the end of the chain with them."""
    told = acts.listed(person, at, edition.scope)
    some: list[Any] = (
        list(_with_head(acts.visible(Act.objects.all(), person, at, scope=edition.scope)))
        if told is None or len(told) > MOST_LISTED
        else _latest(edition.scope, *told)
    )
    # The few are found by an index, which knows their instants alone; they stand as they would among all.
    some.sort(key=_place, reverse=True)
    return say(some, at), acts.shortened(some[0].head or "") if some else ""


def _place(act: Act) -> tuple[datetime, str]:
    return acts.told_at(act.verb, act.at), act.payload_hash if act.verb in acts.told_by_day() else ""


@prepared
def _latest(scope: str, *audiences: str) -> QuerySet[Act]:
    return _with_head(Act.objects.filter(scope=scope, audience__in=audiences))


def _with_head(some: QuerySet[Act]) -> QuerySet[Act]:
    return acts.with_names(some).annotate(head=acts.newest_hash()).order_by("-at", "-id")[:LATEST]


def of_person(person: Person, about: Person, edition: Edition, at: datetime) -> list[Said]:
    """Say what one person did in an edition and what was done about them, as far as another may know of it, the latest first.

    Some acts name nobody where all are listed; on a page with a name they would say of whom they are, and stay out.
    """
    codes = ActorCode.objects.filter(account_id=about.pk, scope=edition.scope).values("code")
    theirs = of_edition(person, edition, at).filter(Q(actor_code__in=codes) | Q(subject_code__in=codes))
    return say(acts.with_names(theirs.exclude(verb__in=OF_HELP))[:ON_A_PAGE], at)


def acts_page(person: Person, edition: Edition, about: str, number: str | None, at: datetime) -> ActsPage:
    """Gather a page of the acts of an edition: all, or those about one topic."""
    mine = of_edition(person, edition, at)
    done = set(mine.order_by().values_list("verb", flat=True).distinct())
    found = {topic.key: (topic.label, verbs) for topic, verbs in acts.topics().items() if done & set(verbs)}
    about = about if about in found else ""
    tabs = [Tab(_("All"), "?", not about)]
    tabs += [Tab(label, f"?about={key}", key == about) for key, (label, _verbs) in found.items()]
    chosen = mine.filter(verb__in=found[about][1]) if about else mine
    page = Paginator(chosen, ON_A_PAGE).get_page(number)
    return ActsPage(say(of_page(page), at), page, tabs, about, acts.newest())
