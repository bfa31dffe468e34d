"""The ranking as a line of people who wait for a seat, have one offered, sit on it, or have left."""

from sqcuola.admissions.models import Offer, Ranking, RankingLine
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
