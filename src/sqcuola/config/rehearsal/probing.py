"""Looking where one has no business: addresses that somebody types, and what must not be on any page they get."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.reading import Page

STAFF_ALONE = (
    "settings/", "settings/people/", "settings/publish/", "cockpit/", "ranking/", "helps/", "write/", "class/", "test/set/",
    "reading/",
)  # fmt: skip
SCHOOL_ALONE = (
    "/questions/",
    "/questions/bring/",
    "/questions/files/1/",
    "/questions/tests/1/",
    "/questions/tests/new/",
)
SIGNED = ("/rehearsal/clock/", "/rehearsal/outbox/", "/rehearsal/acts/")
SECRETS = re.compile(
    r"canarino-(?P<words>\d+)-|usignolo-(?P<letter>\d+)-|\.(?P<mail>\d+)@rehearsal\.example|\b(?P<code>[2-9A-HJKMNP-Z]{10})\b"
)
LETTER = re.compile(r"usignolo-(\d+)-")  # stands in each letter: whose it is
AT_THE_DESK = re.compile(r"/read/\d+/[2-9A-HJKMNP-Z]{8}/$")
NOBODY, COORDINATOR = -1, 0


def nothing_there(page: Page) -> bool:
    """Say whether somebody found nothing, was refused, or was asked to sign in."""
    return page.status in {403, 404, 405} or page.url.split("?")[0].endswith("/enter/")


def of_a_test(code: str) -> tuple[str, ...]:
    """Return the addresses of somebody's test."""
    return tuple(f"/test/{code}/{rest}" for rest in ("", "1/", "all/", "hand-in/"))


@dataclass(slots=True)
class Watch:
    """Looks at every page that anybody gets for what only its owner may see; `test_codes` says whose each is."""

    saw: list[str]
    test_codes: dict[str, int] = field(default_factory=dict)
    readers: dict[int, str] = field(default_factory=dict)  # their names, by number
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wrong(self, words: str) -> None:
        """Note that somebody saw too much."""
        with self._lock:
            self.saw.append(words)

    def eyes_of(self, number: int) -> Callable[[Page], None]:
        """Return what looks at each page that a person gets. Who coordinates may see people's addresses."""

        def look(page: Page) -> None:
            for found in SECRETS.finditer(page.text):
                if found[0] in page.url:  # a page may repeat what somebody typed
                    continue
                if found["letter"] and number in self.readers and AT_THE_DESK.search(page.url):
                    continue  # what they read; whose they may not read is looked for elsewhere
                whose = self._whose(found)
                if whose not in {number, None} and not (found["mail"] and number == COORDINATOR):
                    self.wrong(f"person {number} saw «{found[0]}» of person {whose} at {page.url}")
            if number not in self.readers and number != COORDINATOR:
                for name in self.readers.values():
                    if name in page.text:
                        self.wrong(f"person {number} saw the name of reader {name} at {page.url}")

        return look

    def _whose(self, found: re.Match[str]) -> int | None:
        if found["code"]:
            return self.test_codes.get(found["code"])
        return int(found["words"] or found["letter"] or found["mail"])

    def look_around(self, who: str, browser: Browser, addresses: tuple[str, ...]) -> None:
        """Open addresses that are not for this person: nothing of them may be there."""
        for address in addresses:
            page = browser.get(address, "not theirs")
            if not nothing_there(page):
                self.wrong(f"{who} opened {address} ({page.status}, «{page.h1}»)")

    def send_to(self, who: str, browser: Browser, address: str, values: dict[str, str]) -> None:
        """Send something to an address that is not for this person."""
        page = browser.post(address, "not theirs", values)
        if not nothing_there(page):
            self.wrong(f"{who} sent something to {address} ({page.status}, «{page.h1}»)")
