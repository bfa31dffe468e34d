"""What must hold after a rehearsal holds for a small true story, and each is seen to fail when the story is tampered with."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sqcuola.config.rehearsal.facts import Facts, Late, Move, Place, Public
from sqcuola.config.rehearsal.invariants import MUST_HOLD, judge, lot
from sqcuola.config.tests.lived import CODES, SEED, true_story
from sqcuola.methods import lots


@pytest.fixture
def facts():
    return true_story()


def broken(facts):
    return {name for name, wrong in judge(facts).items() if wrong}


def test_a_true_story_holds(facts):
    assert judge(facts) == {name: [] for name in MUST_HOLD}
    assert [place.code for place in facts.ranking][:2] == ["BBB333", "AAA222"]
    assert [place.decided for place in facts.ranking] == [
        "la lettera",
        "la lettera",
        "il sorteggio",
        "il sorteggio",
    ]


def test_the_lot_is_the_one_of_the_house():
    drawn = lots.order(SEED, CODES.values())
    assert sorted(CODES.values(), key=lambda code: lot(SEED, code)) == sorted(drawn, key=drawn.get)


def lose_an_answer(facts):
    facts.sat[2].stands["tre?"] = False


def give_a_point(facts):
    place = facts.ranking[-1]
    facts.ranking[-1] = facts.before[-1] = replace(place, points=place.points + 1, test=place.test + 1)


def raise_a_mark(facts):
    facts.sheets[11, "PPPPPPP1"].marks[0] = 5


def swap_two(facts):
    one, other = facts.ranking[2:]
    facts.ranking[2:] = [replace(other, place=3), replace(one, place=4)]
    facts.before = list(facts.ranking)


def change_another_rule(facts):
    facts.ranking[1] = facts.before[1] = replace(facts.ranking[1], decided="il sorteggio")


def draw_again(facts):
    facts.lot_seed = "0" * 64


def change_after_it_was_shown(facts):
    one = Decimal(1)
    facts.before[0] = Place(1, "AAA222", one, one, one, one, "")


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


ORDER = "the order follows from points, letter, CV and lot"
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
        (lambda facts: setattr(facts, "chain", ["points", "cv", "lot"]), ORDER),
        (lambda facts: setattr(facts, "weights", (60, 40)), ORDER),
        (raise_a_mark, ORDER),
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
