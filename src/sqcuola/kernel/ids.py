"""Names for things that strangers see: codes without order, digests, tokens."""

import hashlib
import secrets

# No 0/O, 1/I/L: a code is read out on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def code(length: int = 8) -> str:
    """Return a random code of `length` letters and digits that can be read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def token() -> str:
    """Return a random url-safe token of 256 bits, to be stored only as its digest."""
    return secrets.token_urlsafe(32)


def digest(value: str) -> str:
    """Return the SHA-256 of a text, as 64 hex digits."""
    return hashlib.sha256(value.encode()).hexdigest()
