"""What the public face adds to the frame of pages, at the foot: the way to the search, the day's head of the chain of acts."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import acts, clock
from sqcuola.ui import frame
from sqcuola.ui.addresses import address


def head() -> str:
    """Return the head of today, short; nothing before an act was sealed. It is remembered for a minute."""
    found = acts.head(clock.now())
    return found.short if found.seq else ""


def places(_request: HttpRequest) -> list[frame.Place]:
    """Return where one can go from the foot of every page; the same for everybody, and asks nothing."""
    return [frame.Place(_("Search"), address("front:search"))]


def register() -> None:
    frame.register_foot(places)
    frame.register_head(head)
