"""Texts of others: HTML is cleaned to a few harmless tags, and whatever goes is said."""

import re
from html import unescape

import nh3

from sqcuola.questions.formats.items import Loss
from sqcuola.questions.models import Markup
from sqcuola.questions.rendering import TAGS

LAYOUT = {"div", "span", "font", "p", "br", "html", "body"}
MEDIA = {"img", "audio", "video", "object", "embed", "iframe", "svg", "source"}
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_PICTURE = re.compile(r"<\s*img\b([^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BREAK = re.compile(r"\s*<\s*(?:br\s*/?|/p\s*>\s*<\s*p[^<>]*)>\s*", re.IGNORECASE)


def cleaned(text: str, form: str) -> tuple[str, str, list[Loss]]:
    """Return (text, markup, losses). `form` is what the file says it is: html, markdown, plain, or moodle (any of them)."""
    if form == "markdown":
        return text.strip(), Markup.MARKDOWN, []
    tags = {match[1].lower() for match in _TAG.finditer(text)}
    if form == "plain" or not tags & (TAGS | LAYOUT | MEDIA | {"a", "table", "h1", "h2", "h3", "h4"}):
        plain = unescape(text) if form == "html" else text
        return plain.strip(), Markup.PLAIN, []
    losses = _losses(text, tags)
    kept = nh3.clean(_PICTURE.sub(_alternative, text), tags=TAGS, attributes={}, strip_comments=True)
    words = _BREAK.sub("\n", kept)
    if not {match[1].lower() for match in _TAG.finditer(words)} - {"p"}:
        bare = unescape(_TAG.sub("", words)).replace("\u00a0", " ")
        return "\n".join(" ".join(line.split()) for line in bare.splitlines()).strip(), Markup.PLAIN, losses
    return kept.strip(), Markup.HTML, losses


def _alternative(picture: re.Match[str]) -> str:
    alt = _ALT.search(picture[1])
    words = (alt[1] or alt[2] or "").strip() if alt else ""
    return f" [{words}] " if words else " "


def _losses(text: str, tags: set[str]) -> list[Loss]:
    losses = [Loss("media", name) for name in sorted(tags & MEDIA)]
    if "a" in tags:
        losses.append(Loss("link"))
    others = sorted(tags - TAGS - LAYOUT - MEDIA - {"a"})
    if others or re.search(r"<[^<>]*\bstyle\s*=", text, re.IGNORECASE):
        losses.append(Loss("formatting", ", ".join(others)[:80]))
    return losses
