"""Which tables are shown, and which of their columns: what is not named here is not shown.

Left out on purpose: what opens doors (codes, links, devices, second factors), what people wrote (letters, drafts,
answers, questions and their right answers, words of mails), requests for help, who is barred, and whose an
application or attempt is, nor the instants of a test: of one who sat alone that day they would tell how much time they
had. Who it was, the acts of an edition say.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from sqcuola.admissions.models import Application, Offer, Ranking, Test
from sqcuola.classroom.models import ClassRoom
from sqcuola.editions.models import (
    Change,
    Edition,
    Group,
    Membership,
    Phase,
    Role,
    RulesVersion,
    School,
    Seat,
)
from sqcuola.kernel import acts
from sqcuola.kernel.models import Act, Outgoing, ScheduleRun, StoredFile
from sqcuola.notices.models import Message, Notice
from sqcuola.people.models import Competence, Person, TakeDown
from sqcuola.questions.models import AnswerEntry, Attempt, Bank, Blueprint


@dataclass(frozen=True, slots=True)
class Shown:
    """One table: the columns that are shown, those one can search in, those one can narrow the list by; rows left out."""

    model: type[models.Model]
    columns: tuple[str, ...]
    search: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    without: Callable[[], Q] = Q


def _told_by_day() -> Q:
    return Q(verb__in=acts.told_by_day())


SHOWN = (
    Shown(
        Act,
        ("id", "seq", "at", "verb", "scope", "audience", "sealed_at", "hash"),
        ("verb",),
        ("audience",),
        _told_by_day,
    ),
    Shown(
        Outgoing, ("key", "language", "state", "tries", "put_at", "sent_at", "problem"), ("key",), ("state",)
    ),
    Shown(ScheduleRun, ("name", "last_at", "busy_until", "problem")),
    Shown(StoredFile, ("id", "room", "kind", "size", "state", "uploaded_at"), (), ("room", "state")),
    Shown(
        Person,
        (
            "id",
            "name",
            "email",
            "handle",
            "language",
            "joined",
            "last_login",
            "is_active",
            "is_administrator",
        ),
        ("name", "email", "handle"),
        ("is_administrator", "is_active"),
    ),
    Shown(Competence, ("id", "name"), ("name",)),
    Shown(TakeDown, ("id", "digest", "at")),
    Shown(School, ("name", "town", "zone", "founded_at")),
    Shown(
        Edition,
        ("number", "title", "slug", "seats_offered", "published_at", "ranking_closed_at", "cancelled_at"),
        ("title", "slug"),
    ),
    Shown(Phase, ("edition", "kind", "begins", "ends"), (), ("edition",)),
    Shown(Change, ("edition", "kind", "phase", "was", "now", "by", "at"), (), ("edition",)),
    Shown(RulesVersion, ("edition", "version", "digest", "at"), (), ("edition",)),
    Shown(Role, ("person", "edition", "kind", "begins", "ends"), ("person__name",), ("kind", "edition")),
    Shown(Group, ("edition", "kind", "name"), (), ("edition",)),
    Shown(Membership, ("group", "person", "begins", "ends"), ("person__name",), ("group__edition",)),
    Shown(Seat, ("edition", "number", "holder"), (), ("edition",)),
    Shown(
        Application,
        # No code: beside the hours that the list of names shows, it would lead from a line of the ranking to a name.
        ("edition", "started_at", "submitted_at", "withdrawn_at"),
        (),
        ("edition",),
    ),
    Shown(Test, ("edition", "begins", "ends", "minutes")),
    Shown(Ranking, ("edition", "closed_at", "digest", "answer_hours")),
    Shown(Offer, ("seat", "state", "made_at", "deadline", "answered_at"), (), ("state",)),
    Shown(ClassRoom, ("group", "made_at")),
    Shown(Bank, ("name", "language", "source", "trial", "created_at"), ("name",)),
    Shown(Blueprint, ("id", "name"), ("name",)),
    Shown(Attempt, ("id", "trial", "how"), (), ("trial",)),
    Shown(AnswerEntry, ("id", "attempt", "seq", "kind"), (), ("kind",)),
    Shown(Message, ("id", "edition", "list_key", "sent_at", "leaves_at", "left_at"), (), ("edition",)),
    Shown(Notice, ("id", "kind", "mail", "made_at", "seen_at"), (), ("kind", "mail")),
)
