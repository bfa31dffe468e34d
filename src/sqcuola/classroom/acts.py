"""What is recorded of a class to which people are invited."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.acts import verb


@verb("class-invited", audience="staff", sentence=_("{actor} asked {subject} into the class"))
@dataclass(frozen=True, slots=True)
class ClassInvited:
    edition: int


@verb("class-invitation-accepted", audience="staff", sentence=_("{actor} took seat {seat} of the class"))
@dataclass(frozen=True, slots=True)
class ClassInvitationAccepted:
    edition: int
    seat: int


@verb("class-invitation-declined", audience="staff", sentence=_("{actor} said no to a seat in the class"))
@dataclass(frozen=True, slots=True)
class ClassInvitationDeclined:
    edition: int


@verb(
    "class-invitation-withdrawn",
    audience="staff",
    sentence=_("{actor} took back the invitation of {subject} into the class"),
)
@dataclass(frozen=True, slots=True)
class ClassInvitationWithdrawn:
    edition: int
