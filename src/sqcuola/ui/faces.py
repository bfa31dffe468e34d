"""A face for whoever gave no portrait: initials on one of eight soft colours, the same for a person everywhere."""

import hashlib
from functools import lru_cache

TONES = 8


def initials(name: str) -> str:
    """Return one or two letters: of the first and the last word that begin with a letter."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    if not words:
        return "·"
    first, last = words[0][0], words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()


@lru_cache(maxsize=4096)
def tone(key: object) -> int:
    """Return the colour of a person, from whatever names them for good (an id, a handle)."""
    return hashlib.sha256(str(key).encode()).digest()[0] % TONES
