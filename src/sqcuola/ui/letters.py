"""A letter in the clothes of the house: plain text in, the same text and its HTML out. Every mail of the house goes through here.

A line that is one url, or `words: url`, becomes a button; everything else is text, escaped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from sqcuola.ui import frame

_BUTTON = re.compile(r"(?:(?P<words>[^\n:]{1,80}): )?(?P<url>https?://\S+)")
_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; with a `url` it is a button, and without words of its own it says "open"."""

    words: str
    url: str = ""


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Read the paragraphs of a plain text."""
    for part in _GAP.split(text.replace("\r\n", "\n").strip()):
        waiting: list[str] = []
        for line in part.strip().split("\n"):
            if button := _BUTTON.fullmatch(line.strip()):
                yield from _words(waiting)
                waiting = []
                yield Paragraph(button["words"] or "", button["url"])
            else:
                waiting.append(line.strip())
        yield from _words(waiting)


def _words(lines: list[str]) -> Iterator[Paragraph]:
    if words := "\n".join(lines).strip():
        yield Paragraph(words)


def html(subject: str, text: str, *, language: str, foot: str = "") -> str:
    """Return a text as an HTML letter, in light and dark. `foot` says why somebody got it; its urls become links."""
    with translation.override(language):
        return render_to_string(
            "ui/mail.html",
            {
                "subject": subject,
                "paragraphs": list(paragraphs(text)),
                "language": language,
                "school": frame.school().name,
                "foot": foot,
            },
        )


def plain(text: str, *, foot: str = "") -> str:
    """Return the text of a letter with its foot below, as mail readers know it."""
    return f"{text.strip()}\n\n-- \n{foot.strip()}\n" if foot else f"{text.strip()}\n"


def parted(template: str) -> tuple[str, str]:
    """Return subject and text of a mail that was written as one template: its first line is the subject."""
    subject, _newline, text = template.strip().partition("\n")
    return subject.strip(), text.strip()
