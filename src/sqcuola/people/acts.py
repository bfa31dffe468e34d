"""What is recorded of accounts: that something was done, never to whom by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.acts import register_names, verb
from sqcuola.people.models import Person


@verb(
    "access-restored", audience="staff", sentence=_("{actor} and a colleague gave {subject} a way in again")
)
@dataclass(frozen=True, slots=True)
class AccessRestored:
    voices: int


@verb("person-merged", audience="staff", sentence=_("{actor} joined two accounts into one"))
@dataclass(frozen=True, slots=True)
class PersonMerged:
    rows: int


@verb("person-erased", audience="staff", sentence=_("A person was erased at their own wish"))
@dataclass(frozen=True, slots=True)
class PersonErased:
    models: int


def names(accounts: Collection[int]) -> Mapping[int, str]:
    """Return how accounts are called in the sentences of acts."""
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=accounts, erased_at=None)}


register_names(names)
