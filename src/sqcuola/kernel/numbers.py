"""A number as a page, an address or a header sends it: whatever somebody may write where a number should stand."""

import re
from typing import Final

LONGEST: Final = 18  # digits: more does not fit a database


def whole(text: str, *, digits: int = LONGEST) -> int | None:
    """Return the whole number, from 0 up, that a text of at most so many digits is; None for any other text.

    `str.isdigit` lets "²" pass, which `int` refuses, and a number of a thousand digits, which no database takes.
    """
    return int(text) if re.fullmatch(rf"[0-9]{{1,{digits}}}", text) else None
