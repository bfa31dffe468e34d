"""What is lived in a rehearsal, in order: the school opens, a call is published, people apply.

Every step is a person's own: it goes through pages and forms, and what does not go as it should is written down.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import httpx

from sqcuola.config.rehearsal import cast
from sqcuola.config.rehearsal.applicant import Applicant
from sqcuola.config.rehearsal.browser import Browser, ConfusedError, Page
from sqcuola.config.rehearsal.cast import Habit, Someone
from sqcuola.config.rehearsal.coordinator import Coordinator
from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.report import Report
from sqcuola.config.rehearsal.server import Server

AT_ONCE = 4  # how many people do something at the same time
STARTS_IN = timedelta(days=1)


@dataclass(slots=True)
class Story:
    """One rehearsal: a server, a report, the people. `outcome` says how each one's application ended."""

    server: Server
    report: Report
    people: list[Someone]
    seats: int
    transport: httpx.HTTPTransport = field(
        default_factory=lambda: httpx.HTTPTransport(limits=httpx.Limits(max_connections=AT_ONCE + 2))
    )
    hand: Hand = field(init=False)
    head: Coordinator = field(init=False)
    applicants: list[Applicant] = field(default_factory=list)
    outcome: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hand = Hand(self.server, self.transport)
        self.head = Coordinator(self._browser("2001:db8:1::1"), self.hand)

    def _browser(self, address: str) -> Browser:
        return Browser(self.server.url, self.transport, self.report.measured, address)

    def live(self) -> None:
        """Live everything there is, and check what must hold."""
        with self.stage("school and call"):
            self.open_call()
        with self.stage("applications"):
            self.apply()
        with self.stage("deadline"):
            self.come_late()
        self.check()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Say what begins, and how long it took."""
        self.report.say(f"{name} …")
        begun = time.monotonic()
        yield
        self.report.seconds[name] = time.monotonic() - begun

    def each(self, do: Callable[[Applicant], str]) -> Counter[str]:
        """Let every applicant do something, some at the same time; count how it ended."""

        def guarded(one: Applicant) -> str:
            try:
                return do(one)
            except (ConfusedError, httpx.HTTPError, LookupError, ValueError, RuntimeError) as problem:
                self.report.wrong(
                    f"{one.someone.habit.value}, person {one.someone.number}: {type(problem).__name__} {problem}"
                )
                return "error"

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return Counter(pool.map(guarded, self.applicants))

    def open_call(self) -> None:
        """Open the school, begin an edition like the one of 2012, publish it, and wait for the day."""
        self.head.open_school(self.server.first_code)
        starts: date = (self.hand.now() + STARTS_IN).date()
        self.head.begin_edition("like-2012", seats=self.seats, starts=starts)
        self.hand.set_clock(self.hand.now() + STARTS_IN + timedelta(hours=12))
        self.applicants = [
            Applicant(one, self._browser(one.address), self.hand, self.head.slug) for one in self.people
        ]

    def apply(self) -> None:
        """Everybody comes in and applies, each in their own way."""
        self.report.stages["applications"] = dict(self.each(self._apply))

    def _apply(self, one: Applicant) -> str:
        habit = one.someone.habit
        one.come_in()
        page = one.begin()
        if habit is Habit.UNFINISHED:
            one.fill(page, upto=2)
            return self._ended(one, "unfinished")
        one.fill(page)
        if habit is Habit.LATE:
            return self._ended(one, "not handed in")
        self._handed_in(one, one.hand_in())
        if habit is Habit.CURIOUS:
            self._look_around(one)
        if habit is Habit.WITHDRAWN:
            one.withdraw()
            return self._ended(one, "withdrawn")
        return self._ended(one, "handed in")

    def _ended(self, one: Applicant, how: str) -> str:
        self.outcome[one.someone.number] = how
        return how

    def _handed_in(self, one: Applicant, page: Page) -> None:
        if page.status != 200 or not page.url.endswith("/apply/"):
            self.report.wrong(
                f"person {one.someone.number} handed in and stands at {page.url} ({page.status})"
            )

    def _look_around(self, one: Applicant) -> None:
        """Open what is not theirs: nothing of it may be there."""
        for path in ("settings/", "settings/people/", "cockpit/", "ranking/", "helps/", "write/", "class/"):
            page = one.browser.get(f"/e/{self.head.slug}/{path}", "not theirs")
            if page.status not in {403, 404}:
                self.report.wrong(f"person {one.someone.number} saw {path} ({page.status})")

    def come_late(self) -> None:
        """Move the clock past the end of the call: whoever hands in now is refused, and keeps what they wrote."""
        self.hand.set_clock(self.hand.now() + timedelta(days=60))
        self.report.stages["deadline"] = dict(self.each(self._come_late))

    def _come_late(self, one: Applicant) -> str:
        if one.someone.habit is not Habit.LATE:
            return "in time or not at all"
        page = one.browser.get(f"/e/{self.head.slug}/apply/check/", "after the deadline")
        forms = [form for form in page.forms if "/apply/check/" in (form.action or page.url)]
        if forms and page.status == 200:
            page = one.browser.send(page, forms[0], "after the deadline")
        kept = one.browser.get(f"/e/{self.head.slug}/apply/", "application")
        if kept.status != 200:
            self.report.wrong(f"person {one.someone.number} was late and finds {kept.status}")
        return "refused" if page.status != 500 else "error"

    def check(self) -> None:
        """Ask the public and one's own pages whether what must hold does hold."""
        holds = self.report.invariants
        holds["nobody saw what they may not"] = not any("saw" in words for words in self.report.errors)
        wanted = {Habit.UNFINISHED: "unfinished", Habit.LATE: "not handed in", Habit.WITHDRAWN: "withdrawn"}
        holds["everybody ended as they meant to"] = all(
            self.outcome.get(one.number) == wanted.get(one.habit, "handed in") for one in self.people
        )
        receipts = [one for one in self.applicants if self.outcome.get(one.someone.number) == "handed in"]
        holds["each who handed in finds a receipt with a code of their own"] = len(
            {self._receipt(one) for one in receipts} - {""}
        ) == len(receipts)

    def _receipt(self, one: Applicant) -> str:
        try:
            one.receipt()
        except ConfusedError as problem:
            self.report.wrong(f"person {one.someone.number}: {problem}")
        return one.test_code


def rehearse(server: Server, report: Report, *, applicants: int, seats: int, seed: int) -> None:
    """Draw the people and live the story with them."""
    story = Story(server, report, cast.draw(applicants, seats, seed), seats)
    story.live()
