"""Someone lost the second factor: two colleagues who have spoken with them give a way in again."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from sqcuola.kernel import acts
from sqcuola.people import devices, mail, rules, second_factor
from sqcuola.people.acts import AccessRestored
from sqcuola.people.models import Person, Rescue, RescueVoice

LASTS = timedelta(hours=48)
VOICES = 2


@transaction.atomic
def ask(person: Person, *, at: datetime) -> Rescue:
    """Ask the colleagues for help, for a person who has proved the mail address. Asking again changes nothing."""
    Rescue.objects.filter(person=person, expires__lte=at, restored_at=None, stopped_at=None).update(
        stopped_at=at
    )
    try:
        with transaction.atomic():
            rescue = Rescue.objects.create(person=person, asked_at=at, expires=at + LASTS)
    except IntegrityError:
        return Rescue.objects.get(person=person, restored_at=None, stopped_at=None)
    for colleague in second_factor.colleagues(person, at):
        mail.post(
            "rescue_asked",
            key=f"people.rescue:{rescue.pk}:{colleague.pk}",
            to=colleague.email,
            language=colleague.language,
            at=at,
            person=person,
            colleague=colleague,
        )
    mail.tell_safety(person, "rescue_asked", at=at)
    return rescue


def open_for(colleague: Person, at: datetime) -> QuerySet[Rescue]:
    """Return the cries for help that this colleague could answer now."""
    if not second_factor.may_vouch(colleague, at):
        return Rescue.objects.none()
    alive = Rescue.objects.filter(restored_at=None, stopped_at=None, expires__gt=at)
    return alive.exclude(person=colleague).select_related("person").order_by("asked_at")


@transaction.atomic
def vouch(rescue: Rescue, *, by: Person, at: datetime) -> bool:
    """Say: I spoke with them, it is they. At the second voice the old factors are gone; return whether that was it."""
    rescue = Rescue.objects.select_for_update().select_related("person").get(pk=rescue.pk)
    rules.may_vouch(by, rescue, at).or_refuse()
    RescueVoice.objects.get_or_create(rescue=rescue, colleague=by, defaults={"at": at})
    voices = rescue.voices.count()
    if voices < VOICES:
        return False
    rescue.restored_at = at
    rescue.save(update_fields=["restored_at"])
    Authenticator.objects.filter(user=rescue.person).delete()
    rescue.person.set_unusable_password()
    rescue.person.save(update_fields=["password"])
    devices.end_others(rescue.person)
    acts.record(AccessRestored(voices=voices), by=by, at=at, subject=rescue.person)
    mail.tell_safety(rescue.person, "restored", at=at)
    return True


@transaction.atomic
def stop(person: Person, *, by: Person, at: datetime) -> None:
    """End one's own cry for help: somebody else made it, or the phone was found."""
    rules.may_change(by, person, at).or_refuse()
    Rescue.objects.filter(person=person, restored_at=None, stopped_at=None).update(stopped_at=at)
