"""The short name in the address of a person's page."""

import unicodedata

from django.utils.text import slugify

from sqcuola.people.models import Person

TAKEN_BY_THE_HOUSE = {"me", "new", "admin", "staff"}


def free(wanted: str) -> str:
    """Return a handle like `wanted` that nobody has: `nives-rota`, else `nives-rota-2`, and so on."""
    plain = unicodedata.normalize("NFKD", wanted)
    stem = slugify(plain)[:34].strip("-") or "someone"
    taken = set(Person.objects.filter(handle__startswith=stem).values_list("handle", flat=True))
    taken |= TAKEN_BY_THE_HOUSE
    number = 1
    while (handle := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return handle
