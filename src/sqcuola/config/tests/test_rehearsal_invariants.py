"""What must hold after a rehearsal holds for a small true story, and each is seen to fail when the story is tampered with."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sqcuola.config.rehearsal.facts import Facts, Late, Move, Own, Place, Public, Sat
from sqcuola.config.rehearsal.invariants import MUST_HOLD, digest, judge, lot, ranked
from sqcuola.methods import lots

SEED = "5ee4" * 16
CODES = {1: "AAA222", 2: "BBB333", 3: "CCC444", 4: "DDD555"}
NAMES = {1: "Nives", 2: "Oreste", 3: "Pia", 4: "Remo"}


@pytest.fixture
def facts():
    """Four people and two seats: the best declines, the second accepts, the third lets it expire, the fourth accepts."""
    there = Facts(
        2, codes=dict(CODES), names=dict(NAMES), shown=dict(NAMES), chain=["points", "cv", "lot"], acts=""
    )
    there.meant = dict.fromkeys(CODES, "handed in") | {5: "unfinished"}
    there.ended = dict(there.meant)
    there.receipts = {number: f"TEST{number}" for number in CODES}
    there.cv = {1: Decimal(1), 2: Decimal(4), 3: Decimal(2), 4: Decimal(2)}
    rights = {1: (True, True), 2: (True, False), 3: (False, True), 4: (True, False)}
    there.sat = {number: Sat({"uno?": one, "due?": two}, taken=2) for number, (one, two) in rights.items()}
    there.lot_seed = SEED
    expected = ranked(there)
    there.digest = digest(SEED, expected)
    words = {"points": "", "cv": "punti del CV", "lot": "il sorteggio"}
    there.ranking = [replace(place, decided=words[place.decided]) for place, _lot in expected]
    there.before = list(there.ranking)
    seat(there)
    return there


def seat(there):
    first, second, third, fourth = (place.code for place in there.ranking)
    there.moves = [
        Move("offered", first, 1), Move("offered", second, 2), Move("declined", first, 1), Move("offered", third, 1),
        Move("accepted", second, 2), Move("expired", third, 1), Move("offered", fourth, 1), Move("accepted", fourth, 1),
    ]  # fmt: skip
    held = {second: 2, fourth: 1}
    for place in there.ranking:
        number = there.number(place.code)
        taken = held.get(place.code)
        there.own[number] = Own(
            place.place, place.points, place.cv, "accepted" if taken else "", taken, there.digest[:16]
        )
    there.members = [NAMES[there.number(code)] for code in held]
    there.public = [Public("in the end", list(there.members), list(there.members))]
    there.late = [Late("an answer", refused=True)]
    there.heard = {
        there.number(first): ["posto"], there.number(second): ["posto", "è tuo"],
        there.number(third): ["chiusa", "si è liberato", "tempo finito"],
        there.number(fourth): ["chiusa", "si è liberato", "è tuo"],
    }  # fmt: skip


def broken(facts):
    return {name for name, wrong in judge(facts).items() if wrong}


def test_a_true_story_holds(facts):
    assert judge(facts) == {name: [] for name in MUST_HOLD}
    assert [place.code for place in facts.ranking][:2] == ["AAA222", "BBB333"]


def test_the_lot_is_the_one_of_the_house():
    drawn = lots.order(SEED, CODES.values())
    assert sorted(CODES.values(), key=lambda code: lot(SEED, code)) == sorted(drawn, key=drawn.get)


def lose_an_answer(facts):
    facts.sat[2].stands["tre?"] = False


def give_a_point(facts):
    place = facts.ranking[-1]
    facts.ranking[-1] = facts.before[-1] = replace(place, points=place.points + 1)


def swap_two(facts):
    one, other = facts.ranking[2:]
    facts.ranking[2:] = [replace(other, place=3), replace(one, place=4)]
    facts.before = list(facts.ranking)


def change_another_rule(facts):
    facts.ranking[1] = facts.before[1] = replace(facts.ranking[1], decided="il sorteggio")


def draw_again(facts):
    facts.lot_seed = "0" * 64


def change_after_it_was_shown(facts):
    facts.before[0] = Place(1, "AAA222", Decimal(1), Decimal(1), "")


def offer_a_taken_seat(facts):
    facts.moves.insert(2, Move("offered", facts.ranking[2].code, 1))


def pass_somebody_over(facts):
    third, fourth = facts.ranking[2].code, facts.ranking[3].code
    facts.moves = [
        replace(move, who={third: fourth, fourth: third}.get(move.who, move.who)) for move in facts.moves
    ]


def leave_a_seat_empty(facts):
    del facts.moves[-2:]


def seat_two_on_one(facts):
    number = facts.number(facts.ranking[1].code)
    facts.own[number] = replace(facts.own[number], seat=1)


def let_a_stranger_in(facts):
    facts.members.append("Zaira")


def name_a_stranger(facts):
    facts.public.append(Public("later", ["Nives"], ["Zaira"]))


def name_too_many(facts):
    facts.public.append(Public("later", ["a", "b", "c"], ["a", "b", "c"]))


ORDER = "the order follows from points, CV and lot"
ANSWERS = "every acknowledged answer is in the result"
SEATS = "seats are never more than there are"
HOLDERS = "each seat has one holder, and the class is who accepted"
NEXT = "a seat that is left goes to the next in line"
HEARD = "each hears once of their place and of their seat"
PUBLIC = "only the admitted are public"
CODE = "each who handed in has a test-day code of their own"


@pytest.mark.parametrize(
    ("tamper", "fails"),
    [
        (lambda facts: facts.ended.update({5: "handed in"}), "everybody's application ended as they meant"),
        (lambda facts: facts.receipts.update({2: "TEST1"}), CODE),
        (lambda facts: facts.receipts.pop(2), CODE),
        (lose_an_answer, ANSWERS),
        (lambda facts: setattr(facts.sat[3], "taken", None), ANSWERS),
        (lambda facts: facts.own.pop(1), ANSWERS),
        (give_a_point, ANSWERS),
        (lambda facts: facts.late.append(Late("an answer", refused=False)), "late is refused"),
        (lambda facts: facts.late.clear(), "late is refused"),
        (give_a_point, ORDER),
        (swap_two, ORDER),
        (change_another_rule, ORDER),
        (draw_again, ORDER),
        (change_after_it_was_shown, ORDER),
        (lambda facts: setattr(facts, "digest", "0" * 64), ORDER),
        (lambda facts: facts.cv.update({4: Decimal(9)}), ORDER),
        (lambda facts: setattr(facts, "chain", ["points", "lot"]), ORDER),
        (offer_a_taken_seat, SEATS),
        (name_too_many, SEATS),
        (lambda facts: facts.moves.append(Move("offered", "EEE666", 3)), SEATS),
        (seat_two_on_one, HOLDERS),
        (let_a_stranger_in, HOLDERS),
        (pass_somebody_over, NEXT),
        (leave_a_seat_empty, NEXT),
        (lambda facts: facts.heard[1].append("posto"), HEARD),
        (lambda facts: facts.heard.pop(2), HEARD),
        (name_a_stranger, PUBLIC),
        (lambda facts: facts.public.clear(), PUBLIC),
        (lambda facts: facts.saw.append("person 3 saw too much"), "nobody saw what they may not"),
        (lambda facts: setattr(facts, "acts", "act 3: its content was changed"), "the chain of acts holds"),
    ],
)
def test_what_was_tampered_with_is_seen(facts, tamper, fails):
    tamper(facts)

    assert fails in broken(facts)


def test_nothing_holds_of_a_story_that_was_never_lived():
    assert broken(Facts(2)) >= {ANSWERS, "late is refused", PUBLIC, NEXT, "the chain of acts holds"}
