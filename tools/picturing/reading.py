"""The reading of letters for pictures: one edition whose letters wait, one in which three people read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqcuola.admissions.actions.reading import give_out_letters
from sqcuola.admissions.queries.reading import reading_of
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.marking import actions as marking
from sqcuola.marking.models import Round
from sqcuola.marking.queries import own
from sqcuola.people.models import Person

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
READS, HAS_READ = "giona", "tommaso"  # in the middle of it; done and closed
WORDS = "Il passaggio alla domanda è concreto."


def read(edition: Edition, boss: Person, person: Callable[[str], Person], at: datetime) -> dict[str, Any]:
    """Let the letters of an edition be read since two days; return what urls need."""
    editions.add_phase(
        edition,
        Phase.Kind.READING,
        begins=at - 2 * DAY,
        ends=at + 5 * DAY,
        reason="Le lettere si leggono.",
        by=boss,
        at=at - 10 * DAY,
    )
    edition = Edition.objects.get(pk=edition.pk)
    for key in (READS, HAS_READ):
        editions.give_role(edition, person(key), Role.Kind.READER, by=boss, at=at - 3 * DAY)
    give_out_letters(edition, by=boss, at=at - 2 * DAY)
    round_ = reading_of(edition)
    if round_ is None:
        raise Round.DoesNotExist
    _mark(round_, person(READS), 2, at - DAY)
    _mark(round_, person(HAS_READ), 99, at - DAY)
    marking.close(round_, by=person(HAS_READ), at=at - DAY)
    piles = {key: list(own(round_, person(key))) for key in (READS, HAS_READ)}
    return {
        "round": round_.pk,
        "to read": piles[READS][2].paper.code,
        "begun": piles[READS][1].paper.code,
        "closed": piles[HAS_READ][0].paper.code,
    }


def _mark(round_: Round, reader: Person, most: int, at: datetime) -> None:
    criteria = list(round_.criteria.all())
    for turn, assignment in enumerate(own(round_, reader)[:most]):
        points = {one.pk: (turn + place) % 4 + 2 for place, one in enumerate(criteria)}
        marking.mark(assignment, points, WORDS, by=reader, at=at + turn * 7 * MINUTE)
