"""What a page of a test sends: form fields into entries of the log."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import QueryDict

from sqcuola.kernel.numbers import whole
from sqcuola.people.models import Person
from sqcuola.questions import actions, values
from sqcuola.questions.models import Attempt, AttemptQuestion, Question
from sqcuola.questions.queries import drawn
from sqcuola.questions.queries.log import given

DEVICE = re.compile(r"[A-Za-z0-9]{6,24}")
SEVERAL = {Question.Kind.MULTIPLE, Question.Kind.MATCHING}


@dataclass(frozen=True, slots=True)
class Sender:
    """Which page of which device speaks, and how far it has counted."""

    device: str
    seq: int
    given: datetime | None


def sender(posted: QueryDict) -> Sender:
    """Read who sends; whatever is odd is replaced by something that cannot do harm."""
    device = posted.get("device", "")
    return Sender(
        device=device if DEVICE.fullmatch(device) else "unknown",
        seq=_number(posted.get("seq", "")),
        given=_instant(posted.get("given", "")),
    )


def _number(text: str, *, otherwise: int = 1) -> int:
    number = whole(text, digits=7)
    return otherwise if number is None else number


def _instant(milliseconds: str) -> datetime | None:
    number = whole(milliseconds, digits=14)
    return None if number is None else datetime.fromtimestamp(number / 1000, UTC)


def value_in(posted: QueryDict, asked: AttemptQuestion) -> str | None:
    """Return the value a form gives to a question; None if the question was not on it."""
    name = f"a{asked.place}"
    if name not in posted.getlist("on"):
        return None
    if asked.question.kind == Question.Kind.MATCHING:
        pairs = ((left, posted.get(f"{name}-{left}", "")) for left in range(1, len(asked.options) + 1))
        said = ",".join(f"{left}={right}" for left, right in pairs if right)
    else:
        said = ",".join(value for value in posted.getlist(name) if value)
    return values.from_page(asked, said)


def save_form(attempt: Attempt, posted: QueryDict, *, by: Person, at: datetime) -> None:
    """Save what a whole page says, as far as it differs from what stands in the log."""
    who = sender(posted)
    seq = who.seq
    places = [int(name[1:]) for name in posted.getlist("on") if re.fullmatch(r"a\d{1,4}", name)]
    before = given(attempt)
    rows = AttemptQuestion.objects.filter(attempt=attempt, place__in=places).select_related("question")
    for row in rows:
        value = value_in(posted, row)
        if value is not None and not _same(value, before.values, row):
            actions.save_answer(
                attempt,
                device=who.device,
                seq=seq,
                question=row,
                value=value,
                given=None,
                by=by,
                at=at,
            )
            seq += 1
        wanted = f"r{row.place}" in posted
        if wanted != (row.question_id in before.review):
            actions.mark_for_review(
                attempt, device=who.device, seq=seq, question=row.question_id, wanted=wanted, by=by, at=at
            )
            seq += 1


def _same(value: str, before: Mapping[int, str], row: AttemptQuestion) -> bool:
    old = before.get(row.question_id, "")
    if row.question.kind in SEVERAL:
        return set(filter(None, value.split(","))) == set(filter(None, old.split(",")))
    return value.strip().replace("\r\n", "\n") == old


def save_one(attempt: Attempt, posted: QueryDict, *, by: Person, at: datetime) -> actions.Saved | None:
    """Save one answer, or one mark for review, as the page's script sends it. None: it names no question, or says nothing."""
    place = _number(posted.get("place", ""), otherwise=0)
    if not place or not {"value", "review"}.intersection(posted):
        return None
    who = sender(posted)
    asked = drawn.at.first(attempt.pk, place)
    if asked is None:
        return None
    if "review" in posted:
        return actions.mark_for_review(
            attempt,
            device=who.device,
            seq=who.seq,
            question=asked.question_id,
            wanted=posted["review"] == "1",
            given=who.given,
            by=by,
            at=at,
        )
    return actions.save_answer(
        attempt,
        device=who.device,
        seq=who.seq,
        question=asked,
        value=values.from_page(asked, posted.get("value", "")),
        given=who.given,
        by=by,
        at=at,
    )
