"""Names for things that strangers see: codes without order, digests, tokens."""

import hashlib
import re
import secrets
from typing import NewType

# Opaque texts that say nothing of a person by themselves: only these may stand in an act.
Code = NewType("Code", str)
Digest = NewType("Digest", str)

# No 0/O, 1/I/L: a code is read out on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def code(length: int = 8) -> Code:
    """Return a random code of `length` letters and digits that can be read aloud."""
    return Code("".join(secrets.choice(ALPHABET) for _ in range(length)))


def token() -> str:
    """Return a random url-safe token of 256 bits, to be stored only as its digest."""
    return secrets.token_urlsafe(32)


def digest(value: str) -> Digest:
    """Return the SHA-256 of a text, as 64 hex digits."""
    return Digest(hashlib.sha256(value.encode()).hexdigest())


def is_code(value: str) -> bool:
    """Tell whether a text looks like a code, a slug or a scope: short, without spaces."""
    return re.fullmatch(r"[A-Za-z0-9._-]{1,60}", value) is not None


def is_digest(value: str) -> bool:
    """Tell whether a text is a SHA-256 in hex."""
    return re.fullmatch(r"[0-9a-f]{64}", value) is not None
