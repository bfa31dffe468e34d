"""A sentence on the next page after something was done, with a way back or a way on where there is one."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

Words = str | Promise


def say(request: HttpRequest, words: Words, *, undo: str = "", to: str = "", act: Words = "") -> None:
    """Say that it is done. `undo` is the url that takes it back, by POST; `to` leads on, with `act` on its link."""
    tags = f"undo:{undo}" if undo else f"to:{to}|{act}" if to else ""
    messages.success(request, str(words), extra_tags=tags)


def warn(request: HttpRequest, words: Words) -> None:
    """Say what did not happen, and what to do."""
    messages.warning(request, str(words))
