"""What one page says of a person several times, and reads once."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any


def once[Found](read: Callable[[Any, datetime], Found]) -> Callable[[Any, datetime], Found]:
    """Let `read(person, at)` be asked again with the same person and instant without being read again.

    What was read stays on the person, who lives as long as one request: no other request sees it. For pages, never for an
    action's rule, which must see what another has just changed.
    """
    name = f"_once_{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def known(person: Any, at: datetime) -> Found:
        kept: tuple[datetime, Found] | None = vars(person).get(name)
        if kept is None or kept[0] != at:
            kept = vars(person)[name] = at, read(person, at)
        return kept[1]

    return known
