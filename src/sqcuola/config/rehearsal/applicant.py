"""One applicant's life with the house, page by page, as a browser shows it."""

import random
from dataclasses import dataclass, field

from sqcuola.config.rehearsal.browser import Browser, ConfusedError, Form, Page
from sqcuola.config.rehearsal.cast import Habit, Someone
from sqcuola.config.rehearsal.hand import Hand

WORDS = (
    "Ho ascoltato prima di rispondere, e ho capito che la domanda era un'altra. La settimana dopo ho cambiato il modo in "
    "cui scrivevo, e qualcuno se n'è accorto."
)
SECTIONS = 8  # more than any application has: a page that never ends is an error


@dataclass(slots=True)
class Applicant:
    """`answers` is what the server acknowledged, question by question: it must all be in the result."""

    someone: Someone
    browser: Browser
    hand: Hand
    slug: str
    test_code: str = ""
    answers: dict[str, str] = field(default_factory=dict)

    def come_in(self) -> Page:
        """Ask for a code by mail, type it, say one's name the first time."""
        page = self.browser.get("/enter/", "enter")
        page = self.browser.send(page, page.form("email"), "ask for a code", {"email": self.someone.mail})
        code = self.hand.code(self.someone.mail)
        page = self.browser.send(page, page.form("code"), "type the code", {"code": code})
        if any("name" in form.names for form in page.forms):
            page = self.browser.send(page, page.form("name"), "say one's name", {"name": self.someone.name})
        return page

    def begin(self) -> Page:
        """Read the public page, and begin an application."""
        self.browser.get(f"/e/{self.slug}/", "public page")
        page = self.browser.get(f"/e/{self.slug}/apply/", "application")
        return self.browser.send(page, page.form(action="/apply/"), "begin to apply")

    def fill(self, page: Page, *, upto: int = SECTIONS) -> Page:
        """Fill one section after the other as the pages lead; return the page after the last."""
        for _number in range(upto):
            forms = [form for form in page.forms if "version" in form.names]
            if not forms:
                return page
            values = self._typed(forms[0])
            if self.someone.habit is Habit.TWICE:
                self.browser.send(page, forms[0], "save a section", values)
            page = self.browser.send(page, forms[0], "save a section", values)
        return page

    def _typed(self, form: Form) -> dict[str, str]:
        one, rng = self.someone, random.Random(self.someone.seed)  # noqa: S311 - a play, not a secret
        known = {
            "name": one.name,
            "born": f"{rng.randint(1975, 2003)}-05-{rng.randint(10, 28)}",
            "town": one.town,
            "region": one.region,
            "employer": "",
            "shown_as": "name",
            "rules": "on",
            "privacy": "on",
            "wanted_percent": "0",
            "wanted": "",
        }
        values = {name: value for name, value in known.items() if name in form.names}
        for name in form.names:
            if name.startswith("answer_"):
                values[name] = WORDS
            elif name.startswith("number_"):
                values[name] = str(rng.randint(0, 3))
            elif name.startswith("evidence_"):
                values[name] = "https://blog.example.org/"
            elif name == "channel":
                values[name] = rng.choice([choice for choice in form.choices[name] if choice])
        return values

    def hand_in(self) -> Page:
        """Read it through and hand it in."""
        page = self.browser.get(f"/e/{self.slug}/apply/check/", "read it through")
        form = page.form(action="/apply/check/")
        if self.someone.habit is Habit.TWICE:
            self.browser.send(page, form, "hand in the application")
        return self.browser.send(page, form, "hand in the application")

    def withdraw(self) -> Page:
        """Take the application back."""
        page = self.browser.get(f"/e/{self.slug}/apply/withdraw/", "withdraw")
        return self.browser.send(page, page.form(action="/apply/withdraw/"), "withdraw")

    def receipt(self) -> Page:
        """Read the receipt, and remember the code of the test day."""
        page = self.browser.get(f"/e/{self.slug}/apply/", "receipt")
        words = page.words.split()
        codes = [word for word in words if len(word) == 10 and word.isalnum() and word.isupper()]
        if not codes:
            raise ConfusedError(f"No test-day code at {page.url}: «{page.words[:200]}».")
        self.test_code = codes[0]
        return page
