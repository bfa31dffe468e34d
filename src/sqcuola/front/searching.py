"""The page where one looks for something: what was asked, and what was found of it among what one may know of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition
from sqcuola.editions.searching import ANSWER, EDITION
from sqcuola.front.words import hits
from sqcuola.kernel import search, text
from sqcuola.people.models import Person
from sqcuola.ui.dates import full_day

KINDS: Final[dict[str, str | Promise]] = {EDITION: gettext_lazy("Editions"), ANSWER: gettext_lazy("Answers")}
MOST: Final = search.PAGE * search.MOST_PAGES
LONGEST_SAID: Final = 60  # letters of a question that are said again in a title


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was found. `line` says what it is, `rules` is the address of an edition's rules.

    `language` is its own, where that is not the page's.
    """

    title: SafeString
    url: str
    line: str
    excerpt: SafeString
    language: str
    rules: str


@dataclass(frozen=True, slots=True)
class Tab:
    label: str | Promise
    url: str
    here: bool
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the page says. `title` is what came of it; `words`, what to do; without `pages` nothing was looked for."""

    asked: str
    title: str
    words: str = ""
    kind: str = ""
    rows: list[Row] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    pages: Page[int] | None = None

    @property
    def in_vain(self) -> bool:
        """Tell whether something was looked for and nothing found."""
        return self.pages is not None and not self.rows

    @property
    def query(self) -> str:
        """Return what an address of another page of the same begins with."""
        return urlencode({"q": self.asked, "kind": self.kind}) + "&"


def unfit(asked: str) -> SearchPage | None:
    """Say why nothing is looked for, and what to write instead; None where there is something to look for."""
    field = asked[: search.LONGEST_ASKED]
    if not asked.strip():
        return SearchPage(
            "", _("What are you looking for?"),
            _("Editions with their rules and dates are found here, and the answers given so far."),
        )  # fmt: skip
    if len(asked) > search.LONGEST_ASKED:
        return SearchPage(
            field, _("Two or three words are enough"), _("So long a question is not looked for: keep the words that count.")
        )  # fmt: skip
    if not text.words(asked):
        return SearchPage(
            field, _("Write at least one word"),
            _("There are only signs here. Write a word of what you are looking for: letter, seats, test."),
        )  # fmt: skip
    if not search.wanted(asked):
        return SearchPage(
            field, _("These words stand everywhere"),
            _("Add one that says what it is about: letter, seats, test."),
        )  # fmt: skip
    return None


def too_many(asked: str) -> SearchPage:
    """Say that one has to wait."""
    return SearchPage(
        asked, _("Wait a quarter of an hour"),
        _("Very many searches came from here in a short while. What you wrote is still in its field."),
    )  # fmt: skip


def read(asked: str, kind: str, number: str, person: Person | None, at: datetime) -> SearchPage:
    """Look for words that are fit, and read one page of what was found; three queries, whatever was found.

    Where nothing of `kind` was found, everything else is shown.
    """
    language = get_language() or "it"
    found = search.count(asked, person, at, language=language)
    counts = {one: found[one] for one in KINDS if one in found}
    here = kind if kind in counts else ""
    total = counts[here] if here else sum(counts.values())
    pages = Paginator(range(min(total, MOST)), search.PAGE).get_page(number)
    kinds = [here] if here else list(counts)
    some = (
        search.find(asked, person, at, language=language, kinds=kinds, page=pages.number).found
        if kinds
        else []
    )
    return SearchPage(
        asked=asked,
        title=_title(asked, total),
        words=_words(kind, here, total),
        kind=here,
        rows=_rows(some, language),
        tabs=_tabs(asked, here, counts) if len(counts) > 1 else [],
        pages=pages,
    )


def _title(asked: str, total: int) -> str:
    said = {"asked": text.excerpt_of(" ".join(asked.split()), LONGEST_SAID), "n": _number(total)}
    if not total:
        return _("Nothing about “%(asked)s”") % said
    if total == 1:
        return _("One thing about “%(asked)s”") % said
    if total > MOST:
        return _("More than two hundred things about “%(asked)s”") % said
    return _("%(n)s things about “%(asked)s”") % said


def _number(total: int) -> str:
    """Return a small number in a word, as a sentence begins with it; larger ones in figures."""
    words = {
        2: pgettext("how many", "Two"),
        3: pgettext("how many", "Three"),
        4: pgettext("how many", "Four"),
        5: pgettext("how many", "Five"),
        6: pgettext("how many", "Six"),
        7: pgettext("how many", "Seven"),
        8: pgettext("how many", "Eight"),
        9: pgettext("how many", "Nine"),
        10: pgettext("how many", "Ten"),
    }
    return words.get(total, str(total))


def _words(kind: str, here: str, total: int) -> str:
    if total > MOST:
        return _("The first two hundred can be read here. Add a word, and there will be fewer.")
    if total and kind == ANSWER and here != kind:
        return _("None of the answers has these words; this stands elsewhere.")
    return ""


def _tabs(asked: str, here: str, counts: dict[str, int]) -> list[Tab]:
    """Return the ways to narrow what was found: everything, then each kind there is something of."""
    address = reverse("front:search")

    def tab(label: str | Promise, kind: str, count: int) -> Tab:
        asking = {"q": asked, "kind": kind} if kind else {"q": asked}
        return Tab(label, f"{address}?{urlencode(asking)}", kind == here, count)

    every = tab(_("Everything"), "", sum(counts.values()))
    return [every, *(tab(KINDS[kind], kind, count) for kind, count in counts.items())]


def _rows(some: Iterable[search.Found], language: str) -> list[Row]:
    scopes = {one.scope for one in some}
    editions = Edition.objects.filter(scope__in=scopes).only("scope", "slug", "title") if scopes else ()
    by_scope = {edition.scope: edition for edition in editions}
    return [_row(one, by_scope[one.scope], language) for one in some if one.scope in by_scope]


def _row(one: search.Found, edition: Edition, language: str) -> Row:
    is_edition = one.kind == EDITION
    return Row(
        title=hits(one.heading),
        url=one.url,
        line=pgettext("found", "Edition")
        if is_edition
        else f"{pgettext('found', 'Answer')} · {edition.title} · {full_day(one.at)}",
        excerpt=hits(one.excerpt),
        language=one.language if one.language != language else "",
        rules=reverse("front:rules", args=[edition.slug]) if is_edition else "",
    )
