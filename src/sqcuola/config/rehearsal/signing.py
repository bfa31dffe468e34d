"""How a request of the rehearsal proves that it holds the key. Both sides use it."""

import hashlib
import hmac
from typing import Final

SIGNATURE: Final = "X-Rehearsal-Signature"
ANSWERED: Final = "ANSWER"  # in place of the method, where the server signs what it answers


def signature(key: str, method: str, address: str, body: bytes) -> str:
    """Return the HMAC-SHA256 (hex) of a request; `address` is its path with the query."""
    return hmac.new(key.encode(), f"{method}\n{address}\n".encode() + body, hashlib.sha256).hexdigest()
