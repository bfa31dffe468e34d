"""What the room says to the house: agenda, lists, what an edition begins with, what is kept of a person."""

from datetime import timedelta

import pytest

from sqcuola.admissions import actions, models
from sqcuola.admissions.agenda import for_person
from sqcuola.admissions.edition_parts import copy, defaults, leave_out
from sqcuola.admissions.models import Application, CvItem, LetterQuestion
from sqcuola.admissions.tests.conftest import CLOSES, NOW
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.admissions.tests.test_ranking import BEGINS, CLOSING, ENDS, applicant, sit
from sqcuola.editions.models import Edition, Phase
from sqcuola.kernel import lists, privacy
from sqcuola.people.models import Person
from sqcuola.questions.models import Blueprint

HOUR = timedelta(hours=1)


def keys(person, at):
    asks = Person.objects.get(pk=person.pk)  # as a request has them: nothing is remembered
    return [entry.key.partition(":")[0] for entry in for_person(asks, at)]


def test_the_agenda_follows_an_applicant_through_the_selection(edition, test, lidia, nives):
    application = actions.begin(edition, by=nives, at=NOW)
    assert keys(nives, NOW) == ["admissions.application"]
    fill(application, nives)
    actions.submit(application, by=nives, at=NOW)
    assert keys(nives, NOW) == ["admissions.test"]
    assert [entry.when for entry in for_person(nives, BEGINS)] == [ENDS]

    application = Application.objects.get(person=nives)
    sit(application, test, 3)
    assert keys(nives, BEGINS + HOUR) == []
    actions.close_ranking(edition, by=lidia, at=CLOSING)

    assert keys(nives, CLOSING) == ["admissions.offer"]
    assert keys(nives, CLOSING + 72 * HOUR) == []


def test_a_closed_call_asks_nothing_more(edition, nives):
    actions.begin(edition, by=nives, at=NOW)

    assert keys(nives, CLOSES) == []


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_agenda_costs_the_same_for_many_editions(edition, nives, django_assert_num_queries, how_many):
    for number in range(how_many):
        other = Edition.objects.create(
            slug=f"e{number}", number=number, title="E", scope=f"e{number}", published_at=NOW, created_at=NOW
        )
        Phase.objects.create(edition=other, kind="call", begins=NOW, ends=CLOSES)
        actions.begin(other, by=nives, at=NOW)

    with django_assert_num_queries(3):
        list(for_person(nives, NOW))


def members(key, edition, person, at):
    return [one.name for one in lists.named(key).members(edition, person, at)]


def test_the_lists_hold_whom_they_name(edition, test, lidia, nives):
    actions.begin(edition, by=nives, at=NOW)
    for name, right in (("Ada", 4), ("Bice", 3), ("Ciro", 1)):
        sit(applicant(edition, name), test, right)
    applicant(edition, "Dina")
    actions.close_ranking(edition, by=lidia, at=CLOSING)
    ada = Application.objects.get(code="ADA")
    actions.accept(ada.offer, by=ada.person, at=CLOSING)

    assert {key: members(key, edition, lidia, CLOSING) for key in ("unfinished", "absent", "offered")} == {
        "unfinished": ["Nives"],
        "absent": ["Dina"],
        "offered": ["Bice"],
    }
    assert members("accepted", edition, lidia, CLOSING) == ["Ada"]
    assert members("waiting", edition, lidia, CLOSING) == ["Ciro"]
    assert members("submitted", edition, lidia, CLOSING) == ["Ada", "Bice", "Ciro", "Dina"]
    assert members("absent", edition, lidia, ENDS - HOUR) == []


def test_only_who_coordinates_sees_the_lists(edition, lidia, nives):
    assert lists.may_see("unfinished", lidia, edition, NOW)
    assert not lists.may_see("unfinished", nives, edition, NOW)


@pytest.fixture
def fresh(db):
    fresh = Edition.objects.create(slug="nuova", number=9, title="IX", scope="s9", created_at=NOW)
    Phase.objects.create(edition=fresh, kind="call", begins=NOW, ends=CLOSES)
    return fresh


def test_a_new_edition_begins_with_a_letter_and_cv_items_each_with_its_reason(fresh):
    decided = list(defaults(fresh, None, NOW))

    assert LetterQuestion.objects.filter(edition=fresh).count() == 5
    assert CvItem.objects.filter(edition=fresh).count() == 5
    assert len(decided) == 10
    assert all(str(one.what) and str(one.why) for one in decided)


def test_without_a_call_nothing_is_asked(fresh):
    fresh.phases.all().delete()

    assert list(defaults(fresh, None, NOW)) == []


def test_a_copy_asks_the_same_with_its_dates_moved_and_without_persons(edition, test, fresh, nives):
    actions.begin(edition, by=nives, at=NOW)

    copy(edition, fresh, timedelta(days=364), NOW)

    assert [one.words_it for one in LetterQuestion.objects.filter(edition=fresh)] == [
        "Chi ascolti?",
        "Che cosa insegni?",
    ]
    assert models.Test.objects.get(edition=fresh).begins == test.begins + timedelta(days=364)
    assert not Application.objects.filter(edition=fresh).exists()

    leave_out(fresh, "call", None, NOW)
    leave_out(fresh, "assessment", None, NOW)

    assert not LetterQuestion.objects.filter(edition=fresh).exists()
    assert not models.Test.objects.filter(edition=fresh).exists()
    assert LetterQuestion.objects.filter(edition=edition).count() == 2


def test_an_applicant_gets_all_and_can_be_erased(edition, test, lidia):
    ada = applicant(edition, "Ada")
    sit(ada, test, 2)
    actions.close_ranking(edition, by=lidia, at=CLOSING)

    kept = privacy.export(ada.person)["admissions"]
    assert {"application", "rankingline", "offer"} <= set(kept)
    assert kept["rankingline"][0]["place"] == 1

    privacy.erase(ada.person, CLOSING)

    assert not Application.objects.exists()


def test_a_list_is_narrowed_by_region_channel_and_words(edition, nives, other, lidia):
    for person, region, channel in ((nives, "Lombardia", "friend"), (other, "Puglia", "press")):
        application = actions.begin(edition, by=person, at=NOW)
        fill(application, person)
        person.profile.region = region
        person.profile.save(update_fields=["region"])
        Application.objects.filter(pk=application.pk).update(channel=channel)
    Person.objects.filter(pk=other.pk).update(name="Oreste")  # both typed the same name
    everyone = lists.named("unfinished")

    def narrowed(**only):
        return list(lists.narrowed(everyone, edition, lidia, NOW, only))

    ways = {way.key: way for way in everyone.filters}
    assert [value for value, _label in ways["region"].options(edition)] == ["Lombardia", "Puglia"]
    assert narrowed() == [nives, other]
    assert narrowed(region="Puglia") == [other]
    assert narrowed(channel="friend") == [nives]
    assert narrowed(channel="friend", region="Puglia") == []
    code = Application.objects.get(person=other).code.lower()
    assert narrowed(words=code) == []  # the ranking stands there by code alone until it is closed
    edition.ranking_closed_at = NOW
    assert narrowed(words=code) == [other]
    assert narrowed(words="niv") == [nives]
    assert str(ways["channel"].says("press")) == str(Application.Channel.PRESS.label)


def test_who_coordinates_is_told_of_a_test_that_nobody_put_together(edition, lidia, nives):
    assert "admissions.no-test" not in keys(lidia, NOW)  # no test is promised
    Phase.objects.create(edition=edition, kind="assessment", begins=BEGINS, ends=ENDS)
    assert "admissions.no-test" in keys(lidia, NOW)
    assert "admissions.no-test" not in keys(nives, NOW) + keys(lidia, ENDS)

    blueprint = Blueprint.objects.create(name="Prova", seed="s", created_at=NOW)
    models.Test.objects.create(edition=edition, blueprint=blueprint, begins=BEGINS, ends=ENDS)
    assert "admissions.no-test" not in keys(lidia, NOW)
