"""JSON lines: one question a line, options by label, as the ITALIC set has them.

{"question": "…", "options": [{"A": "…"}, {"B": "…"}], "answer": "B", "category": "…", "macro_category": "…"}
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqcuola.questions.formats.items import (
    MOST_ITEMS,
    Choice,
    Item,
    Kind,
    Loss,
    Refusal,
    Refused,
    Taken,
    checked,
)

KNOWN = {"question", "options", "answer", "category", "macro_category"}
LONGEST_LINE = 200_000


def parse(text: str) -> Iterator[Item]:
    """Yield what each line that is not empty came to."""
    count = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        count += 1
        if count > MOST_ITEMS:
            yield Refused(number, "too-many", str(MOST_ITEMS), line[:160])
            return
        try:
            yield _item(number, line)
        except Refusal as refusal:
            yield Refused(number, refusal.why, refusal.detail, line[:160])


def _item(number: int, line: str) -> Taken:
    if len(line) > LONGEST_LINE:
        raise Refusal("too-long")
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise Refusal("no-json") from None
    if not isinstance(data, dict):
        raise Refusal("no-object")
    options = _options(data.get("options"))
    answer = data.get("answer")
    if not isinstance(answer, str) or answer not in options:
        raise Refusal("answer-not-there", str(answer)[:40])
    choices, losses = _choices(options, answer)
    losses += [Loss("field", key[:40]) for key in sorted(set(data) - KNOWN)]
    return checked(
        Taken(
            line=number,
            kind=Kind.SINGLE,
            text=_text(data, "question"),
            choices=choices,
            area=_text(data, "macro_category")[:120],
            category=_text(data, "category")[:120],
            losses=tuple(losses),
        )
    )


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise Refusal("no-words", key)
    return value.strip().replace("\0", "")


def _options(value: Any) -> dict[str, str]:
    """Return the options by label, from a list of one-key objects or from one object."""
    pairs: list[tuple[Any, Any]] = []
    for part in value if isinstance(value, list) else [value]:
        if not isinstance(part, dict):
            raise Refusal("no-options")
        pairs += part.items()
    options: dict[str, str] = {}
    for label, words in pairs:
        if not isinstance(words, str) or not words.strip():
            raise Refusal("empty-answer", str(label)[:40])
        if label in options:
            raise Refusal("label-twice", str(label)[:40])
        options[label] = words.strip().replace("\0", "")
    return options


def _choices(options: dict[str, str], answer: str) -> tuple[tuple[Choice, ...], list[Loss]]:
    """Return each answer once: where the same words stand twice, the right one is kept."""
    losses: list[Loss] = []
    kept: dict[str, str] = {}
    for label, words in options.items():
        same = words.casefold()
        if same in kept:
            losses.append(Loss("answer-twice", words[:80]))
        if same not in kept or label == answer:
            kept[same] = label
    labels = set(kept.values())
    return (
        tuple(Choice(words, Decimal(label == answer)) for label, words in options.items() if label in labels),
        losses,
    )
