"""The ranking as the coordinator sees it: before the closing by code alone, after it with names and answers."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.utils.translation import pgettext

from sqcuola.admissions import instants, rules
from sqcuola.admissions.models import Offer, Ranking, RankingLine
from sqcuola.admissions.queries.line import in_order
from sqcuola.admissions.queries.standing import Ranked, standings
from sqcuola.editions.models import Edition
from sqcuola.kernel.verdicts import Verdict

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One place. `name` and `answer` are empty before the closing: whoever ranks does not know whom."""

    place: int
    code: str
    points: Decimal
    test_points: Decimal | None
    letter_points: Decimal | None
    cv_points: Decimal
    decided: str
    last_seat: bool
    name: str = ""
    answer: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ClosingPage:
    ranking: Ranking | None
    letters: bool  # read: then there are points of test and letter beside the whole
    verdict: Verdict
    rows: Page[Row]
    ranked: int
    absent: int
    ties: int
    seats: int
    closed: str


TONES = {
    Offer.State.ACCEPTED: "green",
    Offer.State.MADE: "",
    Offer.State.DECLINED: "red",
    Offer.State.EXPIRED: "red",
}


def rows_of(edition: Edition, ranking: Ranking | None, at: datetime) -> tuple[list[Row], int]:
    """Return every place, worked out now or as it was closed, and how many handed in and did not come.

    Nothing as long as somebody may take the test.
    """
    if ranking is not None:
        return [_after(line, edition.seats_offered) for line in in_order(ranking)], 0
    if not rules.places_stand(edition, at):
        return [], 0
    worked_out = standings(edition, at)
    return [_before(line, edition.seats_offered) for line in worked_out.lines], worked_out.absent


def ranking_rows(rows: list[Row]) -> list[list[str]]:
    """Return the rows of a file: the heading, then each place as the page shows it, without names before the closing."""
    letters = any(row.letter_points is not None for row in rows)
    heading = [
        pgettext("column", "place"),
        pgettext("column", "code"),
        pgettext("column", "name"),
        *([pgettext("column", "whole")] if letters else []),
        pgettext("column", "test"),
        *([pgettext("column", "letter")] if letters else []),
        pgettext("column", "CV"),
        pgettext("column", "decided by"),
        pgettext("column", "offer"),
    ]
    listed = [
        [str(row.place), row.code, row.name, *_points(row), str(row.cv_points), row.decided, row.answer]
        for row in rows
    ]
    return [heading, *listed]


def _points(row: Row) -> list[str]:
    parts = [row.points] if row.letter_points is None else [row.points, row.test_points, row.letter_points]
    return [str(part) for part in parts]


def closing_page(edition: Edition, verdict: Verdict, number: str | None, at: datetime) -> ClosingPage:
    """Gather the ranking: worked out now, or as it was closed."""
    ranking = Ranking.objects.filter(edition=edition).first()
    rows, absent = rows_of(edition, ranking, at)
    return ClosingPage(
        ranking=ranking,
        letters=any(row.letter_points is not None for row in rows),
        verdict=verdict,
        rows=Paginator(rows, ON_A_PAGE).get_page(number),
        ranked=len(rows),
        absent=absent,
        ties=sum(bool(row.decided) for row in rows),
        seats=edition.seats_offered,
        closed=instants.said(ranking.closed_at, edition) if ranking else "",
    )


def _decided(rule: str) -> str:
    return "" if rule == RankingLine.DecidedBy.POINTS else str(RankingLine.DecidedBy(rule).label)


def _before(line: Ranked, seats: int) -> Row:
    return Row(
        line.place,
        line.application.code,
        line.points,
        line.test_points,
        line.letter_points,
        line.cv_points,
        _decided(line.decided_by),
        line.place == seats,
    )


def _after(line: RankingLine, seats: int) -> Row:
    offer: Offer | None = getattr(line.application, "offer", None)
    return Row(
        line.place,
        line.application.code,
        line.points,
        line.test_points,
        line.letter_points,
        line.cv_points,
        _decided(line.decided_by),
        line.place == seats,
        name=str(line.application.person),
        answer=str(Offer.State(offer.state).label) if offer else "",
        tone=TONES[Offer.State(offer.state)] if offer else "",
    )
