"""What a payload may hold: ids, numbers, dates, choices, opaque codes and digests. Names and free text have no way in."""

import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from babel.dates import format_date, format_datetime
from django.db.models import Choices
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import get_language

from sqcuola.kernel.ids import Code, Digest, is_code, is_digest

ENDS = frozenset({"ends", "deadline"})  # the first refused instant: at midnight people read the minute before
LARGEST = 2**53 - 1  # what canonical JSON can carry exactly


class PayloadError(TypeError):
    """A payload declares or carries something that no act may hold."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One field: how its value is written into the act, and how it reads in a sentence."""

    write: Callable[[Any], Any]
    show: Callable[[Any], Any]


def fit(owner: str, name: str, hint: Any) -> Fit:
    """Return how a field annotated with `hint` is written, or refuse the annotation."""
    if {"person", "account", "user"} & set(name.split("_")):
        raise PayloadError(
            f"{owner}.{name}: a person stands in an act as its actor or its subject, never in a payload."
        )
    if hint is datetime and name in ENDS:
        return Fit(_PLAIN[hint].write, _last_minute)
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _choice(owner, name, {value: value for value in arguments})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum(owner, name, hint)
    if origin in {Union, types.UnionType} and type(None) in arguments and len(arguments) == 2:
        inner = fit(owner, name, next(item for item in arguments if item is not type(None)))
        return Fit(lambda value: None if value is None else inner.write(value), _or_nothing(inner.show))
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis and arguments[0] is not int:
        inner = fit(owner, name, arguments[0])
        return Fit(
            lambda values: [inner.write(value) for value in values],
            lambda values: ", ".join(str(inner.show(value)) for value in values),
        )
    raise PayloadError(
        f"{owner}.{name}: {hint!r} cannot stand in an act. It holds ids and numbers (int, Decimal), dates, choices "
        "(Literal, Enum), bool, ids.Code and ids.Digest, or a tuple of dates or choices; no text, no list of ids."
    )


def _or_nothing(show: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: "" if value is None else show(value)


def _exactly(kind: type, write: Callable[[Any], Any], show: Callable[[Any], Any]) -> Fit:
    def checked(value: Any) -> Any:
        if type(value) is not kind:
            raise PayloadError(f"{value!r} is no {kind.__name__}.")
        return write(value)

    return Fit(checked, show)


def _choice(owner: str, name: str, words: dict[Any, Any]) -> Fit:
    if not all(isinstance(value, str | int) for value in words):
        raise PayloadError(f"{owner}.{name}: the choices of an act are texts or numbers.")

    def write(value: Any) -> Any:
        if value not in words:
            raise PayloadError(f"{value!r} is none of {', '.join(map(str, words))}.")
        return value

    return Fit(write, lambda value: words.get(value, value))


def _enum(owner: str, name: str, kind: type[Enum]) -> Fit:
    labels = {member.value: member.label if isinstance(member, Choices) else member.value for member in kind}
    plain = _choice(owner, name, labels)
    return Fit(lambda value: plain.write(kind(value).value), plain.show)


def _integer(value: int) -> int:
    if abs(value) > LARGEST:
        raise PayloadError(f"{value} is too large for an act.")
    return value


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise PayloadError(f"{value!r} has no zone.")
    return canonical(value)


def _matching(test: Callable[[str], bool], word: str) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if not isinstance(value, str) or not test(value):
            raise PayloadError(f"{value!r} is no {word}.")
        return value

    return write


def canonical(instant: datetime) -> str:
    """Return the one way an instant is written in acts: UTC, microseconds."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _day(value: str) -> str:
    return format_date(date.fromisoformat(value), "d MMMM y", locale=get_language() or "it")


def _moment(value: str) -> str:
    return _said(timezone.localtime(datetime.fromisoformat(value)))


def _last_minute(value: str) -> str:
    here = timezone.localtime(datetime.fromisoformat(value))
    return _said(here - timedelta(minutes=1) if (here.hour, here.minute) == (0, 0) else here)


def _said(here: datetime) -> str:
    return format_datetime(here, "d MMMM y, HH:mm", locale=get_language() or "it")


_PLAIN: dict[Any, Fit] = {
    bool: _exactly(bool, bool, str),
    int: _exactly(int, _integer, localize),
    Decimal: _exactly(Decimal, str, lambda value: localize(Decimal(value))),
    date: _exactly(date, date.isoformat, _day),
    datetime: _exactly(datetime, _instant, _moment),
    Code: Fit(_matching(is_code, "code"), str),
    Digest: Fit(_matching(is_digest, "digest"), lambda value: value[:12]),
}
