"""What a class has for a person: an invitation to answer; for who coordinates, seats that are promised to nobody."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.audiences import entrusted
from sqcuola.editions.models import Edition, Membership, Phase, Role
from sqcuola.editions.queries import lasting, phase
from sqcuola.kernel.agenda import Entry, Kind, register
from sqcuola.people.models import Person

SENT = ClassInvitation.State.SENT


def for_person(person: Person, at: datetime) -> Iterator[Entry]:
    """Return the entries of a person, at a fixed number of queries."""
    waiting = ClassInvitation.objects.filter(person=person, state=SENT, group__edition__cancelled_at=None)
    for invitation in waiting.select_related("group__edition").prefetch_related("group__edition__phases"):
        edition = invitation.group.edition
        lessons = phase(edition, Phase.Kind.CLASS)
        if lessons is None or at < lessons.ends:
            yield Entry(
                when=invitation.sent_at,
                what=_("You are asked into the class of %(title)s") % {"title": edition.title},
                url=reverse("classroom:invitation", args=[edition.slug]),
                act=_("Answer"),
                kind=Kind.OPEN,
                key=f"classroom.invitation:{invitation.pk}",
                zone=edition.zone,
            )
    yield from _free(person, at)


def _free(person: Person, at: datetime) -> Iterator[Entry]:
    """Tell who coordinates how many seats of a class without a call nobody was asked to take yet."""
    waiting = ClassInvitation.objects.filter(state=SENT, group__edition=OuterRef("pk"))
    held = Membership.objects.filter(lasting(at), group__edition=OuterRef("pk"), group__kind="class")
    runs = (
        entrusted(person, Role.Kind.COORDINATOR, at)
        .filter(cancelled_at=None, phases__kind=Phase.Kind.CLASS, phases__begins__gt=at)
        .exclude(pk__in=Phase.objects.filter(kind=Phase.Kind.CALL).values("edition"))
        .annotate(starts=F("phases__begins"), promised=_count(waiting), held=_count(held))
    )
    for edition in runs:
        if (free := edition.seats_offered - edition.held - edition.promised) > 0:
            yield _seats(edition, free, edition.starts)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Return how many rows of an edition there are, as an expression."""
    counted = rows.order_by().values("group__edition").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _seats(edition: Edition, free: int, starts: datetime) -> Entry:
    words = ngettext(
        "%(n)d seat of %(title)s is promised to nobody yet",
        "%(n)d seats of %(title)s are promised to nobody yet",
        free,
    )
    return Entry(
        when=starts,
        what=words % {"n": free, "title": edition.title},
        url=reverse("classroom:invitations", args=[edition.slug]),
        act=_("Invite"),
        kind=Kind.DEADLINE,
        key=f"classroom.seats:{edition.pk}",
        zone=edition.zone,
    )


register("classroom", for_person)
