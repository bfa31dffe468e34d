"""How an edition's ranking comes about: points of the test, then CV points, then a lot anyone can draw again."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqcuola.admissions.models import Application, Weights
from sqcuola.admissions.queries.reading import letter_points, weights_of
from sqcuola.admissions.queries.scores import results_of, test_of
from sqcuola.admissions.rules import call_of
from sqcuola.editions.models import Edition
from sqcuola.kernel import acts
from sqcuola.methods import lots
from sqcuola.methods.ranking import Entry, Rule, rank
from sqcuola.questions.marking import Result

LOT = Rule("lot", lower_first=True)
CHAIN = (Rule("points"), Rule("cv"), LOT)
WITH_LETTERS = (Rule("points"), Rule("letter"), Rule("cv"), LOT)
HUNDRED, THOUSANDTH = Decimal(100), Decimal("0.001")
# As every other figure, to a thousandth: the fingerprint is made of what is written.
NOTHING = Decimal("0.000")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One application in its place, with the rule that parts it from its neighbours.

    Where letters are read, `points` are those of test and letter, 0 to 100 each, by their weights.
    """

    application: Application
    place: int
    points: Decimal
    test_points: Decimal | None
    letter_points: Decimal | None
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
    results = results_of(test) if test else {}
    in_time = Application.objects.filter(edition=edition, submitted_at__isnull=False, withdrawn_at=None)
    applications = list(in_time.select_related("person"))
    there = [one for one in applications if one.person_id in results]
    weights = weights_of(edition)
    letters = letter_points(edition, at) if weights else {}
    seed = lot_seed(edition, at)
    lot = lots.order(seed, [one.code for one in there])
    worth = {one.pk: _worth(results[one.person_id], letters.get(one.pk, NOTHING), weights) for one in there}
    chain = WITH_LETTERS if weights else CHAIN
    entries = [Entry(one, _values(one, worth[one.pk], lot[one.code])) for one in there]
    lines = [
        Ranked(
            application=one,
            place=standing.place,
            points=worth[one.pk].points,
            test_points=worth[one.pk].test,
            letter_points=worth[one.pk].letter,
            cv_points=one.cv_points,
            lot=lot[one.code],
            decided_by=standing.decided_by,
        )
        for standing in rank(entries, chain)
        for one in [standing.key]
    ]
    return Standings(lines, absent=len(applications) - len(there), lot_seed=seed)


class Worth(NamedTuple):
    """What ranks somebody: the whole, and what it comes from where letters are read."""

    points: Decimal
    test: Decimal | None = None
    letter: Decimal | None = None


def _worth(result: Result, letter: Decimal, weights: Weights | None) -> Worth:
    if weights is None:
        return Worth(result.points)
    test = _rounded(result.points * HUNDRED / result.most) if result.most else NOTHING
    return Worth(weighted(test, letter, weights.test, weights.letter), test, letter)


def weighted(test: Decimal, letter: Decimal, test_weight: int, letter_weight: int) -> Decimal:
    """Return test and letter (0 to 100 each) by their weights, 0 to 100, to a thousandth."""
    return _rounded((test * test_weight + letter * letter_weight) / HUNDRED)


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(THOUSANDTH)


def _values(application: Application, worth: Worth, lot: int) -> tuple[Decimal | int, ...]:
    letter = () if worth.letter is None else (worth.letter,)
    return (worth.points, *letter, application.cv_points, lot)
