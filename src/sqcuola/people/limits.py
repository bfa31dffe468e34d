"""How often something may be done. Counted in the database, so that all processes count together."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from sqcuola.people.models import Tally


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so long, for each key (an address, a machine)."""

    name: str
    times: int
    within: timedelta
    by_machine: bool = False


QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

CODES_FOR_AN_ADDRESS = Limit("codes-for-an-address", 5, QUARTER)
CODES_FROM_A_MACHINE = Limit("codes-from-a-machine", 200, QUARTER, by_machine=True)
WRONG_CODES = Limit("wrong-codes", 10, HOUR)
WRONG_CODES_A_DAY = Limit("wrong-codes-a-day", 30, DAY)
PASSWORDS_FOR_AN_ADDRESS = Limit("passwords-for-an-address", 10, QUARTER)
PASSWORDS_FROM_A_MACHINE = Limit("passwords-from-a-machine", 200, QUARTER, by_machine=True)
SECOND_FACTORS = Limit("second-factors", 10, QUARTER)
PASSKEYS_FROM_A_MACHINE = Limit("passkeys-from-a-machine", 200, QUARTER, by_machine=True)
LINKS_FOR_A_PERSON = Limit("links-for-a-person", 5, QUARTER)
EXPORTS = Limit("exports", 3, DAY)


def take(limit: Limit, key: str, *, at: datetime) -> bool:
    """Count one more, and say whether it is still within the limit. Never undone by a later failure of the caller."""
    key_digest, window = _row(limit, key, at)
    with transaction.atomic():
        row, _made = Tally.objects.get_or_create(
            key=key_digest, window=window, defaults={"until": window + limit.within}
        )
        Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
        row.refresh_from_db(fields=["count"])
    return row.count <= _times(limit)


def reached(limit: Limit, key: str, *, at: datetime) -> bool:
    """Say, without counting, whether nothing more is allowed in this window."""
    key_digest, window = _row(limit, key, at)
    count = Tally.objects.filter(key=key_digest, window=window).values_list("count", flat=True).first() or 0
    return count >= _times(limit)


def take_password(email: str, request: HttpRequest, *, at: datetime) -> bool:
    """Count one more password tried, for the address and for the machine."""
    for_address = take(PASSWORDS_FOR_AN_ADDRESS, email, at=at)
    return take(PASSWORDS_FROM_A_MACHINE, machine(request), at=at) and for_address


def machine(request: HttpRequest) -> str:
    """Return the network address a request came from; behind a front server, the one that server saw."""
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def forget(at: datetime) -> None:
    """Delete the counts of windows that are over."""
    Tally.objects.filter(until__lt=at).delete()


def _times(limit: Limit) -> int:
    # A rehearsal is hundreds of people on one machine.
    return limit.times * 100 if settings.REHEARSAL and limit.by_machine else limit.times


def _row(limit: Limit, key: str, at: datetime) -> tuple[str, datetime]:
    seconds = int(limit.within.total_seconds())
    window = datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{limit.name}:{key}".encode(), hashlib.sha256)
    return digest.hexdigest(), window
