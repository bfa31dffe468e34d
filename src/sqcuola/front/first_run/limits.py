"""How often the first code may be guessed: by one machine, and then by all together."""

from datetime import timedelta

from django.utils.translation import gettext as _

from sqcuola.kernel.requests import Request
from sqcuola.people import limits

QUARTER = timedelta(minutes=15)
# What one machine tries over its own limit is not counted for the house: a stranger alone locks out nobody but themselves.
FIRST_CODES_FROM_A_MACHINE = limits.Limit("first-codes-from-a-machine", 10, QUARTER, by_machine=True)
FIRST_CODES = limits.Limit("first-codes", 200, QUARTER)


def too_many(request: Request) -> str:
    """Count one more try, and say why it is one too many; '' while it is not."""
    if not limits.take(FIRST_CODES_FROM_A_MACHINE, limits.machine(request), at=request.at):
        return _(
            "Too many codes were tried from this connection. Wait a quarter of an hour, or open this page from another one."
        )
    if not limits.take(FIRST_CODES, "house", at=request.at):
        return _("Too many codes were tried, from many places. Wait a quarter of an hour.")
    return ""
