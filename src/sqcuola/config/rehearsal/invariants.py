"""What must hold after a rehearsal, by name. Each is worked out again here, by its own road, from what people were told.

An invariant is a function of the facts that returns what is wrong, in sentences: none, and it holds.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import rfc8785

from sqcuola.config.rehearsal.facts import Facts, Place
from sqcuola.config.rehearsal.marked import (
    each_letter_has_its_readers,
    every_mark_counts,
    letter_points,
    readers_are_blind,
    shown,
    test_points,
    whole,
)

CHAIN = ("points", "letter", "cv", "lot")
HOLDS_A_SEAT = {"offered", "accepted"}
Problems = Iterator[str]


def everybody_ended_as_they_meant(facts: Facts) -> Problems:
    for number, meant in facts.meant.items():
        if facts.ended.get(number) != meant:
            yield f"person {number} meant «{meant}» and ended «{facts.ended.get(number)}»"


def each_has_a_receipt(facts: Facts) -> Problems:
    handed_in = [number for number, ended in facts.ended.items() if ended == "handed in"]
    codes = Counter(facts.receipts.get(number, "") for number in handed_in)
    yield from (
        f"{count} people have «{code}» as test-day code" for code, count in codes.items() if count > 1
    )
    if "" in codes:
        yield "somebody who handed in has no test-day code"


def every_answer_counts(facts: Facts) -> Problems:
    """Compare points and the count of answers with what was acknowledged to each person, one by one."""
    points = {place.code: place.test for place in facts.ranking}
    if not facts.sat:
        yield "nobody took the test"
    for number, sat in facts.sat.items():
        code = facts.codes[number]
        if sat.taken != len(sat.stands):
            yield f"person {number}: {len(sat.stands)} answers acknowledged, {sat.taken} taken"
        due = shown(test_points(facts, number))
        if points.get(code) != due:
            yield f"person {number}: {due} acknowledged, {points.get(code)} in the ranking"
        own = facts.own.get(number)
        if own is None or own.test != due:
            yield f"person {number}: {due} acknowledged, {own and own.test} on their own page"


def late_is_refused(facts: Facts) -> Problems:
    if not facts.late:
        yield "nobody came late"
    yield from (f"too late, and taken: {one.what}" for one in facts.late if not one.refused)


def order_follows_the_rules(facts: Facts) -> Problems:
    """Rank again, by the chain and the weights that the rules declare, from acknowledged answers, marks, claims and the published seed."""
    if facts.chain != list(CHAIN):
        yield f"the rules declare another chain: {facts.chain}"
        return
    expected = ranked(facts)
    if [place.code for place in facts.ranking] != [place.code for place, _lot in expected]:
        yield "people stand in another order than the rules say"
    told = {place.code: place for place in facts.ranking}
    words: dict[str, str] = {"points": ""}
    for place, _lot in expected:
        there = told.get(place.code)
        if there is None or _figures(there) != _figures(place):
            yield f"{place.code} should be {place.place}. with {_figures(place)}, and has {there and _figures(there)}"
        elif there.decided != words.setdefault(place.decided, there.decided):
            yield f"{place.code} is said to be decided by «{there.decided}», not by {place.decided}"
    if len(set(words.values())) < len(words):
        yield f"two rules are called by the same words: {words}"
    if facts.before != facts.ranking:
        yield "the ranking that was closed is not the one that was shown before"
    if digest(facts.lot_seed, expected) != facts.digest:
        yield "the published fingerprint is not that of this ranking"
    yield from _own_places(facts)


def _figures(place: Place) -> tuple[int, ...] | tuple[int | Decimal, ...]:
    """Return a place and its figures as pages show them."""
    return (place.place, *map(shown, (place.points, place.test, place.letter, place.cv)))


def _own_places(facts: Facts) -> Problems:
    places = {place.code: place for place in facts.ranking}
    for number, own in facts.own.items():
        place = places.get(facts.codes[number])
        if place is None or (own.place, own.points, own.cv) != (place.place, place.points, place.cv):
            yield f"person {number} is told place {own.place}, {own.points} and {own.cv}"
        if not facts.digest.startswith(own.digest):
            yield f"person {number} is shown another fingerprint"


Ranked = list[tuple[Place, int]]


def ranked(facts: Facts) -> Ranked:
    """Return the ranking as it must be, each place with its lot: who took the test, by whole, letter, CV points and lot."""
    there = {facts.codes[number]: number for number in facts.sat}
    drawn = sorted(there, key=lambda code: lot(facts.lot_seed, code))
    worth = {code: _worth(facts, number) for code, number in there.items()}
    keys = {
        code: (-worth[code].points, -worth[code].letter, -worth[code].cv, place)
        for place, code in enumerate(drawn, start=1)
    }
    order = sorted(keys, key=lambda code: keys[code])
    listed = []
    for index, code in enumerate(order):
        near = [order[other] for other in (index - 1, index + 1) if 0 <= other < len(order)]
        rule = max((_parts(keys[code], keys[other]) for other in near), default=0)
        listed.append((replace(worth[code], place=index + 1, decided=CHAIN[rule]), keys[code][-1]))
    return listed


def _worth(facts: Facts, number: int) -> Place:
    """Return what somebody has, with no place yet."""
    test, letter = test_points(facts, number), letter_points(facts, number)
    cv = facts.cv.get(number, Decimal(0))
    return Place(0, facts.codes[number], whole(facts, test, letter), test, letter, cv, "")


Key = tuple[Decimal, Decimal, Decimal, int]


def _parts(one: Key, other: Key) -> int:
    """Return the first rule that tells two apart."""
    return next(rule for rule in range(len(CHAIN)) if one[rule] != other[rule])


def lot(seed: str, code: str) -> str:
    """Draw the lot of a code, as docs/methods.md says."""
    return hashlib.sha256(f"SQ1 lot\0{seed}\0{code}".encode()).hexdigest()


def digest(seed: str, places: Ranked) -> str:
    """Return the fingerprint of a ranking, as docs/methods.md says."""
    lines: list[Any] = [
        [
            *(one.place, one.code, f"{one.points:.3f}", f"{one.test:.3f}", f"{one.letter:.3f}"),
            *(f"{one.cv:.2f}", drawn_as, one.decided),
        ]
        for one, drawn_as in places
    ]
    return hashlib.sha256(rfc8785.dumps({"lines": lines, "lot": seed})).hexdigest()


def seats_are_not_exceeded(facts: Facts) -> Problems:
    """Follow every seat from offer to answer, and look at every public list."""
    held: dict[int, str] = {}
    for move in facts.moves:
        if move.what == "offered":
            if move.seat in held:
                yield f"seat {move.seat} was offered to {move.who} while {held[move.seat]} had it"
            if not 1 <= move.seat <= facts.seats:
                yield f"seat {move.seat} does not exist"
            held[move.seat] = move.who
        elif held.get(move.seat) != move.who:
            yield f"{move.who} {move.what} seat {move.seat}, which is not theirs"
        elif move.what != "accepted":
            del held[move.seat]
    for public in facts.public:
        if len(public.shown) > facts.seats:
            yield f"{public.when}: {len(public.shown)} people are public, of {facts.seats} seats"


def a_seat_has_one_holder(facts: Facts) -> Problems:
    """Compare the seats on people's own pages, with one another and with the class."""
    holders = Counter(own.seat for own in facts.own.values() if own.state in HOLDS_A_SEAT)
    yield from (f"seat {seat} has {count} holders" for seat, count in holders.items() if count > 1)
    yield from (f"seat {seat} does not exist" for seat in holders if seat not in range(1, facts.seats + 1))
    seated = {facts.codes[number]: own.seat for number, own in facts.own.items() if own.state in HOLDS_A_SEAT}
    if seated != _held_in_the_end(facts):
        yield "the seats on people's own pages are not those that were offered and taken"
    accepted = [facts.names[number] for number, own in facts.own.items() if own.state == "accepted"]
    if Counter(accepted) != Counter(facts.members):
        yield f"{len(accepted)} accepted, and {len(facts.members)} stand in the class, or others do"


def _held_in_the_end(facts: Facts) -> dict[str, int]:
    held: dict[str, int] = {}
    for move in facts.moves:
        if move.what in HOLDS_A_SEAT:
            held[move.who] = move.seat
        else:
            held.pop(move.who, None)
    return held


def the_next_is_called_up(facts: Facts) -> Problems:
    """Replay who was offered what: always the next who had nothing yet, and no seat stays free while somebody waits."""
    waiting = [place.code for place in facts.ranking]
    free = set(range(1, facts.seats + 1))
    for move in facts.moves:
        if move.what in {"declined", "expired"}:
            free.add(move.seat)
        if move.what != "offered":
            continue
        following = waiting.pop(0) if waiting else "nobody"
        if move.who != following:
            yield f"seat {move.seat} went to {move.who}, and {following} was the next"
        if move.seat not in free:
            yield f"seat {move.seat} was not free when {move.who} was offered it"
        free.discard(move.seat)
    if free and waiting:
        yield f"seats {sorted(free)} are free, and {len(waiting)} people wait"
    if not any(move.what == "declined" for move in facts.moves):
        yield "nobody declined"
    if not any(move.what == "expired" for move in facts.moves):
        yield "nobody let an offer run out"


def each_hears_once(facts: Facts) -> Problems:
    """Count letters: one about the ranking or the seat it brings, one for a seat that came later, one for what became of it."""
    at_once = {move.who for move in facts.moves[: facts.seats] if move.what == "offered"}
    for number in facts.sat:
        code = facts.codes[number]
        mine = Counter(move.what for move in facts.moves if move.who == code)
        later = mine["offered"] - (code in at_once)
        wanted = 1 + later + mine["accepted"] + mine["expired"]
        heard = facts.heard.get(number, [])
        if len(heard) != wanted or len(set(heard)) != len(heard):
            yield f"person {number} should have {wanted} letters about the ranking and has {heard}"


def only_the_admitted_are_public(facts: Facts) -> Problems:
    if not facts.public:
        yield "nobody looked at the public list"
    for public in facts.public:
        if Counter(public.shown) != Counter(public.allowed):
            yield f"{public.when}: the public list names {public.shown}, and should name {public.allowed}"


def nobody_saw_too_much(facts: Facts) -> Problems:
    yield from facts.saw


def the_acts_hold(facts: Facts) -> Problems:
    if facts.acts:
        yield facts.acts


MUST_HOLD: dict[str, Callable[[Facts], Problems]] = {
    "everybody's application ended as they meant": everybody_ended_as_they_meant,
    "each who handed in has a test-day code of their own": each_has_a_receipt,
    "every acknowledged answer is in the result": every_answer_counts,
    "every acknowledged mark is in the result": every_mark_counts,
    "each letter has its readers, and none who is near": each_letter_has_its_readers,
    "blindness": readers_are_blind,
    "late is refused": late_is_refused,
    "the order follows from points, letter, CV and lot": order_follows_the_rules,
    "seats are never more than there are": seats_are_not_exceeded,
    "each seat has one holder, and the class is who accepted": a_seat_has_one_holder,
    "a seat that is left goes to the next in line": the_next_is_called_up,
    "each hears once of their place and of their seat": each_hears_once,
    "only the admitted are public": only_the_admitted_are_public,
    "nobody saw what they may not": nobody_saw_too_much,
    "the chain of acts holds": the_acts_hold,
}


def judge(facts: Facts) -> dict[str, list[str]]:
    """Return for each thing that must hold what is wrong with it."""
    return {name: list(check(facts)) for name, check in MUST_HOLD.items()}
