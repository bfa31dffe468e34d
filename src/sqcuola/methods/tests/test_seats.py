from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sqcuola.methods import seats
from sqcuola.methods.seats import InLine, NotPossible, State

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_seats_go_in_the_order_of_the_ranking_and_the_next_is_called_up():
    line = seats.call_up([InLine(name) for name in "abcd"], [1, 2], NOW, DAY)
    assert [(one.key, one.seat) for one in line] == [("a", 1), ("b", 2), ("c", None), ("d", None)]
    line[0] = seats.leave(line[0])
    line[1] = seats.accept(line[1], NOW)
    assert seats.moves(line, [1, 2], NOW).offered == (("c", 1),)
    assert seats.ahead(line, "d") == 1


def test_a_deadline_is_true_by_the_clock_and_not_by_a_call_up():
    (offered,) = seats.call_up([InLine("a")], [1], NOW, DAY)
    assert seats.accept(offered, NOW + DAY - timedelta(microseconds=1)).state is State.SEATED
    with pytest.raises(NotPossible):
        seats.accept(offered, NOW + DAY)
    assert seats.moves([offered, InLine("b")], [1], NOW + DAY) == seats.Moves(("a",), (("b", 1),))


def test_what_cannot_be():
    with pytest.raises(NotPossible):
        seats.accept(InLine("a"), NOW)
    with pytest.raises(NotPossible):
        seats.leave(InLine("a", State.GONE))
    with pytest.raises(NotPossible):
        seats.ahead([], "a")


class Selection(RuleBasedStateMachine):
    """Any interleaving of answers, clocks and call-ups."""

    def __init__(self):
        super().__init__()
        self.seats = [1, 2, 3]
        self.line = [InLine(key) for key in range(7)]
        self.at = NOW

    @rule()
    def call_up(self):
        self.line = seats.call_up(self.line, self.seats, self.at, DAY)
        again = seats.moves(self.line, self.seats, self.at)
        assert again == seats.Moves((), ())

    @rule(hours=st.integers(1, 30))
    def wait(self, hours):
        self.at += timedelta(hours=hours)

    def _change(self, which, action):
        one = which.draw(st.sampled_from(self.line))
        try:
            changed = action(one)
        except NotPossible:
            return
        self.line[one.key] = changed

    @rule(which=st.data())
    def accept(self, which):
        self._change(which, lambda one: seats.accept(one, self.at))

    @rule(which=st.data())
    @precondition(lambda self: any(one.state is not State.GONE for one in self.line))
    def leave(self, which):
        self._change(which, seats.leave)

    @invariant()
    def never_one_seat_too_many(self):
        held = [one.seat for one in self.line if one.seat is not None]
        assert len(held) == len(set(held)) <= len(self.seats)
        assert set(held) <= set(self.seats)

    @invariant()
    def nobody_is_passed_over(self):
        waiting = [one.key for one in self.line if one.state is State.WAITING]
        held = [one.key for one in self.line if one.seat is not None]
        assert not waiting or not held or max(held) < min(waiting)


TestSelection = Selection.TestCase


@given(st.integers(0, 5), st.integers(0, 5))
def test_as_many_offers_as_there_are_seats_and_people(people, number):
    made = seats.moves([InLine(i) for i in range(people)], range(1, number + 1), NOW)
    assert len(made.offered) == min(people, number)
