"""The day of the test: everybody sits it in their own way, some with a line that fails, some when it is over."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sqcuola.config.rehearsal import probing
from sqcuola.config.rehearsal.applicant import Applicant
from sqcuola.config.rehearsal.bank import Bank
from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.cast import Habit
from sqcuola.config.rehearsal.facts import Facts, Late
from sqcuola.config.rehearsal.reading import ConfusedError, Page
from sqcuola.config.rehearsal.taker import PATIENCE, Question, Taker

REFUSED = {403, 404}
A_FEW = 8


@dataclass(slots=True)
class Day:
    """What people do on the day of the test; `facts` is told what was acknowledged and what was refused.

    `disturb` is called once, beside everybody, when a few of the `answers` are acknowledged and the others under way.
    """

    bank: Bank
    facts: Facts
    watch: probing.Watch
    disturb: Callable[[], None] | None = None
    answers: int = 0
    takers: dict[int, Taker] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def late(self, what: str, *, refused: bool) -> str:
        """Note what came too late, or too early, and how it ended."""
        with self._lock:
            self.facts.late.append(Late(what, refused))
        return "refused" if refused else "taken too late"

    def begin_is_refused(self, one: Applicant, when: str) -> str:
        """Try to begin a test that this person cannot begin."""
        page = one.browser.post(f"/test/{one.test_code}/", "begin, and may not", {})
        return self.late(f"person {one.someone.number} begins {when}", refused=page.status in REFUSED)

    def sit(self, one: Applicant, device: Browser) -> str:
        """Sit the test, as this person does; `device` is another one, that knows nobody."""
        number, habit = one.someone.number, one.someone.habit
        device.patience = PATIENCE
        by_code = one.someone.comes_by_code and habit is not Habit.LINE  # they need the new device later
        taker = Taker(one, self.bank, device if by_code else one.browser, self._count)
        self.takers[number] = taker
        self.facts.sat[number] = taker.sat
        page = taker.begin(by_code=by_code)
        if habit is Habit.SILENT:
            taker.answer_all(page, but=1)
            return "did not hand in"
        if habit is Habit.LINE:
            return self._lose_the_line(taker, page, device)
        if habit is Habit.CURIOUS:
            self._look_at_others(taker)
        taker.answer_all(page)
        taker.hand_in()
        if taker.last and one.someone.seed % 2:
            saved = taker.save(taker.last, taker.right(taker.last), seq=90, given=taker.last.now)
            self.late(f"person {number} answers after handing in", refused=not saved)
        return "handed in"

    def _count(self) -> None:
        with self._lock:
            self.answers += 1
            now = self.answers == A_FEW and self.disturb is not None
        if now and self.disturb is not None:
            threading.Thread(target=self.disturb).start()

    def _look_at_others(self, taker: Taker) -> None:
        """Open somebody else's test, answer in it, hand it in."""
        who = f"person {taker.who.someone.number}"
        for code in [code for code in sorted(self.watch.test_codes) if code != taker.code][:2]:
            self.watch.look_around(who, taker.browser, probing.of_a_test(code))
            entry = {"place": "1", "device": "ABCDEFGH", "seq": "1", "value": ""}
            self.watch.send_to(who, taker.browser, f"/test/{code}/save/", entry)
            self.watch.send_to(who, taker.browser, f"/test/{code}/hand-in/", {})

    def _lose_the_line(self, taker: Taker, page: Page, device: Browser) -> str:
        """Send what does not arrive and what nobody answers, go on elsewhere, and let the old device speak late."""
        address = f"/test/{taker.code}/save/"
        question = taker.read(page)
        words = taker.choose(question)
        entry = taker.entry(question, words, seq=1, given=question.now)
        with taker.browser.losing(address, entry, before="value"):
            page = taker.answer(question, words)
        before, answered, question = question, words, taker.read(page)
        words = taker.choose(question)
        entry = taker.entry(question, words, seq=1, given=question.now)
        with taker.browser.losing(address, entry):
            taker.save(question, words, seq=1)
        self._is_still_there(taker, before, answered)
        old, taker.browser = taker.browser, device
        taker.open_by_code()
        self._see_the_test_alone(taker)
        taker.answer_all(taker.browser.get(f"/test/{taker.code}/", "back to the test"))
        self._old_device_speaks(taker, old, question, words)
        taker.hand_in()
        return "handed in elsewhere"

    def _is_still_there(self, taker: Taker, before: Question, words: str) -> None:
        """Look at a page again: half a form that broke off has erased nothing."""
        question = taker.read(taker.browser.get(before.page.url, "page of questions"))
        if question.form.value(f"a{question.place}") != question.options[words]:
            raise ConfusedError(f"The answer «{words}» was acknowledged, and is gone from {before.page.url}.")

    def _see_the_test_alone(self, taker: Taker) -> None:
        """Look for the rest of the person on a device that was opened with the code: only the test is there."""
        slug, number = taker.who.slug, taker.who.someone.number
        rest = ("/desk/", "/me/", f"/e/{slug}/apply/", f"/e/{slug}/test/")
        self.watch.look_around(f"the device of person {number}", taker.browser, rest)

    def _old_device_speaks(self, taker: Taker, old: Browser, before: Question, first: str) -> None:
        """Answer otherwise on the new device; then an older answer to the same question arrives from the old one."""
        question = taker.read(taker.browser.get(before.page.url, "page of questions"))
        words = next(one for one in question.options if one != first)
        taker.answer(question, words)
        right = taker.right(question)
        other = next(one for one in before.options if (one == right) != (words == right))
        entry = taker.entry(before, other, seq=2, given=before.now)
        old.post(f"/test/{taker.code}/save/", "save an answer", entry)

    def come_too_late(self, one: Applicant) -> str:
        """After the time: answer, turn the page, hand in; nothing is taken, and what was answered in time is there."""
        taker = self.takers.get(one.someone.number)
        if taker is None or taker.sat.taken is not None:
            return "in time"
        number, question = one.someone.number, taker.last
        if question is None:
            return "nothing to answer"
        saved = taker.save(question, taker.right(question), seq=80, given=question.now)
        self.late(f"person {number} answers after the time", refused=not saved)
        values = {f"a{question.place}": question.options[taker.right(question)]}
        page = taker.browser.send(question.page, question.form, "answer too late", values, press="go=next")
        self.late(f"person {number} sends a page after the time", refused=page.status in REFUSED)
        before = taker.browser.get(f"/test/{taker.code}/", "after the test")
        taker.browser.post(f"/test/{taker.code}/hand-in/", "hand in too late", {})
        after = taker.count(taker.browser.get(f"/test/{taker.code}/", "after the test"))
        self.late(f"person {number} hands in after the time", refused=after.h1 == before.h1)
        return "refused"
