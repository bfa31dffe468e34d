"""Who must show two things to come in: rooms say whom, in production it is asked."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from sqcuola.people.models import Person

REMEMBERED = 30  # seconds
SECOND = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@dataclass(frozen=True, slots=True)
class Requirement:
    """`asks(person, at)`: this person's work asks for two things. `who(at)`: the ids of all such people."""

    asks: Callable[[Person, datetime], bool]
    who: Callable[[datetime], Collection[int]]


_requirements: dict[str, Requirement] = {}


def register_requirement(
    name: str, *, asks: Callable[[Person, datetime], bool], who: Callable[[datetime], Collection[int]]
) -> None:
    """Say of whom a second factor is asked: who runs an edition, opens names, handles money."""
    if name in _requirements:
        raise ValueError(f"The requirement {name} is registered twice.")
    _requirements[name] = Requirement(asks, who)


def required(person: Person, at: datetime) -> bool:
    """Say whether this person's work asks for a second factor."""
    return person.is_administrator or any(each.asks(person, at) for each in _requirements.values())


def has_one(person: Person) -> bool:
    """Say whether a person has a passkey or an app beside the mail."""
    return bool(Authenticator.objects.filter(user=person, type__in=SECOND).exists())


def missing(person: Person, at: datetime) -> bool:
    """Say whether a person may go no further before adding one. Asked in production only, at every request.

    Who has one is remembered for some seconds; who has none, or needs none, is looked up each time.
    """
    key = f"people.second-factor:{person.pk}"
    if not settings.SECOND_FACTOR_REQUIRED or cache.get(key) or not required(person, at):
        return False
    if has_one(person):
        cache.set(key, 1, REMEMBERED)
        return False
    return True


def may_vouch(person: Person, at: datetime) -> bool:
    """Say whether a person may help to restore a third: one of whom two things are asked, and who has them."""
    return required(person, at) and (has_one(person) or not settings.SECOND_FACTOR_REQUIRED)


def colleagues(person: Person, at: datetime) -> list[Person]:
    """Return who may help this person: everyone of whom two things are asked, but not the person."""
    ids = {number for each in _requirements.values() for number in each.who(at)}
    found = Person.objects.filter(Q(pk__in=ids) | Q(is_administrator=True), is_active=True, erased_at=None)
    return list(found.exclude(pk=person.pk).order_by("pk"))
