"""The same seed draws the same people, and every bad day has somebody to live it."""

from collections import Counter

import pytest

from sqcuola.config.rehearsal import cast


@pytest.mark.parametrize(("applicants", "seats"), [(9, 2), (40, 8), (180, 30), (360, 37)])
def test_every_habit_is_lived_by_somebody(applicants, seats):
    people = cast.draw(applicants, seats, seed=7)

    assert len(people) == applicants
    assert {one.habit for one in people} == set(cast.Habit)
    assert len({one.mail for one in people}) == applicants
    assert len({one.address for one in people}) == applicants


def test_the_shares_are_kept_at_the_real_schools_size():
    counted = Counter(one.habit for one in cast.draw(200, 30, seed=1))

    assert counted[cast.Habit.ABSENT] == 14
    assert counted[cast.Habit.STEADY] == 92


def test_a_seed_is_all_there_is_to_chance():
    assert cast.draw(40, 8, seed=3) == cast.draw(40, 8, seed=3)
    assert cast.draw(40, 8, seed=3) != cast.draw(40, 8, seed=4)


@pytest.mark.parametrize(("applicants", "seats"), [(8, 1), (20, 11)])
def test_too_few_people_are_refused(applicants, seats):
    with pytest.raises(ValueError, match="two applicants a seat"):
        cast.draw(applicants, seats, seed=1)
