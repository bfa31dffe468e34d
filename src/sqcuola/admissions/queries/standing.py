"""How an edition's ranking comes about: points of the test, then CV points, then a lot anyone can draw again."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqcuola.admissions.models import Application
from sqcuola.admissions.queries.scores import points_of, test_of
from sqcuola.admissions.rules import call_of
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.methods import lots
from sqcuola.methods.ranking import Entry, Rule, rank

CHAIN = (Rule("points"), Rule("cv"), Rule("lot", lower_first=True))


@dataclass(frozen=True, slots=True)
class Ranked:
    """One application in its place, with the rule that parts it from its neighbours."""

    application: Application
    place: int
    points: Decimal
    cv_points: Decimal
    lot: int
    decided_by: str


@dataclass(frozen=True, slots=True)
class Standings:
    """A whole ranking, as it would be closed now. `absent`: handed in an application and took no test."""

    lines: list[Ranked]
    absent: int
    lot_seed: str


def lot_seed(edition: Edition, at: datetime) -> str:
    """Return the seed of the lot: the end of the chain on the day the call closed, which every receipt of then shows.

    It is the same whenever one asks, so a preview and the closing draw the same lots.
    """
    call = call_of(edition)
    return lots.seed(edition.scope, acts.head(min(call.ends, at) if call else edition.created_at).hash)


def standings(edition: Edition, at: datetime) -> Standings:
    """Work out who stands where at this instant. Reads only: closing writes down what this returns."""
    test = test_of(edition)
    points = points_of(test) if test else {}
    in_time = Application.objects.filter(edition=edition, submitted_at__isnull=False, withdrawn_at=None)
    applications = {one.person_id: one for one in in_time.select_related("person")}
    there = {person: one for person, one in applications.items() if person in points}
    seed = lot_seed(edition, at)
    lot = lots.order(seed, [one.code for one in there.values()])
    entries = [Entry(person, (points[person], one.cv_points, lot[one.code])) for person, one in there.items()]
    lines = [
        Ranked(
            application=there[standing.key],
            place=standing.place,
            points=points[standing.key],
            cv_points=there[standing.key].cv_points,
            lot=lot[there[standing.key].code],
            decided_by=standing.decided_by,
        )
        for standing in rank(entries, CHAIN)
    ]
    return Standings(lines, absent=len(applications) - len(there), lot_seed=seed)
