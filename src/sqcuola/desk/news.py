"""What is new for a person: what they were told, and what others did where they belong, since they last said they saw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sqcuola.admissions.queries.mine import own_applications
from sqcuola.desk.counting import Counted, counted
from sqcuola.desk.said import ON_A_PAGE, Said, of_page, on_day, say, when
from sqcuola.editions import own as own_editions
from sqcuola.editions.audiences import belonging
from sqcuola.editions.models import Edition, Role
from sqcuola.kernel import acts, ids
from sqcuola.kernel.acts import EVERYWHERE, HOUSE, Act, ActorCode
from sqcuola.notices import queries as notices
from sqcuola.people.models import Person

SHOWN = notices.ON_A_DESK
REMEMBERED = 60  # seconds
OLDEST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what happened, where, when in words, the page it is about. `notice` is the number of a notice, or 0."""

    words: str
    place: str
    when: str
    url: str
    notice: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """The newest lines; `more` says that there are others; `until` is the instant they are true for."""

    lines: list[Line]
    more: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """Where a person belongs: editions by the scope of their acts, those they run, and whether the house is theirs."""

    editions: dict[str, Edition]
    runs: frozenset[str]
    house: bool

    @property
    def scopes(self) -> list[str]:
        return [*self.editions, *([HOUSE] if self.house else [])]

    def named(self, scope: str) -> str:
        return self.editions[scope].title if scope in self.editions else ""

    def url(self, scope: str, verb: str) -> str:
        """Return the page where one reads on: the acts of an edition one runs, the public page of another."""
        edition = self.editions.get(scope)
        if edition is None:
            return ""
        if scope not in self.runs:
            return edition.path if edition.published_at else ""
        found = acts.verb_named(verb)
        about = f"?about={found.topic.key}" if found and found.topic else ""
        return reverse("desk:acts", args=[edition.slug]) + about


def places(person: Person, at: datetime) -> Places:
    """Gather where a person belongs: by a role, in a class or another group, by an application."""
    found = [own.edition for own in own_editions.of(person, at)]
    found += [application.edition for application in own_applications(person, at)]
    found.sort(key=lambda edition: (edition.number, edition.pk), reverse=True)
    editions = {edition.scope: edition for edition in found}
    coordinates = belonging(person, at).scopes(Role.Kind.COORDINATOR)
    runs = editions if coordinates is EVERYWHERE else coordinates
    return Places(editions, frozenset(runs), person.is_administrator)


def news(person: Person, mine: Places, at: datetime) -> News:
    """Gather what is new on a desk: notices nobody opened, then acts counted by what was done, the newest first."""
    language = get_language() or person.language
    fresh = notices.newest_unseen(person, language)
    told = [
        Line(
            line.words,
            line.notice.edition.title if line.notice.edition else "",
            when(line.notice.made_at, at),
            line.notice.url,
            line.notice.pk,
        )
        for line in notices.lines(fresh, person, language)
    ]
    lines = [*told, *_counted(person, mine, [notice.act_id for notice in fresh if notice.act_id], at)]
    return News(lines[:SHOWN], len(lines) > SHOWN, at)


def since(person: Person, at: datetime) -> datetime:
    """Return the instant from which something is news: what they saw last, their first day, a month at most."""
    return max(person.news_seen_at or person.joined, at - OLDEST)


def _by_others(person: Person, mine: Places, at: datetime) -> QuerySet[Act]:
    own = ActorCode.objects.filter(account_id=person.pk).values("code")
    there = Act.objects.filter(scope__in=mine.scopes, at__lte=at).exclude(actor_code__in=own)
    return acts.visible(there, person, at)


def _counted(person: Person, mine: Places, told: list[int], at: datetime) -> Iterable[Line]:
    if not mine.scopes:
        return
    # Not counted again within a minute, unless something was told or seen, or what one may know of is another: a role that
    # ended ends at once.
    here = belonging(person, at)
    state = repr((person.news_seen_at, told, mine.scopes, here))
    key = (
        f"desk.news:{person.pk}:{ids.digest(state)}"  # the same in every process, as Python's own hash is not
    )
    found: list[Counted] | None = cache.get(key)
    if found is None:
        found = counted(person, mine.scopes, since(person, at), at)[: SHOWN + 1]
        cache.set(key, found, REMEMBERED)
    for one in found:
        words = acts.summary(one.verb, one.n)
        if one.more:
            words = _("%(words)s, and that is not all") % {"words": words}
        said = on_day if one.verb in acts.told_by_day() else when
        yield Line(words, mine.named(one.scope), said(one.latest, at), mine.url(one.scope, one.verb))


@dataclass(frozen=True, slots=True)
class Row:
    said: Said
    place: str
    new: bool


@dataclass(frozen=True, slots=True)
class NewsPage:
    rows: list[Row]
    page: Page[Act]
    until: datetime
    any_new: bool


def news_page(person: Person, number: str | None, at: datetime) -> NewsPage:
    """Gather a page of all that others did where a person belongs, one act a row."""
    mine = places(person, at)
    seen = since(person, at)
    page = Paginator(acts.newest_first(_by_others(person, mine, at)), ON_A_PAGE).get_page(number)
    listed = list(of_page(page))
    rows = [
        Row(said, mine.named(act.scope), acts.told_at(act.verb, act.at) > seen)
        for act, said in zip(listed, say(listed, at), strict=True)
    ]
    return NewsPage(rows, page, at, any(row.new for row in rows))


def seen_until(typed: str, at: datetime) -> datetime:
    """Return the instant a page says it was true for; now, where it says none or one that is still to come."""
    try:
        until = datetime.fromisoformat(typed)
    except ValueError:
        return at
    return min(until, at) if until.tzinfo else at
