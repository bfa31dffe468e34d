"""Covering a person's name and address where they wrote them into a text that is read blind."""

import re
import unicodedata
from collections.abc import Iterable

from sqcuola.people.models import Person

COVERED = "█████"
SHORTEST = 3  # a part of a name that is covered alone: «Li» would cover half a sentence


def covered(words: str, person: Person) -> str:
    """Return a text in which the name of who wrote it, its parts, their handle and address are covered.

    However they are accented or capitalised; whole words only. What else leads to somebody, a link or a story, stays: it is theirs to tell.
    """
    said = [person.name, person.email, person.email.partition("@")[0], person.handle or ""]
    said += re.split(r"[\s\-'’]+", person.name)
    plain, places = _plain(words)
    for begins, ends in reversed(_joined(_found(plain, said))):
        words = words[: places[begins]] + COVERED + words[places[ends - 1] + 1 :]
    return words


def _plain(words: str) -> tuple[str, list[int]]:
    """Return a text in small letters without accents, and of each of its letters where it stands in the text as written."""
    letters, places = [], []
    for place, letter in enumerate(words):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _found(plain: str, said: Iterable[str]) -> list[tuple[int, int]]:
    wanted = {_plain(one)[0].strip() for one in said}
    patterns = [rf"(?<!\w){re.escape(one)}(?!\w)" for one in wanted if len(one) >= SHORTEST]
    return sorted(found.span() for pattern in patterns for found in re.finditer(pattern, plain))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of which none overlaps another."""
    joined: list[tuple[int, int]] = []
    for begins, ends in spans:
        if joined and begins < joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends, joined[-1][1])
        else:
            joined.append((begins, ends))
    return joined
