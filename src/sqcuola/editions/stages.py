"""Which phases there is a room for. A phase nobody serves is offered in no preset and on no page."""

from sqcuola.editions.models import Phase

_served: set[str] = {Phase.Kind.CLASS}  # people, edition and class are always there


def register(*kinds: str) -> None:
    """Say that a room serves these phases."""
    _served.update(Phase.Kind(kind).value for kind in kinds)


def served() -> list[Phase.Kind]:
    """Return the phases there is a room for, in the order in which they happen."""
    return [kind for kind in Phase.Kind if kind.value in _served]


def is_served(kind: str) -> bool:
    return kind in _served
