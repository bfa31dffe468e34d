"""Covering a person's name and address where they wrote them into a text that is read blind."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from sqcuola.kernel.text import WHOLE
from sqcuola.people.models import Person

COVERED = "█████"
SHORTEST = 3  # a part of a name that is covered alone: «Li» would cover half a sentence
RUN = 7  # a whole name that is covered inside a longer word too, as in an address
# What begins many names and most sentences: covered alone, each «della» would tell that somebody is called so.
PARTICLES = frozenset(
    re.findall(
        r"\w+",
        "dal dall dalla dalle dagli degli dei del dell della delle dello den der des lei les los las mac san van von zur",
    )
)
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))
SEAMS = re.compile(r"[\s\-'’‘ʼ´`._]+")


def covered(words: str, person: Person) -> str:
    """Return a text in which the name of who wrote it, its parts, their handle and address are covered.

    However they are accented or capitalised, also with signs in between that nobody sees; whole words, and the whole name
    written as one word wherever it stands. What else leads to somebody, a link or a story, stays: it is theirs to tell.
    """
    parts = [part for part in SEAMS.split(person.name) if part]
    said = [person.name, person.email, person.email.partition("@")[0], person.handle or ""]
    joined = ["".join(SEAMS.split(word)) for word in person.name.split()]
    said += [part for part in (*parts, *joined) if _plain(part)[0] not in PARTICLES]
    said += [
        one + seam + other for one, other in pairwise(parts) if _plain(one)[0] in PARTICLES for seam in " '"
    ]
    runs = [seam.join(order) for order in (parts, parts[::-1]) for seam in ("", "-", "_", ".")]
    plain, places = _plain(words)
    for begins, ends in reversed(_joined(_found(plain, said, runs if len(parts) > 1 else []))):
        words = words[: places[begins]] + COVERED + words[_past(words, places[ends - 1]) :]
    return words


def _past(words: str, place: int) -> int:
    """Return where what is written on one letter ends: an accent that stands apart would be left over."""
    place += 1
    while place < len(words) and _unseen(words[place]):
        place += 1
    return place


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Me", "Cf"}


def _plain(words: str) -> tuple[str, list[int]]:
    """Return a text in small letters without accents, and of each of its letters where it stands in the text as written."""
    letters, places = [], []
    for place, letter in enumerate(words):
        for part in unicodedata.normalize("NFKD", letter.translate(APOSTROPHES)).casefold().translate(WHOLE):
            if not _unseen(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _found(plain: str, said: Iterable[str], runs: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the words stand, between what is no letter: «nicolo92» names somebody as «nicolo» does."""
    wanted = {_plain(one)[0].strip() for one in said}
    patterns = [
        rf"(?<![^\W\d_]){re.escape(one)}(?![^\W\d_])" for one in sorted(wanted) if len(one) >= SHORTEST
    ]
    anywhere = {_plain(one)[0] for one in runs}
    patterns += [re.escape(one) for one in sorted(anywhere) if len(one) >= RUN]
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
