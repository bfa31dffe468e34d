"""Letters that leave, and the daily mail."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sqcuola.kernel import clock, jobs
from sqcuola.notices import hours, posting, queries, texts
from sqcuola.notices.models import Message, Notice, Receiver
from sqcuola.notices.texts import Said
from sqcuola.people.models import Person

BATCH: Final = 25  # mails put in one transaction: a write is never long


@jobs.job("notices.deliver", says=gettext_lazy("puts a letter to a list into the outbox"))
def deliver(message_id: int) -> None:
    """Put a letter into the outbox for each receiver, unless it was taken back. Again is no harm: each mail has its key."""
    at = clock.now()
    Message.objects.filter(pk=message_id, taken_back_at=None, left_at=None, leaves_at__lte=at).update(
        left_at=at
    )
    message = Message.objects.select_related("edition").filter(pk=message_id).exclude(left_at=None).first()
    if message is None:
        return
    waiting = message.receivers.filter(outgoing=None).select_related("person").order_by("pk")
    while some := list(waiting[:BATCH]):
        with transaction.atomic():
            for receiver in some:
                _post(message, receiver, at)


def _post(message: Message, receiver: Receiver, at: datetime) -> None:
    said = texts.filled(
        Said(message.subject, message.body), posting.values_for(receiver.person, message.edition)
    )
    receiver.outgoing = posting.post(
        receiver.person, said, key=f"notices.message:{message.pk}:{receiver.person_id}", at=at
    )
    receiver.save(update_fields=["outgoing"])


@jobs.every(timedelta(minutes=15), name="notices.daily-mail", says=gettext_lazy("sends the daily mails"))
def daily_mail(at: datetime) -> None:
    """Send each person, at the hour they chose, one mail with what waits for it and was not seen meanwhile."""
    waiting = Notice.objects.filter(mail=Notice.Mail.DIGEST)
    for person in Person.objects.filter(pk__in=waiting.values("person")):
        hour = hours.of_daily_mail(person, at)
        if hour <= at:
            _gather(person, hour, at)


def _gather(person: Person, hour: datetime, at: datetime) -> None:
    with transaction.atomic():
        waiting = Notice.objects.filter(person=person, mail=Notice.Mail.DIGEST, made_at__lt=hour)
        fresh = waiting.filter(seen_at=None).select_related("person", "edition").order_by("made_at")
        unseen = list(queries.said_in(person.language, fresh))
        if unseen:
            posting.post(
                person, _digest(person, unseen), key=f"notices.daily:{person.pk}:{hour.date()}", at=at
            )
        waiting.update(mail=Notice.Mail.GATHERED)


def _digest(person: Person, notices: list[Notice]) -> Said:
    with translation.override(person.language):
        lines = [
            f"{line.words}: {posting.whole(line.notice.url)}"
            for line in queries.lines(notices, person, person.language)
        ]
        subject = ngettext("One thing from today", "%(count)s things from today", len(lines)) % {
            "count": len(lines)
        }
        return Said(subject, "\n\n".join([_("Hello %(name)s,") % {"name": person}, *lines]))
