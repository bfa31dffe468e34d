"""Mail. A letter is put into the outbox in the transaction that wants it; a job sends it after the commit.

Sending is claim, send, mark. Who crashes before the claim is committed leaves a waiting letter, which is sent. Who
crashes after it leaves a letter "being sent": nobody can know whether the other side took it, so it is never sent again
by itself; it is listed as "perhaps sent", and a person decides. An error that the other side told us in so many words
is no doubt: a temporary one is tried again, a final one ends as "came back".
"""

import smtplib
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import clock, ids, jobs, reasons
from sqcuola.kernel.models import Outgoing

TRIES: Final = 5
BACK_OFF: Final = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
DOUBT: Final = timedelta(minutes=10)
WORDS_KEPT: Final = timedelta(days=90)
RETURNED_WITHIN: Final = timedelta(days=7)  # most mail servers give up after five
State = Outgoing.State


def put(  # noqa: PLR0913 - a letter has as many parts, each by name
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    html: str = "",
    language: str = "it",
    headers: dict[str, str] | None = None,
    send_after: datetime | None = None,
) -> Outgoing:
    """Put one letter into the outbox, in the caller's transaction; the same key again changes nothing.

    `key` names the letter for good ("admissions.receipt:17"); `send_after` is the instant before which it can still be
    taken back. Returns the letter that stands under the key.
    """
    found = Outgoing.objects.filter(key=key).first()
    if found is not None:
        return found
    when = max(send_after or at, at)
    try:
        with transaction.atomic():
            letter = Outgoing.objects.create(
                key=key,
                to=to,
                subject=" ".join(subject.split())[:255],
                text=text,
                html=html,
                language=language,
                headers=headers or {},
                put_at=at,
                send_after=when,
                message_id=_name(),
            )
            send.enqueue(letter.pk, run_after=when if when > at else None)
    except IntegrityError:  # somebody put it there between the look and the insert
        return Outgoing.objects.get(key=key)
    return letter


def _name() -> str:
    """Return a name for a letter that nobody can guess: whoever knows it has had the letter in hand."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return make_msgid(idstring=ids.code(16).lower(), domain=domain or "localhost")


@jobs.job("kernel.send-letter", says=_("sends a letter"))
def send(letter_id: int) -> None:
    """Send one letter if it is still waiting and its time has come."""
    at = clock.now()
    claimed = Outgoing.objects.filter(pk=letter_id, state=State.WAITING, send_after__lte=at).update(
        state=State.SENDING, claimed_at=at
    )
    if not claimed:
        return
    letter = Outgoing.objects.get(pk=letter_id)
    line = mailers.default
    try:
        line.open()
    except Exception as problem:  # noqa: BLE001 - whatever a provider's library raises, nothing was sent yet
        _later(letter, problem, at)
        return
    try:
        _hand_over(letter, line, at)
    finally:
        line.close()


def _hand_over(letter: Outgoing, line: BaseEmailBackend, at: datetime) -> None:
    headers = {**letter.headers, **({"Message-ID": letter.message_id} if letter.message_id else {})}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    try:
        line.send_messages([message])
    except Exception as problem:  # noqa: BLE001 - sorted by what the other side said, if it said something
        said = _said(problem)
        if said is None:
            _end(letter, State.UNCERTAIN, type(problem).__name__)
        elif said:
            _later(letter, problem, at)
        else:
            _end(letter, State.BOUNCED, _kind(problem))
    else:
        _end(letter, State.SENT, sent_at=at, message_id=_given_name(message) or letter.message_id)


def _given_name(message: EmailMultiAlternatives) -> str:
    """Return the name a provider gave to a letter, by django-anymail; nothing when a mail server took it under ours."""
    status = getattr(message, "anymail_status", None)
    name = getattr(status, "message_id", None)
    return name[:200] if isinstance(name, str) else ""


def _said(problem: Exception) -> bool | None:
    """Tell whether a refusal is temporary (True) or final (False); None when we cannot know what happened."""
    match problem:
        case smtplib.SMTPRecipientsRefused():
            return all(code < 500 for code, _words in problem.recipients.values())
        case smtplib.SMTPResponseException():
            return problem.smtp_code < 500
        case ValueError():  # an address or a header that no mail can carry: Django refused before anything left
            return False
    status = getattr(problem, "status_code", None)  # a provider's HTTP interface, by django-anymail
    if isinstance(status, int) and 400 <= status < 500:
        return status in {408, 425, 429}
    return None


def _kind(problem: Exception) -> str:
    """Return the kind of an error and the code the other side gave, without its words: they may name people."""
    said = ""
    match problem:
        case smtplib.SMTPRecipientsRefused():
            said = " ".join(f"{code} {words!r}" for code, words in problem.recipients.values())
        case smtplib.SMTPResponseException():
            said = f"{problem.smtp_code} {problem.smtp_error!r}"
        case _:
            said = str(getattr(problem, "status_code", ""))
    return f"{type(problem).__name__} {reasons.code_in(said)}".strip()


def _later(letter: Outgoing, problem: Exception, at: datetime) -> None:
    tries = letter.tries + 1
    if tries >= TRIES:
        _end(letter, State.BOUNCED, _kind(problem), tries=tries)
        return
    when = at + BACK_OFF[tries - 1]
    with transaction.atomic():
        _end(letter, State.WAITING, _kind(problem), tries=tries, send_after=when)
        send.enqueue(letter.pk, run_after=when)


def _end(letter: Outgoing, state: Outgoing.State, problem: str = "", **fields: object) -> None:
    Outgoing.objects.filter(pk=letter.pk, state=State.SENDING).update(state=state, problem=problem, **fields)


def take_back(letters: QuerySet[Outgoing]) -> int:
    """Take letters back that have not left yet; return how many."""
    return letters.filter(state=State.WAITING).update(state=State.TAKEN_BACK)


def came_back(problem: str, *, at: datetime, address: str = "", message_id: str = "") -> bool:
    """Note that a letter came back, as a mail server or the provider tells; return whether there is such a letter.

    A report that names a letter is about that one and no other: a name nobody gave is of a mail that was not ours. Without a name
    it is about the letter that left last for the address, within the days for which mail servers try.
    """
    left = Outgoing.objects.filter(state__in=[State.SENDING, State.SENT, State.UNCERTAIN, State.BOUNCED])
    if message_id:
        letter = left.filter(message_id=message_id).order_by("pk").last()
    else:
        lately = left.filter(
            to__iexact=address.strip(), claimed_at__gt=at - RETURNED_WITHIN, claimed_at__lte=at
        )
        letter = lately.order_by("claimed_at", "pk").last() if address.strip() else None
    if letter is None:
        return False
    Outgoing.objects.filter(pk=letter.pk).exclude(state=State.BOUNCED).update(
        state=State.BOUNCED, problem=problem[:200]
    )
    return True


def to_settle() -> QuerySet[Outgoing]:
    """Return the letters that came back or perhaps never left, newest first: a person decides what becomes of each.

    Those whose words are gone cannot be sent, and those that were left are settled.
    """
    open_ended = Outgoing.objects.filter(state__in=[State.UNCERTAIN, State.BOUNCED], left_at=None)
    return open_ended.exclude(text="").order_by("-pk")


def send_again(letter: Outgoing, *, at: datetime) -> bool:
    """Send a letter once more that perhaps was not sent, or came back: a person decided so."""
    with transaction.atomic():
        again = (
            Outgoing.objects.filter(pk=letter.pk, state__in=[State.UNCERTAIN, State.BOUNCED])
            .exclude(text="")
            .update(state=State.WAITING, tries=0, send_after=at, problem="", left_at=None)
        )
        if again:
            send.enqueue(letter.pk)
    return bool(again)


def leave(letter: Outgoing, *, at: datetime) -> bool:
    """Leave a letter as it is: a person looked, and wants no second one. Return whether there was something to decide."""
    return bool(to_settle().filter(pk=letter.pk).update(left_at=at))


def after(number: int, *, limit: int) -> list[Outgoing]:
    """Return letters with a higher number, oldest first."""
    return list(Outgoing.objects.filter(pk__gt=number).order_by("pk")[:limit])


def forget(address: str) -> int:
    """Delete every letter to an address; return how many there were."""
    count, _each = Outgoing.objects.filter(to__iexact=address.strip()).delete()
    return count


@jobs.every(
    timedelta(minutes=5),
    name="kernel.doubtful-letters",
    says=_("lists letters of which nobody knows whether they left"),
)
def doubt(at: datetime) -> None:
    """List letters that somebody began to send and never said the end of."""
    Outgoing.objects.filter(state=State.SENDING, claimed_at__lte=at - DOUBT).update(state=State.UNCERTAIN)


@jobs.every(
    timedelta(days=1),
    name="kernel.forget-words-of-letters",
    says=_("empties letters that ended three months ago"),
)
def forget_words(at: datetime) -> None:
    """Empty letters that ended three months ago: that they were sent stays, what they said goes."""
    ended = [State.SENT, State.BOUNCED, State.TAKEN_BACK, State.UNCERTAIN]
    Outgoing.objects.filter(state__in=ended, send_after__lt=at - WORDS_KEPT).exclude(text="").update(
        text="", html="", headers={}
    )
