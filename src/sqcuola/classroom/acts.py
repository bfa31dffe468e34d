"""What is recorded of a class to which people are invited."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.kernel.acts import Topic, verb

CLASS = Topic("class", _("The class"))


@verb(
    "class-invited",
    audience="staff",
    sentence=_("{actor} asked {subject} into the class"),
    topic=CLASS,
    many=ngettext_lazy("One person was asked into the class", "%(n)s people were asked into the class", "n"),
)
@dataclass(frozen=True, slots=True)
class ClassInvited:
    edition: int


@verb(
    "class-invitation-accepted",
    audience="staff",
    sentence=_("{actor} took seat {seat} of the class"),
    topic=CLASS,
    many=ngettext_lazy("One person took a seat of the class", "%(n)s people took a seat of the class", "n"),
)
@dataclass(frozen=True, slots=True)
class ClassInvitationAccepted:
    edition: int
    seat: int


@verb(
    "class-invitation-declined",
    audience="staff",
    sentence=_("{actor} said no to a seat in the class"),
    topic=CLASS,
    many=ngettext_lazy(
        "One person said no to a seat in the class", "%(n)s people said no to a seat in the class", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class ClassInvitationDeclined:
    edition: int


@verb(
    "class-invitation-withdrawn",
    audience="staff",
    sentence=_("{actor} took back the invitation of {subject} into the class"),
    topic=CLASS,
    many=ngettext_lazy(
        "An invitation into the class was taken back", "%(n)s invitations into the class were taken back", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class ClassInvitationWithdrawn:
    edition: int
