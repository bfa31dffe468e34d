"""Who asked to be forgotten: digests from which nobody can be read, and by which a restored copy is cleaned again."""

from datetime import datetime

from sqcuola.kernel import ids
from sqcuola.people.models import FormerAddress, Person, TakeDown


def digest_of(person: Person) -> str:
    """Return the digest that stands on the list for a person: of a random mark that a backup holds too."""
    return ids.digest(f"person:{person.mark}")


def note(person: Person, *, at: datetime) -> None:
    """Put a person on the list, with every account that became part of theirs."""
    former = FormerAddress.objects.filter(person=person).exclude(take_down="")
    for digest in {digest_of(person), *former.values_list("take_down", flat=True)}:
        TakeDown.objects.get_or_create(digest=digest, defaults={"at": at})


def apply(at: datetime) -> int:
    """Erase again whoever stands on the list and is here, after a restore. Return how many."""
    from sqcuola.people import erasure  # noqa: PLC0415 - erasing notes people here

    listed = set(TakeDown.objects.values_list("digest", flat=True))
    again = [
        person for person in Person.objects.filter(erased_at=None).iterator() if digest_of(person) in listed
    ]
    for person in again:
        erasure.erase_again(person, at=at)
    return len(again)
