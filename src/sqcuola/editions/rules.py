"""Who may do what with an edition. Each condition stands here once; views, buttons, jobs and actions all ask."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import (
    Bar,
    Clarification,
    Edition,
    Figure,
    Invitation,
    Phase,
    Role,
    School,
    Voice,
)
from sqcuola.kernel.prepared import prepared
from sqcuola.kernel.verdicts import ALLOWED, HIDDEN, Verdict, denied
from sqcuola.people.models import Person

JUDGES = frozenset({Role.Kind.READER, Role.Kind.JUROR, Role.Kind.COORDINATOR})
ONLY_COORDINATOR = _("Only who coordinates this edition can do this.")
CALLED_OFF = _("This edition was called off: nothing in it can change any more.")
BARRED = _("This person cannot judge in this edition.")


def has_role(person: Person | None, kind: str, edition: Edition | None, at: datetime) -> bool:
    """Tell whether a person holds a role at an instant, in the edition or in the whole house."""
    if person is None:
        return False
    here = {None, edition.pk} if edition else {None}
    return not here.isdisjoint(_held(person.pk, kind, at))


@prepared
def _held(person: int, kind: str, at: datetime) -> QuerySet[Role, int | None]:
    """Return the editions in which somebody holds a role of a kind; None is the whole house."""
    lasting = Q(begins__lte=at) & (Q(ends=None) | Q(ends__gt=at))
    return Role.objects.filter(lasting, person=person, kind=kind).values_list("edition", flat=True)


def belongs(person: Person | None, edition: Edition, at: datetime) -> bool:
    """Tell whether a person is entrusted with anything in an edition, by a role in it or in the whole house."""
    if person is None:
        return False
    lasting = Q(begins__lte=at) & (Q(ends=None) | Q(ends__gt=at))
    return Role.objects.filter(Q(edition=None) | Q(edition=edition), lasting, person=person).exists()


def may_see(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether an edition exists for a person: once it is published, or for who works in it."""
    if edition.published_at and edition.published_at <= at:
        return ALLOWED
    if person is not None and (person.is_administrator or belongs(person, edition, at)):
        return ALLOWED
    return HIDDEN


def may_coordinate(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether a person runs an edition at this instant."""
    if has_role(person, Role.Kind.COORDINATOR, edition, at):
        return ALLOWED
    return denied(ONLY_COORDINATOR) if belongs(person, edition, at) else HIDDEN


def may_change(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether a person may change an edition: who coordinates it, until it is called off."""
    runs = may_coordinate(person, edition, at)
    if runs and edition.cancelled_at and edition.cancelled_at <= at:
        return denied(CALLED_OFF)
    return runs


def may_see_every_edition(person: Person | None, at: datetime) -> Verdict:
    """Judge whether a person may see which editions there are, also those not public: who runs the house, in whole or its classes."""
    if person is None:
        return HIDDEN
    if person.is_administrator or has_role(person, Role.Kind.COORDINATOR, None, at):
        return ALLOWED
    return HIDDEN


def may_create_edition(person: Person | None, at: datetime) -> Verdict:
    """Judge whether a person may begin an edition: whoever sees all there are."""
    return may_see_every_edition(person, at)


def may_change_school(person: Person | None, school: School, _at: datetime) -> Verdict:  # noqa: ARG001 - there is one
    """Judge whether a person may change what the school is called: who runs the installation."""
    return ALLOWED if person is not None and person.is_administrator else HIDDEN


def may_publish(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether an edition may go public now."""
    changes = may_change(person, edition, at)
    if not changes:
        return changes
    if edition.published_at:
        return denied(_("This edition is public already."))
    call = next((phase for phase in edition.phases.all() if phase.kind == Phase.Kind.CALL), None)
    if call and call.ends <= at:
        return denied(_("The call would close before anybody reads it: move its dates first."))
    return ALLOWED


def may_extend_call(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether the call may stay open longer: until the ranking is closed."""
    changes = may_change(person, edition, at)
    if not changes:
        return changes
    if not any(phase.kind == Phase.Kind.CALL for phase in edition.phases.all()):
        return denied(_("This edition takes people by invitation: there is no call to extend."))
    if edition.ranking_closed_at:
        return denied(_("The ranking is closed: the call cannot open again."))
    return ALLOWED


def may_leave_out(person: Person | None, phase: Phase, at: datetime) -> Verdict:
    """Judge whether a phase may be left out: any but the class, before it begins or before anybody knows of it."""
    changes = may_change(person, phase.edition, at)
    if not changes:
        return changes
    if phase.kind == Phase.Kind.CLASS:
        return denied(_("There is always a class: everything else can be left out."))
    if phase.edition.published_at and phase.begins <= at:
        return denied(_("This phase has begun: it can be shortened, not left out."))
    return ALLOWED


def may_cancel(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether an edition may be called off."""
    return may_change(person, edition, at)


def may_give_roles(person: Person | None, edition: Edition, at: datetime) -> Verdict:
    """Judge whether a person may entrust others with roles: who coordinates, and administrators."""
    if person is not None and person.is_administrator and not may_coordinate(person, edition, at):
        return ALLOWED
    return may_change(person, edition, at)


def may_hold(person: Person, kind: str, edition: Edition | None, at: datetime) -> Verdict:
    """Judge whether a person can be given a role, next to what they hold and are barred from."""
    bars = Bar.objects.filter(person=person)
    if kind in JUDGES and (bars.filter(edition=edition) if edition else bars).exists():
        return denied(BARRED)
    held = set(
        Role.objects.filter(Q(ends=None) | Q(ends__gt=at), person=person)
        .filter(Q(edition=None) | Q(edition=edition) if edition else Q())
        .values_list("kind", flat=True)
    )
    if kind == Role.Kind.TREASURER and held & JUDGES:
        return denied(_("Who keeps the money does not read, judge or coordinate: choose somebody else."))
    if kind in JUDGES and Role.Kind.TREASURER in held:
        return denied(_("This person keeps the money, so they cannot read, judge or coordinate here."))
    return ALLOWED


def may_end_role(person: Person | None, role: Role, at: datetime) -> Verdict:
    """Judge whether a role may end: by who gives roles, or by who holds it; never leaving nobody in charge."""
    if role.ends and role.ends <= at:
        return denied(_("This role has ended already."))
    own = person is not None and role.person_id == person.pk
    allowed = ALLOWED if own or role.edition is None else may_give_roles(person, role.edition, at)
    if role.edition is None and not own and not (person and person.is_administrator):
        return HIDDEN
    if allowed and role.kind == Role.Kind.COORDINATOR and _is_last(role, at):
        return denied(_("Nobody would be left in charge: hand it over instead."))
    return allowed


def _is_last(role: Role, at: datetime) -> bool:
    others = Role.objects.filter(
        Q(ends=None) | Q(ends__gt=at), kind=role.kind, edition=role.edition, begins__lte=at
    )
    return not others.exclude(pk=role.pk).exists()


def may_answer_invitation(person: Person | None, invitation: Invitation, _at: datetime) -> Verdict:
    """Judge whether somebody may say yes or no: the person who was asked, once."""
    if person is None or invitation.person_id != person.pk:
        return HIDDEN
    if invitation.state == Invitation.State.WITHDRAWN:
        return denied(_("This invitation was taken back. Ask whoever sent it."))
    if invitation.state != Invitation.State.SENT:
        return denied(_("You have answered this invitation already."))
    if invitation.edition.cancelled_at and invitation.edition.cancelled_at <= _at:
        return denied(CALLED_OFF)
    return ALLOWED


def fits(edition: Edition, kind: str, begins: datetime, ends: datetime) -> Verdict:
    """Judge whether dates of a phase make sense next to the others."""
    if ends <= begins:
        return denied(_("It would end before it begins."))
    others = {phase.kind: phase for phase in edition.phases.all() if phase.kind != kind}
    if kind == Phase.Kind.CALL and (test := others.get(Phase.Kind.ASSESSMENT)) and ends > test.begins:
        return denied(_("The test would begin before the call closes: move the test first."))
    if kind == Phase.Kind.ASSESSMENT and (call := others.get(Phase.Kind.CALL)) and begins < call.ends:
        return denied(_("The test would begin before the call closes."))
    if (
        kind == Phase.Kind.ASSESSMENT
        and (ranking := others.get(Phase.Kind.RANKING))
        and begins > ranking.begins
    ):
        return denied(_("The ranking would begin before the test: move the ranking first."))
    if kind == Phase.Kind.RANKING and (test := others.get(Phase.Kind.ASSESSMENT)) and begins < test.begins:
        return denied(_("The ranking would begin before the test."))
    return ALLOWED


def may_move(person: Person | None, phase: Phase, at: datetime) -> Verdict:
    """Judge whether a phase may get other dates."""
    return may_change(person, phase.edition, at)


def may_hand_over(person: Person | None, role: Role, at: datetime) -> Verdict:
    """Judge whether somebody may ask another to take a role on: who holds it, or who gives roles."""
    if role.edition is None:
        return HIDDEN
    if role.ends and role.ends <= at:
        return denied(_("This role has ended already."))
    own = person is not None and role.person_id == person.pk
    return ALLOWED if own else may_give_roles(person, role.edition, at)


def may_read_invitation(person: Person | None, invitation: Invitation, _at: datetime) -> Verdict:
    """Judge whether somebody may read an invitation: the person who was asked."""
    return ALLOWED if person is not None and invitation.person_id == person.pk else HIDDEN


def may_withdraw_invitation(person: Person | None, invitation: Invitation, at: datetime) -> Verdict:
    """Judge whether an invitation may be taken back."""
    return may_give_roles(person, invitation.edition, at)


def may_drop(person: Person | None, thing: Voice | Figure, at: datetime) -> Verdict:
    """Judge whether a voice or a figure may be taken off the public page."""
    return may_change(person, thing.edition, at)


def may_answer(person: Person | None, clarification: Clarification, at: datetime) -> Verdict:
    """Judge whether somebody may answer a question about an edition."""
    return may_coordinate(person, clarification.edition, at)
