"""Verbs: each kind of act is declared once, by the room that does it."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from sqcuola.kernel.acts.fields import Fit, PayloadError, fit
from sqcuola.kernel.jobs import Job, job
from sqcuola.kernel.models import Act

Words = Mapping[str, object]
Things = Callable[[Sequence[Mapping[str, Any]]], Sequence[Words]]


@dataclass(frozen=True, slots=True)
class Topic:
    """What acts are about, for who looks for some of them: a slug and its words. A lower room's topic may be used again."""

    key: str
    label: Any


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of act: its payload type, who may know of it, what it says, who is told by a job."""

    name: str
    payload: type
    fits: Mapping[str, Fit]
    audience: str
    sentence: Any
    things: Things | None = None
    topic: Topic | None = None
    many: Any = ""
    by_day: bool = False
    receivers: list[Job] = field(default_factory=list)


_verbs: dict[str, Verb] = {}
_by_payload: dict[type, Verb] = {}


def verb[P: type](
    name: str,
    *,
    audience: str,
    sentence: Any,
    things: Things | None = None,
    topic: Topic | None = None,
    many: Any = "",
    by_day: bool = False,
) -> Callable[[P], P]:
    """Declare a frozen dataclass as the payload of the verb `name`.

    `sentence` is a lazy translation (or several, by a function of the payload) with the fields of the payload by name,
    {actor} and {subject} where a person is named, and the words of `things`. `things(payloads)` turns the ids of many
    payloads into words at once, in a fixed number of queries, one mapping for each payload. `many` says %(n)s such
    acts in one line, without anybody's name (a lazy plural, or words that fit any number); `topic` is what one may
    narrow a list to. `by_day`: people are told its day and never its hour, which would say what is nobody's business.
    """

    def declare(payload: P) -> P:
        if name in _verbs:
            raise ValueError(f"The verb {name} is declared twice.")
        if len(name) > 60:
            raise ValueError(f"The verb {name} is longer than 60 letters.")
        made = Verb(name, payload, _fits(payload), audience, sentence, things, topic, many, by_day)
        _verbs[name] = made
        _by_payload[payload] = made
        return payload

    return declare


def _fits(payload: type) -> dict[str, Fit]:
    if not dataclasses.is_dataclass(payload) or not payload.__dataclass_params__.frozen:  # type: ignore[attr-defined] # typeshed leaves it out
        raise PayloadError(f"{payload.__name__} is no frozen dataclass.")
    hints = get_type_hints(payload)
    return {
        item.name: fit(payload.__name__, item.name, hints[item.name]) for item in dataclasses.fields(payload)
    }


def receiver(
    *payloads: type, name: str, says: Any = ""
) -> Callable[[Callable[[Act], None]], Callable[[Act], None]]:
    """Register a function to be told of each act of these payload types, by a job of its own after the commit.

    It may be told twice of the same act: what it does must be idempotent on `act.id`.
    """

    def register(function: Callable[[Act], None]) -> Callable[[Act], None]:
        def tell(act_id: int) -> None:
            function(Act.objects.get(id=act_id))

        made = job(name, says=says)(tell)
        for payload in payloads:
            _by_payload[payload].receivers.append(made)
        return function

    return register


def verb_of(payload: Any) -> Verb:
    """Return the verb that a payload was declared for."""
    try:
        return _by_payload[type(payload)]
    except KeyError:
        raise PayloadError(f"{type(payload).__name__} is no declared payload.") from None


def verb_named(name: str) -> Verb | None:
    """Return the verb of that name; None when no room declares it any longer."""
    return _verbs.get(name)


def told_by_day() -> list[str]:
    """Return the names of the verbs whose hour people are not told."""
    return [item.name for item in _verbs.values() if item.by_day]


def topics() -> dict[Topic, list[str]]:
    """Return the names of the verbs of each topic."""
    found: dict[Topic, list[str]] = {}
    for item in _verbs.values():
        if item.topic is not None:
            found.setdefault(item.topic, []).append(item.name)
    return found


def verbs() -> list[Verb]:
    """Return every declared verb, by name."""
    return sorted(_verbs.values(), key=lambda item: item.name)
