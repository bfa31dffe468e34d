"""Recording: an act is appended in the transaction of the change it tells of, with a job for each receiver."""

import hashlib
import secrets
from datetime import datetime
from typing import Any, Final

import rfc8785
from django.db import connection

from sqcuola.kernel import ids
from sqcuola.kernel.acts.declare import verb_of
from sqcuola.kernel.models import Act, ActorCode

HOUSE: Final = "house"
SYSTEM: Final = None  # jobs act by no person


def code_of(person: Any, scope: str) -> str:
    """Return the code a person has in a scope, made at first use; '' for the system."""
    if person is None:
        return ""
    row, _made = ActorCode.objects.get_or_create(
        scope=scope, account_id=person.pk, current=True, defaults={"code": ids.code(16)}
    )
    return row.code


def record(
    payload: Any,
    *,
    by: Any,
    at: datetime,
    scope: str = HOUSE,
    subject: Any = None,
    audience: str | None = None,
) -> Act:
    """Append an act, in the caller's transaction, and return it.

    `payload` is an instance of a declared dataclass; `by` is who did it (SYSTEM for a job), `subject` the one person it
    was done to, if any. `audience` narrows or names the audience where the verb's own does not fit ("group:17").
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An act is recorded in the transaction of the change it tells of.")
    kind = verb_of(payload)
    data = {name: fit.write(getattr(payload, name)) for name, fit in kind.fits.items()}
    salt = secrets.token_hex(32)
    act = Act.objects.create(
        verb=kind.name,
        scope=scope,
        actor_code=code_of(by, scope),
        subject_code=code_of(subject, scope),
        audience=audience or kind.audience,
        payload=data,
        salt=salt,
        payload_hash=payload_hash(salt, data),
        at=at,
    )
    for receiver in kind.receivers:
        receiver.enqueue(act.id)
    return act


def payload_hash(salt: str, data: Any) -> str:
    """Return SHA-256(salt ‖ canonical JSON of the payload)."""
    return hashlib.sha256(salt.encode() + rfc8785.dumps(data)).hexdigest()
