"""What this room has for a person: questions to answer and an edition to make public; an invitation; the days to come."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.editions.models import Clarification, Edition, Invitation, Phase, Role
from sqcuola.editions.own import entrusted
from sqcuola.kernel.agenda import Entry, Kind, register
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person


def for_person(person: Person, at: datetime) -> list[Entry]:
    """Return the entries of a person, at a fixed number of queries."""
    return [*_invitations(person), *_of_coordinator(person, at)]


def _invitations(person: Person) -> Iterator[Entry]:
    for invitation in _sent(person.pk):
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


@prepared
def _sent(person: int) -> QuerySet[Invitation]:
    sent = Invitation.objects.filter(person=person, state=Invitation.State.SENT, edition__cancelled_at=None)
    return sent.select_related("edition").only("kind", "code", "sent_at", "edition__title", "edition__zone")


def _of_coordinator(person: Person, at: datetime) -> Iterator[Entry]:
    runs = entrusted(person, Role.Kind.COORDINATOR, at)
    if person.is_administrator and not runs and not Edition.objects.exists():
        yield _first_edition(at)
    asked = _asked([own.edition.pk for own in runs]) if runs else {}
    for own in runs:
        if own.edition.pk in asked:
            yield _question(own.edition, *asked[own.edition.pk])
        begins, ends = own.phases.get(Phase.Kind.CALL, (at, at))
        if ends > at:
            yield _call(own.edition, begins, ends, at)


def _first_edition(at: datetime) -> Entry:
    """Return the one thing that a school has to do which is open and has no edition, whoever runs it."""
    return Entry(
        when=at,
        what=_("The school is open, and has no edition yet"),
        url=reverse("editions:beginnings"),
        act=_("Begin an edition"),
        kind=Kind.OPEN,
        key="editions.first",
    )


def _asked(editions: list[int]) -> dict[int, tuple[int, datetime]]:
    """Return how many questions of each edition wait for an answer, and since when the first of them does."""
    waiting = Clarification.objects.filter(edition__in=editions, answered_at=None, set_aside_at=None)
    counted = waiting.order_by().values_list("edition").annotate(n=Count("pk"), oldest=Min("asked_at"))
    return {edition: (n, oldest) for edition, n, oldest in counted}


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


def _call(edition: Edition, begins: datetime, ends: datetime, at: datetime) -> Entry:
    """Return the next instant of a call: to be made public before it opens, then its end."""
    if edition.published_at is None:
        if begins > at:
            what = _("%(title)s is not public yet, and its call is about to open")
        else:
            what = _("%(title)s is not public yet, and its call should be open")
        return Entry(
            when=begins,
            what=what % {"title": edition.title},
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
