"""The list of an edition's applications, for who coordinates it. What was written stands in none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sqcuola.admissions.models import Application
from sqcuola.editions.models import Edition
from sqcuola.kernel import lists

ON_A_PAGE = 50
Filter = Callable[[QuerySet[Application]], QuerySet[Application]]

UNFINISHED = Q(submitted_at=None, withdrawn_at=None)
HANDED_IN = Q(submitted_at__isnull=False, withdrawn_at=None)
WITHDRAWN = Q(withdrawn_at__isnull=False)

STATES: dict[str, tuple[Q, str | Promise]] = {
    "all": (Q(), pgettext_lazy("applications", "All")),
    "unfinished": (UNFINISHED, _("Not finished")),
    "submitted": (HANDED_IN, _("Handed in")),
    "withdrawn": (WITHDRAWN, _("Withdrawn")),
}


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    here: bool
    count: None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    applications: Page[Application]
    tabs: list[Tab]
    state: str
    words: str

    @property
    def writable(self) -> bool:
        """Whether there is a list of people of this name, to whom one can write."""
        return lists.named(self.state) is not None


def list_page(edition: Edition, state: str, words: str, number: str | None) -> ListPage:
    """Gather a page of applications in a state, whose code or name contains the words."""
    state = state if state in STATES else "all"
    found = Application.objects.filter(STATES[state][0], edition=edition)
    if words:
        found = found.filter(Q(code__iexact=words) | Q(person__name__icontains=words))
    found = found.select_related("person__profile").order_by("-started_at", "-pk")
    tabs = [
        Tab(str(label), f"?state={key}" + (f"&q={words}" if words else ""), key == state)
        for key, (_condition, label) in STATES.items()
    ]
    return ListPage(Paginator(found, ON_A_PAGE).get_page(number), tabs, state, words)
