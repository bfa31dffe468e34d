"""Erasing a person, everywhere, at their own wish; and again in a copy that was made before."""

from datetime import datetime

from django.db import connections, transaction

from sqcuola.kernel import acts, ids, privacy
from sqcuola.kernel.models import Outgoing
from sqcuola.people import mail, rules, takedowns
from sqcuola.people.acts import PersonErased
from sqcuola.people.models import Person

LAST_LETTER = "people.erased:"


@transaction.atomic
def erase(person: Person, *, by: Person, at: datetime) -> None:
    """Erase a person at their own wish: every room, files, search, outbox, sessions; then one last mail.

    Their name is put on the take-down list first, as a digest, so that no restored copy brings them back. The act says
    that somebody was erased and not who.
    """
    rules.may_erase(by, person, at).or_refuse()
    address, language = person.email, person.language
    erase_again(person, at=at)
    key = f"{LAST_LETTER}{ids.code(16)}"
    mail.post("erased", key=key, to=address, language=language, at=at)


@transaction.atomic
def erase_again(person: Person, *, at: datetime) -> None:
    """Erase a person who stands on the take-down list."""
    takedowns.note(person, at=at)
    models = len(privacy.entries())
    privacy.erase(person, at)
    acts.record(PersonErased(models=models), by=acts.SYSTEM, at=at)


def forget_last_letters() -> None:
    """Delete the last letters to erased people that have left, or came back; with one goes what SQLite's journal kept."""
    waiting = [Outgoing.State.WAITING, Outgoing.State.SENDING]
    gone, _models = Outgoing.objects.filter(key__startswith=LAST_LETTER).exclude(state__in=waiting).delete()
    if gone:
        empty_journals()


def empty_journals() -> None:
    """Write SQLite's journals into their files and cut them off: pages as they were before stand there until then."""
    for link in connections.all():
        if link.vendor == "sqlite" and not link.in_atomic_block:
            with link.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def empty_account(person: Person, at: datetime) -> None:
    """Leave of an account only its number: what other rooms keep without a name still points somewhere."""
    Person.objects.filter(pk=person.pk).update(
        email=f"erased-{ids.code(16).lower()}@erased.invalid",
        name="",
        handle=None,
        language="it",
        password="!",  # noqa: S106 - no password can be this
        last_login=None,
        news_seen_at=None,
        is_active=False,
        is_administrator=False,
        mark=ids.token(),
        erased_at=at,
    )
