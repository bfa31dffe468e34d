"""What stands around every page: the school's name and mark, and the editions one can go to."""

from hashlib import sha256

from django.core.cache import cache

from sqcuola.editions import queries
from sqcuola.ui import frame
from sqcuola.ui.addresses import address

KEY = "editions.school"


def school() -> frame.School:
    """Return how the school calls itself; read from the database once in a while, and after each change."""
    kept: frame.School | None = cache.get(KEY)
    if kept is not None:
        return kept
    found = queries.school()
    shown = frame.School()
    if found is not None:
        mark = address("editions:mark", sha256(found.mark).hexdigest()[:12]) if found.mark else ""
        shown = frame.School(name=found.name, mark=mark)
        cache.set(KEY, shown, 60)
    return shown


def forget_school() -> None:
    """Show the new name and mark from the next page on."""
    cache.delete(KEY)


def register() -> None:
    frame.register_school(school)
