"""What this room has for a person: questions to answer and an edition to make public; an invitation; the days to come."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.editions.audiences import entrusted
from sqcuola.editions.models import Edition, Invitation, Phase, Role
from sqcuola.kernel.agenda import Entry, Kind, register
from sqcuola.people.models import Person

OPEN_QUESTION = Q(clarifications__answered_at=None, clarifications__set_aside_at=None)


def for_person(person: Person, at: datetime) -> list[Entry]:
    """Return the entries of a person, at a fixed number of queries."""
    return [*_invitations(person), *_of_coordinator(person, at)]


def _invitations(person: Person) -> Iterator[Entry]:
    sent = Invitation.objects.filter(person=person, state=Invitation.State.SENT, edition__cancelled_at=None)
    for invitation in sent.select_related("edition"):
        role = Role.Kind(invitation.kind).label
        yield Entry(
            when=invitation.sent_at,
            what=_("You are asked to be %(role)s of %(title)s")
            % {"role": role, "title": invitation.edition.title},
            url=reverse("editions:invitation", args=[invitation.code]),
            act=_("Answer"),
            kind=Kind.OPEN,
            key=f"editions.invitation:{invitation.pk}",
            zone=invitation.edition.zone,
        )


def _of_coordinator(person: Person, at: datetime) -> Iterator[Entry]:
    runs = entrusted(person, Role.Kind.COORDINATOR, at).filter(cancelled_at=None)
    calls = Phase.objects.filter(edition=OuterRef("pk"), kind=Phase.Kind.CALL, ends__gt=at)
    for edition in runs.order_by("-number", "-pk").annotate(
        waiting=Count("clarifications", filter=OPEN_QUESTION & Q(clarifications__pk__isnull=False)),
        oldest=Min("clarifications__asked_at", filter=OPEN_QUESTION),
        call_begins=Subquery(calls.values("begins")),
        call_ends=Subquery(calls.values("ends")),
    ):
        if edition.waiting:
            yield _question(edition, edition.waiting, edition.oldest)
        if edition.call_ends is not None:
            yield _call(edition, edition.call_begins, edition.call_ends)


def _question(edition: Edition, waiting: int, oldest: datetime) -> Entry:
    words = ngettext(
        "%(n)d question about %(title)s waits for an answer",
        "%(n)d questions about %(title)s wait for an answer",
        waiting,
    )
    return Entry(
        when=oldest,
        what=words % {"n": waiting, "title": edition.title},
        url=reverse("editions:to_answer", args=[edition.slug]),
        act=_("Answer"),
        kind=Kind.OPEN,
        key=f"editions.questions:{edition.pk}",
        zone=edition.zone,
    )


def _call(edition: Edition, begins: datetime, ends: datetime) -> Entry:
    """Return the next instant of a call: to be made public before it opens, then its end."""
    if edition.published_at is None:
        return Entry(
            when=begins,
            what=_("%(title)s is not public yet, and its call opens") % {"title": edition.title},
            url=reverse("editions:settings", args=[edition.slug]),
            act=_("Make it public"),
            kind=Kind.DEADLINE,
            key=f"editions.publish:{edition.pk}",
            zone=edition.zone,
        )
    return Entry(
        when=ends,
        what=_("The call of %(title)s closes") % {"title": edition.title},
        url=reverse("editions:settings", args=[edition.slug]),
        act="",
        kind=Kind.DEADLINE,
        key=f"editions.call:{edition.pk}",
        zone=edition.zone,
    )


register("editions", for_person)
