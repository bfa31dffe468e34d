"""A lot that anyone can check with a pocket calculator for SHA-256.

The lot of a code is SHA-256( "SQ1 lot" 00 seed 00 code ), read as a number; the lowest goes first. It depends on the seed
and that one code alone: neither the order of the list nor who else is on it moves anybody past anybody.
"""

import hashlib
from collections.abc import Iterable

DOMAIN = "SQ1 lot"


def commitment(secret: str) -> str:
    """Return the SHA-256 that is published before, so that the secret cannot be changed after."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seed(secret: str, public: str) -> str:
    """Return the seed made of a secret committed to before and a public number that nobody could know then."""
    if "\0" in secret or "\0" in public:
        raise ValueError("Neither the secret nor the public number may contain a zero byte.")
    return hashlib.sha256(f"{secret}\0{public}".encode()).hexdigest()


def lot(seed: str, code: str) -> str:
    """Return the lot of one code, as 64 hex digits."""
    if "\0" in seed or "\0" in code:
        raise ValueError("Neither seed nor code may contain a zero byte.")
    return hashlib.sha256(f"{DOMAIN}\0{seed}\0{code}".encode()).hexdigest()


def order(seed: str, codes: Iterable[str]) -> dict[str, int]:
    """Return for each code its place in the lot, from 1."""
    drawn = sorted(set(codes), key=lambda code: (lot(seed, code), code))
    return {code: place for place, code in enumerate(drawn, start=1)}
