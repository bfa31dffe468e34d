"""Who is offered a seat, and who is called up next: a state machine over plain data.

    waiting ──offer──▶ offered ──accept──▶ seated ──give up──▶ gone
                          ├────decline──▶ gone
                          └────deadline─▶ gone
    waiting ──withdraw─▶ gone

A seat is free while nobody is offered it or sits on it. Seats are offered from the lowest number to the first who waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum


class State(Enum):
    WAITING = "waiting"
    OFFERED = "offered"
    SEATED = "seated"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class InLine[K]:
    """Somebody in the order of the ranking. `deadline` is the first instant at which an offer can no longer be taken."""

    key: K
    state: State = State.WAITING
    seat: int | None = None
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moves[K]:
    """What a call-up does: whose time ran out, and who is offered which seat."""

    expired: tuple[K, ...]
    offered: tuple[tuple[K, int], ...]


class NotPossible(ValueError):  # noqa: N818 - it names what was asked for
    """Somebody answered what was not asked of them, or too late."""


def expired[K](one: InLine[K], at: datetime) -> bool:
    """Say whether somebody's offer ran out by `at`, whether or not a call-up has noticed."""
    return one.state is State.OFFERED and one.deadline is not None and at >= one.deadline


def free[K](line: Sequence[InLine[K]], seats: Sequence[int], at: datetime) -> list[int]:
    """Return the seats that nobody holds at that instant, lowest first."""
    held = {one.seat for one in line if one.state in {State.OFFERED, State.SEATED} and not expired(one, at)}
    return sorted(set(seats) - held)


def moves[K](line: Sequence[InLine[K]], seats: Sequence[int], at: datetime) -> Moves[K]:
    """Say what a call-up at `at` has to do. Called twice, the second time there is nothing to do."""
    waiting = [one.key for one in line if one.state is State.WAITING]
    return Moves(
        expired=tuple(one.key for one in line if expired(one, at)),
        offered=tuple(zip(waiting, free(line, seats, at), strict=False)),
    )


def call_up[K](
    line: Sequence[InLine[K]], seats: Sequence[int], at: datetime, time_to_answer: timedelta
) -> list[InLine[K]]:
    """Return the line after the moves of `at`."""
    todo = moves(line, seats, at)
    offered = dict(todo.offered)
    gone = set(todo.expired)
    made = []
    for one in line:
        if one.key in gone:
            made.append(replace(one, state=State.GONE, seat=None, deadline=None))
        elif one.key in offered:
            seat, deadline = offered[one.key], at + time_to_answer
            made.append(replace(one, state=State.OFFERED, seat=seat, deadline=deadline))
        else:
            made.append(one)
    return made


def accept[K](one: InLine[K], at: datetime) -> InLine[K]:
    """Take the seat that is offered."""
    if one.state is not State.OFFERED or expired(one, at):
        raise NotPossible("There is no open offer to accept.")
    return replace(one, state=State.SEATED, deadline=None)


def leave[K](one: InLine[K]) -> InLine[K]:
    """Decline an offer, give a seat up, or stop waiting: the seat, if any, is free."""
    if one.state is State.GONE:
        raise NotPossible("Who has left cannot leave again.")
    return replace(one, state=State.GONE, seat=None, deadline=None)


def ahead[K](line: Sequence[InLine[K]], key: K) -> int:
    """Say how many wait in front of somebody: 0 means the next free seat is theirs."""
    count = 0
    for one in line:
        if one.key == key:
            return count
        count += one.state is State.WAITING
    raise NotPossible("They are not in the line.")
