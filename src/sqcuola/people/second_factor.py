"""Who must show two things to come in: rooms say whom, in production it is asked."""

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings

from sqcuola.people.models import Person

Requirement = Callable[[Person, datetime], bool]

SECOND = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
_requirements: dict[str, Requirement] = {}


def register_requirement(name: str, requirement: Requirement) -> None:
    """Say of whom a second factor is asked: `requirement(person, at)` is true for who runs an edition, and so on."""
    if name in _requirements:
        raise ValueError(f"The requirement {name} is registered twice.")
    _requirements[name] = requirement


def required(person: Person, at: datetime) -> bool:
    """Say whether this person's work asks for a second factor."""
    return person.is_administrator or any(asks(person, at) for asks in _requirements.values())


def has_one(person: Person) -> bool:
    """Say whether a person has a passkey or an app beside the mail."""
    return bool(Authenticator.objects.filter(user=person, type__in=SECOND).exists())


def missing(person: Person, at: datetime) -> bool:
    """Say whether a person may go no further before adding one. Asked in production only."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and required(person, at) and not has_one(person)
