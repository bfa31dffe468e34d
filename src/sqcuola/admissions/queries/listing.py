"""The list of an edition's applications, for who coordinates it. What was written stands in none of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from sqcuola.admissions.models import Application
from sqcuola.editions.models import Edition
from sqcuola.editions.zones import plain
from sqcuola.kernel import lists

ON_A_PAGE = 50
Filter = Callable[[QuerySet[Application]], QuerySet[Application]]

UNFINISHED = Q(submitted_at=None, withdrawn_at=None)
HANDED_IN = Q(submitted_at__isnull=False, withdrawn_at=None)
WITHDRAWN = Q(withdrawn_at__isnull=False)

STATES: dict[str, tuple[Q, str | Promise]] = {
    "all": (Q(), pgettext_lazy("applications", "All")),
    "unfinished": (UNFINISHED, _("Not finished")),
    "submitted": (HANDED_IN, pgettext_lazy("applications", "Handed in")),
    "withdrawn": (WITHDRAWN, _("Withdrawn")),
}


def is_closed(edition: Edition, at: datetime) -> bool:
    """Say whether the ranking is closed, so that code and name may stand side by side."""
    return bool(edition.ranking_closed_at and edition.ranking_closed_at <= at)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    here: bool
    count: None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """`all` is how many applications the edition has, whatever the list is narrowed to."""

    applications: Page[Application]
    all: int
    tabs: list[Tab]
    state: str
    words: str
    coded: bool

    @property
    def narrowed(self) -> bool:
        """Whether some applications are left out of what is seen."""
        return self.applications.paginator.count != self.all

    @property
    def writable(self) -> bool:
        """Whether there is a list of people of this name, to whom one can write."""
        return lists.named(self.state) is not None


def narrowed(edition: Edition, state: str, words: str, at: datetime) -> QuerySet[Application]:
    """Return the applications in a state, whose name contains the words or whose code they are, the latest first.

    Until the ranking is closed it stands there by code alone: so long, nothing here leads from a code to its name.
    """
    found = Application.objects.filter(STATES.get(state, STATES["all"])[0], edition=edition)
    if words:
        named = Q(person__name__icontains=words)
        found = found.filter(named | Q(code__iexact=words) if is_closed(edition, at) else named)
    return found.select_related("person__profile").order_by("-started_at", "-pk")


def application_rows(found: QuerySet[Application], zone: str, *, coded: bool) -> Iterator[list[str]]:
    """Yield the rows of a file: the heading, then what the list shows of each application; `coded` with its code."""
    yield [
        pgettext("column", "name"),
        *([pgettext("column", "code")] if coded else []),
        pgettext("column", "town"),
        pgettext("column", "begun"),
        pgettext("column", "handed in"),
        pgettext("column", "withdrawn"),
    ]
    for one in found.iterator(chunk_size=500):
        instants = (one.started_at, one.submitted_at, one.withdrawn_at)
        profile = getattr(one.person, "profile", None)
        said = [plain(instant, zone) if instant else "" for instant in instants]
        yield [str(one.person), *([one.code] if coded else []), profile.town if profile else "", *said]


def list_page(edition: Edition, state: str, words: str, number: str | None, at: datetime) -> ListPage:
    """Gather a page of applications in a state, whose name contains the words or whose code they are."""
    state = state if state in STATES else "all"
    found, coded = narrowed(edition, state, words, at), is_closed(edition, at)
    tabs = [
        Tab(str(label), f"?state={key}" + (f"&q={words}" if words else ""), key == state)
        for key, (_condition, label) in STATES.items()
    ]
    page = Paginator(found, ON_A_PAGE).get_page(number)
    narrow = state != "all" or words
    whole = Application.objects.filter(edition=edition).count() if narrow else page.paginator.count
    return ListPage(page, whole, tabs, state, words, coded)
