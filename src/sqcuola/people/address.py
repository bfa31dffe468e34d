"""Changing the mail address: the new one is proved by a code, and both are told."""

from datetime import datetime

from django.db import transaction

from sqcuola.people import codes, mail, rules
from sqcuola.people.models import FormerAddress, Person, Purpose, SignInCode


def ask(person: Person, email: str, *, at: datetime) -> SignInCode | None:
    """Send a code to the new address, and tell the old one that a change was asked for; None when asked too often."""
    if not codes.may_be_sent(email, at=at):
        return None
    with transaction.atomic():
        row = codes.put(email, purpose=Purpose.ADDRESS, language=person.language, at=at, asked_by=person)
        _tell("address_asked", person, person.email, at=at)
    return row


@transaction.atomic
def change(person: Person, *, to: str, by: Person, at: datetime) -> None:
    """Change the address to one that was proved. Raises IntegrityError when another account has it."""
    rules.may_change(by, person, at).or_refuse()
    old = person.email
    person.email = to
    person.save(update_fields=["email"])
    FormerAddress.objects.create(person=person, email=old, until=at)
    for address in (old, to):
        _tell("address_changed", person, address, at=at, old=old)


def _tell(name: str, person: Person, address: str, *, at: datetime, **more: object) -> None:
    mail.post(
        name,
        key=f"people.{name}:{person.pk}:{at.isoformat()}:{address == person.email}",
        to=address,
        language=person.language,
        at=at,
        person=person,
        **more,
    )
