"""Asking people into a class, and their answer. Everything holds the row of the edition, so that seats are counted once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sqcuola.classroom import queries, rules
from sqcuola.classroom.acts import (
    ClassInvitationAccepted,
    ClassInvitationDeclined,
    ClassInvitationWithdrawn,
    ClassInvited,
)
from sqcuola.classroom.guests import Guest
from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions import seats
from sqcuola.editions.models import Edition, Membership
from sqcuola.editions.queries import class_of
from sqcuola.kernel import acts
from sqcuola.kernel.verdicts import Refused
from sqcuola.notices.actions import tell
from sqcuola.people import entering
from sqcuola.people.models import Person

State = ClassInvitation.State


@transaction.atomic
def invite(edition: Edition, guests: Sequence[Guest], *, by: Person, at: datetime) -> list[ClassInvitation]:
    """Ask people into the class: one mail each, all or nobody. Who is in it, or was asked already, is not asked again.

    Raises Refused where more people would be asked than there are free seats.
    """
    rules.may_invite(by, edition, at).or_refuse()
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = queries.members_and_invited(edition, at)
    language = get_language() or "it"
    people = [entering.find_or_create(one.email, name=one.name, language=language, at=at) for one in guests]
    fresh = [person for person in dict.fromkeys(people) if person.pk not in known]
    free = queries.free_seats(edition, at)
    if len(fresh) > free:
        raise Refused(_too_many(len(fresh), free))
    return [_invite(edition, person, by=by, at=at) for person in fresh]


def _too_many(wanted: int, free: int) -> str:
    if not free:
        return _("Every seat is taken or promised. Take an invitation back first, or add seats.")
    words = ngettext(
        "You name %(wanted)d people, and %(free)d seat is neither taken nor promised.",
        "You name %(wanted)d people, and %(free)d seats are neither taken nor promised.",
        free,
    )
    return words % {"wanted": wanted, "free": free}


def _invite(edition: Edition, person: Person, *, by: Person, at: datetime) -> ClassInvitation:
    invitation = ClassInvitation.objects.create(group=class_of(edition), person=person, by=by, sent_at=at)
    acts.record(ClassInvited(edition.pk), by=by, at=at, scope=edition.scope, subject=person)
    tell(
        person,
        "classroom.invited",
        data={"by": by.name},
        url=reverse("classroom:invitation", args=[edition.slug]),
        edition=edition,
        thing=str(invitation.pk),
        at=at,
    )
    return invitation


@transaction.atomic
def accept(invitation: ClassInvitation, *, by: Person, at: datetime) -> int:
    """Take the seat, the lowest that is free, and return its number: from this instant the person is in the class.

    A second click finds it taken, and is no fault.
    """
    invitation = _hold(invitation)
    edition = invitation.group.edition
    if invitation.state != State.ACCEPTED or invitation.person_id != by.pk:
        rules.may_answer_invitation(by, invitation, at).or_refuse()
    seat = seats.take(edition, by, at)
    if seat is None:
        raise Refused(_("All the seats have been taken meanwhile. Write to whoever asked you."))
    if invitation.state == State.SENT:
        _answer(invitation, State.ACCEPTED, at)
        Membership.objects.get_or_create(
            group=invitation.group, person=by, ends=None, defaults={"begins": at}
        )
        done = ClassInvitationAccepted(edition.pk, seat.number)
        acts.record(done, by=by, at=at, scope=edition.scope, subject=by)
    return seat.number


@transaction.atomic
def decline(invitation: ClassInvitation, *, by: Person, at: datetime) -> None:
    """Say no: the seat is promised to nobody any more."""
    invitation = _hold(invitation)
    rules.may_answer_invitation(by, invitation, at).or_refuse()
    _answer(invitation, State.DECLINED, at)
    edition = invitation.group.edition
    acts.record(ClassInvitationDeclined(edition.pk), by=by, at=at, scope=edition.scope, subject=by)


@transaction.atomic
def withdraw(invitation: ClassInvitation, *, by: Person, at: datetime) -> None:
    """Take an invitation back before it is answered."""
    invitation = _hold(invitation)
    rules.may_withdraw_invitation(by, invitation, at).or_refuse()
    _answer(invitation, State.WITHDRAWN, at)
    edition = invitation.group.edition
    done = ClassInvitationWithdrawn(edition.pk)
    acts.record(done, by=by, at=at, scope=edition.scope, subject=invitation.person)


def _answer(invitation: ClassInvitation, state: State, at: datetime) -> None:
    invitation.state, invitation.answered_at = state, at
    invitation.save(update_fields=["state", "answered_at"])


def _hold(invitation: ClassInvitation) -> ClassInvitation:
    """Hold the edition's row, then read the invitation anew: two tabs answer once, and seats are counted once."""
    Edition.objects.select_for_update().get(pk=invitation.group.edition_id)
    return ClassInvitation.objects.select_related("group__edition", "person").get(pk=invitation.pk)
