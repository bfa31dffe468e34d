"""Words with the yellow marker over some of them."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_MARKED = re.compile(r"\*([^*]+)\*")


def marked(words: str) -> SafeString:
    """Return a headline as HTML: *these words* stand under the marker, everything else is escaped."""
    return mark_safe(_MARKED.sub(r"<mark>\1</mark>", escape(words)))


def plain(words: str) -> str:
    """Return a headline without its marks, for titles, cards and feeds."""
    return _MARKED.sub(r"\1", words)
