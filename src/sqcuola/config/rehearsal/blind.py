"""What nobody who reads letters may get to see: whose they are. Looked for in every page, mail and file that a reader gets."""

import html
import io
import re
import threading
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqcuola.config.rehearsal.cast import Someone
from sqcuola.config.rehearsal.facts import Facts
from sqcuola.config.rehearsal.probing import LETTER
from sqcuola.config.rehearsal.reading import Page

COVERED = "█"
LONGEST = 4  # words in a name, an address, an employer
OPENED_KNOWINGLY = "/people/"  # the page of somebody whom one follows


def parts(words: str) -> list[str]:
    """Return the words of a text in small letters without accents: however a name is written, it comes out the same."""
    plain = unicodedata.normalize("NFKD", html.unescape(words)).casefold()
    return re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def runs(words: str) -> set[str]:
    """Return each word of a text, and the words that follow one another, as far as anything secret is long."""
    there = parts(words)
    return {
        " ".join(there[place : place + length])
        for length in range(1, LONGEST + 1)
        for place in range(len(there) - length + 1)
    }


@dataclass(slots=True)
class Blind:
    """Looks over the shoulders of all readers. `secrets`: what would say whose a letter is, and what it is."""

    facts: Facts
    people: dict[int, Someone] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def know(self, one: Someone, code: str) -> None:
        """Remember an applicant and their application code ('' where there is none)."""
        whose = f"of person {one.number}"
        told = {  # a handle is made of the name
            "address": one.mail.partition("@")[0], "code": code, "town": one.town, "employer": one.employer, "name": one.name,
        }  # fmt: skip
        with self._lock:
            self.people[one.number] = one
            self.secrets |= {
                " ".join(parts(words)): f"the {what} {whose}" for what, words in told.items() if words
            }

    def eyes_of(self, number: int, own: str, also: Callable[[Page], None]) -> Callable[[Page], None]:
        """Return what looks at each page that a reader gets; `own` is what they wrote of themself, `also` looks too."""
        mine = " ".join(parts(own))

        def look(page: Page) -> None:
            also(page)
            if OPENED_KNOWINGLY in urlsplit(page.url).path:
                return
            self._look(number, f"{page.text}\n\n{page.words}", page.url, mine)
            self._is_covered(number, page)

        return look

    def look_at_mail(self, number: int, subject: str, text: str) -> None:
        """Look at a mail to a reader."""
        self._look(number, f"{subject}\n{text}", "a mail", "")

    def look_at_file(self, number: int, content: bytes, own: str) -> None:
        """Look into every file of an archive that a reader took away."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                text = archive.read(name).decode(errors="replace")
                self._look(number, f"{name}\n{text}", f"the file {name}", " ".join(parts(own)))

    def _look(self, number: int, words: str, where: str, mine: str) -> None:
        found = {one for one in runs(words).intersection(self.secrets) if one != mine}
        with self._lock:
            self.facts.looked[number] = self.facts.looked.get(number, 0) + 1
            self.facts.blind += [
                f"reader {number} saw {self.secrets[one]}, «{one}», in {where}" for one in found
            ]

    def _is_covered(self, number: int, page: Page) -> None:
        """Where the author of a paper had written their own name, see that not even a part of it is left."""
        found = LETTER.search(page.text)
        author = self.people.get(int(found[1])) if found else None
        if author is None or not author.writes_name:
            return
        left = set(parts(author.name)).intersection(parts(page.words))
        with self._lock:
            if left or COVERED not in page.text:
                self.facts.blind.append(
                    f"reader {number} saw {sorted(left)} of person {author.number}, uncovered"
                )
            self.facts.covered[author.number] = self.facts.covered.get(author.number, 0) + 1
