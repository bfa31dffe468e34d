"""What is recorded of letters and texts: never a word of them, never a receiver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Edition
from sqcuola.kernel.acts import verb
from sqcuola.kernel.ids import Code


def _titles(payloads: Sequence[Mapping[str, Any]]) -> list[Mapping[str, object]]:
    found = Edition.objects.in_bulk({payload["edition"] for payload in payloads})
    return [
        {"title": found[key].title if (key := payload["edition"]) in found else ""} for payload in payloads
    ]


@verb(
    "message-sent",
    audience="staff",
    sentence=_("{actor} wrote to {receivers} people of {title}"),
    things=_titles,
)
@dataclass(frozen=True, slots=True)
class MessageSent:
    edition: int
    message: int
    receivers: int


@verb(
    "message-taken-back",
    audience="staff",
    sentence=_("{actor} took a letter to {receivers} people of {title} back before it left"),
    things=_titles,
)
@dataclass(frozen=True, slots=True)
class MessageTakenBack:
    edition: int
    message: int
    receivers: int


@verb(
    "text-edited",
    audience="staff",
    sentence=_("{actor} changed the words of {key} for {title}"),
    things=_titles,
)
@dataclass(frozen=True, slots=True)
class TextEdited:
    edition: int
    key: Code
    language: Literal["it", "en"]


@verb(
    "text-put-back",
    audience="staff",
    sentence=_("{actor} went back to the school's words of {key} for {title}"),
    things=_titles,
)
@dataclass(frozen=True, slots=True)
class TextPutBack:
    edition: int
    key: Code
