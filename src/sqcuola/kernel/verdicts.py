"""What a rule answers: allowed, denied with a reason in words, or hidden (the same as missing)."""

from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise


class Outcome(Enum):
    ALLOWED = "allowed"
    DENIED = "denied"
    HIDDEN = "hidden"


class Refused(PermissionDenied):
    """A rule said no, and says why in words that the person may read."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


class Missing(Http404):
    """A rule said that for this person the thing does not exist."""


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.outcome is Outcome.ALLOWED

    def or_refuse(self) -> None:
        """Return quietly when allowed; raise Refused (403) or Missing (404) otherwise."""
        if self.outcome is Outcome.DENIED:
            raise Refused(self.reason)
        if self.outcome is Outcome.HIDDEN:
            raise Missing


ALLOWED = Verdict(Outcome.ALLOWED)
HIDDEN = Verdict(Outcome.HIDDEN)


def denied(reason: str | Promise) -> Verdict:
    """Return a refusal with its reason, a whole sentence in the reader's language (use gettext_lazy)."""
    return Verdict(Outcome.DENIED, reason)
