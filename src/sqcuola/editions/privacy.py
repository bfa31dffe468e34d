"""What editions keep about people."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.editions.models import Bar, Change, Clarification, Edition, Invitation, Membership, Role, Seat
from sqcuola.kernel.privacy import Basis, Entry, Fate, register
from sqcuola.people.models import Person

WITH_THE_PERSON = _("until the person is erased")
WITH_THE_EDITION = _("as long as the edition’s page")


def _asked_or_answered(person: Person) -> QuerySet[Clarification]:
    return Clarification.objects.filter(Q(answered_by=person) | Q(email__iexact=person.email))


def _forget_questions(person: Person, _at: datetime) -> None:
    """Take the person off questions and answers; what was said in public stays, without a name as ever."""
    Clarification.objects.filter(email__iexact=person.email).update(email="")
    Clarification.objects.filter(answered_by=person).update(answered_by=None)


def _where_contact(person: Person) -> QuerySet[Edition]:
    """Return the editions whose contact is the person: by their address, or by their name where they had a role."""
    named = Q(contact_name__iexact=person.name, pk__in=Role.objects.filter(person=person).values("edition"))
    return Edition.objects.exclude(contact_name="").filter(named | Q(contact_mail__iexact=person.email))


def _forget_contact(person: Person, _at: datetime) -> None:
    """Take the person off as a contact: from then on candidates find who coordinates."""
    _where_contact(person).update(contact_name="", contact_phone="", contact_mail="")


def _forget_invitations(person: Person, _at: datetime) -> None:
    Invitation.objects.filter(person=person).delete()
    Invitation.objects.filter(by=person).update(by=None)


register(
    # Before the roles: some contacts are known by a name and a role.
    Entry(
        Edition,
        purpose=_(
            "to tell candidates whom to ask for help with the test: a name with a phone number or an address"
        ),
        basis=Basis.INTEREST,
        fate=Fate.ANONYMOUS,
        until=_("until who coordinates changes it, or the person is erased"),
        rows=_where_contact,
        exported=("title", "contact_name", "contact_phone", "contact_mail"),
        erase=_forget_contact,
        leads_on=False,
        why=_("the edition stays, without a contact; letters that have left say what they said"),
    ),
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
        why=_("the seat stays, and is nobody’s"),
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
        until=_("an address until the answer; question and answer as long as the edition’s page"),
        rows=_asked_or_answered,
        exported=("edition", "question", "asked_at", "answer", "answered_at"),
        erase=_forget_questions,
        why=_("candidates relied on the answers; nobody’s name stands in them"),
    ),
)
