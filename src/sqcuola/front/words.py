"""Words with the yellow marker over some of them."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sqcuola.kernel.search import Part

_MARKED = re.compile(r"\*([^*]+)\*")


def marked(words: str) -> SafeString:
    """Return a headline as HTML: *these words* stand under the marker, everything else is escaped."""
    return mark_safe(_MARKED.sub(r"<mark>\1</mark>", escape(words)))


def hits(parts: Iterable[Part]) -> SafeString:
    """Return a text that was found as HTML: the words that were looked for stand under the marker, all is escaped."""
    said = (f"<mark>{escape(part.text)}</mark>" if part.hit else escape(part.text) for part in parts)
    return mark_safe("".join(said))


def plain(words: str) -> str:
    """Return a headline without its marks, for titles, cards and feeds."""
    return _MARKED.sub(r"\1", words)
