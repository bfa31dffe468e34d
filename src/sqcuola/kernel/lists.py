"""Named lists of people: "has not finished the application". One may write to a list, or take it away as a file.

Any other list goes into a file the same way: `as_file` streams rows as CSV, in UTF-8 with a byte order mark, without which
common spreadsheets read accents wrong, and with no cell that a spreadsheet would take for a formula.

A room registers its lists in `lists.py`; who may see one is a rule, asked here each time. A list can be narrowed by its filters.
"""

import codecs
import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.functional import Promise

from sqcuola.kernel.verdicts import HIDDEN, Verdict

Words = str | Promise
Members = Callable[[Any, Any, datetime], QuerySet[Any]]
Rule = Callable[[Any, Any, datetime], Verdict]
Value = Callable[[Any], str]


Narrow = Callable[[QuerySet[Any], Any, str], QuerySet[Any]]
Options = Callable[[Any], Sequence[tuple[str, Words]]]

LONGEST = 60  # letters of what one narrows by


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow lists: `narrow(members, edition, value)`.

    `options(edition)` are the values to choose from, None for words that are typed; `says` makes words of a value.
    """

    key: str
    label: Words
    narrow: Narrow
    options: Options | None = None
    says: Callable[[str], Words] = str


@dataclass(frozen=True, slots=True)
class PeopleList:
    """One list. `members(edition, person, at)` are the persons on it, as the one who looks may know them."""

    key: str
    title: Words
    members: Members
    may_see: Rule
    columns: Sequence[tuple[Words, Value]] = field(default=())
    filters: Sequence[Filter] = field(default=())


_lists: dict[str, PeopleList] = {}
CHUNK: Final = 500


def register(
    key: str,
    *,
    title: Words,
    members: Members,
    may_see: Rule,
    columns: Sequence[tuple[Words, Value]] = (),
    filters: Sequence[Filter] = (),
) -> None:
    """Add a list. `key` is a slug ("unfinished"); `may_see(person, edition, at)` judges; `columns` are for the export."""
    if key in _lists:
        raise ValueError(f"The list {key} is registered twice.")
    _lists[key] = PeopleList(key, title, members, may_see, columns, filters)


def named(key: str) -> PeopleList | None:
    """Return the list of that key, or None."""
    return _lists.get(key)


def seen_by(person: Any, edition: Any, at: datetime, *, passed: Collection[Rule] = ()) -> list[PeopleList]:
    """Return the lists of an edition that a person may see, in the order of their registration.

    A rule is asked once, and not at all where it let the person in already (`passed`).
    """
    rules = {item.may_see for item in _lists.values()}
    judged = {rule: rule in passed or bool(rule(person, edition, at)) for rule in rules}
    return [item for item in _lists.values() if judged[item.may_see]]


def may_see(key: str, person: Any, edition: Any, at: datetime) -> Verdict:
    """Judge whether a person may see a list of an edition; a list nobody registered is hidden."""
    found = named(key)
    return found.may_see(person, edition, at) if found else HIDDEN


def chosen(item: PeopleList, given: Callable[[str], str]) -> dict[str, str]:
    """Return what a list is narrowed by: of what is given for the keys of its filters, that which is not empty."""
    found = {way.key: given(way.key).strip()[:LONGEST] for way in item.filters}
    return {key: value for key, value in found.items() if value}


def kept(item: PeopleList, only: Mapping[str, str]) -> dict[str, str]:
    """Return what may be kept of how a list was narrowed: words that were typed may name somebody, and are left empty."""
    choices = {way.key for way in item.filters if way.options}
    return {key: value if key in choices else "" for key, value in only.items()}


def narrowed(
    item: PeopleList, edition: Any, person: Any, at: datetime, only: Mapping[str, str]
) -> QuerySet[Any]:
    """Return who is on a list and fits every filter in `only`; a key that is no filter of the list fits nobody."""
    members = item.members(edition, person, at)
    ways = {way.key: way for way in item.filters}
    for key, value in only.items():
        members = ways[key].narrow(members, edition, value) if key in ways else members.none()
    return members


def rows(
    item: PeopleList, edition: Any, person: Any, at: datetime, only: Mapping[str, str] = MappingProxyType({})
) -> Iterator[list[str]]:
    """Yield the export: a heading, then a row for each member who fits `only`, ready for a table or a file."""
    yield [str(title) for title, _value in item.columns]
    for member in narrowed(item, edition, person, at, only).iterator(chunk_size=CHUNK):
        yield [safe_cell(value(member)) for _title, value in item.columns]


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


class _Line:
    """A file of one line: the writer hands over what it would write."""

    def write(self, line: str) -> str:
        return line


def as_csv(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield rows, the heading first, as lines of a CSV file; nothing is held but one line."""
    write = csv.writer(_Line()).writerow
    yield codecs.BOM_UTF8
    for row in rows:
        yield write([safe_cell(str(cell)) for cell in row]).encode()


def as_file(name: str, rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Return rows, the heading first, as a CSV file to keep; `name` is a slug."""
    lines = iter(rows)
    heading = next(lines)  # said now, in the reader's language: the rest is written when the view is over
    response = StreamingHttpResponse(as_csv(chain([heading], lines)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
