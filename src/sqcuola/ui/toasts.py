"""A sentence on the next page after something was done, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

Words = str | Promise


def say(request: HttpRequest, words: Words, *, undo: str = "") -> None:
    """Say that it is done. `undo` is the url that takes it back, by POST."""
    messages.success(request, str(words), extra_tags=f"undo:{undo}" if undo else "")


def warn(request: HttpRequest, words: Words) -> None:
    """Say what did not happen, and what to do."""
    messages.warning(request, str(words))
