"""Acts: what was done, by whom, when. Recorded in the transaction of the change itself."""

import dataclasses
import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785
from django.db import connection

from sqcuola.kernel import ids
from sqcuola.kernel.models import Act, ActorCode

HOUSE = "house"
SYSTEM = None  # jobs act by no person


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of act: its payload type, who may know of it, what it says, who is told by a job."""

    name: str
    payload: type
    audience: str
    sentence: Any
    receivers: tuple[Callable[..., None], ...] = ()


_verbs: dict[str, Verb] = {}
_by_payload: dict[type, Verb] = {}


def verb(
    name: str, *, audience: str, sentence: Any, receivers: Sequence[Callable[..., None]] = ()
) -> Callable[[type], type]:
    """Declare a frozen dataclass as the payload of the verb `name`.

    `sentence` is a lazy translation with named fields of the payload, and {actor} where a person is named.
    """

    def declare(payload: type) -> type:
        made = Verb(name, payload, audience, sentence, tuple(receivers))
        if name in _verbs:
            raise ValueError(f"The verb {name} is declared twice.")
        _verbs[name] = made
        _by_payload[payload] = made
        return payload

    return declare


def code_of(person: Any, scope: str) -> str:
    """Return the code a person has in a scope, made at first use; '' for the system."""
    if person is None:
        return ""
    row, _made = ActorCode.objects.get_or_create(
        scope=scope, account_id=person.pk, defaults={"code": ids.code(16)}
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
    """Append an act, in the caller's transaction, and return it. `payload` is an instance of a declared dataclass."""
    if not connection.in_atomic_block:
        raise RuntimeError("An act is recorded in the transaction of the change it tells of.")
    kind = _by_payload[type(payload)]
    data = {field.name: _plain(getattr(payload, field.name)) for field in dataclasses.fields(payload)}
    salt = secrets.token_hex(32)
    return Act.objects.create(
        verb=kind.name,
        scope=scope,
        actor_code=code_of(by, scope),
        subject_code=code_of(subject, scope),
        audience=audience or kind.audience,
        payload=data,
        salt=salt,
        payload_hash=hashlib.sha256(salt.encode() + rfc8785.dumps(data)).hexdigest(),
        at=at,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
