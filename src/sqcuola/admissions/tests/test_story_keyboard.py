"""In a browser, by keyboard alone and with letters twice as big: apply, take the test, read the result."""

import re
from datetime import timedelta

import pytest
from tests.browser import axe_faults, shot, too_wide

from sqcuola.admissions import actions
from sqcuola.admissions.models import Application, Offer
from sqcuola.admissions.tests.conftest import NOW
from sqcuola.kernel import clock
from sqcuola.kernel.models import Outgoing
from sqcuola.questions.models import Attempt

# A server that is shared with other stories starts only when the databases of the test are there.
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("django_db_setup")]
FOCUSED = """(wanted) => {
    const one = document.activeElement;
    if (!one || !one.matches(wanted)) return "";
    const how = getComputedStyle(one), around = one.closest("label") ? getComputedStyle(one.closest("label")) : how;
    const seen = [how, around].some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
    return seen ? "seen" : "unseen"; }"""
TWICE = {"standard": 32, "fixed": 26}  # what a reader sets in the browser: 16 and 13 unless they do
STILL = """() => [...document.querySelectorAll("*")].flatMap((one) => {
    const how = getComputedStyle(one);
    return (how.animationName !== "none" && how.animationDuration !== "0s") || !/^(0s)(, 0s)*$/.test(how.transitionDuration)
        ? [one.outerHTML.slice(0, 80)] : []; })"""


@pytest.fixture(autouse=True)
def house(transactional_db, edition, test, lidia, own_uploads):
    """The edition with its call and its test, and who coordinates it."""


@pytest.fixture
def today():
    def move(at):
        clock.shift(clock.ahead(at))

    move(NOW)
    yield move
    clock.shift(timedelta())


class Keyboard:
    """Somebody who has no mouse, and reads letters twice as big. Each page is looked at once."""

    def __init__(self, page):
        self.page, self.looked = page, set()
        self.devtools = page.context.new_cdp_session(page)

    def enlarge(self):
        """Set the letters of this page twice as big; a browser that is driven forgets it with each page."""
        self.devtools.send("Page.setFontSizes", {"fontSizes": TWICE})
        self.page.wait_for_function("parseFloat(getComputedStyle(document.documentElement).fontSize) >= 32")

    def to(self, wanted):
        """Press Tab until the focus is on what is wanted; where it is, is seen."""
        for _step in range(120):
            found = self.page.evaluate(FOCUSED, wanted)
            if found:
                assert found == "seen", f"The focus on {wanted} cannot be seen."
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No way to {wanted} by Tab at {self.page.url}")

    def write(self, wanted, words):
        self.to(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def press(self, wanted, key="Enter"):
        self.to(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def look(self, name):
        """Nothing stands out, axe finds nothing, and nothing moves for who asked for that."""
        self.enlarge()
        assert too_wide(self.page) == [], name
        assert axe_faults(self.page) == [], name
        assert self.page.evaluate(STILL) == [], name
        shot(self.page, f"keyboard-{name}")


def come_in(person):
    person.write("input[name=email]", "maria@example.org")
    person.press("input[name=email]")
    person.write("input[name=code]", re.search(r"\b(\d{6})\b", Outgoing.objects.latest("pk").text)[1])
    person.press("input[name=code]")


def apply(person):
    come_in(person)
    person.write("input[name=name]", "Maria Rota")
    person.press("input[name=name]")
    person.look("begin")
    person.press("main form button")
    person.write("input[name=born]", "11031986")
    person.write("input[name=town]", "Lecco")
    person.write("[name=region]", "Lombardia")
    person.to("select[name=channel]")
    person.page.keyboard.press("ArrowDown")
    person.look("about")
    person.press("main form button:not([type=button])")
    for place in range(2):
        person.page.locator("main textarea").nth(place).evaluate("(one) => { one.dataset.wanted = 'yes' }")
        person.write("main textarea[data-wanted]", "Una risposta")
        person.page.locator("main textarea").nth(place).evaluate("(one) => { delete one.dataset.wanted }")
    person.look("letter")
    for name in ("cv", "help"):
        person.press("main form button:not([type=button])")
        person.look(name)
    person.press("main form button:not([type=button])")
    person.to("input[name=shown_as]")
    person.page.keyboard.press("Space")
    for box in ("rules", "privacy"):
        person.to(f"input[name={box}]")
        person.page.keyboard.press("Space")
    person.look("consents")
    person.press("main form button:not([type=button])")
    person.look("check")
    person.press("main form button:not([type=button])")
    person.look("receipt")


def take_the_test(person):
    person.press("main a.button")
    person.look("begin-test")
    person.press("main form button")
    for place in range(1, 5):
        person.to(f"input[name=a{place}]")
        person.page.keyboard.press("Space")
        person.page.locator("#saved").filter(has_text="salvata alle").wait_for()
        if place == 1:
            person.look("question")
        person.press(f"input[name=a{place}]")
    person.look("overview")
    person.press("main a[href$='hand-in/']")
    person.look("hand-in")
    person.press("main form button")


def test_the_whole_way_of_a_candidate_without_a_mouse(live_server, open_page, today, edition, test, lidia):
    person = Keyboard(open_page(f"{live_server.url}/e/terza/apply/"))
    apply(person)
    application = Application.objects.get()
    assert application.submitted_at is not None

    today(test.begins + timedelta(minutes=5))
    person.page.goto(f"{live_server.url}/e/terza/test/")
    if "/enter/" in person.page.url:
        come_in(person)
    person.look("test-day")
    take_the_test(person)
    assert person.page.get_by_role("heading", level=1).inner_text() == "Hai consegnato la prova"
    assert Attempt.objects.get().how == "handed-in"

    closing = test.ends + timedelta(days=1)
    actions.close_ranking(edition, by=lidia, at=closing)
    today(closing + timedelta(hours=1))
    person.page.goto(f"{live_server.url}/e/terza/result/")
    if "/enter/" in person.page.url:
        come_in(person)
    person.look("result")
    person.press("form[action$='accept/'] button")
    assert Offer.objects.get().state == "accepted"
    person.look("accepted")


def test_what_moves_stands_still_for_who_asked_for_that(live_server, open_page):
    page = open_page(f"{live_server.url}/e/terza/")
    page.evaluate("document.styleSheets[0].insertRule('main { transition: opacity 1s }')")
    assert page.evaluate(STILL) == []

    page.emulate_media(reduced_motion="no-preference")

    assert len(page.evaluate(STILL)) == 1
