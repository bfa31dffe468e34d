"""What a class has for a person: an invitation to answer; for who coordinates, seats that are promised to nobody."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.models import Edition, Group, Membership, Phase, Role
from sqcuola.editions.own import Own, entrusted
from sqcuola.editions.queries import lasting, phase
from sqcuola.kernel.agenda import Entry, Kind, register
from sqcuola.kernel.prepared import prepared
from sqcuola.people.models import Person

SENT = ClassInvitation.State.SENT
SHOWN = ("group__edition__slug", "group__edition__title", "group__edition__zone")


def for_person(person: Person, at: datetime) -> Iterator[Entry]:
    """Return the entries of a person, at a fixed number of queries."""
    for invitation in _asked(person.pk):
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


@prepared
def _asked(person: int) -> QuerySet[ClassInvitation]:
    waiting = ClassInvitation.objects.filter(person=person, state=SENT, group__edition__cancelled_at=None)
    shown = waiting.select_related("group__edition").only("sent_at", *SHOWN)
    return shown.prefetch_related("group__edition__phases")


def _free(person: Person, at: datetime) -> Iterator[Entry]:
    """Tell who coordinates how many seats of a class without a call nobody was asked to take yet."""
    runs = {own.edition.pk: own for own in entrusted(person, Role.Kind.COORDINATOR, at) if _fills(own, at)}
    if not runs:
        return
    waiting = ClassInvitation.objects.filter(state=SENT)
    held = Membership.objects.filter(lasting(at), group__kind=Group.Kind.CLASS)
    taken = Counter(_editions(waiting, runs) + _editions(held, runs))
    for pk, own in runs.items():
        if (free := own.edition.seats_offered - taken[pk]) > 0:
            yield _seats(own.edition, free, own.phases[Phase.Kind.CLASS][0])


def _fills(own: Own, at: datetime) -> bool:
    """Say whether the class of an edition is still being filled, and by invitation."""
    lessons = own.phases.get(Phase.Kind.CLASS)
    return lessons is not None and at < lessons[0] and Phase.Kind.CALL not in own.phases


def _editions(rows: QuerySet[Any], editions: Iterable[int]) -> list[int]:
    """Return the edition of each row that hangs on a group of one of these."""
    return list(rows.filter(group__edition__in=list(editions)).values_list("group__edition", flat=True))


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
