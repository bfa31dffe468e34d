"""How often something may be done. Counted in the database, so that all processes count together; searches apart."""

import hashlib
import hmac
import ipaddress
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

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
WRONG_CODES_FROM_A_MACHINE = Limit("wrong-codes-from-a-machine", 60, HOUR, by_machine=True)
PASSWORDS_FOR_AN_ADDRESS = Limit("passwords-for-an-address", 10, QUARTER)
PASSWORDS_FROM_A_MACHINE = Limit("passwords-from-a-machine", 200, QUARTER, by_machine=True)
SECOND_FACTORS = Limit("second-factors", 10, QUARTER)
PASSKEYS_FROM_A_MACHINE = Limit("passkeys-from-a-machine", 200, QUARTER, by_machine=True)
ONE_APP_CODE = Limit("one-app-code", 1, HOUR)
CODES_TO_OTHER_ADDRESSES = Limit("codes-to-other-addresses", 5, QUARTER)
LINKS_FOR_A_PERSON = Limit("links-for-a-person", 5, QUARTER)
QUESTIONS_FROM_A_MACHINE = Limit("questions-from-a-machine", 5, QUARTER, by_machine=True)
QUESTIONS_FROM_A_MACHINE_A_DAY = Limit("questions-from-a-machine-a-day", 20, DAY, by_machine=True)
QUESTIONS_FROM_A_NETWORK = Limit("questions-from-a-network", 20, QUARTER, by_machine=True)
QUESTIONS_FOR_AN_ADDRESS = Limit("questions-for-an-address", 3, DAY)
SEARCHES_FROM_A_MACHINE = Limit("searches-from-a-machine", 600, QUARTER, by_machine=True)
SEARCHES_FROM_A_NETWORK = Limit("searches-from-a-network", 2400, QUARTER, by_machine=True)
EXPORTS = Limit("exports", 3, DAY)

MOST_COUNTED: Final = 10_000  # keys in the memory of a process
_counted: Counter[tuple[str, datetime]] = Counter()
_lock = threading.Lock()


def take(limit: Limit, key: str, *, at: datetime) -> bool:
    """Count one more, and say whether it is still within the limit.

    Call it before the transaction of what is limited begins: inside, a failure would undo the count with the rest.
    """
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


def take_question(email: str, request: HttpRequest, *, at: datetime) -> bool:
    """Count one more question of a visitor, for the machine, its network and the mail address, if one is given."""
    here = machine(request)
    within = [
        take(QUESTIONS_FROM_A_MACHINE, here, at=at),
        take(QUESTIONS_FROM_A_MACHINE_A_DAY, here, at=at),
        take(QUESTIONS_FROM_A_NETWORK, network(request), at=at),
        not email or take(QUESTIONS_FOR_AN_ADDRESS, email.strip().lower(), at=at),
    ]
    return all(within)


def take_search(request: HttpRequest, *, at: datetime) -> bool:
    """Count one more search, for the machine and its network, and say whether it is still within the limits.

    A search only reads: counted in the database, a flood of them would be a flood of writes, where others save answers. So
    each process counts for itself, in its memory; what it lets through costs little, and opens nothing.
    """
    within = [
        _count_here(SEARCHES_FROM_A_MACHINE, machine(request), at),
        _count_here(SEARCHES_FROM_A_NETWORK, network(request), at),
    ]
    return all(within)


def _count_here(limit: Limit, key: str, at: datetime) -> bool:
    row = _row(limit, key, at)
    with _lock:
        if len(_counted) >= MOST_COUNTED and row not in _counted:
            _counted.clear()  # windows that are over, mostly
        _counted[row] += 1
        return _counted[row] <= _times(limit)


def machine(request: HttpRequest) -> str:
    """Return whom a request came from: an IPv4 address, or the /64 that one IPv6 line has for itself.

    Behind a front server it is the address which that server saw.
    """
    return _wide(request, four=32, six=64)


def network(request: HttpRequest) -> str:
    """Return the network a request came from: a /24, or the /48 that a provider gives to one customer."""
    return _wide(request, four=24, six=48)


def _wide(request: HttpRequest, *, four: int, six: int) -> str:
    said = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or said
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    prefix = four if address.version == 4 else six
    return str(ipaddress.ip_network((address, prefix), strict=False))


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
