"""A page of a test, ready to be shown: which questions, what was answered, where one stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from sqcuola.questions.marking import Given
from sqcuola.questions.models import Attempt, AttemptQuestion, Question
from sqcuola.questions.owners import ContactAt, Terms, nobody
from sqcuola.questions.queries import drawn
from sqcuola.questions.queries.drawn import Half
from sqcuola.questions.queries.log import given
from sqcuola.questions.queries.sitting import OURS, Sitting
from sqcuola.questions.rendering import one_line, shown


class Choice(NamedTuple):
    """One of the answers to choose from. A tuple, since a page unpacks up to a hundred of them."""

    value: str
    label: SafeString
    checked: bool


class Pair(NamedTuple):
    """The left half of a pair, with the right half that was chosen for it."""

    name: str
    label: SafeString
    chosen: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands on the page."""

    place: int
    kind: str
    category: str
    text: SafeString
    value: str
    review: bool
    choices: list[Choice] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    rights: list[tuple[str, str]] = field(default_factory=list)

    @property
    def one_line(self) -> bool:
        """Say whether its words can be the heading of a page."""
        return one_line(self.text)

    @property
    def name(self) -> str:
        """Return the name of its field."""
        return f"a{self.place}"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an attempt stands: what every page of it shows."""

    attempt: Attempt
    title: str
    zone: str
    back: str
    contact: ContactAt
    places: list[tuple[int, int]]
    given: Given

    @property
    def of(self) -> int:
        """Return how many questions there are."""
        return len(self.places)

    @property
    def answered(self) -> int:
        """Return how many of them have an answer."""
        return sum(bool(self.given.values.get(question)) for _place, question in self.places)

    @property
    def missing(self) -> int:
        """Return how many have none."""
        return self.of - self.answered

    @property
    def review(self) -> int:
        """Return how many are to be looked at again."""
        return sum(question in self.given.review for _place, question in self.places)

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return -(-self.of // self.attempt.blueprint.per_page)

    def dots(self, first: int, last: int) -> list[str]:
        """Return the state of each question, those from `first` to `last` being here."""
        return ["here" if first <= place <= last else self.state(question) for place, question in self.places]

    def state(self, question: int) -> str:
        """Return one question's state, as the component `dots` calls it."""
        if question in self.given.review:
            return "later"
        return "given" if self.given.values.get(question) else ""

    def page_of(self, place: int) -> int:
        """Return the page on which a question stands."""
        return (place - 1) // self.attempt.blueprint.per_page + 1

    def first_open(self) -> int:
        """Return the page of the first question without an answer; the first page if all have one."""
        return next(
            (self.page_of(p) for p, question in self.places if not self.given.values.get(question)), 1
        )

    def rows(self) -> list[tuple[int, str, str]]:
        """Return (place, state, url) of each question."""
        return [
            (place, self.state(question), self.url(self.page_of(place))) for place, question in self.places
        ]

    def url(self, page: int) -> str:
        """Return the address of a page."""
        return reverse("questions:page", args=[self.attempt.code, page])


def standing(sitting: Sitting, attempt: Attempt) -> Standing:
    """Say where an attempt stands."""
    terms: Terms | None = sitting.terms()
    return Standing(
        attempt=attempt,
        title=terms.title if terms else "",
        zone=terms.zone if terms else OURS,
        back=terms.back if terms else "/",
        contact=terms.contact if terms else nobody,
        places=drawn.places(attempt.pk),
        given=given(attempt),
    )


def asked_on(where: Standing, page: int) -> list[Asked]:
    """Return the questions of one page with what was answered."""
    size = where.attempt.blueprint.per_page
    here = (where.attempt.pk, page * size - size + 1, page * size)
    rows = drawn.between(*here)
    options = drawn.options_between(*here)
    return [_asked(row, options, where.given) for row in rows]


def context_of(where: Standing, page: int, device: str) -> dict[str, Any]:
    """Return what the page of some questions needs; `device` names this one showing of it in the log."""
    asked = asked_on(where, page)
    first, last = asked[0].place, asked[-1].place
    return {
        "asked": asked,
        "first": first,
        "last": last,
        "number": page,
        "dots": where.dots(first, last),
        "device": device,
    }


def _asked(row: AttemptQuestion, options: Mapping[int, Half], log: Given) -> Asked:
    question, value = row.question, log.values.get(row.question_id, "")
    asked = Asked(
        place=row.place,
        kind=question.kind,
        category=question.category.replace("_", " "),
        text=shown(question.text, question.markup),
        value=value,
        review=row.question_id in log.review,
    )
    # Named by their places (see values.from_page): an id would tell which is right.
    listed = [(place, options[pk]) for place, pk in enumerate(row.options, start=1) if pk in options]
    if question.kind == Question.Kind.MATCHING:
        chosen = dict(pair.split("=", 1) for pair in value.split(",") if pair)
        places = {str(pk): str(place) for place, pk in enumerate(row.matches, start=1)}
        asked.pairs.extend(
            Pair(
                f"{asked.name}-{place}",
                shown(one.text, one.markup),
                places.get(chosen.get(str(one.pk), ""), ""),
            )
            for place, one in listed
        )
        asked.rights.extend(_rights([(places[str(pk)], options[pk]) for pk in row.matches if pk in options]))
        return asked
    checked = set(value.split(","))
    asked.choices.extend(
        Choice(str(place), shown(one.text, one.markup), str(one.pk) in checked) for place, one in listed
    )
    return asked


def _rights(options: list[tuple[str, Half]]) -> list[tuple[str, str]]:
    """Return the right halves to choose from, each word once."""
    seen: dict[str, str] = {}
    for place, option in options:
        seen.setdefault(option.matches, place)
    return [(place, words) for words, place in seen.items()]


def is_over(where: Standing, at: datetime) -> bool:
    """Say whether nothing more is taken: handed in, or time is up."""
    return (
        where.given.closed is not None or where.attempt.ended_at is not None or at >= where.attempt.deadline
    )
