"""An edition whose letters are being read: as many papers as people apply, two readings each, sixty papers on a desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bench.places import DAY, MINUTE
from django.db import models

from sqcuola.admissions import rubric
from sqcuola.config.world.letters import ANSWERS
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.kernel import ids
from sqcuola.marking.models import Assignment, Mark, Paper, Round, Sheet
from sqcuola.people.models import Person

PILE = 60  # papers on a desk
ASKED = {
    "asked_it": "Racconta una volta in cui hai cambiato idea.",
    "asked_en": "Tell of a time you changed your mind.",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Where it is read, who coordinates it, one who reads, a paper they have marked and the next."""

    edition: Edition
    round: Round
    coordinator: Person
    reader: Person
    marked: str
    code: str


def grow(now: Reading | None, letters: int, at: datetime) -> Reading:
    """Let so many letters more be read since two days, by people who read no others."""
    edition, round_, cora = (now.edition, now.round, now.coordinator) if now else _begin(at)
    papers = _bulk(Paper(round=round_, code=ids.code(8), body=_body(number)) for number in range(letters))
    readers = _readers(edition, max(2, 2 * letters // PILE), at)
    marked, following = _give(round_, papers, readers, at)
    return now or Reading(edition, round_, cora, readers[0], marked, following)


def _begin(at: datetime) -> tuple[Edition, Round, Person]:
    cora = Person.objects.create_user("cora@bench.example", "Cora Coordina")
    # Without its acts: nobody who is measured elsewhere hears of it.
    edition = Edition.objects.create(
        number=6,
        title="La classe 6",
        slug="classe-6",
        scope=ids.code(16),
        published_at=at - 60 * DAY,
        created_at=at - 60 * DAY,
    )
    for kind, begins, ends in (
        (Phase.Kind.CALL, at - 50 * DAY, at - 5 * DAY),
        (Phase.Kind.READING, at - 2 * DAY, at + 6 * DAY),
        (Phase.Kind.CLASS, at + 20 * DAY, at + 200 * DAY),
    ):
        Phase.objects.create(edition=edition, kind=kind, begins=begins, ends=ends)
    Role.objects.create(edition=edition, person=cora, kind=Role.Kind.COORDINATOR, begins=at - 60 * DAY)
    list(rubric.begin(edition))
    round_ = Round.objects.get(edition=edition)
    round_.filled_at = round_.given_at = at - 2 * DAY
    round_.seed = "bench"
    round_.save()
    return edition, round_, cora


def _body(number: int) -> list[dict[str, str]]:
    return [{**ASKED, "written": written} for written in ANSWERS[number % len(ANSWERS)]]


def _readers(edition: Edition, how_many: int, at: datetime) -> list[Person]:
    readers = _bulk(
        Person(
            email=f"lettore-{ids.code(8).lower()}@bench.example",
            name=f"Lettore {number}",
            joined=at - 50 * DAY,
        )
        for number in range(how_many)
    )
    _bulk(Role(edition=edition, person=one, kind=Role.Kind.READER, begins=at - 3 * DAY) for one in readers)
    return readers


def _give(round_: Round, papers: list[Paper], readers: list[Person], at: datetime) -> tuple[str, str]:
    """Give each paper to two neighbours in a ring, let everybody mark a third of theirs; return the first reader's last and next."""
    piles: dict[int, list[Paper]] = {one.pk: [] for one in readers}
    for number, paper in enumerate(papers):
        for step in range(2):
            piles[readers[(number + step) % len(readers)].pk].append(paper)
    given = _bulk(
        Assignment(paper=paper, reader_id=reader, turn=turn, given_at=at - 2 * DAY)
        for reader, pile in piles.items()
        for turn, paper in enumerate(pile, start=1)
    )
    read = {reader: len(pile) // 3 for reader, pile in piles.items()}
    sheets = _bulk(
        Sheet(assignment=one, words="Concreto.", saved_at=at - DAY + one.turn * 7 * MINUTE)
        for one in given
        if one.turn <= read[one.reader_id]
    )
    criteria = list(round_.criteria.all())
    _bulk(Mark(sheet=sheet, criterion=one, points=3) for sheet in sheets for one in criteria)
    last = read[readers[0].pk]
    return given[last - 1].paper.code, given[last].paper.code


def _bulk[Row: models.Model](rows: Iterable[Row]) -> list[Row]:
    listed = list(rows)
    if listed:
        models.QuerySet(type(listed[0])).bulk_create(listed, batch_size=500)
    return listed
