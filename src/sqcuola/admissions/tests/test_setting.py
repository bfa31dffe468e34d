"""The page on which the test is put together: it leads to the questions, and asks for a reason only where one is needed."""

import pytest
from tests.pages import assert_page

from sqcuola.admissions.rulebook import rules_of
from sqcuola.questions.models import Blueprint

PAGE = "/e/terza/test/set/"


@pytest.fixture
def coordinating(client, lidia, clock_at):
    client.force_login(lidia)
    return client


def test_without_questions_the_page_leads_to_the_bank_and_asks_nothing(coordinating):
    html = assert_page(coordinating.get(PAGE))
    assert "Non ci sono ancora domande fra cui scegliere" in html
    assert 'href="/questions/"' in html
    assert 'name="blueprint"' not in html


def test_with_questions_the_bank_is_a_link_away(coordinating, test):
    html = assert_page(coordinating.get(PAGE))
    assert 'href="/questions/"' in html
    assert "orologi di Roma" in html


def test_a_reason_is_asked_only_once_people_rely_on_the_rules(coordinating, edition, test):
    assert '<textarea name="reason"' in assert_page(coordinating.get(PAGE))
    edition.published_at = None
    edition.save()
    html = assert_page(coordinating.get(PAGE))
    assert '<textarea name="reason"' not in html
    assert Blueprint.objects.get().name in html


def test_an_answer_that_is_missing_is_asked_for_in_our_words(coordinating, test):
    html = assert_page(coordinating.post(PAGE, {"minutes": "0"}))
    assert "Qui serve una risposta." in html
    assert "Scrivi un numero da 1 in su." in html
    assert "obbligatorio" not in html


def test_one_point_is_said_as_one(edition):
    said = [rule.words for rule in rules_of(edition) if rule.key.startswith("cv.")]
    assert said
    assert not [words for words in said if ": 1 punti" in words]
