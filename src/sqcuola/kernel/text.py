"""What people write: Markdown to safe HTML, to plain words, to an excerpt; and letters without accents."""

import re
import unicodedata
from typing import Any, Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS: Final = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong", "ul",
}  # fmt: skip
SCHEMES: Final = {"http", "https", "mailto"}
# Letters that Unicode does not take apart.
WHOLE: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)

WORD: Final = re.compile(r"[^\W_]+")

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough").disable("image")


def html(written: str) -> SafeString:
    """Return what was written in Markdown as HTML that is safe in any page: no images, no scripts, headings below h2."""
    tokens = _markdown.parse(written)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(
        nh3.clean(
            rendered,
            tags=TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes=SCHEMES,
            link_rel="nofollow noopener noreferrer",
        )
    )


def plain(written: str) -> str:
    """Return the words of a Markdown text, without its marks."""
    return " ".join(" ".join(_words_of(_markdown.parse(written))).split())


def _words_of(tokens: list[Token]) -> list[str]:
    found = []
    for token in tokens:
        if token.type == "inline":
            found.append("".join(_inline(child) for child in token.children or ()))
        elif token.type in {"code_block", "fence"}:
            found.append(token.content)
    return found


def _inline(token: Token) -> Any:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def excerpt(written: str, length: int = 160) -> str:
    """Return the beginning of a Markdown text in plain words, at most `length` letters, cut between two words."""
    return excerpt_of(plain(written), length)


def excerpt_of(words: str, length: int = 160) -> str:
    """Return the beginning of plain words, at most `length` letters, cut between two words."""
    if len(words) <= length:
        return words
    cut = words[:length].rpartition(" ")[0] or words[: length - 1]
    return cut.rstrip(" ,;:.-–—") + "…"


def fold(written: str) -> str:
    """Return a text in small letters without accents: how two spellings of one word are compared."""
    if written.isascii():
        return written.lower()
    apart = unicodedata.normalize("NFKD", written.casefold().translate(WHOLE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(written: str) -> list[str]:
    """Return the folded words of a plain text, in order. An apostrophe ends a word: «l'azienda» is two."""
    return WORD.findall(fold(written))
