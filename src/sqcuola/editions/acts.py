"""What is recorded of an edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.kernel import lists
from sqcuola.kernel.acts import Topic, verb
from sqcuola.kernel.ids import Code, Digest
from sqcuola.people.acts import KEEPING

RULES = Topic("rules", _("Dates and rules"))
ANSWERS = Topic("answers", _("Questions and answers"))
PEOPLE = Topic("people", _("People and roles"))


def titles(payloads: Sequence[Mapping[str, Any]]) -> list[Mapping[str, object]]:
    """Name the edition of each payload, in one query."""
    found = Edition.objects.in_bulk({payload["edition"] for payload in payloads if payload.get("edition")})
    return [
        {"title": found[key].title if (key := payload.get("edition")) in found else _("an edition")}
        for payload in payloads
    ]


@verb(
    "school-founded",
    audience="public",
    sentence=_("{actor} opened the school"),
    topic=KEEPING,
    many=_("The school was opened"),
)
@dataclass(frozen=True, slots=True)
class SchoolFounded:
    pass


@verb(
    "school-changed",
    audience="staff",
    sentence=_("{actor} changed the school’s name, town or mark"),
    topic=KEEPING,
    many=_("The school’s name or mark changed"),
)
@dataclass(frozen=True, slots=True)
class SchoolChanged:
    pass


@verb(
    "edition-created",
    audience="staff",
    sentence=_("{actor} began to prepare {title}"),
    things=titles,
    topic=RULES,
    many=_("The edition was begun"),
)
@dataclass(frozen=True, slots=True)
class EditionCreated:
    edition: int


@verb(
    "edition-changed",
    audience="staff",
    sentence=_("{actor} changed the words or the place of {title}"),
    things=titles,
    topic=RULES,
    many=_("Words or place of the edition changed"),
)
@dataclass(frozen=True, slots=True)
class EditionChanged:
    edition: int


@verb(
    "edition-published",
    audience="public",
    sentence=_("{actor} made {title} public"),
    things=titles,
    topic=RULES,
    many=_("The edition went public"),
)
@dataclass(frozen=True, slots=True)
class EditionPublished:
    edition: int


@verb(
    "edition-cancelled",
    audience="public",
    sentence=_("{actor} called off {title}"),
    things=titles,
    topic=RULES,
    many=_("The edition was called off"),
)
@dataclass(frozen=True, slots=True)
class EditionCancelled:
    edition: int


@verb(
    "edition-postponed",
    audience="public",
    sentence=_("{actor} postponed {title} by {days} days"),
    things=titles,
    topic=RULES,
    many=_("The edition was postponed"),
)
@dataclass(frozen=True, slots=True)
class EditionPostponed:
    edition: int
    days: int


@verb(
    "rules-published",
    audience="public",
    sentence=_("The rules of {title}, version {version}, have the fingerprint {digest}"),
    things=titles,
    topic=RULES,
    many=_("The rules have a new fingerprint"),
)
@dataclass(frozen=True, slots=True)
class RulesPublished:
    edition: int
    version: int
    digest: Digest


@verb(
    "phase-moved",
    audience="public",
    sentence=_("{actor} moved «{kind}» of {title}: it begins {begins} and ends {ends}"),
    things=titles,
    topic=RULES,
    many=ngettext_lazy("The dates of a phase changed", "The dates of phases changed %(n)s times", "n"),
)
@dataclass(frozen=True, slots=True)
class PhaseMoved:
    edition: int
    kind: Phase.Kind
    begins: datetime
    ends: datetime


@verb(
    "phase-added",
    audience="public",
    sentence=_("{actor} added «{kind}» to {title}: it begins {begins} and ends {ends}"),
    things=titles,
    topic=RULES,
    many=ngettext_lazy("A phase was added", "%(n)s phases were added", "n"),
)
@dataclass(frozen=True, slots=True)
class PhaseAdded:
    edition: int
    kind: Phase.Kind
    begins: datetime
    ends: datetime


@verb(
    "phase-left-out",
    audience="public",
    sentence=_("{actor} left «{kind}» out of {title}"),
    things=titles,
    topic=RULES,
    many=ngettext_lazy("A phase was left out", "%(n)s phases were left out", "n"),
)
@dataclass(frozen=True, slots=True)
class PhaseLeftOut:
    edition: int
    kind: Phase.Kind


@verb(
    "call-extended",
    audience="public",
    sentence=_("{actor} kept the call of {title} open until {ends}"),
    things=titles,
    topic=RULES,
    many=_("The call stays open longer"),
)
@dataclass(frozen=True, slots=True)
class CallExtended:
    edition: int
    was: datetime
    ends: datetime


@verb(
    "seats-changed",
    audience="public",
    sentence=_("{actor} changed the seats of {title} to {seats}"),
    things=titles,
    topic=RULES,
    many=_("The number of seats changed"),
)
@dataclass(frozen=True, slots=True)
class SeatsChanged:
    edition: int
    was: int
    seats: int


@verb(
    "clarification-answered",
    audience="public",
    sentence=_("{actor} answered a question about {title}"),
    things=titles,
    topic=ANSWERS,
    many=ngettext_lazy(
        "A question was answered for everybody", "%(n)s questions were answered for everybody", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class ClarificationAnswered:
    edition: int
    clarification: int


LISTS = {
    "applications": _("the applications"),
    "ranking": _("the ranking"),
    "questions": _("the questions"),
    "receivers": _("the receivers of a letter"),
}


def _lists(payloads: Sequence[Mapping[str, Any]]) -> list[Mapping[str, object]]:
    """Name the edition and the list of each payload; a list nobody registers any more keeps its key."""
    return [
        {**words, "which": named.title if (named := lists.named(key)) else LISTS.get(key, key)}
        for words, key in zip(titles(payloads), (payload["list"] for payload in payloads), strict=True)
    ]


@verb(
    "exported",
    audience="staff",
    sentence=_("{actor} took a list of {title} away as a file ({which}, rows: {rows})"),
    things=_lists,
    topic=PEOPLE,
    many=ngettext_lazy("A list was taken away as a file", "%(n)s lists were taken away as files", "n"),
)
@dataclass(frozen=True, slots=True)
class Exported:
    edition: int
    list: Code
    rows: int


@verb(
    "role-given",
    audience="staff",
    sentence=_("{actor} made {subject} {kind} of {title}"),
    things=titles,
    topic=PEOPLE,
    many=ngettext_lazy("Somebody was given a role", "%(n)s roles were given", "n"),
)
@dataclass(frozen=True, slots=True)
class RoleGiven:
    edition: int | None
    kind: Role.Kind


@verb(
    "role-ended",
    audience="staff",
    sentence=_("{actor} ended the role of {subject} as {kind} of {title}"),
    things=titles,
    topic=PEOPLE,
    many=ngettext_lazy("A role ended", "%(n)s roles ended", "n"),
)
@dataclass(frozen=True, slots=True)
class RoleEnded:
    edition: int | None
    kind: Role.Kind


@verb(
    "role-offered",
    audience="staff",
    sentence=_("{actor} asked {subject} to be {kind} of {title}"),
    things=titles,
    topic=PEOPLE,
    many=ngettext_lazy(
        "Somebody was asked to take a role on", "%(n)s people were asked to take a role on", "n"
    ),
)
@dataclass(frozen=True, slots=True)
class RoleOffered:
    edition: int
    kind: Role.Kind


@verb(
    "role-declined",
    audience="staff",
    sentence=_("{subject} declined to be {kind} of {title}"),
    things=titles,
    topic=PEOPLE,
    many=ngettext_lazy("Somebody declined a role", "%(n)s people declined a role", "n"),
)
@dataclass(frozen=True, slots=True)
class RoleDeclined:
    edition: int
    kind: Role.Kind
