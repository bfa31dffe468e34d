"""The mails of this room. An edition may say them in its own words, which stand one floor above: that room says here how to post."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqcuola.editions.models import Edition


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one address: the text it is said with ("editions.answered"), and what is filled into it."""

    text: str
    key: str
    to: str
    language: str
    edition: Edition
    url: str
    values: Mapping[str, str]


Post = Callable[[Letter, datetime], None]

_roads: list[Post] = []


def register(post: Post) -> None:
    """Say how a letter is put into the outbox, once for each key, in the caller's transaction."""
    _roads.append(post)


def post(letter: Letter, *, at: datetime) -> None:
    """Post a letter. Raises LookupError when no room has said how: what is promised on a page must leave."""
    if not _roads:
        raise LookupError("No room has registered how letters of editions are posted.")
    for road in _roads:
        road(letter, at)
