"""What is recorded of a selection: ids, numbers, choices. Never a name, never a word somebody wrote."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.acts import verb


@verb("application-started", audience="staff", sentence=_("{actor} began an application"))
@dataclass(frozen=True, slots=True)
class ApplicationStarted:
    edition: int


@verb("application-submitted", audience="staff", sentence=_("{actor} handed in an application"))
@dataclass(frozen=True, slots=True)
class ApplicationSubmitted:
    edition: int
    application: int
    answers: int
    claims: int


@verb("application-withdrawn", audience="staff", sentence=_("{actor} withdrew their application"))
@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    edition: int
    application: int
