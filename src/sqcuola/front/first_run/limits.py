"""How often the first code may be guessed."""

from datetime import timedelta

from sqcuola.kernel.requests import Request
from sqcuola.people import limits

FIRST_CODES = limits.Limit("first-codes", 20, timedelta(minutes=15))


def may_try(request: Request) -> bool:
    """Count one more try, from anywhere, and say whether it is still within the limit."""
    return limits.take(FIRST_CODES, "house", at=request.at)
