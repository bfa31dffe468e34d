"""The head of the school, from an empty database to a call that is open."""

from dataclasses import dataclass
from datetime import date

from sqcuola.config.rehearsal.browser import Browser, Page
from sqcuola.config.rehearsal.hand import Hand

NAME, MAIL = "Lidia Marchesi", "lidia@rehearsal.example"


@dataclass(slots=True)
class Coordinator:
    """Opens the school with the one-time code, begins an edition from a preset, makes it public."""

    browser: Browser
    hand: Hand
    slug: str = ""

    def open_school(self, code: str) -> Page:
        """Type the code that the installation printed, say what the school is called and who one is."""
        page = self.browser.get("/first-run/", "first run")
        page = self.browser.send(page, page.form("code"), "first run", {"code": code})
        school = {"name": "Scuola di prova", "town": "Parma", "person": NAME, "email": MAIL}
        return self.browser.send(page, page.form("name", "email"), "first run", school)

    def come_in(self) -> Page:
        """Come in by a code, into a school that is there."""
        page = self.browser.get("/enter/", "enter")
        page = self.browser.send(page, page.form("email"), "ask for a code", {"email": MAIL})
        return self.browser.send(page, page.form("code"), "type the code", {"code": self.hand.code(MAIL)})

    def begin_edition(self, preset: str, *, seats: int, starts: date) -> Page:
        """Answer what a preset asks, read its plan, begin, and make the edition public."""
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
        page = self.browser.get(f"/e/{self.slug}/settings/publish/", "make it public")
        return self.browser.send(page, page.form(action="publish"), "make it public")
