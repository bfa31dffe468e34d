"""Why a letter came back, in words. Mail servers say it with numbers: RFC 3463, or the reply codes of RFC 5321."""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

_ENHANCED: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY: Final = re.compile(r"(?<!\d)([45]\d\d)(?!\d)")

NOBODY: Final = _("this address does not exist")
NO_HOST: Final = _("the part after the @ takes no mail")
CLOSED: Final = _("the mailbox is closed")
FULL: Final = _("the mailbox is full")
TOO_BIG: Final = _("the letter was too big for it")
UNREACHED: Final = _("the other side could not be reached for days")
UNWANTED: Final = _("the other side took it for unwanted mail")
STOPPED: Final = _("the reader asked for no more mail")
REFUSED: Final = _("the other side refused it")
NO_ROAD: Final = _("our own mail server could not be reached")

# Subject and detail of an enhanced code; a detail of None stands for all that are not named.
_BY_CODE: Final[dict[tuple[int, int | None], Words]] = {
    (1, 1): NOBODY,
    (1, 2): NO_HOST,
    (1, 3): NOBODY,
    (1, 6): NOBODY,
    (1, 10): NO_HOST,
    (2, 1): CLOSED,
    (2, 2): FULL,
    (2, 3): TOO_BIG,
    (3, 4): TOO_BIG,
    (4, 4): NO_HOST,
    (4, None): UNREACHED,
    (7, None): UNWANTED,
}
_BY_REPLY: Final[dict[str, Words]] = {
    "550": NOBODY,
    "551": NOBODY,
    "553": NOBODY,
    "552": FULL,
    "554": UNWANTED,
}
# What a provider's interface calls it.
_BY_WORD: Final[dict[str, Words]] = {
    "invalid": NOBODY,
    "timed_out": UNREACHED,
    "blocked": UNWANTED,
    "spam": UNWANTED,
    "unsubscribed": STOPPED,
    "ConnectionRefusedError": NO_ROAD,
    "TimeoutError": NO_ROAD,
    "gaierror": NO_ROAD,
    "SMTPConnectError": NO_ROAD,
    "SMTPServerDisconnected": NO_ROAD,
}


def code_in(words: str) -> str:
    """Return the enhanced code in what a mail server said, else its reply code, else nothing."""
    if found := _ENHANCED.search(words):
        return found[0]
    reply = _REPLY.search(words)
    return reply[0] if reply else ""


def why(problem: str) -> Words:
    """Say why a letter came back, from what was noted of it; "refused" where it is told no better."""
    if found := _ENHANCED.search(problem):
        subject, detail = int(found[2]), int(found[3])
        return _BY_CODE.get((subject, detail)) or _BY_CODE.get((subject, None)) or REFUSED
    for word in problem.replace(":", " ").split():
        if word in _BY_WORD:
            return _BY_WORD[word]
    reply = _REPLY.search(problem)
    return _BY_REPLY.get(reply[0], REFUSED) if reply else REFUSED
