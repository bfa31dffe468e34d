"""What editions keep about people."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Bar, Change, Clarification, Invitation, Membership, Role, Seat
from sqcuola.kernel.privacy import Basis, Entry, Fate, register
from sqcuola.people.models import Person

WITH_THE_PERSON = _("until the person is erased")
WITH_THE_EDITION = _("as long as the edition's page")


def _asked_or_answered(person: Person) -> QuerySet[Clarification]:
    return Clarification.objects.filter(Q(answered_by=person) | Q(email__iexact=person.email))


def _forget_questions(person: Person, _at: datetime) -> None:
    """Take the person off questions and answers; what was said in public stays, without a name as ever."""
    Clarification.objects.filter(email__iexact=person.email).update(email="")
    Clarification.objects.filter(answered_by=person).update(answered_by=None)


def _forget_invitations(person: Person, _at: datetime) -> None:
    Invitation.objects.filter(person=person).delete()
    Invitation.objects.filter(by=person).update(by=None)


register(
    Entry(
        Membership,
        purpose=_("to know who belongs to a class or a group, and from when to when"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=WITH_THE_PERSON,
        rows="person",
        exported=("group", "begins", "ends"),
    ),
    Entry(
        Role,
        purpose=_("to know who was entrusted with what, and from when to when"),
        basis=Basis.CONTRACT,
        fate=Fate.ERASED,
        until=WITH_THE_PERSON,
        rows="person",
        exported=("edition", "kind", "about", "begins", "ends"),
    ),
    Entry(
        Invitation,
        purpose=_("to ask somebody to take on a role"),
        basis=Basis.INTEREST,
        fate=Fate.ERASED,
        until=WITH_THE_PERSON,
        rows=lambda person: Invitation.objects.filter(Q(person=person) | Q(by=person)),
        exported=("edition", "kind", "about", "state", "sent_at", "answered_at"),
        erase=_forget_invitations,
    ),
    Entry(
        Bar,
        purpose=_("to keep people from judging where they are interested; without the reason"),
        basis=Basis.INTEREST,
        fate=Fate.ERASED,
        until=WITH_THE_PERSON,
        rows="person",
        exported=("edition", "begins"),
    ),
    Entry(
        Seat,
        purpose=_("to know whose a numbered seat is"),
        basis=Basis.CONTRACT,
        fate=Fate.ANONYMOUS,
        until=WITH_THE_PERSON,
        rows="holder",
        exported=("edition", "number"),
        blank={"holder": None},
        why=_("the seat stays, and is nobody's"),
    ),
    Entry(
        Change,
        purpose=_("to show what was changed in public, when and why"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=WITH_THE_EDITION,
        rows="by",
        exported=("edition", "kind", "phase", "reason", "at"),
        blank={"by": None},
        why=_("candidates relied on it: what was changed stays, not who did it"),
    ),
    Entry(
        Clarification,
        purpose=_("to answer questions about a call, the same for everybody"),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=_("an address until the answer; question and answer as long as the edition's page"),
        rows=_asked_or_answered,
        exported=("edition", "question", "asked_at", "answer", "answered_at"),
        erase=_forget_questions,
        why=_("candidates relied on the answers; nobody's name stands in them"),
    ),
)
