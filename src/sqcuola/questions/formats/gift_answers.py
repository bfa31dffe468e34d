"""What stands between the braces of a GIFT item."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqcuola.questions.formats.gift_text import cut, find, with_format
from sqcuola.questions.formats.items import Choice, Kind, Loss, Refusal
from sqcuola.questions.models import Markup, Question

PART = Decimal("0.000001")
HUNDRED = Decimal(100)
_TRUE_FALSE = re.compile(r"(T|TRUE|F|FALSE)", re.IGNORECASE)
_WEIGHT = re.compile(r"%\s*(-?\d+(?:[.,]\d+)?)\s*%")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+")
LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Raw:
    """One answer as it is written: its mark (`=` or `~`), weight, words and feedback."""

    mark: str
    weight: Decimal | None
    text: str
    feedback: str


Read = tuple[Question.Kind, list[Choice], str]


def read(body: str, form: str, losses: list[Loss]) -> Read:
    """Return kind, choices and feedback of the whole."""
    body, general = cut(body, "####")
    feedback = with_format(general, form).cleaned(losses)[0] if general else ""
    body = body.strip()
    if not body:
        return Kind.ESSAY, [], feedback
    if body.startswith("#"):
        return Kind.NUMERICAL, _numbers(body[1:].strip(), losses), feedback
    head, said = cut(body, "#")
    if _TRUE_FALSE.fullmatch(head.strip()):
        return Kind.TRUE_FALSE, _true_false(head.strip(), said, form, losses), feedback
    raws = _raws(body)
    if any(raw.mark == "~" for raw in raws):
        kind, choices = _multiple_choice(raws, form, losses)
        return kind, choices, feedback
    if all(find(raw.text, "->") >= 0 for raw in raws):
        return Kind.MATCHING, [_pair(raw, form, losses) for raw in raws], feedback
    return Kind.SHORT, [_short(raw, losses) for raw in raws], feedback


def _raws(body: str) -> list[Raw]:
    starts = []
    place = 0
    while (
        place := min((p for p in (find(body, "=", place), find(body, "~", place)) if p >= 0), default=-1)
    ) >= 0:
        starts.append(place)
        place += 1
    if not starts or body[: starts[0]].strip():
        raise Refusal("answer-unmarked", body[:80].strip())
    return [
        _raw(body[start], body[start + 1 : end])
        for start, end in zip(starts, [*starts[1:], len(body)], strict=True)
    ]


def _raw(mark: str, text: str) -> Raw:
    text = text.strip()
    weight = None
    if match := _WEIGHT.match(text):
        weight = Decimal(match[1].replace(",", "."))
        if abs(weight) > HUNDRED:
            raise Refusal("weight", match[0])
        text = text[match.end() :].strip()
    text, feedback = cut(text, "#")
    return Raw(mark, weight, text.strip(), (feedback or "").strip())


def _share(raw: Raw) -> Decimal:
    if raw.weight is None:
        return Decimal(raw.mark == "=")
    return (raw.weight / HUNDRED).quantize(PART)


def _feedback(raw: Raw, form: str, losses: list[Loss]) -> str:
    return with_format(raw.feedback, form).cleaned(losses)[0] if raw.feedback else ""


def _multiple_choice(raws: list[Raw], form: str, losses: list[Loss]) -> tuple[Question.Kind, list[Choice]]:
    """One right answer if an `=` stands there; several if there are only weights."""
    several = not any(raw.mark == "=" for raw in raws)
    choices = []
    for raw in raws:
        text, markup = with_format(raw.text, form).cleaned(losses)
        if not text:
            raise Refusal("empty-answer")
        choices.append(Choice(text, _share(raw), markup, feedback=_feedback(raw, form, losses)))
    whole = sum((one.share for one in choices if one.share > 0), Decimal(0))
    if several and whole > 0 and abs(whole - 1) > Decimal("0.001"):
        losses.append(Loss("weights", f"{(whole * HUNDRED).normalize():f} %"))
        choices = [
            Choice(one.text, (one.share / whole).quantize(PART), one.markup, feedback=one.feedback)
            if one.share > 0
            else one
            for one in choices
        ]
    return (Kind.MULTIPLE if several else Kind.SINGLE), choices


def _true_false(head: str, said: str | None, form: str, losses: list[Loss]) -> list[Choice]:
    """`TRUE#said when wrong#said when right`; the feedback goes to the option that is chosen."""
    true = head[0] in "Tt"
    wrong, right = "", ""
    if said is not None:
        first, second = cut(said, "#")
        wrong = with_format(first, form).cleaned(losses)[0]
        right = with_format(second, form).cleaned(losses)[0] if second else ""
    return [
        Choice("true", Decimal(true), feedback=right if true else wrong),
        Choice("false", Decimal(not true), feedback=wrong if true else right),
    ]


def _pair(raw: Raw, form: str, losses: list[Loss]) -> Choice:
    left, right = cut(raw.text, "->")
    text, markup = with_format(left, form).cleaned(losses)
    matches = with_format(right or "", "plain").cleaned(losses)[0]
    if not matches:
        raise Refusal("empty-answer")
    return Choice(text, markup=markup, matches=matches)


def _short(raw: Raw, losses: list[Loss]) -> Choice:
    text, _markup = with_format(raw.text, "plain").cleaned(losses)
    if not text:
        raise Refusal("empty-answer")
    return Choice(text, _share(raw), Markup.PLAIN, feedback=_feedback(raw, "moodle", losses))


def _numbers(body: str, losses: list[Loss]) -> list[Choice]:
    """`1822`, `1822:5`, `3.141..3.142`, or several of them with `=` and weights; `~#…` speaks to all others."""
    if not body.startswith(("=", "~")):
        body = f"={body}"
    choices = []
    for raw in _raws(body):
        if raw.mark == "~" and not raw.text:
            losses.append(Loss("feedback", raw.feedback[:80]))
            continue
        low, high = _range(raw.text)
        choices.append(
            Choice(raw.text, _share(raw), low=low, high=high, feedback=_feedback(raw, "moodle", losses))
        )
    return choices


def _range(text: str) -> tuple[Decimal, Decimal]:
    if ".." in text:
        low, high = (_number(part) for part in text.split("..", 1))
        return min(low, high), max(low, high)
    middle, _sign, tolerance = text.partition(":")
    number, around = _number(middle), abs(_number(tolerance)) if tolerance.strip() else Decimal(0)
    return number - around, number + around


def _number(text: str) -> Decimal:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        raise Refusal("no-number", text[:40])
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Refusal("no-number", text[:40]) from None
    if abs(number) > LARGEST or (number and number.adjusted() < -10):
        raise Refusal("no-number", text[:40])
    return number
