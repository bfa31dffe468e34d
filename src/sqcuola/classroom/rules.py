"""Who comes into a classroom: the class, and who works with it. Who may be asked into it, and answer."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.models import Edition, Group, Membership, Phase, Role
from sqcuola.editions.queries import lasting, phase
from sqcuola.editions.rules import has_role, may_change, may_coordinate
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.people.models import Person

STAFF = (Role.Kind.COORDINATOR, Role.Kind.TEACHER, Role.Kind.TUTOR, Role.Kind.MENTOR)


def in_class(person: Person, edition: Edition, at: datetime) -> bool:
    """Tell whether somebody holds a seat in the class of an edition at this instant."""
    return Membership.objects.filter(
        lasting(at), group__edition=edition, group__kind=Group.Kind.CLASS, person=person
    ).exists()


def may_enter(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may see the class."""
    if person is None:
        return HIDDEN
    if in_class(person, edition, at) or any(has_role(person, kind, edition, at) for kind in STAFF):
        return ALLOWED
    return HIDDEN


def may_see_invitations(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether there is a page of who is invited: for who coordinates, where seats are not earned by applying."""
    runs = may_change(person, edition, at)
    if runs and phase(edition, Phase.Kind.CALL):
        return denied(_("In this edition seats are earned in the selection: nobody is invited to one."))
    return runs


def may_write_to(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether the lists of an invited class exist for somebody; where people apply, `admissions` has its own."""
    return HIDDEN if phase(edition, Phase.Kind.CALL) else may_coordinate(person, edition, at)


def may_invite(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether somebody may be asked into the class now: until it is over."""
    sees = may_see_invitations(person, edition, at)
    return _still(edition, at) if sees else sees


def _still(edition: Edition, at: datetime) -> Verdict:
    lessons = phase(edition, Phase.Kind.CLASS)
    if lessons and lessons.ends <= at:
        return denied(_("The class is over."))
    return ALLOWED


def may_read_invitation(person: Person | None, invitation: ClassInvitation, _at: datetime) -> Verdict:
    """Judge whether somebody may read an invitation: the person who was asked."""
    return ALLOWED if person is not None and invitation.person_id == person.pk else HIDDEN


def may_answer_invitation(person: Person | None, invitation: ClassInvitation, at: datetime) -> Verdict:
    """Judge whether somebody may say yes or no: the person who was asked, once, until the class is over."""
    if not may_read_invitation(person, invitation, at):
        return HIDDEN
    edition = invitation.group.edition
    if invitation.state == ClassInvitation.State.WITHDRAWN:
        return denied(_("This invitation was taken back. Ask whoever sent it."))
    if invitation.state != ClassInvitation.State.SENT:
        return denied(_("You have answered this invitation already."))
    if edition.cancelled_at and edition.cancelled_at <= at:
        return denied(_("This edition was called off."))
    return _still(edition, at)


def may_withdraw_invitation(person: Person | None, invitation: ClassInvitation, at: datetime) -> Verdict:
    """Judge whether an invitation may be taken back: before it is answered."""
    sees = may_see_invitations(person, invitation.group.edition, at)
    if sees and invitation.state != ClassInvitation.State.SENT:
        return denied(_("It has been answered already."))
    return sees
