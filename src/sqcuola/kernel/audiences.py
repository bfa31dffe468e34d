"""Who may know of something that happened. An audience is a key; higher rooms say whom each key reaches.

A stored audience is `key`, or `key:argument`. A resolver answers for one person at one instant either `EVERYWHERE`, or
the scopes (for `of="argument"`, the arguments) in which the person belongs to it, as a list or as a query of one
column, which is asked as a part of the question. A key nobody registered reaches nobody.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final, Literal

from django.db.models import Q, QuerySet


class Everywhere(Enum):
    EVERYWHERE = "everywhere"


EVERYWHERE: Final = Everywhere.EVERYWHERE

Reach = Collection[str] | QuerySet[Any, str] | Everywhere
Resolver = Callable[[Any, datetime], Reach]


@dataclass(frozen=True, slots=True)
class Audience:
    key: str
    resolver: Resolver
    of: Literal["scope", "argument"]


_audiences: dict[str, Audience] = {}


def register_audience(key: str, resolver: Resolver, *, of: Literal["scope", "argument"] = "scope") -> None:
    """Say whom the audience `key` reaches: `resolver(person, at)`; `person` is None for a visitor.

    `of="scope"` (class, staff): the resolver names the scopes in which the person belongs to the audience.
    `of="argument"` (group): the audience is stored as `group:17`, and the resolver names the arguments ("17").
    """
    if ":" in key or not key:
        raise ValueError(f"{key!r} is no key of an audience.")
    if key in _audiences:
        raise ValueError(f"The audience {key} is registered twice.")
    _audiences[key] = Audience(key, resolver, of)


def reaching(person: Any, at: datetime, *, scope: str = "") -> Q:
    """Return the condition on rows with `scope` and `audience` that holds for what this person may know of.

    With `scope`, for rows that are all of this one scope: the condition is shorter, and true for no others.
    """
    whole: list[str] = []  # what may be known of whatever its scope
    found = Q()
    for audience in _audiences.values():
        reach = audience.resolver(person, at)
        if reach is EVERYWHERE:
            whole.append(audience.key)
            if audience.of == "argument":
                found |= Q(audience__startswith=f"{audience.key}:")
        elif isinstance(reach, QuerySet):
            found |= Q(audience=audience.key, scope__in=reach)
        elif not reach:
            continue
        elif audience.of == "argument":
            found |= Q(audience__in=[f"{audience.key}:{argument}" for argument in reach])
        elif not scope:
            found |= Q(audience=audience.key, scope__in=list(reach))
        elif scope in reach:
            whole.append(audience.key)
    found |= Q(audience__in=whole)
    return found & Q(scope=scope) if scope else found


def listed(person: Any, at: datetime, scope: str) -> list[str] | None:
    """Return the audiences of one scope, as they are stored, that reach this person: what `reaching` holds for.

    None where they cannot be listed without asking the database; `reaching` asks it as a part of the question.
    """
    found: list[str] = []
    for audience in _audiences.values():
        reach = audience.resolver(person, at)
        if isinstance(reach, QuerySet):
            return None
        if reach is EVERYWHERE:
            if audience.of == "argument":
                return None
            found.append(audience.key)
        elif audience.of == "argument":
            found += [f"{audience.key}:{argument}" for argument in reach]
        elif scope in reach:
            found.append(audience.key)
    return found
