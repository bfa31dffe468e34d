"""One applicant's life with the house, page by page, as a browser shows it."""

import random
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.cast import Habit, Someone
from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.reading import ConfusedError, Form, Page

WORDS = (
    "Ho ascoltato prima di rispondere, e ho capito che la domanda era un'altra. La settimana dopo ho cambiato il modo in "
    "cui scrivevo, e qualcuno se n’è accorto."
)
ACCENTED = str.maketrans("aeiou", "àéìòù")
SECTIONS = 8  # more than any application has: a page that never ends is an error
CODE, TEST_CODE = re.compile(r"[2-9A-HJKMNP-Z]{6,8}"), re.compile(r"[2-9A-HJKMNP-Z]{10}")


@dataclass(slots=True)
class Applicant:
    """`claims` are the numbers that were claimed in the CV, item by item."""

    someone: Someone
    browser: Browser
    hand: Hand
    slug: str
    code: str = ""
    test_code: str = ""
    claims: list[int] = field(default_factory=list)

    def at(self, path: str) -> str:
        """Return an address of the edition."""
        return f"/e/{self.slug}/{path}"

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
        self.browser.get(self.at(""), "public page")
        page = self.browser.get(self.at("apply/"), "application")
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

    def _typed(self, form: Form) -> dict[str, Any]:
        one, rng = self.someone, random.Random(self.someone.seed)  # noqa: S311 - a play, not a secret
        known = {
            "name": one.name,
            "born": f"{rng.randint(1975, 2003)}-05-{rng.randint(10, 28)}",
            "town": one.town,
            "region": one.region,
            "employer": one.employer,
            "shown_as": one.shown_as,
            "rules": "on",
            "privacy": "on",
            "wanted_percent": "0",
            "wanted": f"Un foglio per gli appunti ({one.secret})." if one.seed % 9 == 0 else "",
        }
        values: dict[str, Any] = {name: value for name, value in known.items() if name in form.names}
        values |= {name: letter_of(one) for name in form.names if name.startswith("answer_")}
        values |= self._claimed(form, rng)
        if "channel" in form.names:
            values["channel"] = rng.choice([choice for choice in form.choices["channel"] if choice])
        return values

    def _claimed(self, form: Form, rng: random.Random) -> dict[str, str]:
        items = sorted(int(name[7:]) for name in form.names if name.startswith("number_"))
        if not items:
            return {}
        self.claims = [rng.randint(0, 3) for _item in items]
        claimed = {f"number_{item}": str(number) for item, number in zip(items, self.claims, strict=True)}
        evidence = f"https://blog.example.org/{self.someone.secret}/"
        return claimed | {f"evidence_{item}": evidence for item in items}

    def hand_in(self) -> Page:
        """Read it through and hand it in."""
        page = self.browser.get(self.at("apply/check/"), "read it through")
        form = page.form(action="/apply/check/")
        if self.someone.habit is Habit.TWICE:
            self.browser.send(page, form, "hand in the application")
        return self.browser.send(page, form, "hand in the application")

    def withdraw(self) -> Page:
        """Take the application back."""
        page = self.browser.get(self.at("apply/withdraw/"), "withdraw")
        return self.browser.send(page, page.form(action="/apply/withdraw/"), "withdraw")

    def receipt(self) -> Page:
        """Read the receipt, and remember its code and that of the test day."""
        page = self.browser.get(self.at("apply/"), "receipt")
        codes = [value for _term, value in page.terms if CODE.fullmatch(value)]
        test_codes = [code for code in page.codes if TEST_CODE.fullmatch(code)]
        if not codes or not test_codes:
            raise ConfusedError(f"No codes at {page.url}: «{page.words[:200]}».")
        self.code, self.test_code = codes[0], test_codes[0]
        return page

    def try_test(self) -> None:
        """Take the trial test to its end: it counts nothing."""
        page = self.browser.get("/test/trial/", "trial test")
        page = self.browser.send(page, page.form(action="/test/trial/"), "trial test")
        for _number in range(30):
            if not page.has("device", "seq"):
                break
            form = page.form("device", "seq")
            name = form.value("on")
            given = form.choices.get(name, ["prova"])[0]
            values = {name: given} if name in form.names else {}
            page = self.browser.send(page, form, "trial test", values, press="go=next")
        page = self.browser.get(page.link("/hand-in/"), "trial test")
        page = self.browser.send(page, page.form(action="/hand-in/"), "trial test")
        if not any("/test/trial/" in href for href, _words in page.links):
            raise ConfusedError(f"The trial test ended at {page.url} ({page.status}, «{page.h1}»).")

    def be_seen(self) -> str:
        """Let everybody read one's name; return the address of one's page."""
        page = self.browser.get("/me/privacy/", "who reads what")
        self.browser.send(page, page.form("name"), "who reads what", {"name": "world"})
        page = self.browser.get("/me/", "one’s own page")
        return urlsplit(page.link("/people/")).path


def letter_of(one: Someone) -> str:
    """Return what somebody writes in their letter; some write who they are, in other capitals and accents."""
    words = f"{WORDS} {one.letter_mark}"
    if not one.writes_name:
        return words
    given = one.name.split()[0]
    name = one.name.translate(ACCENTED).upper()
    handle = one.name.lower().replace(" ", "-")
    return f"Sono {name}: gli amici dicono {given.lower()}, altri @{handle}. {words} Scrivetemi: {one.mail}"
