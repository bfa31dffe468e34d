"""The place where a person takes a test: known by its code before it begins, while it lasts and after."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person
from sqcuola.questions import owners
from sqcuola.questions.models import Allowance, Attempt
from sqcuola.questions.owners import Terms

OURS = "Europe/Rome"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A code with whom it belongs to. `attempt` is None until it is begun; a trial has no owner."""

    code: str
    person: Person
    owner: str
    thing: int
    attempt: Attempt | None

    def terms(self) -> Terms | None:
        """Return what the owner says of the test; None for a trial."""
        return owners.owner(self.owner).terms(self.thing) if self.owner else None

    def zone(self) -> str:
        """Return the zone whose clock is shown. Asked at every answer, so it is remembered for a minute."""
        key = f"questions.zone:{self.owner}:{self.thing}"
        zone: str | None = cache.get(key)
        if zone is None:
            terms = self.terms()
            zone = terms.zone if terms else OURS
            cache.set(key, zone, 60)
        return zone


def tidy(code: str) -> str:
    """Return a code as it is stored, however it was typed: lower case, spaces and dashes make no difference."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def by_code(code: str) -> Sitting | None:
    """Say what a test-day code opens, whoever asks."""
    code = tidy(code)
    attempt = (
        Attempt.objects.select_related("blueprint", "person").filter(code=code).first() if code else None
    )
    if attempt is not None and attempt.person is not None:
        return Sitting(code, attempt.person, attempt.owner, attempt.thing, attempt)
    found = owners.by_code(code) if code and attempt is None else None
    if found is None:
        return None
    owner, person, thing = found
    return Sitting(code, person, owner.name, thing, None)


def sitting(person: Person, code: str) -> Sitting:
    """Load somebody's own place by its code."""
    mine = _own.first(person.pk, tidy(code))
    if mine is not None:
        return Sitting(mine.code, person, mine.owner, mine.thing, mine)
    found = by_code(code)
    if found is None or found.person.pk != person.pk:
        raise ObjectDoesNotExist
    return found


@prepared
def _own(person: int, code: str) -> QuerySet[Attempt]:
    return Attempt.objects.select_related("blueprint").filter(code=code, person=person)


def asks(terms: Terms | None) -> int:
    """Return how many questions a test has."""
    return sum(line.count for line in terms.blueprint.lines.all()) if terms else 0


def allowance_of(person: Person, at: datetime) -> Allowance | None:
    """Return the time and aids that a person was granted, if it still holds."""
    return Allowance.objects.filter(person=person, until__gt=at).first()


def minutes_with(minutes: int, allowance: Allowance | None) -> int:
    """Return how many whole minutes a person has."""
    return minutes * (100 + (allowance.extra_percent if allowance else 0)) // 100
