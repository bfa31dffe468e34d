"""What must hold of the reading holds for a true story, and is seen to fail when marks, piles or what readers saw are tampered with."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from sqcuola.admissions.queries.standing import weighted
from sqcuola.config.rehearsal.facts import Facts
from sqcuola.config.rehearsal.invariants import judge
from sqcuola.config.rehearsal.marked import letter_points, shown, thousandth, whole
from sqcuola.config.rehearsal.reading import Page
from sqcuola.config.tests.lived import true_story

MARKS = "every acknowledged mark is in the result"
READERS = "each letter has its readers, and none who is near"
BLIND = "blindness"


def lose_a_mark(facts):
    facts.sheets[11, "PPPPPPP1"].marks[0] = 4


def lose_a_word(facts):
    facts.own[3] = replace(facts.own[3], read=[(marks, "") for marks, _words in facts.own[3].read])


def count_what_was_left(facts):
    facts.own[1] = replace(facts.own[1], read=[*facts.own[1].read, ((5, 5), "nota-13")])


def forget_a_criterion(facts):
    del facts.sheets[12, "PPPPPPP4"].marks[1]


def change_the_letter_in_the_ranking(facts):
    facts.ranking[0] = replace(facts.ranking[0], letter=Decimal(99))


def give_it_twice(facts):
    facts.piles[13] = ["PPPPPPP2"]


@pytest.mark.parametrize(
    ("tamper", "fails"),
    [
        (lose_a_mark, MARKS),
        (lose_a_word, MARKS),
        (count_what_was_left, MARKS),
        (forget_a_criterion, MARKS),
        (change_the_letter_in_the_ranking, MARKS),
        (lambda facts: facts.own.pop(1), MARKS),
        (lambda facts: facts.sheets.pop((11, "PPPPPPP2")), MARKS),
        (lambda facts: facts.sheets.clear(), MARKS),
        (give_it_twice, READERS),
        (lambda facts: facts.piles[12].remove("PPPPPPP3"), READERS),
        (lambda facts: facts.met.add((13, 3)), READERS),
        (lambda facts: facts.near.add((11, 9)), READERS),
        (lambda facts: facts.near.clear(), READERS),
        (lambda facts: facts.wrote.update({"PPPPPPP9": 1}), READERS),
        (lambda facts: facts.blind.append("reader 11 saw the name of person 1"), BLIND),
        (lambda facts: facts.looked.pop(12), BLIND),
        (lambda facts: facts.covered.clear(), BLIND),
    ],
)
def test_what_was_tampered_with_is_seen(tamper, fails):
    facts = true_story()
    assert not judge(facts)[fails]

    tamper(facts)

    assert judge(facts)[fails]


def test_nothing_holds_of_letters_that_nobody_read():
    told = judge(Facts(2))
    assert all(told[name] for name in (MARKS, READERS, BLIND))


def test_who_left_counts_for_nothing():
    assert letter_points(true_story(), 1) == 50


@pytest.mark.parametrize(
    ("value", "said"),
    [(Fraction(200, 3), "66.667"), (Fraction(1, 2000), "0.000"), (Fraction(3, 2000), "0.002")],
)
def test_a_thousandth_is_exact_and_what_lies_in_the_middle_goes_to_the_even_one(value, said):
    assert str(thousandth(value)) == said


def test_a_page_shows_two_decimals_and_what_lies_in_the_middle_goes_up():
    assert [str(shown(Decimal(points))) for points in ("0.125", "66.665", "7.000")] == [
        "0.13",
        "66.67",
        "7.00",
    ]


@pytest.mark.parametrize("weights", [(50, 50), (33, 67), (100, 0)])
def test_the_whole_is_the_one_of_the_house(weights):
    facts = replace(true_story(), weights=weights)
    for right in range(13):
        for given in range(41):
            test, letter = thousandth(Fraction(100 * right, 12)), thousandth(Fraction(100 * given, 40))
            assert whole(facts, test, letter) == weighted(test, letter, *weights)


PAGE = """<h2>x</h2><table class="table keep"><caption>Lettore 1</caption><tbody><tr><th scope="row">Ascolta</th>
<td class="number">3 / 5</td></tr><tr><th>Scrive</th><td class="number">0 / 5</td></tr></tbody></table>
<div class="notebook words"><p>Manca &lt;altro&gt;<br>&amp; basta</p></div>
<table class="table keep"><caption>Lettore 2</caption><tr><th>Ascolta</th><td class="number">5 / 5</td></tr></table>
<div class="notebook"><h2>Com’è andata</h2></div>"""


def test_what_readers_gave_is_read_from_one_s_own_page():
    page = Page("http://h/e/x/result/", 200, PAGE.encode(), "text/html")

    assert page.marked == [((3, 0), "Manca <altro> & basta"), ((5,), "")]
