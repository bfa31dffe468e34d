"""What is lived in a rehearsal, in order: from a school that opens to a class that meets.

Every step is a person's own: it goes through pages and forms, and what does not go as it should is written down.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import httpx

from sqcuola.config.rehearsal import cast, probing, readers
from sqcuola.config.rehearsal.applicant import Applicant
from sqcuola.config.rehearsal.bank import Bank
from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.cast import Habit, Someone
from sqcuola.config.rehearsal.coordinator import Coordinator
from sqcuola.config.rehearsal.day import Day
from sqcuola.config.rehearsal.declared import Declared, declared
from sqcuola.config.rehearsal.facts import Facts
from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.invariants import judge
from sqcuola.config.rehearsal.letters import Letters
from sqcuola.config.rehearsal.reader import Reader
from sqcuola.config.rehearsal.reading import ConfusedError, Page
from sqcuola.config.rehearsal.report import Report
from sqcuola.config.rehearsal.seating import Seating, own_page, places_in
from sqcuola.config.rehearsal.server import Server
from sqcuola.config.rehearsal.taker import PATIENCE

AT_ONCE = 4  # how many people do something at the same time
STARTS_IN = timedelta(days=1)
MINUTE = timedelta(minutes=1)
PROBLEMS = (ConfusedError, httpx.HTTPError, LookupError, ArithmeticError, ValueError, RuntimeError, OSError)
ABOUT_THE_RANKING = re.compile(r"/(result|class)/")
WANTED = {Habit.UNFINISHED: "unfinished", Habit.LATE: "not handed in", Habit.WITHDRAWN: "withdrawn"}


@dataclass(slots=True)
class Story:
    """One rehearsal: a server, a report, the people, a bank. `kill` kills the server while people answer."""

    server: Server
    report: Report
    people: list[Someone]
    facts: Facts
    bank: Bank
    questions: int
    seed: int
    kill: bool = False
    transport: httpx.HTTPTransport = field(
        default_factory=lambda: httpx.HTTPTransport(limits=httpx.Limits(max_connections=AT_ONCE + 2))
    )
    hand: Hand = field(init=False)
    watch: probing.Watch = field(init=False)
    head: Coordinator = field(init=False)
    visitor: Browser = field(init=False)
    day: Day = field(init=False)
    rules: Declared = field(init=False)
    letters: Letters = field(init=False)
    applicants: list[Applicant] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hand = Hand(self.server, self.transport)
        self.watch = probing.Watch(self.facts.saw)
        self.head = Coordinator(self._browser("2001:db8:1::1", probing.COORDINATOR), self.hand)
        self.visitor = self._browser("2001:db8:2::1", probing.NOBODY)
        self.day = Day(self.bank, self.facts, self.watch, self._kill if self.kill else None)

    def _browser(self, address: str, number: int) -> Browser:
        eyes = self.watch.eyes_of(number)
        return Browser(self.server.url, self.transport, self.report.measured, address, eyes)

    def live(self) -> None:
        """Live everything there is, and check what must hold."""
        for name, do in (
            ("school and call", self.open_call),
            ("applications", self.apply),
            ("deadline", self.come_late),
            ("readers", self.ask_readers),
            ("eve of the test", self.wait_for_the_test),
            ("test", self.take_test),
            ("time is up", self.time_is_up),
            ("reading", self.read_letters),
            ("ranking", self.close_ranking),
            ("offers", self.take_seats),
            ("class", self.meet),
        ):
            self.report.enter(name)
            begun, broken = time.monotonic(), True
            with self.noting(name):
                do()
                broken = False
            self.report.seconds[name] = time.monotonic() - begun
            if broken:  # what comes after stands on it
                break
        self.check()

    def each(self, do: Callable[[Applicant], str]) -> None:
        """Let every applicant do something, some at the same time; count how it ended, under the name of the stage."""
        self.report.stages[self.report.stage] = self._together(
            self.applicants, do, lambda one: f"{one.someone.habit.value}, person {one.someone.number}"
        )

    def each_reader(self, readers: Sequence[Reader], do: Callable[[Reader], str]) -> dict[str, int]:
        """Let readers do something, some at the same time; return how it ended."""
        return self._together(readers, do, lambda one: f"{one.who.way.value}, reader {one.who.number}")

    def _together[One](
        self, people: Sequence[One], do: Callable[[One], str], called: Callable[[One], str]
    ) -> dict[str, int]:
        def guarded(one: One) -> str:
            with self.noting(called(one)):
                return do(one)
            return "error"

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(Counter(pool.map(guarded, people)))

    @contextmanager
    def noting(self, who: str) -> Iterator[None]:
        """Write down what goes wrong, and let the others go on."""
        try:
            yield
        except PROBLEMS as problem:
            self.report.wrong(f"{who}: {type(problem).__name__} {problem}")

    def open_call(self) -> None:
        """Open the school, bring the questions, begin an edition like the one of 2012, set its test, publish it."""
        self.head.open_school(self.server.first_code)
        starts: date = (self.hand.now() + STARTS_IN).date()
        self.head.begin_edition("like-2012", seats=self.facts.seats, starts=starts)
        there = self.head.bring(self.bank)
        self.head.make_test(self.questions)
        self.head.publish()
        self.rules = declared(self.visitor, self.head.slug)
        self.facts.chain, self.facts.weights = self.rules.chain, self.rules.weights
        self.facts.most, self.facts.readers_each = self.rules.most, self.rules.readers_each
        self.facts.questions = self.questions
        self.report.stages["school and call"] = {"questions in the bank": there}
        self.hand.set_clock(self.rules.call_begins + timedelta(hours=12))
        self.applicants = [
            Applicant(one, self._browser(one.address, one.number), self.hand, self.head.slug)
            for one in self.people
        ]

    def apply(self) -> None:
        """Everybody comes in and applies, each in their own way."""
        self.each(self._apply)
        self.facts.meant = {one.number: WANTED.get(one.habit, "handed in") for one in self.people}

    def _apply(self, one: Applicant) -> str:
        number, habit = one.someone.number, one.someone.habit
        one.come_in()
        page = one.begin()
        if habit is Habit.UNFINISHED:
            one.fill(page, upto=2)
            return self._ended(one, "unfinished")
        one.fill(page)
        if habit is Habit.LATE:
            return self._ended(one, "not handed in")
        page = one.hand_in()
        if page.status != 200 or not page.url.endswith("/apply/"):
            raise ConfusedError(f"Handed in, and stands at {page.url} ({page.status}).")
        one.receipt()
        self._know(one)
        if habit is Habit.CURIOUS:
            theirs = tuple(one.at(path) for path in probing.STAFF_ALONE)
            self.watch.look_around(
                f"person {number}", one.browser, theirs + probing.SCHOOL_ALONE + probing.SIGNED
            )
        if habit is Habit.WITHDRAWN:
            one.withdraw()
            return self._ended(one, "withdrawn")
        return self._ended(one, "handed in")

    def _know(self, one: Applicant) -> None:
        """Remember what the receipt says, and whose its codes are."""
        number, facts = one.someone.number, self.facts
        self.watch.test_codes[one.test_code] = number
        facts.receipts[number] = one.test_code
        facts.codes[number], facts.names[number] = one.code, one.someone.name
        facts.shown[number] = one.someone.name if one.someone.shown_as == "name" else one.code
        facts.cv[number] = self.rules.cv_points(one.claims)

    def _ended(self, one: Applicant, how: str) -> str:
        self.facts.ended[one.someone.number] = how
        return how

    def come_late(self) -> None:
        """At the first refused instant of the call, whoever hands in is refused, and keeps what they wrote.

        Before it, no letter can be given out to be read.
        """
        self.day.late("letters are given out in the call", refused=not self.head.gives_out_too_early())
        self.hand.set_clock(self.rules.call_ends)
        self.each(self._come_late)

    def _come_late(self, one: Applicant) -> str:
        if one.someone.habit is not Habit.LATE:
            return "in time or not at all"
        page = one.browser.get(one.at("apply/check/"), "after the deadline")
        sent = one.browser.post(one.at("apply/check/"), "after the deadline", {})
        kept = one.browser.get(one.at("apply/"), "application")
        if page.status != 200 or kept.status != 200:
            raise ConfusedError(
                f"Came late, and does not find what was written ({page.status}, {kept.status})."
            )
        return self.day.late(
            f"person {one.someone.number} hands in an application", refused=sent.status == 403
        )

    def ask_readers(self) -> None:
        """Ask people to read the letters, and give these out."""
        self.letters = Letters(
            self.facts, self.head, self.hand, self.watch, self.day, self.rules, self.applicants,
            lambda address, eyes: Browser(
                self.server.url, self.transport, self.report.measured, address, eyes
            ),
            self.each_reader,
        )  # fmt: skip
        self.report.stages["readers"] = self.letters.invite(readers.draw(len(self.people), self.seed))

    def read_letters(self) -> None:
        """Have the letters read."""
        self.report.stages["reading"] = self.letters.read()

    def wait_for_the_test(self) -> None:
        """Wait for the hour: some try the trial test, some would begin before."""
        self.hand.set_clock(self.rules.test_begins - MINUTE * 10)
        self.each(self._wait)
        self.watch.look_around("a visitor", self.visitor, self._addresses())

    def _wait(self, one: Applicant) -> str:
        told = "waited"
        if one.someone.tries_first and one.test_code:
            one.try_test()
            told = "took the trial test"
        if one.someone.habit is Habit.CURIOUS:
            self.day.begin_is_refused(one, "before the hour")
            self.watch.look_around(f"person {one.someone.number}", one.browser, (one.at("admitted/"),))
        return told

    def _addresses(self) -> tuple[str, ...]:
        """Return what nobody may open without signing in."""
        pages = (*probing.STAFF_ALONE, "apply/", "apply/check/", "test/", "result/", "admitted/")
        test = probing.of_a_test(next(iter(self.watch.test_codes)))
        return (*(self.head.at(path) for path in pages), *probing.SCHOOL_ALONE, *probing.SIGNED, *test)

    def take_test(self) -> None:
        """Everybody sits the test; with `kill` the server is killed while the first answer."""
        self.hand.set_clock(self.rules.test_begins + MINUTE)
        for one in self.applicants:
            one.browser.patience = PATIENCE
        self.each(self._take_test)

    def _take_test(self, one: Applicant) -> str:
        if self.facts.ended.get(one.someone.number) == "withdrawn":
            return self.day.begin_is_refused(one, "a test after withdrawing")
        if self.facts.ended.get(one.someone.number) != "handed in":
            return "has no test"
        if one.someone.habit is Habit.ABSENT:
            return "did not come"
        return self.day.sit(one, self._browser(one.someone.address, one.someone.number))

    def _kill(self) -> None:
        with self.noting("whoever kills the server"):
            self.report.killed = self.day.answers
            self.server.kill_and_start()

    def time_is_up(self) -> None:
        """Move the clock past everybody's time, then past the hour until which one may begin."""
        self.hand.set_clock(self.hand.now() + self.rules.minutes + MINUTE)
        self.each(self.day.come_too_late)
        self.head.browser.post(self.head.at("ranking/"), "close the ranking", {})
        closed = self.visitor.get(self.head.at("admitted/"), "who was admitted").status == 200
        self.day.late("the ranking is closed before the test is over", refused=not closed)
        self.hand.set_clock(max(self.rules.test_ends, self.hand.now()) + MINUTE)
        self.each(self._come_after_all)

    def _come_after_all(self, one: Applicant) -> str:
        if one.someone.habit is Habit.SILENT:
            return "time ran out"
        if one.someone.habit is Habit.ABSENT:
            return f"came when it was over: {self.day.begin_is_refused(one, 'after the last hour')}"
        return "sat it" if one.someone.number in self.facts.sat else "had no test"

    def close_ranking(self) -> None:
        """Have the head of the school read the ranking by code, and close it."""
        _page, rows = self.head.ranking()
        self.facts.before = places_in(rows)
        self.head.close_ranking()
        page, rows = self.head.ranking()
        self.facts.ranking = places_in(rows)
        public = self.visitor.get(self.head.at("admitted/"), "who was admitted")
        self.facts.digest, self.facts.lot_seed = public.codes[-2:]
        if page.codes[-2:] != public.codes[-2:]:
            raise ConfusedError("The fingerprint that is public is not the one of the ranking.")
        self.hand.settle()
        self.report.stages["ranking"] = {"ranked": len(rows)}

    def take_seats(self) -> None:
        """Seats are accepted, declined, or left until the time is over."""
        by_code = {one.code: one for one in self.applicants if one.code}
        seating = Seating(
            self.facts, self.head, self.hand, self.visitor, by_code,
            cast.replies(self.facts.seats, self.seed), self.rules.answer_within,
        )  # fmt: skip
        seating.fill_the_class()
        self.report.stages["offers"] = dict(Counter(move.what for move in self.facts.moves))

    def meet(self) -> None:
        """Everybody looks at their own result; who is in the class at the class, and nobody else."""
        self.facts.members = self._class(self.head.browser).listed
        self.each(self._look_at_the_end)

    def _class(self, browser: Browser) -> Page:
        return browser.get(self.head.at("class/"), "class")

    def _look_at_the_end(self, one: Applicant) -> str:
        number = one.someone.number
        if number in self.facts.sat:
            self.facts.own[number] = own_page(one)
        if number in self.facts.own and self.facts.own[number].state == "accepted":
            if sorted(self._class(one.browser).listed) != sorted(self.facts.members):
                raise ConfusedError("Sees another class than the head of the school.")
            return "in the class"
        self.watch.look_around(f"person {number}", one.browser, (one.at("class/"), one.at("ranking/")))
        if all(move.who != one.code for move in self.facts.moves):
            self.watch.send_to(f"person {number}", one.browser, one.at("result/accept/"), {})
        return "not in the class"

    def check(self) -> None:
        """Gather the last facts, and judge by all of them what must hold."""
        self.facts.acts = self.hand.acts()
        self.hand.settle()
        for letter in self.hand.all_letters():
            for one in self.people:
                if one.mail == letter["to"] and ABOUT_THE_RANKING.search(letter["text"]):
                    self.facts.heard.setdefault(one.number, []).append(letter["subject"])
        for name, wrong in judge(self.facts).items():
            self.report.invariants[name] = not wrong
            for words in wrong:
                self.report.wrong(f"{name}: {words}")


def rehearse(
    server: Server,
    report: Report,
    bank: Bank,
    *,
    applicants: int,
    seats: int,
    seed: int,
    questions: int,
    kill: bool = False,
) -> Facts:
    """Draw the people and live the story with them; return what they were told."""
    facts = Facts(seats)
    Story(server, report, cast.draw(applicants, seats, seed), facts, bank, questions, seed, kill).live()
    return facts
