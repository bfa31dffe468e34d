"""What the public face adds to the frame of pages: the day's head of the chain of acts, at the foot."""

from sqcuola.kernel import acts, clock
from sqcuola.ui import frame


def head() -> str:
    """Return the head of today, short; nothing before an act was sealed. It is remembered for a minute."""
    found = acts.head(clock.now())
    return found.short if found.seq else ""


def register() -> None:
    frame.register_head(head)
