"""Asking somebody to take on a role, by mail; it is theirs once they say yes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language

from sqcuola.editions import mail, rules
from sqcuola.editions.actions.entrusting import end_role, give_role
from sqcuola.editions.acts import RoleDeclined, RoleOffered
from sqcuola.editions.models import Edition, Invitation, Role
from sqcuola.kernel import acts, ids
from sqcuola.people import entering, links
from sqcuola.people.models import Person

LASTS = timedelta(days=14)
State = Invitation.State


@transaction.atomic
def invite(
    edition: Edition,
    email: str,
    kind: str,
    *,
    name: str,
    about: str = "",
    handing_over: Role | None = None,
    by: Person,
    at: datetime,
) -> Invitation:
    """Ask whoever has this address to take on a role. Asking again sends the mail again; a new person gets an account."""
    if handing_over is None or handing_over.person_id != by.pk:
        rules.may_give_roles(by, edition, at).or_refuse()
    person = entering.find_or_create(email, name=name, language=get_language() or "it", at=at)
    rules.may_hold(person, kind, edition, at).or_refuse()
    invitation, made = Invitation.objects.get_or_create(
        edition=edition,
        person=person,
        kind=kind,
        state=State.SENT,
        defaults={
            "code": ids.code(16),
            "about": about,
            "by": by,
            "sent_at": at,
            "handing_over": handing_over,
        },
    )
    if made:
        act = RoleOffered(edition.pk, Role.Kind(kind))
        acts.record(act, by=by, at=at, scope=edition.scope, subject=person)
    _send(invitation, at)
    return invitation


def _send(invitation: Invitation, at: datetime) -> None:
    person = invitation.person
    url = links.make(
        person, thing=("editions:invitation", {"code": invitation.code}), expires=at + LASTS, at=at
    )
    with translation.override(person.language):
        role = invitation.get_kind_display()
    letter = mail.Letter(
        text="editions.invitation",
        key=f"editions.invitation:{invitation.pk}:{at:%Y%m%d%H%M}",
        to=person.email,
        language=person.language,
        edition=invitation.edition,
        url=url,
        values={
            "name": str(person),
            "by": str(invitation.by),
            "role": f"{role} ({invitation.about})" if invitation.about else role,
        },
    )
    mail.post(letter, at=at)


@transaction.atomic
def accept(invitation: Invitation, *, by: Person, at: datetime) -> Role:
    """Take on the role one was asked to; if it was handed over, it ends for who held it in the same moment."""
    invitation = _hold(invitation)
    rules.may_answer_invitation(by, invitation, at).or_refuse()
    role = give_role(invitation.edition, by, invitation.kind, about=invitation.about, by=acts.SYSTEM, at=at)
    invitation.state, invitation.role, invitation.answered_at = State.ACCEPTED, role, at
    invitation.save(update_fields=["state", "role", "answered_at"])
    old = invitation.handing_over
    if old is not None and old.ends is None and old.pk != role.pk:
        end_role(old, by=old.person, at=at)
    return role


@transaction.atomic
def decline(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Say no."""
    invitation = _hold(invitation)
    rules.may_answer_invitation(by, invitation, at).or_refuse()
    invitation.state, invitation.answered_at = State.DECLINED, at
    invitation.save(update_fields=["state", "answered_at"])
    act = RoleDeclined(invitation.edition_id, Role.Kind(invitation.kind))
    acts.record(act, by=by, at=at, scope=invitation.edition.scope, subject=by)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an invitation back before it is answered; its link then says so."""
    rules.may_give_roles(by, invitation.edition, at).or_refuse()
    Invitation.objects.filter(pk=invitation.pk, state=State.SENT).update(
        state=State.WITHDRAWN, answered_at=at
    )


def _hold(invitation: Invitation) -> Invitation:
    """Read the invitation anew and hold its row: two tabs answer once."""
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("edition", "handing_over")
        .get(pk=invitation.pk)
    )
