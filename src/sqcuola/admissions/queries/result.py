"""What somebody sees of how they came out, and what everybody sees of who was admitted."""

from dataclasses import dataclass
from datetime import datetime

from sqcuola.admissions import instants
from sqcuola.admissions.models import Application, Offer, Ranking, RankingLine
from sqcuola.admissions.queries.line import in_line, in_order
from sqcuola.admissions.queries.reading import letter_read
from sqcuola.admissions.rules import line_is_open
from sqcuola.editions.models import Edition
from sqcuola.kernel.verdicts import Verdict
from sqcuola.marking.queries import Read
from sqcuola.methods import seats
from sqcuola.people.models import Person


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One's own place, what decided it, and the offer or the place in the waiting list."""

    application: Application
    line: RankingLine | None
    ranked: int
    offer: Offer | None
    offer_state: str
    deadline: str
    answer: Verdict | None
    ahead: int
    waits: bool
    digest: str
    closed: str
    letter: list[Read]


def own_offer(person: Person, slug: str) -> Offer:
    """Load the offer that was made to somebody in an edition."""
    return Offer.objects.select_related("seat", "application__edition", "application__person").get(
        application__edition__slug=slug, application__person=person
    )


def result_page(application: Application, answer: Verdict | None, at: datetime) -> ResultPage:
    """Gather what somebody sees of their own result."""
    edition = application.edition
    ranking = Ranking.objects.get(edition=edition)
    line: RankingLine | None = getattr(application, "line", None)
    offer: Offer | None = getattr(application, "offer", None)
    waits = line is not None and offer is None and not application.withdrawn_at and line_is_open(edition, at)
    return ResultPage(
        application=application,
        line=line,
        ranked=ranking.lines.count(),
        offer=offer,
        offer_state=_state(offer, at),
        deadline=instants.deadline(offer.deadline, edition) if offer else "",
        answer=answer,
        ahead=_ahead(ranking, line) if waits and line else 0,
        waits=waits,
        digest=ranking.digest,
        closed=instants.said(ranking.closed_at, edition),
        letter=letter_read(application, ranking.closed_at) if line and line.letter_points is not None else [],
    )


def _state(offer: Offer | None, at: datetime) -> str:
    """Return the state of an offer as the clock sees it: one whose time is over has expired, whatever ran since."""
    if offer is None:
        return ""
    if offer.state == Offer.State.MADE and at >= offer.deadline:
        return str(Offer.State.EXPIRED)
    return offer.state


def _ahead(ranking: Ranking, line: RankingLine) -> int:
    return seats.ahead([in_line(one) for one in in_order(ranking)], line.pk)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody of the public list, as they chose to be called."""

    seat: int
    shown: str
    by_name: bool
    key: str


@dataclass(frozen=True, slots=True)
class AdmittedPage:
    edition: Edition
    people: list[Admitted]
    accepted: int
    closed: str
    digest: str
    lot_seed: str


def admitted_page(edition: Edition, at: datetime) -> AdmittedPage:
    """Gather the public list: who has a seat or may still take one; nobody else, and no points."""
    ranking = Ranking.objects.get(edition=edition)
    offers = (
        Offer.objects.filter(seat__edition=edition, state__in=[Offer.State.MADE, Offer.State.ACCEPTED])
        .exclude(state=Offer.State.MADE, deadline__lte=at)
        .select_related("seat", "application__person")
        .order_by("seat__number")
    )
    people = [_admitted(offer) for offer in offers]
    return AdmittedPage(
        edition=edition,
        people=people,
        accepted=sum(offer.state == Offer.State.ACCEPTED for offer in offers),
        closed=instants.said(ranking.closed_at, edition),
        digest=ranking.digest,
        lot_seed=ranking.lot_seed,
    )


def _admitted(offer: Offer) -> Admitted:
    application = offer.application
    by_name = application.shown_as == Application.ShownAs.NAME and bool(application.person.name)
    shown = application.person.name if by_name else application.code
    return Admitted(offer.seat.number, shown, by_name, application.code)
