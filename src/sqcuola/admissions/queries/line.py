"""The ranking as a line of people who wait for a seat, have one offered, sit on it, or have left."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from sqcuola.admissions.models import Offer, Ranking, RankingLine
from sqcuola.editions.models import Edition, Phase
from sqcuola.methods.seats import InLine, State

STATES = {
    Offer.State.MADE: State.OFFERED,
    Offer.State.ACCEPTED: State.SEATED,
    Offer.State.DECLINED: State.GONE,
    Offer.State.EXPIRED: State.GONE,
}


def in_order(ranking: Ranking) -> list[RankingLine]:
    """Return the lines of a ranking with their applications, persons and offers, the first the best."""
    return list(
        ranking.lines.select_related("application__person", "application__offer__seat").order_by("place")
    )


def in_line(line: RankingLine) -> InLine[int]:
    """Return where one person of the ranking stands with regard to the seats."""
    offer: Offer | None = getattr(line.application, "offer", None)
    if offer is None:
        gone = line.application.withdrawn_at is not None
        return InLine(line.pk, State.GONE if gone else State.WAITING)
    state = STATES[Offer.State(offer.state)]
    held = state in {State.OFFERED, State.SEATED}
    return InLine(
        line.pk,
        state,
        seat=offer.seat.number if held else None,
        deadline=offer.deadline if state is State.OFFERED else None,
    )


def waiting(edition_id: int) -> QuerySet[RankingLine]:
    """Return who waits for a seat: no offer was made to them, and they did not withdraw."""
    return RankingLine.objects.filter(
        ranking__edition=edition_id, application__offer=None, application__withdrawn_at=None
    )


def to_end(at: datetime) -> QuerySet[Edition]:
    """Return the editions whose class has begun and whose waiting list nobody has ended yet."""
    begun = Phase.objects.filter(edition=OuterRef("pk"), kind=Phase.Kind.CLASS, begins__lte=at)
    open_line = Ranking.objects.filter(edition=OuterRef("pk"), line_ended_at=None)
    return Edition.objects.filter(Exists(open_line), Exists(begun)).exclude(cancelled_at__lte=at)


def to_call_up(at: datetime) -> QuerySet[Edition]:
    """Return the editions in which a call-up has something to do: an offer ran out, or a seat is free and somebody waits."""
    closed = Ranking.objects.filter(edition=OuterRef("pk"))
    late = Offer.objects.filter(seat__edition=OuterRef("pk"), state=Offer.State.MADE, deadline__lte=at)
    waiting = RankingLine.objects.filter(
        ranking__edition=OuterRef("pk"), application__offer=None, application__withdrawn_at=None
    )
    begun = Phase.objects.filter(edition=OuterRef("pk"), kind=Phase.Kind.CLASS, begins__lte=at)
    held = Count("seats", filter=Q(seats__holder__isnull=False))
    going_on = Edition.objects.filter(Exists(closed)).exclude(cancelled_at__lte=at).annotate(held=held)
    free = Q(held__lt=F("seats_offered")) & Exists(waiting) & ~Exists(begun)
    return going_on.filter(Exists(late) | free)
