"""One reader's life with the house: asked by mail, at the reading desk, paper by paper."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.cast import Someone
from sqcuola.config.rehearsal.facts import Sheet
from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.probing import LETTER
from sqcuola.config.rehearsal.readers import Reading
from sqcuola.config.rehearsal.reading import ConfusedError, Form, Page

LINK = re.compile(r"/l/[\w-]+/")
PAPER = re.compile(r"/read/\d+/([2-9A-HJKMNP-Z]{8})/$")
TRIES = 20  # addresses that somebody types: a plan that was only looked at may have used up a number
SCRIPT = {"X-Autosave": "1"}
ASIDE_EACH = 3  # of so many papers, who has no script puts one aside in the middle


@dataclass(slots=True)
class Reader:
    """Somebody who reads. `sheets`: by paper, what the server acknowledged; `wrote`: whose each paper is, by its own words."""

    who: Reading
    browser: Browser
    hand: Hand
    authors: Callable[[int], Someone]
    desk: str = ""
    sheets: dict[str, Sheet] = field(default_factory=dict)
    wrote: dict[str, int] = field(default_factory=dict)

    def accept(self) -> None:
        """Open the invitation from its mail, press its button, say yes."""
        found = LINK.search(self.hand.letters(self.who.mail)[-1]["text"])
        if found is None:
            raise ConfusedError(f"No invitation in the mailbox of {self.who.mail}.")
        page = self.browser.get(found[0], "invitation")
        page = self.browser.send(page, page.form(action="/l/"), "invitation")
        page = self.browser.send(page, page.form("yes"), "invitation", press="yes")
        if page.status != 200 or page.has("yes"):
            raise ConfusedError(f"Said yes, and stands at {page.url} ({page.status}, «{page.h1}»).")

    def come_in(self) -> Page:
        """Come in by a code, as everybody does."""
        page = self.browser.get("/enter/", "enter")
        page = self.browser.send(page, page.form("email"), "ask for a code", {"email": self.who.mail})
        code = self.hand.code(self.who.mail)
        return self.browser.send(page, page.form("code"), "type the code", {"code": code})

    def work_at(self, employer: str) -> None:
        """Write where one works."""
        page = self.browser.get("/me/profile/", "profile")
        self.browser.send(page, page.form("employer"), "profile", {"employer": employer})

    def follow(self, address: str) -> None:
        """Follow somebody whose page is open."""
        page = self.browser.get(address, "page of a person")
        page = self.browser.send(page, page.form(action="/follow/"), "page of a person")
        page.form(action="/unfollow/")

    def copy_of_all(self) -> bytes:
        """Ask for a copy of everything that is kept about oneself, and take it away."""
        page = self.browser.get("/me/data/", "copy of one’s data")
        page = self.browser.send(page, page.form(action="/me/data/"), "copy of one’s data")
        if "/enter/again/" in page.url:  # it is days since they came in
            page = self.browser.send(page, page.form(action="/again/"), "ask for a code")
            code = self.hand.code(self.who.mail)
            page = self.browser.send(page, page.form("code"), "type the code", {"code": code})
            self.browser.send(page, page.form(action="/me/data/"), "copy of one’s data")
        self.hand.settle()
        page = self.browser.get("/me/data/", "copy of one’s data")
        return self.browser.get(page.link("/me/data/copy/"), "copy of one’s data").body

    def type_desk(self) -> list[str]:
        """Type the address of the reading desk, as before the hour nothing leads there; return the codes of the pile."""
        for number in range(1, TRIES):
            self.desk = f"/read/{number}/"
            if pile := self.pile():
                return pile
        raise ConfusedError(f"No reading desk for {self.who.mail}.")

    def find_desk(self) -> list[str]:
        """Go to the reading desk from one's own page; return the codes of the pile."""
        page = self.browser.get("/desk/", "one’s own desk")
        self.desk = urlsplit(page.link("/read/")).path
        return self.pile()

    def pile(self) -> list[str]:
        """Return the codes of the papers on the reading desk, in its order."""
        page = self.browser.get(self.desk, "reading desk")
        found = (PAPER.search(urlsplit(href).path) for href, _words in page.links)
        return list(dict.fromkeys(one[1] for one in found if one))

    def at(self, code: str) -> str:
        """Return the address of a paper."""
        return f"{self.desk}{code}/"

    def open(self, code: str) -> Page:
        """Open a paper, and learn from its words whose it is: the play knows, no person would."""
        page = self.browser.get(self.at(code), "open a paper")
        self.author(page)
        return page

    def author(self, page: Page) -> Someone:
        """Return who wrote the paper of a page."""
        found = LETTER.search(page.text)
        if found is None:
            raise ConfusedError(f"No letter at {page.url} ({page.status}, «{page.h1}»).")
        self.wrote[code_of(page)] = int(found[1])
        return self.authors(int(found[1]))

    def read(self, page: Page, *, but: int = 0) -> Page:
        """Mark paper after paper as the pages lead, until `but` are left; return where one stands then."""
        while PAPER.search(urlsplit(page.url).path) and page.has("words"):
            if but and sum(sheet.full for sheet in self.sheets.values()) >= len(self.pile()) - but:
                return page
            page = self.mark(page)
        return page

    def mark(self, page: Page) -> Page:
        """Mark one paper, criterion by criterion; return the page that comes next."""
        form, code = page.form("words"), code_of(page)
        given = self.given(page, form)
        words = self.who.words(code)
        sheet = self.sheets.setdefault(code, Sheet())
        names = list(given)
        if self.who.has_script:
            for place in range(len(names)):
                self._save(page, sheet, {name: given[name] for name in names[: place + 1]})
        elif len(self.sheets) % ASIDE_EACH == 0:
            page = self._put_aside(page, sheet, {names[0]: given[names[0]]})
            form = page.form("words")
        after = self.browser.send(page, form, "next paper", {**given, "words": words})
        if after.status != 200:
            raise ConfusedError(f"Marked {code}, and stands at {after.url} ({after.status}).")
        self._acknowledged(sheet, form, given)
        sheet.words = words
        return after

    def given(self, page: Page, form: Form) -> dict[str, int]:
        """Return what this reader gives for each criterion, by the name of its field."""
        author = self.author(page)
        marks = [name for name in form.choices if name[:1] == "c"]
        return {
            name: self.who.points(author, place, max(map(int, form.choices[name])))
            for place, name in enumerate(marks)
        }

    def _save(self, page: Page, sheet: Sheet, given: dict[str, int]) -> None:
        """Save what is given so far, as the page's script does."""
        answer = self.browser.post(page.url, "save a mark", {**given, "words": sheet.words}, SCRIPT)
        if answer.status != 200:
            raise ConfusedError(f"A mark was not saved at {page.url}: {answer.status} «{answer.text[:200]}».")
        self._acknowledged(sheet, page.form("words"), given)

    def _put_aside(self, page: Page, sheet: Sheet, given: dict[str, int]) -> Page:
        """Give one mark, go back to the pile, and open the paper again: what was given stands there."""
        form, code = page.form("words"), code_of(page)
        self.browser.send(page, form, "put a paper aside", given, press="go=pile")
        self._acknowledged(sheet, form, given)
        again = self.open(code)
        self.stands(again, sheet)
        return again

    def _acknowledged(self, sheet: Sheet, form: Form, given: dict[str, int]) -> None:
        """Remember what the server took, by the place of the criterion."""
        marks = [name for name in form.choices if name[:1] == "c"]
        sheet.of = len(marks)
        sheet.marks |= {marks.index(name): points for name, points in given.items()}

    def stands(self, page: Page, sheet: Sheet) -> None:
        """See that what was acknowledged stands on a page of the paper, and nothing else."""
        form = page.form("words")
        marks = [name for name in form.choices if name[:1] == "c"]
        there = {place: int(form.value(name)) for place, name in enumerate(marks) if form.value(name)}
        if there != sheet.marks or form.value("words") != sheet.words:
            raise ConfusedError(
                f"{page.url} shows {there} and «{form.value('words')}», acknowledged was {sheet}."
            )

    def try_what_cannot_be(self, code: str) -> bool:
        """Send points that no criterion has, with and without the script, then the same sheet twice; say whether all came out as it should."""
        page, sheet = self.open(code), self.sheets[code]
        form = page.form("words")
        first = next(name for name in form.choices if name[:1] == "c")
        refused = [
            self.browser.post(page.url, "mark what cannot be", {first: wrong, "words": "?"}, headers).status
            == 403
            for wrong, headers in (("9", SCRIPT), ("-1", None), ("cinque", None))
        ]
        page = self.open(code)
        self.stands(page, sheet)
        given = {name: form.value(name) for name in form.choices if name[:1] == "c"}
        for _time in range(2):
            self.browser.send(page, form, "next paper", {**given, "words": sheet.words})
        self.stands(self.open(code), sheet)
        return all(refused)

    def try_to_mark(self, code: str) -> bool:
        """Send another mark for a paper that cannot be marked now; say whether it was refused."""
        answers = [
            self.browser.post(self.at(code), "mark, and may not", {"words": "troppo tardi"}, headers)
            for headers in (SCRIPT, None)
        ]
        return all(answer.status in {403, 404} for answer in answers)

    def hand_on(self, code: str) -> None:
        """Say that one knows who wrote a paper: it goes to somebody else, and what was given for it is void."""
        page = self.open(code)
        self.browser.send(page, page.form(action="/hand-back/"), "hand a paper on")
        self.sheets.setdefault(code, Sheet()).gone = True
        if code in self.pile():
            raise ConfusedError(f"{code} was handed on, and lies there still.")

    def close(self) -> None:
        """Close one's reading, with a double click."""
        page = self.browser.get(self.desk, "reading desk")
        form = page.form(action="/close/")
        for _time in range(2):
            page = self.browser.send(page, form, "close the reading")
        if page.has(action="/close/"):
            raise ConfusedError(f"Closed, and {page.url} asks again («{page.h1}»).")


def code_of(page: Page) -> str:
    """Return the code of the paper that a page shows."""
    found = PAPER.search(urlsplit(page.url).path)
    if found is None:
        raise ConfusedError(f"No paper at {page.url} ({page.status}, «{page.h1}»).")
    return found[1]
