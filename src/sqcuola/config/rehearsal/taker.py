"""The day of the test, as one person lives it: question by question, with whatever the line and the hour do."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqcuola.config.rehearsal.applicant import Applicant
from sqcuola.config.rehearsal.bank import Bank, knows
from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.cast import Habit
from sqcuola.config.rehearsal.facts import Sat
from sqcuola.config.rehearsal.reading import ConfusedError, Form, Page

NOW = re.compile(r'data-now="([^"]+)"')
PATIENCE = 240.0  # seconds for which somebody in a test tries again while the line is down


@dataclass(slots=True)
class Question:
    """A question as it stands on a page in somebody's browser."""

    page: Page
    form: Form
    words: str
    place: str
    options: dict[str, str]  # value by words
    device: str
    now: int  # the server's clock in milliseconds, as the page had it


@dataclass(slots=True)
class Taker:
    """Somebody who takes the test. `sat` is what the server acknowledged: all of it must be in the result."""

    who: Applicant
    bank: Bank
    browser: Browser
    heard: Callable[[], None]  # told of each answer that is acknowledged
    sat: Sat = field(default_factory=Sat)
    rng: random.Random = field(init=False)
    last: Question | None = None

    def __post_init__(self) -> None:
        self.rng = random.Random(f"test {self.who.someone.seed}")  # noqa: S311 - a play, not a secret
        self.browser.patience = PATIENCE

    @property
    def code(self) -> str:
        return self.who.test_code

    def begin(self, *, by_code: bool) -> Page:
        """Come to the test from one's own page, or by its code where no mail arrives, and begin it."""
        if by_code:
            page = self.open_by_code()
        else:
            page = self.browser.get(f"/e/{self.who.slug}/test/", "page of the test")
            page = self.browser.get(page.link(f"/test/{self.code}/"), "before the test")
        if self.who.someone.habit is Habit.TWICE:
            self.browser.send(page, page.form(action=f"/test/{self.code}/"), "begin the test")
        return self.browser.send(page, page.form(action=f"/test/{self.code}/"), "begin the test")

    def open_by_code(self) -> Page:
        """Type the test-day code, on a device that may know nobody."""
        page = self.browser.get("/test/", "type the test-day code")
        return self.browser.send(page, page.form("code"), "type the test-day code", {"code": self.code})

    def read(self, page: Page) -> Question:
        """Read the one question of a page."""
        form = page.form("device", "seq")
        name = form.value("on")
        now = NOW.search(page.text)
        if len(page.asked) != 1 or now is None:
            raise ConfusedError(f"Not one question at {page.url} ({page.status}, «{page.h1}»).")
        options = {words: value for (known, value), words in form.labels.items() if known == name}
        clock = int(datetime.fromisoformat(now[1]).timestamp() * 1000)
        self.last = Question(page, form, page.asked[0], name[1:], options, form.value("device"), clock)
        return self.last

    def right(self, question: Question) -> str:
        """Return the right answer's words."""
        return self.bank.right(question.words, question.options)

    def choose(self, question: Question) -> str:
        """Choose an answer as somebody of this ability would."""
        right = self.right(question)
        if self.rng.random() < knows(self.who.someone.ability, self.bank.difficulty(question.words)):
            return right
        return self.rng.choice([words for words in question.options if words != right])

    def answer(self, question: Question, words: str) -> Page:
        """Give an answer, and go on to the next page: with a script at once, without one with the page."""
        if not self.who.someone.has_script:
            return self.turn(question, {f"a{question.place}": question.options[words]}, words)
        times = 2 if self.who.someone.habit is Habit.TWICE else 1
        for _time in range(times):
            self.save(question, words, seq=1)
        return self.turn(question, {f"a{question.place}": question.options[words], "seq": "2"}, words)

    def turn(self, question: Question, values: dict[str, str], words: str) -> Page:
        """Send the page by its button; what it says is acknowledged when the next page is there."""
        page = self.browser.send(question.page, question.form, "turn the page", values, press="go=next")
        if page.status == 200 and "/test/" in page.url:
            self.stands(question, words)
        return page

    def entry(self, question: Question, words: str, *, seq: int, given: int) -> dict[str, str]:
        """Return what the page's script sends of an answer."""
        return {
            "place": question.place,
            "device": question.device,
            "seq": str(seq),
            "given": str(given),
            "value": question.options[words],
        }

    def save(self, question: Question, words: str, *, seq: int, given: int | None = None) -> bool:
        """Send one answer as the page's script does; return whether the server says it is saved."""
        entry = self.entry(question, words, seq=seq, given=question.now if given is None else given)
        page = self.browser.post(f"/test/{self.code}/save/", "save an answer", entry)
        saved = page.status == 200 and "saved" in json.loads(page.body)
        if saved and given is None:
            self.stands(question, words)
        return saved

    def stands(self, question: Question, words: str) -> None:
        """Remember what was acknowledged."""
        self.sat.stands[question.words] = words == self.right(question)
        self.heard()

    def answer_all(self, page: Page, *, but: int = 0) -> Page:
        """Answer page by page, as far as the test goes, the last `but` left out; return where one stands then."""
        left = self.questions(page)
        while page.has("device", "seq"):
            if left <= but:
                self.read(page)
                return page
            page = self.answer_as_they_do(self.read(page))
            left -= 1
        return page

    def answer_as_they_do(self, question: Question) -> Page:
        """Answer one question; some change their mind before they go on."""
        words = self.choose(question)
        if self.who.someone.thinks_again and self.who.someone.has_script and self.rng.random() < 0.2:
            other = self.rng.choice([one for one in question.options if one != words])
            self.save(question, other, seq=1)
            self.save(question, words, seq=2)
            return self.turn(question, {f"a{question.place}": question.options[words], "seq": "3"}, words)
        return self.answer(question, words)

    def questions(self, page: Page) -> int:
        """Return how many questions the test has, by the overview."""
        overview = self.browser.get(f"/test/{self.code}/all/", "overview")
        places = {urlsplit(href).path for href, _words in overview.links if self.is_page(href)}
        if not places:
            raise ConfusedError(f"No questions at {overview.url}, from {page.url}.")
        return len(places)

    def is_page(self, href: str) -> bool:
        """Say whether an address is that of a page of this test."""
        return re.fullmatch(rf".*/test/{self.code}/\d+/", href) is not None

    def hand_in(self) -> Page:
        """Look at the overview, hand in, and read how many answers were taken."""
        page = self.browser.get(f"/test/{self.code}/hand-in/", "hand in?")
        form = page.form(action="/hand-in/")
        if self.who.someone.habit is Habit.TWICE:
            self.browser.send(page, form, "hand in the test")
        return self.count(self.browser.send(page, form, "hand in the test"))

    def count(self, page: Page) -> Page:
        """Read on the last page how many answers were taken."""
        figures = [figure for _words, figure in page.terms if figure.isdigit()]
        if not figures:
            raise ConfusedError(f"No count of answers at {page.url} ({page.status}, «{page.h1}»).")
        self.sat.taken = int(figures[0])
        return page
