"""What is recorded of a selection: ids, numbers, choices. Never a name, never a word somebody wrote."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sqcuola.kernel.acts import verb
from sqcuola.kernel.ids import Digest


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
    digest: Digest


@verb("application-withdrawn", audience="staff", sentence=_("{actor} withdrew their application"))
@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    edition: int
    application: int


@verb(
    "application-moved",
    audience="staff",
    sentence=_("An application came over from another account of {actor}"),
)
@dataclass(frozen=True, slots=True)
class ApplicationMoved:
    edition: int
    application: int


@verb(
    "application-gave-way",
    audience="staff",
    sentence=_("{actor} joined two accounts: the application that no longer counted was deleted"),
)
@dataclass(frozen=True, slots=True)
class ApplicationGaveWay:
    edition: int
    application: int


@verb(
    "ranking-closed",
    audience="public",
    sentence=_("{actor} closed the ranking: {ranked} people, {seats} seats, fingerprint {digest}"),
)
@dataclass(frozen=True, slots=True)
class RankingClosed:
    edition: int
    ranked: int
    seats: int
    digest: Digest


@verb("offer-made", audience="staff", sentence=_("{subject} was offered seat {seat}"))
@dataclass(frozen=True, slots=True)
class OfferMade:
    edition: int
    offer: int
    seat: int
    deadline: datetime


@verb("offer-accepted", audience="staff", sentence=_("{actor} accepted seat {seat}"))
@dataclass(frozen=True, slots=True)
class OfferAccepted:
    edition: int
    offer: int
    seat: int


@verb("offer-declined", audience="staff", sentence=_("{actor} declined seat {seat}"))
@dataclass(frozen=True, slots=True)
class OfferDeclined:
    edition: int
    offer: int
    seat: int


@verb("offer-expired", audience="staff", sentence=_("The time to answer for seat {seat} ran out"))
@dataclass(frozen=True, slots=True)
class OfferExpired:
    edition: int
    offer: int
    seat: int


@verb(
    "waiting-list-ended",
    audience="staff",
    sentence=_("The waiting list ended as the class began; people on it: {waiting}"),
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
)
@dataclass(frozen=True, slots=True)
class AccommodationPapersDeleted:
    edition: int


@verb(
    "test-set",
    audience="staff",
    sentence=_("{actor} put the test together: from {begins} to {ends}, {minutes} minutes"),
)
@dataclass(frozen=True, slots=True)
class TestSet:
    edition: int
    test: int
    begins: datetime
    ends: datetime
    minutes: int
