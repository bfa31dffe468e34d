"""Named lists of people: "has not finished the application". One may write to a list, or export it.

A room registers its lists in `lists.py`; who may see one is a rule, asked here each time.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from sqcuola.kernel.verdicts import HIDDEN, Verdict

Words = str | Promise
Members = Callable[[Any, Any, datetime], QuerySet[Any]]
Rule = Callable[[Any, Any, datetime], Verdict]
Value = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class PeopleList:
    """One list. `members(edition, person, at)` are the persons on it, as the one who looks may know them."""

    key: str
    title: Words
    members: Members
    may_see: Rule
    columns: Sequence[tuple[Words, Value]] = field(default=())


_lists: dict[str, PeopleList] = {}


def register(
    key: str,
    *,
    title: Words,
    members: Members,
    may_see: Rule,
    columns: Sequence[tuple[Words, Value]] = (),
) -> None:
    """Add a list. `key` is a slug ("unfinished"); `may_see(person, edition, at)` judges; `columns` are for the export."""
    if key in _lists:
        raise ValueError(f"The list {key} is registered twice.")
    _lists[key] = PeopleList(key, title, members, may_see, columns)


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


def rows(item: PeopleList, edition: Any, person: Any, at: datetime) -> Iterator[list[str]]:
    """Yield the export: a heading, then a row for each member, ready for a table or a file."""
    yield [str(title) for title, _value in item.columns]
    for member in item.members(edition, person, at):
        yield [safe_cell(value(member)) for _title, value in item.columns]


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
