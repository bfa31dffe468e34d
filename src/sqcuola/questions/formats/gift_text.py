r"""Texts of GIFT: finding what is not escaped, and reading what is."""

import re
from dataclasses import dataclass

from sqcuola.questions.formats.items import Loss
from sqcuola.questions.formats.markup import cleaned

SPECIAL = "~=#{}:\\"


def find(text: str, mark: str, start: int = 0) -> int:
    """Return where `mark` stands without a backslash before it, or -1."""
    place = start
    while place < len(text):
        if text[place] == "\\" and text[place + 1 : place + 2] in set(SPECIAL):
            place += 2
        elif text.startswith(mark, place):
            return place
        else:
            place += 1
    return -1


def cut(text: str, mark: str) -> tuple[str, str | None]:
    """Cut a text at the first `mark` that is not escaped; None when there is none."""
    place = find(text, mark)
    return (text, None) if place < 0 else (text[:place], text[place + len(mark) :])


def unescaped(text: str) -> str:
    r"""Return a text without its backslashes; `\n` becomes a line's end, another backslash stays."""

    def read(match: re.Match[str]) -> str:
        return "\n" if match[1] == "n" else match[1]

    return re.sub(r"\\([~=#{}:\\n])", read, text)


@dataclass(frozen=True, slots=True)
class Words:
    """A text with the format it says it is in."""

    text: str
    form: str

    def cleaned(self, losses: list[Loss]) -> tuple[str, str]:
        """Return (text, markup), and add to the losses what was not taken."""
        # Lines are broken for the writer's sake, but in Markdown; \n is a real break.
        raw = self.text if self.form == "markdown" else re.sub(r"\s+", " ", self.text)
        text, markup, lost = cleaned(unescaped(raw), self.form)
        losses += lost
        return text, markup


def with_format(text: str, form: str) -> Words:
    """Read the `[format]` that may stand before an answer; without one it is that of the question."""
    text = text.strip()
    match = re.match(r"\[(html|moodle|plain|markdown)\]", text)
    return Words(text[match.end() :], match[1]) if match else Words(text, form)
