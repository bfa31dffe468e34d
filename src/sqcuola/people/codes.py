"""Six digits and a link, sent in one mail: asking for them, typing them, opening the link."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import Enum
from itertools import batched

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from sqcuola.kernel import ids
from sqcuola.kernel.models import Outgoing
from sqcuola.people import limits, mail
from sqcuola.people.models import Person, Purpose, SignInCode

LASTS = timedelta(minutes=20)
TRIES = 5
LETTER = "people.code:"


class Answer(Enum):
    """What came of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # expired, used, or tried too often


def send(
    email: str,
    *,
    purpose: Purpose,
    language: str,
    at: datetime,
    back_to: str = "",
    asked_by: Person | None = None,
) -> SignInCode | None:
    """Send a new code and link to an address, known or not; None when too many were sent in a short while.

    It is counted first, by itself: a failure afterwards takes the code back, and not the count. `asked_by` is who was in
    and asked: the address may be theirs or not, it is forgotten with them.
    """
    email = email.strip().lower()
    if not may_be_sent(email, at=at):
        return None
    return put(email, purpose=purpose, language=language, at=at, back_to=back_to, asked_by=asked_by)


def may_be_sent(email: str, *, at: datetime) -> bool:
    """Count one more code for an address, and say whether it is still within the limit. Never inside a transaction."""
    return limits.take(limits.CODES_FOR_AN_ADDRESS, email.strip().lower(), at=at)


@transaction.atomic
def put(
    email: str,
    *,
    purpose: Purpose,
    language: str,
    at: datetime,
    back_to: str = "",
    asked_by: Person | None = None,
) -> SignInCode:
    """Make a code and its link, and put their mail into the outbox; whoever calls has counted it."""
    email = email.strip().lower()
    code, token = f"{secrets.randbelow(1_000_000):06}", ids.token()
    link_digest = ids.digest(token)
    row = SignInCode.objects.create(
        purpose=purpose,
        email=email,
        asked_by=asked_by,
        code_digest=_digest(link_digest, code),
        link_digest=link_digest,
        language=language,
        next=back_to,
        asked_at=at,
        expires=at + LASTS,
    )
    mail.post(
        f"code_{purpose.value}",
        key=f"{LETTER}{row.pk}",
        to=email,
        language=language,
        at=at,
        code=code,
        link=settings.SITE_URL + reverse("people:link_code", args=[token]),
        minutes=int(LASTS.total_seconds() // 60),
    )
    return row


def alive(row: SignInCode, at: datetime) -> bool:
    """Say whether a code or its link can still be used."""
    return row.used_at is None and at < row.expires


def by_token(token: str, purpose: Purpose) -> SignInCode | None:
    """Return the row of a link that was made for this purpose."""
    return SignInCode.objects.filter(link_digest=ids.digest(token), purpose=purpose).first()


def type_in(row: SignInCode, typed: str, *, machine: str, at: datetime) -> Answer:
    """Check six digits, and use the row up when they are right.

    Wrong ones are counted for the row, for the address, and for the machine: one guess for each of many addresses is
    as much guessing as many for one. The link in the mail is not guessed, and opens nevertheless.
    """
    if not alive(row, at) or _too_many_wrong(row, machine, at):
        return Answer.OVER
    # Counted before it is compared: a hundred guesses at one instant are five.
    counted = SignInCode.objects.filter(pk=row.pk, tries__lt=TRIES).update(tries=F("tries") + 1)
    if not counted:
        return Answer.OVER
    digits = "".join(filter(str.isdigit, typed))
    if hmac.compare_digest(row.code_digest, _digest(row.link_digest, digits)):
        return Answer.RIGHT if use(row, at=at) else Answer.OVER
    for limit, key in _counts_of_wrong(row, machine):
        limits.take(limit, key, at=at)
    return Answer.OVER if row.tries + 1 >= TRIES else Answer.WRONG


def use(row: SignInCode, *, at: datetime) -> bool:
    """Use a code or link up; False when another request was first."""
    return SignInCode.objects.filter(pk=row.pk, used_at=None, expires__gt=at).update(used_at=at) == 1


def forget(at: datetime) -> None:
    """Delete codes and their letters a day after they ended: no address stays here for having been typed once."""
    drop(SignInCode.objects.filter(expires__lt=at - timedelta(days=1)))


def drop(rows: QuerySet[SignInCode]) -> None:
    """Delete codes with the letters they were sent in."""
    for some in batched(list(rows.values_list("pk", flat=True)), 500):
        Outgoing.objects.filter(key__in=[f"{LETTER}{number}" for number in some]).delete()
        SignInCode.objects.filter(pk__in=some).delete()


def forget_letters(at: datetime) -> None:
    """Empty the letters whose code no longer opens; that they were sent stays."""
    ended = [Outgoing.State.SENT, Outgoing.State.BOUNCED, Outgoing.State.UNCERTAIN]
    letters = Outgoing.objects.filter(key__startswith=LETTER, state__in=ended, put_at__lt=at - LASTS)
    letters.exclude(text="").update(subject="", text="", html="")


def _too_many_wrong(row: SignInCode, machine: str, at: datetime) -> bool:
    return any(limits.reached(limit, key, at=at) for limit, key in _counts_of_wrong(row, machine))


def _counts_of_wrong(row: SignInCode, machine: str) -> tuple[tuple[limits.Limit, str], ...]:
    return (
        (limits.WRONG_CODES, row.email),
        (limits.WRONG_CODES_A_DAY, row.email),
        (limits.WRONG_CODES_FROM_A_MACHINE, machine),
    )


def _digest(salt: str, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{salt}:{code}".encode(), hashlib.sha256).hexdigest()
