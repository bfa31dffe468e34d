"""Write to people: to a list, as it is at this instant, less whom one leaves out; ten minutes to take it back."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from sqcuola.editions.models import Edition
from sqcuola.kernel import acts, lists
from sqcuola.kernel.lists import PeopleList
from sqcuola.kernel.verdicts import Refused
from sqcuola.notices import posting, rules, texts
from sqcuola.notices.acts import MessageSent, MessageTakenBack
from sqcuola.notices.jobs import deliver
from sqcuola.notices.models import Message, Receiver
from sqcuola.notices.texts import Said
from sqcuola.people.models import Person

TIME_TO_THINK: Final = timedelta(minutes=10)
EVERYBODY: Final[Mapping[str, str]] = {}  # a list that is narrowed by nothing


def send(  # noqa: PLR0913 - a letter has as many parts, each by name
    edition: Edition,
    people: PeopleList,
    said: Said,
    *,
    once: str,
    by: Person,
    at: datetime,
    only: Mapping[str, str] = EVERYBODY,
    out: Collection[int] = (),
    leaves_at: datetime | None = None,
) -> Message:
    """Send a letter to those on a list, narrowed by `only`, who are not in `out` (their ids).

    It leaves ten minutes later, or at an hour. `once` is the code of the page it was written on: the same page sent twice is one letter.
    """
    rules.may_write(by, (edition, people), at).or_refuse()
    found = Message.objects.filter(once=once).first()
    if found is not None:
        return found
    members = list(lists.narrowed(people, edition, by, at, only).exclude(pk__in=list(out)))
    if not members:
        raise Refused(_("Nobody is left to write to."))
    with transaction.atomic():
        message = Message.objects.create(
            edition=edition,
            list_key=people.key,
            only=lists.kept(people, only),
            subject=said.subject,
            body=said.body,
            by=by,
            sent_at=at,
            leaves_at=max(leaves_at or at, at + TIME_TO_THINK),
            once=once,
        )
        Receiver.objects.bulk_create(Receiver(message=message, person=person) for person in members)
        deliver.enqueue(message.pk, run_after=message.leaves_at)
        payload = MessageSent(edition=edition.pk, message=message.pk, receivers=len(members))
        acts.record(payload, by=by, at=at, scope=edition.scope)
    return message


def take_back(message: Message, *, by: Person, at: datetime) -> None:
    """Take a letter back before it leaves: nobody gets it."""
    rules.may_take_back(by, message, at).or_refuse()
    with transaction.atomic():
        held = Message.objects.select_for_update().select_related("edition").get(pk=message.pk)
        rules.may_take_back(by, held, at).or_refuse()
        held.taken_back_at = at
        held.save(update_fields=["taken_back_at"])
        payload = MessageTakenBack(edition=held.edition_id, message=held.pk, receivers=held.receivers.count())
        acts.record(payload, by=by, at=at, scope=held.edition.scope)


def send_test(
    edition: Edition, people: PeopleList, said: Said, *, once: str, by: Person, at: datetime
) -> None:
    """Send a letter to oneself alone, filled as if one were on the list."""
    rules.may_write(by, (edition, people), at).or_refuse()
    filled = texts.filled(said, posting.values_for(by, edition))
    trial = Said(_("Trial: %(subject)s") % {"subject": filled.subject}, filled.body)
    posting.post(by, trial, key=f"notices.trial:{once}:{at.isoformat()}", at=at)
