"""From the log to points. Pure: entries and options in, exact numbers out. What the log says last, counts."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from sqcuola.questions.models import AnswerEntry, Option, Question

NEARLY = Decimal("0.0001")  # three thirds of 33.33333 % are the whole
NOTHING, WHOLE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Mark:
    """One question of a result. `share` is None where people read the answer."""

    place: int
    question: int
    value: str
    share: Decimal | None
    points: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to, from the log alone."""

    attempt: int
    points: Decimal
    most: Decimal
    asked: int
    answered: int
    right: int
    unread: int
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Given:
    """Where an attempt stands by its log: the value that counts for each question, and what is to be looked at again."""

    values: Mapping[int, str]
    review: frozenset[int]
    last: datetime | None
    closed: AnswerEntry | None

    def answered(self) -> int:
        """Count the questions that have an answer."""
        return sum(bool(value) for value in self.values.values())


def fold(entries: Iterable[AnswerEntry]) -> Given:
    """Say what counts: for each question what was given last, whichever device brought it and whenever it arrived.

    A device speaks in its own order: an entry is never older than one it sent before, whatever its clock did.
    """
    listed = sorted(entries, key=lambda entry: (entry.device, entry.seq))
    latest: dict[tuple[str, int], tuple[datetime, datetime, int]] = {}
    clock: tuple[datetime, datetime, int] | None = None
    values: dict[int, str] = {}
    flags: dict[int, str] = {}
    device, last, closed = "", None, None
    for entry in listed:
        if entry.device != device:
            device, clock = entry.device, None
        now = (entry.given, entry.received, entry.pk)
        clock = now if clock is None else max(clock, now)
        if entry.question is None:
            closed = entry if entry.kind != AnswerEntry.Kind.ERASED else closed
            continue
        last = entry.received if last is None else max(last, entry.received)
        key = (entry.kind, entry.question)
        if key in latest and latest[key] > clock:
            continue
        latest[key] = clock
        (values if entry.kind == AnswerEntry.Kind.ANSWER else flags)[entry.question] = entry.value
    return Given(values, frozenset(pk for pk, flag in flags.items() if flag), last, closed)


def share(kind: str, options: Sequence[Option], value: str) -> Decimal | None:
    """Return which part of a question's points an answer brings: 0 to 1; None where people have to read it."""
    if not value:
        return None if kind == Question.Kind.ESSAY else NOTHING
    if kind == Question.Kind.ESSAY:
        return None
    if kind == Question.Kind.SHORT:
        return _best(option.share for option in options if _fits(option.text, value))
    if kind == Question.Kind.NUMERICAL:
        number = number_in(value)
        return _best(option.share for option in options if number is not None and _within(option, number))
    if kind == Question.Kind.MATCHING:
        return _pairs(options, value)
    chosen = {int(pk) for pk in value.split(",")}
    return _rounded(sum((option.share for option in options if option.pk in chosen), NOTHING))


def _best(shares: Iterable[Decimal]) -> Decimal:
    return _rounded(max(shares, default=NOTHING))


def _rounded(part: Decimal) -> Decimal:
    if abs(part - WHOLE) < NEARLY:
        return WHOLE
    return min(max(part, NOTHING), WHOLE)


def plain(text: str) -> str:
    """Return a text as it is compared: case, width, spaces and typographic apostrophes make no difference; accents do."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("`", "'")
    return " ".join(text.split())


def _fits(accepted: str, value: str) -> bool:
    r"""Say whether a short answer is the accepted one; `*` stands for anything, `\*` for itself."""
    runs = [run.replace("\0", "*") for run in plain(accepted).replace("\\*", "\0").split("*")]
    said = plain(value)
    if len(runs) == 1:
        return said == runs[0]
    first, *between, last = runs
    if len(first) + len(last) > len(said) or not (said.startswith(first) and said.endswith(last)):
        return False
    # Each run at its first place, and never back: with many stars a pattern would try all places of all of them.
    place, end = len(first), len(said) - len(last)
    for run in between:
        found = said.find(run, place, end)
        if found < 0:
            return False
        place = found + len(run)
    return True


def number_in(value: str) -> Decimal | None:
    """Return the number somebody typed, with a comma or a point; None if it is none."""
    text = value.replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _within(option: Option, number: Decimal) -> bool:
    return option.low is not None and option.high is not None and option.low <= number <= option.high


def _pairs(options: Sequence[Option], value: str) -> Decimal:
    asked = {option.pk: option for option in options if option.text}
    words = {option.pk: plain(option.matches) for option in options}
    right = 0
    for pair in value.split(","):
        left, _sign, chosen = pair.partition("=")
        right += bool(chosen) and words.get(int(chosen)) == words[int(left)]
    return _rounded(Decimal(right) / Decimal(len(asked)))


def total(attempt: int, marks: list[Mark]) -> Result:
    """Add up."""
    return Result(
        attempt=attempt,
        points=sum((mark.points for mark in marks), NOTHING).quantize(Decimal("0.001")),
        most=sum((mark.most for mark in marks), NOTHING),
        asked=len(marks),
        answered=sum(bool(mark.value) for mark in marks),
        right=sum(mark.share == WHOLE for mark in marks),
        unread=sum(mark.share is None and bool(mark.value) for mark in marks),
        marks=marks,
    )
