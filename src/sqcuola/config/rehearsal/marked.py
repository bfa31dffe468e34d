"""What must hold of the reading of letters, worked out from the marks that were acknowledged and the rules that were declared."""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqcuola.config.rehearsal.facts import Facts, Sheet

Problems = Iterator[str]
CENT = Decimal("0.01")


def thousandth(value: Fraction) -> Decimal:
    """Return an exact value to a thousandth; what lies in the middle goes to the even one."""
    return Decimal(round(value * 1000)).scaleb(-3)


def shown(points: Decimal) -> Decimal:
    """Return points as a page shows them: two decimals, what lies in the middle goes up."""
    return points.quantize(CENT, ROUND_HALF_UP)


def test_points(facts: Facts, number: int) -> Decimal:
    """Return somebody's test in hundredths of what all its questions bring."""
    return thousandth(Fraction(100 * facts.sat[number].points, facts.questions or 1))


def sheets_of(facts: Facts, number: int) -> list[Sheet]:
    """Return the sheets that count of somebody's letter."""
    return [
        sheet
        for (_reader, code), sheet in facts.sheets.items()
        if facts.wrote[code] == number and not sheet.gone and sheet.full
    ]


def letter_points(facts: Facts, number: int) -> Decimal:
    """Return somebody's letter in hundredths: the mean of what its readers gave of what they could have given."""
    sheets = sheets_of(facts, number)
    given = sum(sum(sheet.marks.values()) for sheet in sheets)
    most = sum(facts.most) * len(sheets)
    return thousandth(Fraction(100 * given, most)) if most else thousandth(Fraction(0))


def whole(facts: Facts, test: Decimal, letter: Decimal) -> Decimal:
    """Return test and letter by the weights that the rules declare."""
    by_test, by_letter = facts.weights
    return thousandth((Fraction(test) * by_test + Fraction(letter) * by_letter) / 100)


def every_mark_counts(facts: Facts) -> Problems:
    """Compare what was acknowledged to each reader with the ranking and with the author's own page, sheet by sheet."""
    told = {place.code: place for place in facts.ranking}
    if not facts.sheets:
        yield "nobody marked a letter"
    for (reader, code), sheet in facts.sheets.items():
        if not sheet.gone and (not sheet.full or sheet.of != len(facts.most)):
            yield f"reader {reader} gave {sheet.marks} for {code}, of {len(facts.most)} criteria"
    for number in facts.sat:
        sheets = sheets_of(facts, number)
        if len(sheets) != facts.readers_each:
            yield f"the letter of person {number} was read by {len(sheets)}, and should be by {facts.readers_each}"
        points, place, own = (
            shown(letter_points(facts, number)),
            told.get(facts.codes[number]),
            facts.own.get(number),
        )
        if place is None or place.letter != points:
            yield f"the letter of person {number} has {points}, and {place and place.letter} in the ranking"
        if own is None or own.letter != points:
            yield f"the letter of person {number} has {points}, and {own and own.letter} on their own page"
        yield from _read_on_the_page(number, sheets, own.read if own else [])


def _read_on_the_page(number: int, sheets: list[Sheet], read: list[tuple[tuple[int, ...], str]]) -> Problems:
    given = Counter(
        (tuple(points for _place, points in sorted(sheet.marks.items())), " ".join(sheet.words.split()))
        for sheet in sheets
    )
    if given != Counter(read):
        yield f"person {number} reads {read} on their own page, and was given {dict(given)}"


def each_letter_has_its_readers(facts: Facts) -> Problems:
    """Every paper is on as many piles as declared, on none of who must not read it, and nobody has much more than others."""
    piles = Counter(code for codes in facts.piles.values() for code in codes)
    for code, number in facts.wrote.items():
        if piles[code] != facts.readers_each:
            yield f"the letter of person {number} is on {piles[code]} piles of {facts.readers_each}"
    yield from (
        f"reader {reader} got the letter of person {author}"
        for reader, author in sorted(facts.met & facts.near)
    )
    wrong = {author for _reader, author in facts.near} - set(facts.wrote.values())
    yield from (f"nobody read the letter of person {author}" for author in sorted(wrong))
    if not facts.near:
        yield "nobody was near to anybody"
    twice = Counter(facts.wrote.values())
    yield from (f"person {number} has {count} papers" for number, count in twice.items() if count > 1)


def readers_are_blind(facts: Facts) -> Problems:
    """Nothing that says whose a letter is was on any page, in any mail or file of a reader; names in letters were covered."""
    yield from facts.blind
    yield from (
        f"nobody looked at what reader {reader} got" for reader in facts.piles if not facts.looked.get(reader)
    )
    if not facts.looked:
        yield "nobody looked at what readers get"
    if not facts.covered:
        yield "nobody wrote their own name into the letter"
