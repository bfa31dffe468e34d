"""What one signs in for, in a sentence, where the way in knows it: by the kind of place, never by a word of the address.

An address to come back to is written by whoever made the link. It is read with the house's own urls alone; what it says
beside them (whose, which, how many) is not repeated, nor whether there is such a thing.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def register(sentence: str | Promise, url_names: Iterable[str]) -> None:
    """Say what one comes in for where an address is one of these."""
    for name in url_names:
        if name in _sentences:
            raise ValueError(f"What one signs in for is said twice of {name}.")
        _sentences[name] = sentence


def sentence_for(back_to: str) -> str:
    """Return what somebody signs in for, of an address that `entering.safe` let through; '' where nothing is known."""
    try:
        match = resolve(urlsplit(back_to).path)
    except (Resolver404, ValueError):
        return ""
    return str(_sentences.get(match.view_name, ""))
