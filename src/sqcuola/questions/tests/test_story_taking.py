"""In a browser: somebody takes a test, reloads, loses the line, goes on from another device, and hands in."""

import pytest
from django.urls import reverse
from tests.browser import axe_faults, shot, too_wide

from sqcuola.kernel import clock
from sqcuola.questions import actions, queries
from sqcuola.questions.models import AnswerEntry, Attempt

from .conftest import right, ticked

# The server shares this thread's connections only if it starts after the databases of the test are there.
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("django_db_setup")]
CODE = "NIVES23456"


@pytest.fixture
def running(transactional_db, owned, nives, blueprint):
    blueprint.created_at = clock.now()
    return actions.begin(queries.sitting(nives, CODE), by=nives, at=clock.now())


def by_code(live_server, open_page, **how):
    page = open_page(live_server.url + reverse("questions:code"), **how)
    page.locator("input[name=code]").fill("nives 23456")
    page.locator("main form button").click()
    page.wait_for_url("**/1/")
    return page


def pick(page, attempt, place):
    question = attempt.questions.get(place=place).question_id
    page.locator(f"input[name=a{place}][value='{ticked(attempt, place)}']").check()
    return question


def test_an_answer_is_saved_as_given_and_is_there_after_a_reload_and_elsewhere(
    live_server, open_page, running
):
    page = by_code(live_server, open_page, width=360)
    assert axe_faults(page) == []
    assert not too_wide(page)
    question = pick(page, running, 1)
    page.locator("#saved").filter(has_text="salvata alle").wait_for()
    assert queries.given(running).values == {question: right(question)}
    shot(page, "questions-test-360")
    page.reload()
    assert page.locator("input[name=a1]:checked").get_attribute("value") == ticked(running)

    other = open_page(live_server.url + reverse("questions:code"), width=1280, dark=True)
    other.locator("input[name=code]").fill(CODE)
    other.locator("main form button").click()
    other.wait_for_url("**/2/")  # the first question that is still open
    assert axe_faults(other) == []


def test_without_the_line_answers_wait_and_leave_by_themselves(live_server, open_page, running):
    page = by_code(live_server, open_page, width=360)
    page.context.set_offline(True)
    question = pick(page, running, 1)
    page.locator("#saved.unsaved").wait_for()
    page.get_by_role("button", name="Avanti", exact=True).last.click()
    page.locator("#trouble").wait_for()
    assert not AnswerEntry.objects.exists()
    page.context.set_offline(False)
    page.locator("#saved:not(.unsaved)").filter(has_text="salvata alle").wait_for()
    assert queries.given(running).values == {question: right(question)}
    page.get_by_role("button", name="Avanti", exact=True).last.click()
    page.wait_for_url("**/2/")
    assert AnswerEntry.objects.count() == 1


def test_the_whole_test_by_keyboard_alone(live_server, open_page, running):
    page = by_code(live_server, open_page)
    for place in range(1, 6):
        page.locator(f"input[name=a{place}]").first.focus()
        page.keyboard.press("Space")
        page.locator("#saved").filter(has_text="salvata alle").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/all/" if place == 5 else f"**/{place + 1}/")
    assert axe_faults(page) == []
    page.get_by_role("link", name="Consegna").press("Enter")
    page.wait_for_url("**/hand-in/")
    assert axe_faults(page) == []
    page.locator("main form button").press("Enter")
    page.get_by_role("heading", name="Hai consegnato la prova").wait_for()
    assert axe_faults(page) == []
    assert Attempt.objects.get().how == "handed-in"
    assert queries.result(running).answered == 5


def test_the_same_without_a_script(live_server, open_page, running):
    page = by_code(live_server, open_page, width=360, scripts=False)
    question = pick(page, running, 1)
    page.locator("main form button[value=next]").last.click()
    page.wait_for_url("**/2/")
    assert queries.given(running).values == {question: right(question)}
