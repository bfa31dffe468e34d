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
    round_ = _given(edition, boss, person, at - 2 * DAY, at + 5 * DAY)
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


def read_all(edition: Edition, boss: Person, person: Callable[[str], Person], begins: datetime) -> None:
    """Let the letters of an edition be read by both within a day, so that it can be ranked."""
    round_ = _given(edition, boss, person, begins, begins + DAY)
    for key in (READS, HAS_READ):
        _mark(round_, person(key), 99, begins + MINUTE)
        marking.close(round_, by=person(key), at=begins + DAY / 2)


def _given(
    edition: Edition, boss: Person, person: Callable[[str], Person], begins: datetime, ends: datetime
) -> Round:
    """Let an edition read its letters between two instants, by two people, and give them out."""
    asked = begins - DAY
    editions.add_phase(
        edition,
        Phase.Kind.READING,
        begins=begins,
        ends=ends,
        reason="Le lettere si leggono.",
        by=boss,
        at=asked,
    )
    edition = Edition.objects.get(pk=edition.pk)
    for key in (READS, HAS_READ):
        editions.give_role(edition, person(key), Role.Kind.READER, by=boss, at=asked)
    give_out_letters(edition, by=boss, at=begins)
    round_ = reading_of(edition)
    if round_ is None:
        raise Round.DoesNotExist
    return round_


def _mark(round_: Round, reader: Person, most: int, at: datetime) -> None:
    criteria = list(round_.criteria.all())
    for turn, assignment in enumerate(own(round_, reader)[:most]):
        points = {one.pk: (turn + place) % 4 + 2 for place, one in enumerate(criteria)}
        marking.mark(assignment, points, WORDS, by=reader, at=at + turn * 7 * MINUTE)
