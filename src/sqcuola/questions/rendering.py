"""Texts of questions as they stand on a page."""

import nh3
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from sqcuola.questions.models import Markup

TAGS = {
    "p",
    "br",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
}
_markdown = MarkdownIt("commonmark", {"html": False})


def shown(text: str, markup: str) -> SafeString:
    """Return a text as harmless HTML, whatever it was written in and whoever wrote it."""
    if markup == Markup.PLAIN:
        return SafeString(linebreaks(escape(text)) if "\n" in text else escape(text))
    html = _markdown.render(text) if markup == Markup.MARKDOWN else text
    clean = nh3.clean(html, tags=TAGS, attributes={}).strip()
    return SafeString(clean)


def one_line(html: str) -> bool:
    """Say whether a text can stand in a heading: no paragraphs, no lists."""
    return not any(f"<{tag}" in html for tag in ("p>", "ul", "ol", "pre", "blockquote"))
