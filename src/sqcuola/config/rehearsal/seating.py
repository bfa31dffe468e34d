"""From the closed ranking to the class: offers are answered or run out, and the next are called up by themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from sqcuola.config.rehearsal.applicant import Applicant
from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.cast import Reply
from sqcuola.config.rehearsal.coordinator import Coordinator
from sqcuola.config.rehearsal.facts import Facts, Late, Move, Own, Place, Public
from sqcuola.config.rehearsal.hand import Hand
from sqcuola.config.rehearsal.reading import ConfusedError, Page

SEAT = re.compile(r"\bposto (\d+)\b", re.IGNORECASE)
ROUNDS = 12  # more than the weeks between ranking and class allow
A_LITTLE = timedelta(minutes=2)


def number_in(words: str) -> Decimal:
    """Return the number that stands first in a cell, as a page writes it."""
    return Decimal(words.split(maxsplit=1)[0].replace(".", "").replace(",", "."))


def places_in(rows: list[list[str]]) -> list[Place]:
    """Return the places of a ranking from the rows of its table; after the closing a name stands before the code."""
    return [_place(row) for row in rows]


def _place(row: list[str]) -> Place:
    points, test, letter, cv = map(number_in, row[2:6])
    return Place(int(row[0]), row[1].split()[-1], points, test, letter, cv, row[6])


@dataclass(slots=True)
class Seating:
    """Who is offered what, as pages tell it. `visitor` is somebody who never signs in."""

    facts: Facts
    head: Coordinator
    hand: Hand
    visitor: Browser
    people: dict[str, Applicant]  # by code
    replies: Iterator[Reply]
    answer_within: timedelta
    waiting: dict[str, int] = field(default_factory=dict)  # offered and not answered: code and seat
    slow: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def look_who_is_asked(self) -> None:
        """Read in the ranking who has an offer now and had none, in its order; each reads their seat on their own page."""
        self.hand.settle()
        _page, rows = self.head.ranking()
        for place, row in zip(places_in(rows), rows, strict=True):
            if row[7] and place.code not in self.asked:
                self.asked.add(place.code)
                seat = own_page(self.people[place.code]).seat
                self.waiting[place.code] = seat or 0
                self._did("offered", place.code, seat or 0)

    def fill_the_class(self) -> None:
        """Let everybody who is offered a seat answer, and time run out for who does not, until nobody is asked any more."""
        self.look_who_is_asked()
        self.look_at_the_list("after the closing")
        for _round in range(ROUNDS):
            while self.waiting:
                self._answer(*next(iter(self.waiting.items())))
            self.look_at_the_list("after the answers")
            if not self.slow:
                return
            self._let_it_expire()
        raise ConfusedError("Seats are still offered when the class should have begun.")

    def _answer(self, code: str, seat: int) -> None:
        del self.waiting[code]
        one, reply = self.people[code], next(self.replies)
        page = one.browser.get(one.at("result/"), "one’s own result")
        if reply is Reply.EXPIRE:
            self.slow[code] = seat
        elif reply is Reply.DECLINE:
            page = one.browser.get(page.link("/result/decline/"), "decline a seat")
            one.browser.send(page, page.form(action="/decline/"), "decline a seat")
            self._did("declined", code, seat)
            self.look_who_is_asked()
        else:
            form = page.form(action="/result/accept/")
            one.browser.send(page, form, "accept a seat")
            one.browser.send(page, form, "accept a seat")  # a double click
            self._did("accepted", code, seat)

    def _did(self, what: str, code: str, seat: int) -> None:
        self.facts.moves.append(Move(what, code, seat))

    def _let_it_expire(self) -> None:
        """Move the clock past the time to answer: whoever answers now is refused, and the next are asked."""
        late, self.slow = dict(self.slow), {}
        self.hand.set_clock(self.hand.now() + self.answer_within + A_LITTLE)
        for code, seat in sorted(late.items(), key=lambda item: item[1]):
            one = self.people[code]
            one.browser.post(one.at("result/accept/"), "accept too late", {})
            self.facts.late.append(
                Late(f"{code} accepts seat {seat} too late", own_page(one).state != "accepted")
            )
            self._did("expired", code, seat)
        self.look_who_is_asked()

    def look_at_the_list(self, when: str) -> Page:
        """Read the public list as a visitor, and note who may stand there."""
        held: dict[str, int] = {}
        for move in self.facts.moves:
            if move.what in {"offered", "accepted"}:
                held[move.who] = move.seat
            else:
                held.pop(move.who, None)
        page = self.visitor.get(self.head.at("admitted/"), "who was admitted")
        allowed = [self.facts.shown[self.facts.number(code)] for code in held]
        self.facts.public.append(Public(when, allowed, page.listed))
        return page


def own_page(one: Applicant) -> Own:
    """Read somebody's own result."""
    page = one.browser.get(one.at("result/"), "one’s own result")
    told = [value for _term, value in page.terms]
    if len(told) < 6 or not page.codes:
        raise ConfusedError(f"No result at {page.url} ({page.status}, «{page.h1}»).")
    state = "accepted" if any("/class/" in href for href, _words in page.links) else ""
    if page.has(action="/result/accept/"):
        state = "offered"
    seat = SEAT.search(" ".join([page.h1, *page.h2])) if state else None
    place = int(told[0].split()[0])
    points, test, letter, cv = map(number_in, told[1:5])
    number = int(seat[1]) if seat else None
    return Own(place, points, test, letter, cv, state, number, page.codes[-1], page.marked)
