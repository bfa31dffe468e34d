"""How this room's own rows move when two accounts become one. Loaded when the house starts."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import F

from sqcuola.kernel.models import PartialFile, StoredFile
from sqcuola.people import merging, takedowns
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


def move(stays: Person, goes: Person, at: datetime) -> None:
    """Move what is worth moving; ways in, sessions and half-done things of the account that goes end with it."""
    merging.carry(Profile, "person", stays, goes)
    merging.carry(FieldPrivacy, "person", stays, goes, once=("field",))
    merging.carry(PersonCompetence, "person", stays, goes, once=("competence",))
    # A yes is not inherited; that it was given stands in the history.
    Consent.objects.filter(person=goes, withdrawn_at=None).update(withdrawn_at=at)
    merging.carry(Consent, "person", stays, goes)
    merging.carry(Evidence, "person", stays, goes, once=("kind", "url"))
    for model, mine, other in ((Follow, "follower", "followed"), (Block, "blocker", "blocked")):
        model.objects.filter(**{mine: stays, other: goes}).delete()
        model.objects.filter(**{mine: goes, other: stays}).delete()
        merging.carry(model, mine, stays, goes, once=(other,))
        merging.carry(model, other, stays, goes, once=(mine,))
    StoredFile.objects.filter(account_id=goes.pk).update(account_id=stays.pk)
    PartialFile.objects.filter(account_id=goes.pk).delete()
    merging.carry(Link, "person", stays, goes)
    merging.carry(FormerAddress, "person", stays, goes)
    FormerAddress.objects.create(
        person=stays, email=goes.email, until=at, take_down=takedowns.digest_of(goes)
    )
    SignInCode.objects.filter(asked_by=goes).delete()
    RescueVoice.objects.filter(rescue__person=goes).delete()
    Rescue.objects.filter(person=goes).delete()
    RescueVoice.objects.filter(colleague=goes).delete()
    Export.objects.filter(person=goes).delete()
    Device.objects.filter(person=goes).delete()
    Authenticator.objects.filter(user=goes).delete()
    EmailAddress.objects.filter(user=goes).delete()
    Follow.objects.filter(follower=F("followed")).delete()


merging.register("people", move)
