"""A letter in the clothes of the house: plain text in, the same text and its HTML out.

A paragraph that is one url, or `words: url`, becomes a button; everything else is text, escaped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

_BUTTON = re.compile(r"(?:(?P<words>[^\n:]{1,80}): )?(?P<url>https?://\S+)")
_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; with a `url` it is a button."""

    words: str
    url: str = ""


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Read the paragraphs of a plain text."""
    for part in _GAP.split(text.replace("\r\n", "\n").strip()):
        if button := _BUTTON.fullmatch(part.strip()):
            yield Paragraph(button["words"] or button["url"], button["url"])
        elif part.strip():
            yield Paragraph(part.strip())


def html(subject: str, text: str, *, language: str, school: str = "", foot: str = "") -> str:
    """Return a text as an HTML letter, in light and dark. `foot` says why somebody got it; its urls become links."""
    with translation.override(language):
        return render_to_string(
            "ui/letter.html",
            {
                "subject": subject,
                "paragraphs": list(paragraphs(text)),
                "language": language,
                "school": school,
                "foot": foot,
            },
        )


def plain(text: str, *, foot: str = "") -> str:
    """Return the text of a letter with its foot below, as mail readers know it."""
    return f"{text.strip()}\n\n-- \n{foot.strip()}\n" if foot else f"{text.strip()}\n"
