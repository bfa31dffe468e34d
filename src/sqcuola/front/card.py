"""The picture beside a shared link, drawn by the server in the house's own letters."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, ImageDraw, ImageFont

from sqcuola import ui
from sqcuola.front.shown import EditionPage
from sqcuola.ui.dates import deadline

SIZE: Final = (1200, 630)
EDGE: Final = 96
PAPER, SHEET, INK, SOFT, RED, MARK, RULE = (
    "#fbf8f1",
    "#fffdf8",
    "#1c2333",
    "#5a6072",
    "#b8261f",
    "#ffe69a",
    "#dfe8f2",
)
FONTS: Final = Path(ui.__file__).parent / "static/ui/vendor"
SERIF: Final = FONTS / "literata/literata-latin-wght-normal.woff2"
SANS: Final = FONTS / "atkinson-hyperlegible-next/atkinson-hyperlegible-next-latin-wght-normal.woff2"

Font = ImageFont.FreeTypeFont


@cache
def _font(path: Path, size: int, weight: int) -> Font:
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font


def draw(page: EditionPage) -> bytes:
    """Return a PNG of 1200 × 630 with the headline, the marker over its marked words, and the date that matters."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    for height in range(90, SIZE[1], 60):
        pen.line([(0, height), (SIZE[0], height)], fill=RULE, width=2)
    pen.line([(EDGE - 36, 0), (EDGE - 36, SIZE[1])], fill=RED, width=3)
    name = page.school or "SQcuola"
    pen.text((EDGE, 52), name, font=_font(SANS, 30, 600), fill=SOFT)
    headline = page.edition.headline or page.edition.title
    _headline(pen, headline)
    pen.text((EDGE, SIZE[1] - 92), _last_line(page), font=_font(SANS, 34, 500), fill=INK)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _last_line(page: EditionPage) -> str:
    n = page.edition.seats_offered
    seats = ngettext("%(n)d seat", "%(n)d seats", n) % {"n": n}
    if page.open and page.call:
        return _("%(seats)s · until %(when)s") % {"seats": seats, "when": deadline(page.call.ends)}
    return f"{seats} · {page.standing}"


Word = list[tuple[str, bool]]  # its parts, each with whether the marker goes over it


def _words(headline: str) -> list[Word]:
    """Return the words of a headline in their parts: a full stop after the marked words is not marked."""
    found: list[Word] = []
    under = False
    for word in headline.split():
        parts: Word = []
        for piece in re.split(r"(\*)", word):
            if piece == "*":
                under = not under
            elif piece:
                parts.append((piece, under))
        if parts:
            found.append(parts)
    return found


def _plain(words: list[Word]) -> str:
    return " ".join("".join(piece for piece, _under in word) for word in words)


def _headline(pen: ImageDraw.ImageDraw, headline: str) -> None:
    """Write the headline in the largest of three sizes that leaves it room."""
    for size in (88, 72, 58):
        font = _font(SERIF, size, 650)
        lines = _lines(_words(headline), font)
        if len(lines) * size * 1.2 <= SIZE[1] - 250:
            break
    top = 120.0
    for line in lines:
        _line(pen, line, top, font, size)
        top += size * 1.2


def _line(pen: ImageDraw.ImageDraw, line: list[Word], top: float, font: Font, size: int) -> None:
    left, was_under = float(EDGE), False
    space = font.getlength(" ")
    for number, word in enumerate(line):
        for place, (piece, under) in enumerate(word):
            if number and place == 0:
                left += space
            width = font.getlength(piece)
            if under:
                begin = left - (space if was_under and place == 0 and number else 4)
                pen.rectangle([begin, top + size * 0.78, left + width + 4, top + size * 1.16], fill=MARK)
            was_under = under
            pen.text((left, top), piece, font=font, fill=INK)
            left += width


def _lines(words: list[Word], font: Font) -> list[list[Word]]:
    lines: list[list[Word]] = [[]]
    room = SIZE[0] - 2 * EDGE
    for word in words:
        if lines[-1] and font.getlength(_plain([*lines[-1], word])) > room:
            lines.append([])
        lines[-1].append(word)
    return lines
