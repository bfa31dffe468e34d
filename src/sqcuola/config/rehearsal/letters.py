"""The reading of the letters: readers are asked, letters given out, read, marked, handed on; one reader leaves, one never closes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqcuola.config.rehearsal import probing
from sqcuola.config.rehearsal.applicant import Applicant
from sqcuola.config.rehearsal.blind import Blind
from sqcuola.config.rehearsal.browser import Browser, Seen
from sqcuola.config.rehearsal.cast import Habit
from sqcuola.config.rehearsal.coordinator import Coordinator
from sqcuola.config.rehearsal.day import Day
from sqcuola.config.rehearsal.declared import Declared
from sqcuola.config.rehearsal.facts import Facts, Sheet
from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.reader import Reader
from sqcuola.config.rehearsal.readers import Reading, Way
from sqcuola.config.rehearsal.reading import ConfusedError

HOUR = timedelta(hours=1)
Each = Callable[[Sequence[Reader], Callable[[Reader], str]], dict[str, int]]


@dataclass(slots=True)
class Letters:
    """What becomes of the letters, from the end of the call to that of the reading. `each` has all readers do something."""

    facts: Facts
    head: Coordinator
    hand: Hand
    watch: probing.Watch
    day: Day
    rules: Declared
    applicants: list[Applicant]
    browser: Callable[[str, Seen], Browser]
    each: Each
    blind: Blind = field(init=False)
    readers: list[Reader] = field(default_factory=list)
    employer: str = ""  # of an applicant, and of the reader who works there too
    followed: str = ""  # the address of an applicant's page

    def __post_init__(self) -> None:
        self.blind = Blind(self.facts)
        for one in self.applicants:
            self.blind.know(one.someone, one.code)

    def invite(self, drawn: Sequence[Reading]) -> dict[str, int]:
        """Ask readers by mail; they come, say yes, and the letters are given out before anybody may mark."""
        self._who_is_near(drawn)
        for who in drawn:
            self.watch.readers[who.number] = who.name
            self.head.invite(who.name, who.mail, "reader")
        self.hand.settle()
        people = {one.someone.number: one.someone for one in self.applicants}
        self.readers = [
            Reader(who, self.browser(who.address, self._eyes_of(who)), self.hand, people.__getitem__)
            for who in drawn
        ]
        told = self.each(self.readers, self._come)
        self.head.give_out()
        told |= self.each(self.readers, self._look_early)
        return told | {"papers": len({code for pile in self.facts.piles.values() for code in pile})}

    def _eyes_of(self, who: Reading) -> Seen:
        own = self.employer if who.way is Way.SAME_EMPLOYER else ""
        return self.blind.eyes_of(who.number, own, self.watch.eyes_of(who.number))

    def _who_is_near(self, drawn: Sequence[Reading]) -> None:
        """Choose whom one reader works with, and whom another follows."""
        number = {who.way: who.number for who in drawn}
        mate = self._first(Habit.LINE)
        followed = self._first(Habit.TWICE)
        self.employer, self.followed = mate.someone.employer, followed.be_seen()
        self.facts.near |= {
            (number[Way.SAME_EMPLOYER], mate.someone.number),
            (number[Way.FOLLOWS], followed.someone.number),
        }

    def _first(self, habit: Habit) -> Applicant:
        return next(one for one in self.applicants if one.someone.habit is habit)

    def _come(self, one: Reader) -> str:
        one.accept()
        one.come_in()
        if one.who.way is Way.SAME_EMPLOYER:
            one.work_at(self.employer.upper())
        if one.who.way is Way.FOLLOWS:
            one.follow(self.followed)
        return "said yes"

    def _look_early(self, one: Reader) -> str:
        """Look at one's pile and open its first paper; nothing can be marked before the hour."""
        pile = self.facts.piles[one.who.number] = one.type_desk()
        one.open(pile[0])
        return self.day.late(
            f"reader {one.who.number} marks before the hour", refused=one.try_to_mark(pile[0])
        )

    def read(self) -> dict[str, int]:
        """Let everybody read; one leaves in the middle, and what they had goes to the others. Return what came of it."""
        self.hand.set_clock(self.rules.reading_begins + HOUR)
        self._ranking_waits("before anybody read")
        told = self.each(self.readers, self._read)
        gone = next(one for one in self.readers if one.who.way is Way.LEAVES)
        self._leaves(gone)
        self._ranking_waits("while letters are read")
        self.head.give_out()
        here = [one for one in self.readers if one is not gone]
        told |= self.each(here, self._read_what_is_new)
        told |= self.each(here, self._close)
        self._ends(here)
        self._remember()
        sheets = sum(sheet.full and not sheet.gone for sheet in self.facts.sheets.values())
        return {"readers": len(self.readers), "papers": len(self.facts.wrote), "sheets": sheets, **told}

    def _ranking_waits(self, when: str) -> None:
        """Try to close the ranking: it is refused with a sentence about letters."""
        self.day.late(f"the ranking is closed {when}", refused=self.head.ranking_waits_for_letters())

    def _read(self, one: Reader) -> str:
        """Read one's pile, each in their own way."""
        way, pile = one.who.way, one.find_desk()
        self._look_at_others(one)
        if way is Way.HANDS_ON:
            self._hand_on(one, pile)
        page = one.open(pile[0])
        one.read(page, but=len(pile) // 2 if way is Way.LEAVES else 0)
        done = next(code for code, sheet in one.sheets.items() if sheet.full and not sheet.gone)
        self.day.late(
            f"reader {one.who.number} gives points there are not", refused=one.try_what_cannot_be(done)
        )
        return "left in the middle" if way is Way.LEAVES else "read"

    def _look_at_others(self, one: Reader) -> None:
        """Open a paper that somebody else reads, mark it, hand it on; look at what only who coordinates may see."""
        who, mine = f"reader {one.who.number}", self.facts.piles[one.who.number]
        theirs = next(
            (code for pile in self.facts.piles.values() for code in pile if code not in mine), "ABCDEFGH"
        )
        self.watch.look_around(who, one.browser, (one.at(theirs), *map(self.head.at, probing.STAFF_ALONE)))
        for rest in ("", "hand-back/"):
            self.watch.send_to(who, one.browser, f"{one.at(theirs)}{rest}", {"words": "non è mia"})

    def _hand_on(self, one: Reader, pile: list[str]) -> None:
        """Mark a paper, then know who wrote it: somebody else than those whom another is near to."""
        near = {author for _reader, author in self.facts.near}
        for code in list(pile):
            author = one.author(one.open(code)).number
            if author not in near:
                one.mark(one.open(code))
                one.hand_on(code)
                pile.remove(code)
                self.facts.piles[one.who.number] = pile
                self.day.late(f"reader {one.who.number} marks what went on", refused=one.try_to_mark(code))
                return
        raise ConfusedError(f"Reader {one.who.number} has no paper to hand on.")

    def _leaves(self, one: Reader) -> None:
        """End the role of a reader: nothing of theirs counts any more, and they find no desk."""
        self.head.end_role(one.who.name)
        for sheet in one.sheets.values():
            sheet.gone = True
        self.facts.piles[one.who.number] = []
        refused = one.try_to_mark(next(iter(one.sheets)))
        self.day.late(f"reader {one.who.number} marks after leaving", refused=refused)
        self.watch.look_around(
            f"reader {one.who.number}", one.browser, (one.desk, one.at(next(iter(one.sheets))))
        )

    def _read_what_is_new(self, one: Reader) -> str:
        """Read what came from others."""
        pile = self.facts.piles[one.who.number] = one.pile()
        fresh = [code for code in pile if not one.sheets.get(code, Sheet()).full]
        if fresh:
            one.read(one.open(fresh[0]))
        return "read what came later" if fresh else "had read everything"

    def _close(self, one: Reader) -> str:
        """Close one's reading, but for who forgets: after that no mark is taken."""
        if one.who.way is Way.FOLLOWS:
            return "did not close"
        one.close()
        if one.who.way is Way.HANDS_ON:
            self.blind.look_at_file(one.who.number, one.copy_of_all(), "")
        refused = one.try_to_mark(self.facts.piles[one.who.number][0])
        self.day.late(f"reader {one.who.number} marks after closing", refused=refused)
        return "closed"

    def _ends(self, here: Sequence[Reader]) -> None:
        """Move the clock to the first instant at which marks are refused: who never closed cannot mark any more either."""
        self._ranking_waits("while somebody has not closed")
        self.hand.set_clock(self.rules.reading_ends)
        open_still = next(one for one in here if one.who.way is Way.FOLLOWS)
        refused = open_still.try_to_mark(self.facts.piles[open_still.who.number][0])
        self.day.late(f"reader {open_still.who.number} marks when the reading is over", refused=refused)

    def _remember(self) -> None:
        """Write down what was acknowledged to whom, and what each reader got by mail."""
        for one in self.readers:
            number = one.who.number
            self.facts.wrote |= one.wrote
            self.facts.sheets |= {(number, code): sheet for code, sheet in one.sheets.items()}
            self.facts.met |= {(number, author) for author in one.wrote.values()}
            for letter in self.hand.letters(one.who.mail):
                self.blind.look_at_mail(number, letter["subject"], letter["text"])
