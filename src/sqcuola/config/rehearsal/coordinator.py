"""The head of the school, from an empty database to a call that is open, and from the test to the ranking."""

import re
import time
from dataclasses import dataclass
from datetime import date

from sqcuola.config.rehearsal.bank import Bank
from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.reading import ConfusedError, Page

NAME, MAIL = "Lidia Marchesi", "lidia@rehearsal.example"
LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)
ABOUT_LETTERS = re.compile(r"\blett(?:er|era|ere|ers)\b", re.IGNORECASE)
TAKES_AT_MOST = 180.0  # seconds for ten thousand questions, on a machine that does other things too


@dataclass(slots=True)
class Coordinator:
    """Opens the school with the one-time code, begins an edition from a preset, brings questions, closes the ranking."""

    browser: Browser
    hand: Hand
    slug: str = ""

    def at(self, path: str) -> str:
        """Return an address of the edition."""
        return f"/e/{self.slug}/{path}"

    def open_school(self, code: str) -> Page:
        """Type the code that the installation printed, say what the school is called and who one is."""
        page = self.browser.get("/first-run/", "first run")
        page = self.browser.send(page, page.form("code"), "first run", {"code": code})
        if not page.has("name", "email"):
            raise ConfusedError(
                "The code does not open the first page: it was replaced or used. Nothing was changed."
            )
        school = {"name": "Scuola di prova", "town": "Modena", "person": NAME, "email": MAIL}
        return self.browser.send(page, page.form("name", "email"), "first run", school)

    def come_in(self) -> Page:
        """Come in by a code, into a school that is there."""
        page = self.browser.get("/enter/", "enter")
        page = self.browser.send(page, page.form("email"), "ask for a code", {"email": MAIL})
        return self.browser.send(page, page.form("code"), "type the code", {"code": self.hand.code(MAIL)})

    def begin_edition(self, preset: str, *, seats: int, starts: date) -> Page:
        """Answer what a preset asks, read its plan, and begin."""
        page = self.browser.get(f"/editions/new/{preset}/", "new edition")
        asked = {
            "title": "Classe III",
            "subject": "Prova generale",
            "seats": seats,
            "starts": starts.isoformat(),
        }
        page = self.browser.send(page, page.form("title", "seats"), "new edition", asked)
        page = self.browser.send(page, page.form("title", "seats"), "new edition", press="begin")
        self.slug = page.url.split("/e/")[1].split("/")[0]
        return page

    def bring(self, bank: Bank) -> int:
        """Bring a file of questions, look at it, take it, and wait until it is taken; return how many there are."""
        page = self.browser.get("/questions/bring/", "bring questions")
        file = {"file": (bank.name, bank.content, "application/jsonl")}
        asked = {"bank": "Prova generale", "language": "it"}
        page = self.browser.send(page, page.form("bank"), "bring questions", asked, files=file)
        if "/questions/files/" not in page.url:
            raise ConfusedError(f"The file was not taken: «{page.words[:300]}».")
        address = page.url
        page = self.browser.send(page, page.form(action="/questions/files/"), "take questions")
        until = time.monotonic() + TAKES_AT_MOST
        while not any("/questions/tests/new/" in href for href, _words in page.links):
            if time.monotonic() > until:
                raise ConfusedError(f"The questions are not taken: «{page.h1}».")
            time.sleep(0.1)
            page = self.browser.get(address, "look how far it is")
        return int("".join(filter(str.isdigit, page.h1)))

    def make_test(self, questions: int) -> None:
        """Put a test together of so many questions, as evenly from the categories as they allow; set it for the edition."""
        page = self.browser.get("/questions/tests/new/", "put a test together")
        form = page.form("name", "per_page")
        pools = sorted(name for name in form.names if name[:1] == "n" and name[1:].isdigit())
        counts = {
            name: questions // len(pools) + (place < questions % len(pools))
            for place, name in enumerate(pools)
        }
        asked = {"name": "La prova", "per_page": 1, **counts}
        page = self.browser.send(page, form, "put a test together", asked)
        number = page.url.rstrip("/").rsplit("/", 1)[1]
        if not number.isdigit():
            raise ConfusedError(f"The test was not put together: «{page.words[:300]}».")
        page = self.browser.get(self.at("test/set/"), "set the test")
        page = self.browser.send(
            page, page.form("blueprint"), "set the test", {"blueprint": number, "minutes": 40}
        )
        if "/cockpit/" not in page.url:
            raise ConfusedError(f"The test was not set: «{page.words[:300]}».")

    def publish(self) -> Page:
        """Make the edition public."""
        page = self.browser.get(self.at("settings/publish/"), "make it public")
        return self.browser.send(page, page.form(action="publish"), "make it public")

    def invite(self, name: str, mail: str, kind: str) -> None:
        """Ask somebody by mail to take on a role."""
        page = self.browser.get(self.at("settings/people/"), "people of the edition")
        asked = {"name": name, "email": mail, "kind": kind}
        page = self.browser.send(page, page.form("email", "kind"), "invite somebody", asked)
        if name not in page.words:
            raise ConfusedError(f"{name} was not asked: «{page.words[:300]}».")

    def end_role(self, name: str) -> None:
        """End what somebody was entrusted with."""
        page = self.browser.get(self.at("settings/people/"), "people of the edition")
        address = next(href for href, words in page.links if href.endswith("/end/") and name in words)
        page = self.browser.get(address, "end a role")
        page = self.browser.send(page, page.form(action="/end/"), "end a role")
        if any(href.endswith("/end/") and name in words for href, words in page.links):
            raise ConfusedError(f"{name} holds the role still: «{page.h1}».")

    def gives_out_too_early(self) -> bool:
        """Try to give the letters out while they still come in; say whether they are given out now."""
        self.browser.post(self.at("reading/"), "give the letters out", {})
        page = self.browser.get(self.at("reading/"), "how far the reading is")
        return page.status != 200 or "<progress" in page.text

    def give_out(self) -> Page:
        """Give the letters out, if the page has the way to do it: each finds its readers."""
        page = self.browser.get(self.at("reading/"), "how far the reading is")
        page = self.browser.send(page, page.form(action="/reading/"), "give the letters out")
        if page.has(action="/reading/"):
            raise ConfusedError(f"The letters were not given out: «{page.words[:300]}».")
        return page

    def ranking_waits_for_letters(self) -> bool:
        """Try to close the ranking; say whether that is refused with a sentence about letters."""
        self.browser.post(self.at("ranking/"), "close the ranking", {})
        page = self.browser.get(self.at("ranking/"), "ranking")
        said = LEAD.search(page.text)
        return not page.has(action="/ranking/") and said is not None and bool(ABOUT_LETTERS.search(said[1]))

    def ranking(self) -> tuple[Page, list[list[str]]]:
        """Return the page of the ranking, and its rows from all of its pages."""
        first = page = self.browser.get(self.at("ranking/"), "ranking")
        rows, number = list(page.rows), 2
        while any(f"page={number}" in href for href, _words in page.links):
            page = self.browser.get(page.link(f"page={number}"), "ranking")
            rows, number = rows + page.rows, number + 1
        return first, rows

    def close_ranking(self) -> Page:
        """Close the ranking, if the page has the way to do it."""
        page = self.browser.get(self.at("ranking/"), "ranking")
        return self.browser.send(page, page.form(action="/ranking/"), "close the ranking")
