"""The invented world is lived, not inserted: what it shows is what the rules made of it."""

from datetime import UTC, datetime

import pytest

from sqcuola.admissions.models import Application, Offer, Ranking
from sqcuola.config.world import building, cast
from sqcuola.editions import queries
from sqcuola.editions.models import Phase, Seat
from sqcuola.kernel import acts

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_world_is_what_its_people_did():
    world = building.build(AT)

    _thirty_of_thirty_four_earned_their_seats(world)
    _a_call_is_open_with_people_at_every_step(world)
    _nothing_happened_later_than_now_and_the_chain_holds(world)


def _thirty_of_thirty_four_earned_their_seats(world):
    held = Seat.objects.filter(edition=world.past).exclude(holder=None)

    assert {seat.holder.name for seat in held} == {one.name for one in cast.STUDENTS}
    assert Offer.objects.filter(application__edition=world.past, state="accepted").count() == 30
    assert Ranking.objects.get(edition=world.past).line_ended_at == world.past.phases.get(kind="class").begins


def _a_call_is_open_with_people_at_every_step(world):
    rows = Application.objects.filter(edition=world.open)

    assert queries.is_open(world.open, Phase.Kind.CALL, AT)
    assert rows.filter(submitted_at=None).exists()
    assert rows.filter(withdrawn_at=None).exclude(submitted_at=None).count() >= 8
    assert rows.exclude(withdrawn_at=None).count() == 1


def _nothing_happened_later_than_now_and_the_chain_holds(world):
    acts.seal(AT)

    assert acts.Act.objects.filter(at__gt=AT).count() == 0
    assert acts.verify() is None
