"""One chain: committed acts get a number and the hash of all that stands before them.

`hash = SHA-256(previous hash ‖ canonical JSON of the act's fields)`, where the payload stands as
SHA-256(salt ‖ payload): it can be erased and the chain still holds. Acts are sealed in the order in which the sealer
finds them committed, which need not be the order of their ids. Only a head that somebody wrote down elsewhere proves
that nothing was cut off at the end.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Final

import rfc8785
from django.core.cache import cache
from django.db import connection, models, transaction
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sqcuola.kernel import ids
from sqcuola.kernel.acts.fields import canonical
from sqcuola.kernel.acts.recording import payload_hash
from sqcuola.kernel.jobs import every
from sqcuola.kernel.models import Act

GENESIS: Final = ids.digest("SQcuola: before the first act")
WALK: Final = "kernel.verify-acts"
BATCH: Final = 200  # an act costs about 0.2 ms: the lock is never held for long


def shortened(hashed: str) -> str:
    """Return the first sixteen digits of a hash in groups of four."""
    return " ".join(hashed[start : start + 4] for start in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at some instant: how many acts, and the hash that vouches for all of them."""

    seq: int
    hash: str
    sealed_at: datetime | None

    @property
    def short(self) -> str:
        """Return the first sixteen digits in groups of four, to be read and compared by people."""
        return shortened(self.hash)


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: the first wrong number, and what is wrong there."""

    seq: int
    why: str


class ChainError(Exception):
    """The chain does not hold."""


EMPTY: Final = Head(0, GENESIS, None)


def seal(at: datetime) -> int:
    """Append all committed acts to the chain, and return how many they were. One sealer at a time."""
    sealed = 0
    while Act.objects.filter(seq=None).exists():
        some = _seal_some(at)
        if not some:
            break
        sealed += some
    return sealed


@transaction.atomic
def _seal_some(at: datetime) -> int:
    _one_at_a_time()
    head = newest()
    when = max(at, head.sealed_at) if head.sealed_at else at
    previous, acts = head.hash, list(Act.objects.filter(seq=None).order_by("id")[:BATCH])
    for seq, act in zip(count(head.seq + 1), acts, strict=False):
        act.seq, act.sealed_at = seq, when
        act.hash = previous = link(previous, act)
    Act.objects.bulk_update(acts, ["seq", "hash", "sealed_at"], batch_size=100)
    return len(acts)


def _one_at_a_time() -> None:
    # On SQLite the transaction itself is the lock: it began IMMEDIATE.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('sqcuola: seal acts', 0))")


def link(previous: str, act: Act) -> str:
    """Return the hash that joins an act, with its number, to what stands before it."""
    if act.sealed_at is None:
        raise ValueError(f"{act} has no instant of sealing.")
    fields = {
        "actor": act.actor_code,
        "at": canonical(act.at),
        "audience": act.audience,
        "payload": act.payload_hash,
        "scope": act.scope,
        "sealed": canonical(act.sealed_at),
        "seq": act.seq,
        "subject": act.subject_code,
        "verb": act.verb,
    }
    return hashlib.sha256(previous.encode() + rfc8785.dumps(fields)).hexdigest()


def verify() -> Break | None:
    """Walk the whole chain; return where it breaks first, or None. Seal first if the latest acts matter too."""
    previous: str = GENESIS
    expected = count(1)
    for act in Act.objects.exclude(seq=None).order_by("seq").iterator(chunk_size=1000):
        seq = next(expected)
        if act.seq != seq:
            return Break(seq, "this act is missing")
        if act.payload is not None and payload_hash(act.salt or "", act.payload) != act.payload_hash:
            return Break(seq, "its content was changed")
        if link(previous, act) != act.hash:
            return Break(seq, "it does not follow from what stands before it")
        previous = act.hash
    return None


def waiting() -> tuple[int, datetime | None]:
    """Return how many acts wait to be sealed, and when the oldest of them was done."""
    found = Act.objects.filter(seq=None).aggregate(count=Count("pk"), oldest=Min("at"))
    return found["count"], found["oldest"]


def newest() -> Head:
    """Return the end of the chain as it is now."""
    return _head_of(Act.objects.exclude(seq=None).order_by("-seq"))


def newest_hash() -> models.Subquery:
    """Return the hash at the end of the chain as a part of another query; NULL before the first act is sealed."""
    return models.Subquery(Act.objects.exclude(seq=None).order_by("-seq").values("hash")[:1])


def head(at: datetime) -> Head:
    """Return the day's head: the end of the chain when the day of `at` began where the school is.

    The same all day long, so it is remembered; for a minute, since what was sealed at midnight may be committed after it.
    """
    midnight = timezone.localtime(at, timezone.get_default_timezone()).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    key = f"kernel.acts.head:{midnight.timestamp():.0f}"
    found: Head | None = cache.get(key)
    if found is None:
        found = _head_of(Act.objects.filter(sealed_at__lt=midnight).order_by("-sealed_at", "-seq"))
        cache.set(key, found, 60)
    return found


def proof(at: datetime) -> Head:
    """Seal, and return a head that vouches for all that was done so far: for receipts and minutes."""
    seal(at)
    return newest()


def _head_of(acts: models.QuerySet[Act]) -> Head:
    row = acts.values_list("seq", "hash", "sealed_at").first()
    return EMPTY if row is None or row[0] is None else Head(row[0], row[1], row[2])


@every(timedelta(seconds=2), name="kernel.seal-acts", says=_("seals the acts that were done"))
def seal_on_schedule(at: datetime) -> None:
    """Seal what was committed since the last round."""
    seal(at)


@every(timedelta(days=1), name=WALK, says=_("walks the whole chain of acts, and says if it does not hold"))
def verify_on_schedule(_at: datetime) -> None:
    """Walk the chain once a day; the schedule keeps that it failed, `sqcuola verify-acts` says where."""
    if (broken := verify()) is not None:
        raise ChainError(broken)
