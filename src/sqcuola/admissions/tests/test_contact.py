"""Whom to ask for help stands on the receipt, before the test, and on every page of it, also for who came in by the code alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.tests.conftest import CLOSES, NOW
from sqcuola.admissions.tests.test_applying import fill
from sqcuola.editions import actions as editions
from sqcuola.questions.models import BlueprintLine, Option, Question

DAY_OF_TEST = CLOSES + timedelta(days=10, minutes=5)
OFFICE = {
    "contact_name": "La segreteria",
    "contact_phone": "+39 0521 000 000",
    "contact_mail": "aiuto@example.org",
}
ASK = '<a href="/e/terza/questions/">scrivi a Lidia</a>'


@pytest.fixture
def code(edition, nives, lidia, test):
    """The test-day code of an application that was handed in, for a test of twenty questions on one page."""
    line = BlueprintLine.objects.get()
    for number in range(20):
        question = Question.objects.create(
            bank=line.bank, kind="single", text=f"Altra {number}", points=1, digest=f"{number:064}", added_at=NOW - timedelta(days=1)
        )  # fmt: skip
        Option.objects.create(question=question, position=1, text="giusta", share=1)
    BlueprintLine.objects.update(count=20)
    line.blueprint.per_page = 20
    line.blueprint.save()
    application = actions.begin(edition, by=nives, at=NOW)
    fill(application, nives)
    return actions.submit(application, by=nives, at=NOW).test_code


def of_the_test(code):
    return [f"/test/{code}/1/", f"/test/{code}/all/", f"/test/{code}/hand-in/"]


def test_the_receipt_and_the_page_before_say_who_coordinates(browser, code, clock_at):
    assert ASK in assert_page(browser.get("/e/terza/apply/"))
    assert ASK in assert_page(browser.get("/e/terza/test/"))
    clock_at(DAY_OF_TEST)
    assert ASK in assert_page(browser.get(f"/test/{code}/"))


def test_a_contact_of_its_own_stands_on_every_page(browser, code, edition, lidia, clock_at):
    editions.describe(edition, OFFICE, by=lidia, at=NOW)
    pages = ["/e/terza/apply/", "/e/terza/test/"]
    clock_at(DAY_OF_TEST)
    pages.append(f"/test/{code}/")
    shown = [assert_page(browser.get(page)) for page in pages]
    browser.post(f"/test/{code}/")
    shown += [assert_page(browser.get(page)) for page in of_the_test(code)]
    for html in shown:
        assert html.count('href="tel:+390521000000"') == 1
        assert html.count('href="mailto:aiuto@example.org"') == 1
        assert ASK not in html


@pytest.mark.parametrize("own", [{}, OFFICE])
def test_a_page_of_twenty_questions_stays_cheap(browser, code, edition, lidia, clock_at, own):
    editions.describe(edition, own, by=lidia, at=NOW)
    clock_at(DAY_OF_TEST)
    browser.post(f"/test/{code}/")
    browser.get(f"/test/{code}/1/")
    with CaptureQueriesContext(connection) as asked:
        html = browser.get(f"/test/{code}/1/").content.decode()
    assert html.count("<fieldset") == 20
    assert len(asked) <= 12


def test_who_came_in_by_the_code_alone_can_ask(code, clock_at):
    clock_at(DAY_OF_TEST)
    device = Client()
    device.post("/test/", {"code": code})
    assert ASK in assert_page(device.get(f"/test/{code}/"))
    asking = device.get("/e/terza/questions/")
    assert asking.status_code == 200
    # Nothing is offered that such a session does not open.
    assert (asking.context["frame"].places, asking.context["frame"].me) == ([], None)
    assert device.get("/e/terza/apply/").status_code == 404
    asked = {"question": "La pagina è bianca", "email": "nives@example.org"}
    assert device.post("/e/terza/questions/", asked).status_code == 302
