"""Who has people take tests. A room above registers itself; this room knows no other test than its own trial."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqcuola.editions.contacts import Contact
from sqcuola.kernel.acts import HOUSE
from sqcuola.kernel.verdicts import Verdict
from sqcuola.people.models import Person
from sqcuola.questions.models import Blueprint

ContactAt = Callable[[datetime], Contact | None]


def nobody(_at: datetime) -> None:
    """Be the contact of a test that has none."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an owner says of one of its tests.

    `title` is what the test is for ("Classe III"), `back` the address one returns to; `contact` says at an instant
    whom to ask for help, None if nobody is there for it. `ends` cuts every sitting off at an instant, whatever time a person has; normally nothing does.
    """

    blueprint: Blueprint
    minutes: int
    title: str
    zone: str
    back: str
    scope: str = HOUSE
    contact: ContactAt = nobody
    ends: datetime | None = None


ByCode = Callable[[str], tuple[Person, int] | None]
MayStart = Callable[[Person, int, datetime], Verdict]
TermsOf = Callable[[int], Terms]


@dataclass(frozen=True, slots=True)
class Owner:
    name: str
    by_code: ByCode
    may_start: MayStart
    terms: TermsOf


_owners: dict[str, Owner] = {}


def register_owner(name: str, *, by_code: ByCode, may_start: MayStart, terms: TermsOf) -> None:
    """Let a room have people take tests.

    `by_code(code)` says whose test-day code this is, and of which of its tests (its id); None if of nobody.
    `may_start(person, thing, at)` judges whether they may begin now; asked again in the action itself.
    `terms(thing)` says what is drawn, how long it takes and what the page is called.
    """
    if name in _owners:
        raise ValueError(f"The owner {name} is registered twice.")
    _owners[name] = Owner(name, by_code, may_start, terms)


def owner(name: str) -> Owner:
    """Return a registered owner."""
    return _owners[name]


def by_code(code: str) -> tuple[Owner, Person, int] | None:
    """Say whose code this is, asking every owner."""
    for one in _owners.values():
        found = one.by_code(code)
        if found is not None:
            return one, *found
    return None
