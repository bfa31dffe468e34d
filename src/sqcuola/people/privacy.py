"""What this room keeps about people, why, for how long, and what becomes of it when a person is erased."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import outbox
from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.privacy import NOTHING, Basis, Entry, Fate, register
from sqcuola.people import actions, codes, copies, devices, erasure
from sqcuola.people.models import (
    Block,
    Consent,
    Device,
    Evidence,
    Export,
    FieldPrivacy,
    Follow,
    FormerAddress,
    Link,
    Person,
    PersonCompetence,
    Profile,
    Rescue,
    RescueVoice,
    SignInCode,
)

UNTIL_ERASED = _("until the person is erased")
SECRET = _("it is a secret of the door, and only its digest is kept")


def addresses(person: Person) -> list[str]:
    """Return every address a person has or had here."""
    former = FormerAddress.objects.filter(person=person.pk).values_list("email", flat=True)
    return [person.email, *former]


def _codes(person: Person) -> QuerySet[SignInCode]:
    return SignInCode.objects.filter(Q(email__in=addresses(person)) | Q(asked_by=person.pk))


def _forget_codes(person: Person, _at: datetime) -> None:
    codes.drop(_codes(person))


def _forget_addresses(person: Person, _at: datetime) -> None:
    for address in addresses(person):
        outbox.forget(address)
    FormerAddress.objects.filter(person=person.pk).delete()


def _forget_rescues(person: Person, _at: datetime) -> None:
    for rescue in Rescue.objects.filter(person=person.pk):
        Outgoing.objects.filter(key__startswith=f"people.rescue:{rescue.pk}:").delete()
        rescue.delete()
    RescueVoice.objects.filter(colleague=person.pk).delete()


def _forget_competences(person: Person, _at: datetime) -> None:
    """Delete what a person can do, and the words that nobody else goes by: they may be about one person only."""
    models = (PersonCompetence, Evidence)
    theirs = {
        pk
        for model in models
        for pk in model.objects.filter(person=person.pk).values_list("competence", flat=True)
    }
    for model in models:
        model.objects.filter(person=person.pk).delete()
    actions.drop_unused_competences(theirs)


def _forget_follows(person: Person, _at: datetime) -> None:
    Follow.objects.filter(Q(follower=person.pk) | Q(followed=person.pk)).delete()


def _forget_blocks(person: Person, _at: datetime) -> None:
    Block.objects.filter(Q(blocker=person.pk) | Q(blocked=person.pk)).delete()


def _forget_copies(person: Person, _at: datetime) -> None:
    copies.remove(Export.objects.filter(person=person.pk))


def _end_sessions(person: Person, _at: datetime) -> None:
    devices.end_others(person)


def _sessions(person: Person) -> QuerySet[Session]:
    keys = list(Device.objects.filter(person=person.pk).values_list("session_key", flat=True))
    return Session.objects.filter(session_key__in=keys)


def _erased(model: Any, purpose: Any, exported: Any, **more: Any) -> Entry:
    """Return an entry for what a person told us about themselves: theirs while they are here, erased with them."""
    return Entry(
        model,
        **{
            "purpose": purpose,
            "basis": Basis.CONTRACT,
            "fate": Fate.ERASED,
            "until": UNTIL_ERASED,
            "rows": "person",
            "exported": exported,
            **more,
        },
    )


register(
    _erased(
        SignInCode,
        _("to let in who has the mail address"),
        NOTHING,
        rows=_codes,
        erase=_forget_codes,
        until=_("a day after it ended"),
        why=SECRET,
    ),
    _erased(
        Link,
        _("to let a person do one thing without signing in"),
        ("url_name", "made_at", "expires", "used_at"),
    ),
    _erased(
        Device,
        _("to show where one is signed in, and end it"),
        ("browser", "system", "way", "entered_at"),
        erase=_end_sessions,
    ),
    _erased(
        Rescue,
        _("to give a way in again to who lost the second factor"),
        ("asked_at", "restored_at", "stopped_at"),
        erase=_forget_rescues,
    ),
    _erased(
        RescueVoice,
        _("to know who gave a colleague a way in again"),
        ("at",),
        rows="colleague",
        basis=Basis.INTEREST,
    ),
    _erased(Profile, _("to say who one is"), ("town", "region", "employer", "sentence")),
    _erased(FieldPrivacy, _("to show each line only to those it is for"), ("field", "audience")),
    _erased(
        PersonCompetence,
        _("to be found for what one can do"),
        lambda row: {"competence": str(row.competence)},
        basis=Basis.CONSENT,
        erase=_forget_competences,
    ),
    _erased(
        Consent,
        _("to do only what the person agreed to"),
        ("purpose", "given_at", "withdrawn_at"),
        basis=Basis.CONSENT,
    ),
    _erased(
        Follow,
        _("to tell a person what those they follow do"),
        lambda row: {"followed": str(row.followed), "since": row.since},
        rows="follower",
        erase=_forget_follows,
    ),
    _erased(
        Block,
        _("to keep people apart who want that"),
        lambda row: {"blocked": str(row.blocked), "since": row.since},
        rows="blocker",
        erase=_forget_blocks,
    ),
    _erased(
        Evidence,
        _("to show what one has shown"),
        lambda row: {"kind": row.kind, "title": row.title, "url": row.url, "day": row.day},
    ),
    _erased(
        Export,
        _("to hand a copy over"),
        ("asked_at", "ready_at", "size"),
        until=_("a week"),
        erase=_forget_copies,
    ),
    _erased(
        FormerAddress,
        _("to erase also what was sent to an earlier address"),
        ("email", "until"),
        erase=_forget_addresses,
    ),
    _erased(
        Authenticator,
        _("to ask for a second proof at the door"),
        ("type", "created_at", "last_used_at"),
        rows="user",
    ),
    _erased(
        EmailAddress,
        _("nothing: the library that checks second factors brings this table, and it stays empty"),
        ("email",),
        rows="user",
        always_empty=True,
    ),
    _erased(
        EmailConfirmation,
        _("nothing: the library that checks second factors brings this table, and it stays empty"),
        NOTHING,
        rows="email_address__user",
        always_empty=True,
        why=SECRET,
    ),
    _erased(
        Session,
        _("to remember that one has signed in"),
        NOTHING,
        rows=_sessions,
        until=_("two weeks, or until one signs out"),
        why=SECRET,
    ),
    Entry(
        Person,
        purpose=_("to be somebody here: come in, be written to, be called by name"),
        basis=Basis.CONTRACT,
        fate=Fate.ANONYMOUS,
        until=UNTIL_ERASED,
        rows="pk",
        exported=("name", "email", "handle", "language", "joined", "last_login", "news_seen_at"),
        erase=erasure.empty_account,
        why=_("an empty account number stays, so that counts and closed rankings still add up"),
    ),
)
