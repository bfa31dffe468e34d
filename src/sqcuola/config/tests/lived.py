"""A small true story of a rehearsal, for tests that tamper with it."""

from dataclasses import replace
from decimal import Decimal

from sqcuola.config.rehearsal.facts import Facts, Late, Move, Own, Public, Sat, Sheet
from sqcuola.config.rehearsal.invariants import digest, ranked

SEED = "5ee4" * 16
CODES = {1: "AAA222", 2: "BBB333", 3: "CCC444", 4: "DDD555"}
NAMES = {1: "Nives", 2: "Oreste", 3: "Pia", 4: "Remo"}


def true_story():
    """Return the facts of four people and two seats: the best declines, the second accepts, the third lets it expire, the fourth accepts.

    Two are equal in the whole and parted by their letters, two are parted by the lot. Three read; one of them left.
    """
    there = Facts(2, codes=dict(CODES), names=dict(NAMES), shown=dict(NAMES), acts="")
    there.chain, there.weights, there.questions = ["points", "letter", "cv", "lot"], (50, 50), 2
    there.meant = dict.fromkeys(CODES, "handed in") | {5: "unfinished"}
    there.ended = dict(there.meant)
    there.receipts = {number: f"TEST{number}" for number in CODES}
    there.cv = {1: Decimal(1), 2: Decimal(4), 3: Decimal(2), 4: Decimal(2)}
    rights = {1: (True, True), 2: (True, False), 3: (False, True), 4: (True, False)}
    there.sat = {number: Sat({"uno?": one, "due?": two}, taken=2) for number, (one, two) in rights.items()}
    read(there)
    there.lot_seed = SEED
    expected = ranked(there)
    there.digest = digest(SEED, expected)
    words = {"points": "", "letter": "la lettera", "cv": "punti del CV", "lot": "il sorteggio"}
    there.ranking = [replace(place, decided=words[place.decided]) for place, _lot in expected]
    there.before = list(there.ranking)
    seat(there)
    return there


def read(there):
    """Have two people read every letter; a third had begun, and left."""
    there.most, there.readers_each = [5, 5], 2
    there.wrote = {"P" * 7 + str(number): number for number in CODES}
    given = {1: ((3, 2), (2, 3)), 2: ((5, 5), (5, 5)), 3: ((2, 2), (3, 3)), 4: ((5, 0), (0, 5))}
    for code, number in there.wrote.items():
        for reader, marks in zip((11, 12), given[number], strict=True):
            there.sheets[reader, code] = Sheet(dict(enumerate(marks)), f"nota-{reader}", of=2)
            there.met.add((reader, number))
    there.sheets[13, "PPPPPPP1"] = Sheet({0: 5, 1: 5}, "nota-13", of=2, gone=True)
    there.met.add((13, 1))
    there.near = {(13, 3)}
    there.piles = {11: list(there.wrote), 12: list(there.wrote), 13: []}
    there.looked, there.covered = {11: 9, 12: 9, 13: 3}, {2: 2}


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
        read = [
            ((sheet.marks[0], sheet.marks[1]), sheet.words)
            for (_reader, code), sheet in there.sheets.items()
            if there.wrote[code] == number and not sheet.gone
        ]
        figures = place.place, place.points, place.test, place.letter, place.cv
        there.own[number] = Own(*figures, "accepted" if taken else "", taken, there.digest[:16], read)
    there.members = [NAMES[there.number(code)] for code in held]
    there.public = [Public("in the end", list(there.members), list(there.members))]
    there.late = [Late("an answer", refused=True)]
    there.heard = {
        there.number(first): ["posto"], there.number(second): ["posto", "è tuo"],
        there.number(third): ["chiusa", "si è liberato", "tempo finito"],
        there.number(fourth): ["chiusa", "si è liberato", "è tuo"],
    }  # fmt: skip
