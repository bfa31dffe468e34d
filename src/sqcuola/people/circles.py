"""Who belongs to the school, and who shares a class with whom: rooms above know, and say so here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqcuola.people.models import Person

Members = Callable[[Person], bool]
Classmates = Callable[[Person, Collection[int]], set[int]]


@dataclass(slots=True)
class Circles:
    """Until a room has registered, nobody is a member and nobody shares a class: fields stay closed."""

    is_member: Members
    classmates: Classmates


_circles = Circles(is_member=lambda _person: False, classmates=lambda _person, _ids: set())


def register(*, is_member: Members, classmates: Classmates) -> None:
    """Say who the people of the school are, and which of some people (by id) share a class with a person."""
    _circles.is_member = is_member
    _circles.classmates = classmates


def is_member(person: Person) -> bool:
    """Say whether a person has (or had) a seat or a role here."""
    return _circles.is_member(person)


def classmates(person: Person, among: Collection[int]) -> set[int]:
    """Return which of these ids belong to people who share a class with the person."""
    return _circles.classmates(person, among) if among else set()
