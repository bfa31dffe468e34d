"""In a browser, on a phone and by keyboard: somebody looks for an answer, finds it, and reads it where it stands."""

from datetime import timedelta

import pytest
from tests.browser import axe_faults, shot, too_small, too_wide

from sqcuola.editions import actions
from sqcuola.front.tests.conftest import NOW

pytestmark = pytest.mark.browser


@pytest.fixture
def call(live_server, transactional_db, edition, lidia):
    """A public edition with many answers, so that the one that is found is far down."""
    often = [(f"E la domanda {number}?", "Sì, anche da lontano.\n" * 9) for number in range(9)]
    for number, (question, answer) in enumerate([("Serve una laurea?", "No: basta una lettera."), *often]):
        asked = actions.ask(edition, question, at=NOW)
        actions.answer(asked, answer, by=lidia, at=NOW + timedelta(seconds=number))


@pytest.mark.parametrize("width", [1280, 360])
def test_an_answer_is_found_and_read_where_it_stands(live_server, open_page, call, width):
    page = open_page(f"{live_server.url}/e/terza/", width=width)
    page.get_by_label("Cerca fra le risposte").fill("lauree lettere")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=lauree+lettere&kind=answer")

    assert page.get_by_role("heading", level=1).inner_text() == "Una cosa su «lauree lettere»"
    assert page.locator("main mark").all_inner_texts() == ["laurea", "lettera"]
    assert (axe_faults(page), too_wide(page), too_small(page)) == ([], [], [])
    shot(page, f"search-{width}")

    page.get_by_role("link", name="Serve una laurea?").click()
    page.wait_for_url("**/e/terza/questions/#answer-*")
    assert page.evaluate(
        "(one => one.top >= 0 && one.bottom <= innerHeight)(document.querySelector(':target h3').getBoundingClientRect())"
    )
    assert (axe_faults(page), too_wide(page)) == ([], [])


def test_the_language_changes_and_what_was_asked_stays(live_server, open_page, call):
    page = open_page(f"{live_server.url}/search/?q=laurea", width=360)
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/search/?q=laurea")

    assert page.get_by_role("heading", level=1).inner_text() == "One thing about “laurea”"
