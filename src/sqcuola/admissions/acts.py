"""What is recorded of a selection: ids, numbers, choices. Never a name, never a word somebody wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.editions.acts import RULES
from sqcuola.kernel.acts import Topic, verb
from sqcuola.kernel.ids import Digest
from sqcuola.questions.acts import TEST

APPLICATIONS = Topic("applications", _("Applications"))
SEATS = Topic("seats", _("Ranking and seats"))
# What tells, beside somebody's name, that they asked for help at the test: told of nobody, whatever its audience.
OF_HELP: Final = ("accommodation-granted", "accommodation-papers-deleted")


@verb(
    "application-started",
    audience="staff",
    sentence=_("{actor} began an application"),
    topic=APPLICATIONS,
    many=ngettext_lazy("One person began an application", "%(n)s people began an application", "n"),
)
@dataclass(frozen=True, slots=True)
class ApplicationStarted:
    edition: int


@verb(
    "application-submitted",
    audience="staff",
    sentence=_("{actor} handed in an application"),
    topic=APPLICATIONS,
    many=ngettext_lazy("One application was handed in", "%(n)s applications were handed in", "n"),
)
@dataclass(frozen=True, slots=True)
class ApplicationSubmitted:
    edition: int
    application: int
    answers: int
    claims: int
    digest: Digest


@verb(
    "application-withdrawn",
    audience="staff",
    sentence=_("{actor} withdrew their application"),
    topic=APPLICATIONS,
    many=ngettext_lazy("One application was withdrawn", "%(n)s applications were withdrawn", "n"),
)
@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    edition: int
    application: int


@verb(
    "application-moved",
    audience="staff",
    sentence=_("An application came over from another account of {actor}"),
    topic=APPLICATIONS,
    many=ngettext_lazy(
        "One application came over from another account",
        "%(n)s applications came over from other accounts",
        "n",
    ),
)
@dataclass(frozen=True, slots=True)
class ApplicationMoved:
    edition: int
    application: int


@verb(
    "application-gave-way",
    audience="staff",
    sentence=_("{actor} joined two accounts: the application that no longer counted was deleted"),
    topic=APPLICATIONS,
    many=ngettext_lazy(
        "One application gave way to another of the same person",
        "%(n)s applications gave way to others of the same person",
        "n",
    ),
)
@dataclass(frozen=True, slots=True)
class ApplicationGaveWay:
    edition: int
    application: int


@verb(
    "ranking-closed",
    audience="public",
    sentence=_("{actor} closed the ranking: {ranked} people, {seats} seats, fingerprint {digest}"),
    topic=SEATS,
    many=_("The ranking was closed"),
)
@dataclass(frozen=True, slots=True)
class RankingClosed:
    edition: int
    ranked: int
    seats: int
    digest: Digest


@verb(
    "offer-made",
    audience="staff",
    sentence=_("{subject} was offered seat {seat}"),
    topic=SEATS,
    many=ngettext_lazy("One person was offered a seat", "%(n)s people were offered a seat", "n"),
)
@dataclass(frozen=True, slots=True)
class OfferMade:
    edition: int
    offer: int
    seat: int
    deadline: datetime


@verb(
    "offer-accepted",
    audience="staff",
    sentence=_("{actor} accepted seat {seat}"),
    topic=SEATS,
    many=ngettext_lazy("One person accepted a seat", "%(n)s people accepted a seat", "n"),
)
@dataclass(frozen=True, slots=True)
class OfferAccepted:
    edition: int
    offer: int
    seat: int


@verb(
    "offer-declined",
    audience="staff",
    sentence=_("{actor} declined seat {seat}"),
    topic=SEATS,
    many=ngettext_lazy("One person declined a seat", "%(n)s people declined a seat", "n"),
)
@dataclass(frozen=True, slots=True)
class OfferDeclined:
    edition: int
    offer: int
    seat: int


@verb(
    "offer-expired",
    audience="staff",
    sentence=_("The time to answer for seat {seat} ran out"),
    topic=SEATS,
    many=ngettext_lazy("One offer ran out", "%(n)s offers ran out", "n"),
)
@dataclass(frozen=True, slots=True)
class OfferExpired:
    edition: int
    offer: int
    seat: int


@verb(
    "waiting-list-ended",
    audience="staff",
    sentence=_("The waiting list ended as the class began; people on it: {waiting}"),
    topic=SEATS,
    many=_("The waiting list ended"),
)
@dataclass(frozen=True, slots=True)
class WaitingListEnded:
    edition: int
    waiting: int


@verb(
    "accommodation-granted",
    audience="nobody",
    sentence=_("{subject} was granted {percent} % more time at the test"),
)
@dataclass(frozen=True, slots=True)
class AccommodationGranted:
    edition: int
    percent: int
    aids: bool


@verb(
    "accommodation-papers-deleted",
    audience="staff",
    sentence=_("The papers of a request for help at the test were deleted"),
    topic=TEST,
    many=ngettext_lazy(
        "The papers of a request for help were deleted",
        "The papers of %(n)s requests for help were deleted",
        "n",
    ),
)
@dataclass(frozen=True, slots=True)
class AccommodationPapersDeleted:
    edition: int


@verb(
    "test-set",
    audience="staff",
    sentence=_("{actor} put the test together: from {begins} to {ends}, {minutes} minutes"),
    topic=TEST,
    many=_("The test was put together"),
)
@dataclass(frozen=True, slots=True)
class TestSet:
    edition: int
    test: int
    begins: datetime
    ends: datetime
    minutes: int


@verb(
    "asked-set",
    audience="staff",
    sentence=_(
        "{actor} changed what is asked of who applies: questions of the letter: {questions}, CV items: {items}"
    ),
    topic=RULES,
    many=ngettext_lazy(
        "What is asked of who applies was changed",
        "What is asked of who applies was changed %(n)s times",
        "n",
    ),
)
@dataclass(frozen=True, slots=True)
class AskedSet:
    edition: int
    questions: int
    items: int


@verb(
    "rubric-set",
    audience="staff",
    sentence=_(
        "{actor} changed how letters are read: criteria: {criteria}, readers each: {readers}, weight of the letter: {letter}"
    ),
    topic=RULES,
    many=ngettext_lazy(
        "How letters are read was changed", "How letters are read was changed %(n)s times", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class RubricSet:
    edition: int
    criteria: int
    letter: int
    readers: int
