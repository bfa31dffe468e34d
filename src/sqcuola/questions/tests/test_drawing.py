from datetime import timedelta

import pytest

from sqcuola.questions import drawing
from sqcuola.questions.models import Blueprint, BlueprintLine, Option, Question
from sqcuola.questions.queries import bank as bank_queries

from .conftest import NOW, choices


def test_so_many_from_each_category_the_same_for_the_same_seed(blueprint):
    drawn = drawing.draw(blueprint, "AAAA", NOW)
    asked = Question.objects.in_bulk([one.question for one in drawn])
    assert [asked[one.question].category for one in drawn] == ["strategia"] * 3 + ["storia"] * 2
    assert drawing.draw(blueprint, "AAAA", NOW) == drawn
    assert len({one.question for one in drawn}) == 5
    for one in drawn:
        there = Option.objects.filter(question=one.question).values_list("pk", flat=True)
        assert sorted(one.options) == sorted(there)


def test_each_gets_their_own_unless_the_policy_says_the_same(blueprint):
    def questions(code):
        return [one.question for one in drawing.draw(blueprint, code, NOW)]

    assert len({tuple(questions(f"CODE{number}")) for number in range(8)}) > 1
    blueprint.policy = Blueprint.Policy.SAME
    assert len({tuple(questions(f"CODE{number}")) for number in range(8)}) == 1


def test_what_comes_or_goes_later_changes_no_draw(blueprint, ask):
    before = drawing.draw(blueprint, "AAAA", NOW)
    ask("Nuova", *choices("giusta", "no"), category="storia", added_at=NOW + timedelta(days=1))
    Question.objects.filter(category="storia").update(retired_at=NOW + timedelta(days=2))
    assert drawing.draw(blueprint, "AAAA", NOW) == before
    with pytest.raises(drawing.NotEnough) as caught:
        drawing.draw(blueprint, "AAAA", NOW + timedelta(days=3))
    assert (caught.value.there, caught.value.line.category) == (0, "storia")


def test_a_line_for_the_whole_bank_takes_nothing_twice(blueprint, bank):
    BlueprintLine.objects.create(blueprint=blueprint, position=3, bank=bank, count=7)
    assert len({one.question for one in drawing.draw(blueprint, "AAAA", NOW)}) == 12


def test_a_line_for_the_whole_bank_leaves_a_category_what_it_needs(blueprint, bank):
    BlueprintLine.objects.create(blueprint=blueprint, position=0, bank=bank, count=7)
    for number in range(30):
        drawn = drawing.draw(blueprint, f"CODE{number}", NOW)
        assert len({one.question for one in drawn}) == 12


def test_options_stand_as_written_where_nothing_is_mixed(blueprint, ask):
    blueprint.shuffle_options = False
    for one in drawing.draw(blueprint, "AAAA", NOW):
        assert one.options == sorted(one.options)


def test_the_right_halves_of_pairs_are_mixed_and_include_those_that_lead_astray(blueprint, bank, ask):
    pairs = [{"text": left, "matches": right} for left, right in ("aA", "bB", "cC", "dD", "eE", "fF")]
    question = ask(
        "Abbina", *pairs, {"text": "", "matches": "X"}, kind=Question.Kind.MATCHING, category="coppie"
    )
    BlueprintLine.objects.create(blueprint=blueprint, position=3, bank=bank, category="coppie", count=1)
    (drawn,) = [one for one in drawing.draw(blueprint, "AAAA", NOW) if one.question == question.pk]
    ids = list(question.options.values_list("pk", flat=True))
    assert sorted(drawn.options) == ids[:-1]
    assert sorted(drawn.matches) == ids
    assert drawn.matches != ids


def test_a_text_that_people_read_is_neither_drawn_nor_counted(blueprint, bank, ask):
    for number in range(40):
        ask(f"Spiega {number}", kind=Question.Kind.ESSAY, category="storia")
    line = blueprint.lines.get(category="storia")
    line.count = 6
    line.save()

    asked = Question.objects.in_bulk([one.question for one in drawing.draw(blueprint, "AAAA", NOW)])
    assert {question.kind for question in asked.values()} == {"single"}
    assert {(pool.category, pool.count) for pool in bank_queries.pools()} == {("storia", 6), ("strategia", 6)}
