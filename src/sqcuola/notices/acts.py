"""What is recorded of letters and texts: never a word of them, never a receiver."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.editions.acts import titles
from sqcuola.kernel.acts import Topic, verb
from sqcuola.kernel.ids import Code

LETTERS = Topic("letters", _("Letters and mails"))


@verb(
    "message-sent",
    audience="staff",
    sentence=_("{actor} wrote to {receivers} people of {title}"),
    things=titles,
    topic=LETTERS,
    many=ngettext_lazy("One letter was written to a list", "%(n)s letters were written to lists", "n"),
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
    things=titles,
    topic=LETTERS,
    many=ngettext_lazy("One letter was taken back", "%(n)s letters were taken back", "n"),
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
    things=titles,
    topic=LETTERS,
    many=ngettext_lazy(
        "The words of an automatic mail changed", "The words of automatic mails changed %(n)s times", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class TextEdited:
    edition: int
    key: Code
    language: Literal["it", "en"]


@verb(
    "text-put-back",
    audience="staff",
    sentence=_("{actor} went back to the school’s words of {key} for {title}"),
    things=titles,
    topic=LETTERS,
    many=ngettext_lazy(
        "An automatic mail went back to our words", "%(n)s automatic mails went back to our words", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class TextPutBack:
    edition: int
    key: Code
