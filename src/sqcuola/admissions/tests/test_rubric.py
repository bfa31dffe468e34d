"""By what letters are read is set while nobody relies on it, and stands in the rules."""

import pytest
from tests.pages import assert_page

from sqcuola.admissions import reading_rules as rules
from sqcuola.admissions.actions import rubric as actions
from sqcuola.admissions.actions.rubric import Looked, Said
from sqcuola.admissions.models import Weights
from sqcuola.admissions.rubric_forms import CriterionForm, middle_of
from sqcuola.admissions.tests.conftest import OPENS
from sqcuola.admissions.tests.readings import DAY, letter
from sqcuola.editions.models import RulesVersion
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Refused
from sqcuola.marking.models import Criterion

BEFORE = OPENS - DAY
LOOKED = Looked("Cita le fonti", "Names its sources", 3, [Said(0, "mai", "never"), Said(3, "sempre", "")])
FILLED = {
    "words_it": "Cita le fonti",
    "most": "3",
    "low_it": "mai",
    "middle_it": "qualche volta",
    "top_it": "sempre",
    "reason": "Lo chiede chi legge.",
}


def test_a_criterion_is_added_once_changed_and_taken_away(edition, reading, lidia):
    for _twice in range(2):
        made = actions.add_criterion(edition, LOOKED, reason="Serve.", by=lidia, at=BEFORE)
    assert reading.criteria.count() == 5
    assert [(one.points, one.words_it) for one in made.anchors.all()] == [(0, "mai"), (3, "sempre")]

    actions.change_criterion(made, LOOKED._replace(most=4, anchors=[]), reason="Meglio.", by=lidia, at=BEFORE)
    made.refresh_from_db()
    assert (made.most, made.anchors.count(), made.position) == (4, 0, 5)

    actions.take_criterion_away(made, reason="Basta.", by=lidia, at=BEFORE)
    actions.take_criterion_away(made, reason="Basta.", by=lidia, at=BEFORE)
    assert reading.criteria.count() == 4
    assert Act.objects.filter(verb="rubric-set").count() == 3
    # The first version has nothing before it that it would change.
    assert [*RulesVersion.objects.order_by("pk").values_list("reason", flat=True)] == [
        "",
        "Meglio.",
        "Basta.",
    ]
    assert "Cita le fonti" not in RulesVersion.objects.first().canonical


def test_never_for_nothing_and_never_for_more_than_six(edition, reading, lidia):
    for number in range(2):
        actions.add_criterion(
            edition, LOOKED._replace(words_it=f"C{number}"), reason="x", by=lidia, at=BEFORE
        )
    with pytest.raises(Refused, match="Sei cose"):
        actions.add_criterion(edition, LOOKED, reason="x", by=lidia, at=BEFORE)
    first, *others = reading.criteria.all()
    for one in others:
        actions.take_criterion_away(one, reason="x", by=lidia, at=BEFORE)
    with pytest.raises(Refused, match="ultima"):
        actions.take_criterion_away(first, reason="x", by=lidia, at=BEFORE)
    assert Criterion.objects.get() == first


def test_what_the_letter_weighs_and_how_many_read_it(edition, reading, lidia):
    actions.weigh(edition, letter=30, each=3, reason="Così.", by=lidia, at=BEFORE)
    actions.weigh(edition, letter=30, each=3, reason="Così.", by=lidia, at=BEFORE)
    reading.refresh_from_db()
    weights = Weights.objects.get()
    assert (weights.test, weights.letter, reading.each) == (70, 30, 3)
    assert Act.objects.filter(verb="rubric-set").count() == 1


def test_nothing_changes_once_somebody_has_begun(edition, reading, nives, lidia):
    assert rules.may_set_rubric(lidia, edition, BEFORE)
    letter(edition, nives)
    for rule in (rules.may_set_rubric, rules.may_add_criterion, rules.may_take_criterion_away):
        assert "ha cominciato una candidatura" in str(rule(lidia, edition, BEFORE).reason)
    with pytest.raises(Refused):
        actions.weigh(edition, letter=30, each=2, reason="x", by=lidia, at=BEFORE)


def test_the_forms_keep_what_was_typed_and_say_what_is_wrong(client, edition, reading, lidia, clock_at):
    clock_at(BEFORE)
    client.force_login(lidia)
    assert 'href="/e/terza/reading/"' in assert_page(client.get("/e/terza/asked/"))
    there = "/e/terza/reading/criteria/add/"
    wrong = client.post(there, FILLED | {"most": "12"})
    assert 'value="qualche volta"' in assert_page(wrong)
    assert_page(client.post(there, FILLED, follow=True))
    made = Criterion.objects.get(words_it="Cita le fonti")
    assert [(one.points, one.words_it) for one in made.anchors.all()] == [
        (0, "mai"),
        (2, "qualche volta"),
        (3, "sempre"),
    ]

    page = assert_page(client.get(f"/e/terza/reading/criteria/{made.pk}/"))
    assert 'value="qualche volta"' in page
    assert_page(client.get(f"/e/terza/reading/criteria/{made.pk}/away/"))
    client.post(f"/e/terza/reading/criteria/{made.pk}/away/", {"reason": "Basta."})
    assert not Criterion.objects.filter(pk=made.pk).exists()
    assert client.get(f"/e/terza/reading/criteria/{made.pk}/").status_code == 404

    assert_page(client.get("/e/terza/reading/weights/"))
    client.post("/e/terza/reading/weights/", {"letter": "40", "each": "2", "reason": "Così."})
    assert Weights.objects.get().test == 60
    assert "la prova pesa il 60% e la lettera il 40%" in assert_page(client.get("/e/terza/reading/"))


@pytest.mark.parametrize(("most", "middle"), [(1, 1), (2, 1), (3, 2), (5, 3), (9, 5)])
def test_the_middle_lies_between_and_is_not_said_twice(edition, most, middle):
    assert middle_of(most) == middle
    form = CriterionForm(FILLED | {"most": str(most)}, edition=edition)
    assert form.is_valid(), form.errors
    points = [said.points for said in form.looked.anchors]
    assert points == sorted({0, middle, most})
