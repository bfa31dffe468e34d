"""Returned mail: what a mail server reports of a letter (RFC 3464), read from the mail it sends back.

Only "failed" says that a letter did not arrive. "Delayed" is said while a server still tries, as often as it likes, and changes
nothing; who reads the same report twice changes nothing either.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from enum import Enum
from typing import Final

from sqcuola.kernel import outbox, reasons

MOST: Final = (
    10_000_000  # bytes of a mail that are looked at: a report is short, and what it returns follows it
)


class Fate(Enum):
    """What became of one report."""

    CAME_BACK = "came back"
    LATE = "late"
    ARRIVED = "arrived"
    NOT_OURS = "not ours"
    NO_REPORT = "no report"


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of one recipient. `message_id` names the letter, when the server gave its head back."""

    address: str
    action: str
    code: str
    message_id: str


def read(raw: bytes) -> list[Report]:
    """Return what a mail reports, a recipient each; nothing when it is no report of a mail server."""
    try:
        return _read(raw)
    except (
        RecursionError
    ):  # parts in parts in parts, a thousand times: no server reports so, and others wait behind it
        return []


def _read(raw: bytes) -> list[Report]:
    mail = message_from_bytes(raw[:MOST], policy=policy.default)
    status = next(
        (part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None
    )
    if status is None:
        return []
    message_id = _returned_id(mail)
    return [report for block in _blocks(status) if (report := _report(block, message_id))]


def _blocks(status: Message) -> Iterator[Message]:
    """Yield the groups of fields: the first is about the mail, each other about one recipient."""
    payload = status.get_payload()
    if isinstance(payload, list):
        yield from (part for part in payload if isinstance(part, Message))


def _report(block: Message, message_id: str) -> Report | None:
    address = _address(block, "Original-Recipient") or _address(block, "Final-Recipient")
    action = str(block.get("Action", "")).strip().lower()
    if not action or not (address or message_id):
        return None
    said = f"{block.get('Status', '')} {block.get('Diagnostic-Code', '')}"
    return Report(address, action, reasons.code_in(said), message_id)


def _address(block: Message, field: str) -> str:
    """Return the address of a field such as "rfc822; nives@example.org"."""
    return parseaddr(str(block.get(field, "")).rpartition(";")[2].strip())[1]


def _returned_id(mail: EmailMessage) -> str:
    """Return the Message-ID of the letter that is given back, whole or its head alone."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, Message):
                return str(inner.get("Message-ID", "")).strip()
        if kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            given = part.get_payload(decode=True)
            head = message_from_bytes(given if isinstance(given, bytes) else b"", policy=policy.default)
            return str(head.get("Message-ID", "")).strip()
    return ""


def take(raw: bytes, at: datetime) -> list[Fate]:
    """Read one returned mail and note what it says; return what became of each report in it."""
    return [_note(report, at) for report in read(raw)] or [Fate.NO_REPORT]


def _note(report: Report, at: datetime) -> Fate:
    if report.action != "failed":
        return Fate.LATE if report.action == "delayed" else Fate.ARRIVED
    found = outbox.came_back(
        f"report {report.code}".strip(), address=report.address, message_id=report.message_id, at=at
    )
    return Fate.CAME_BACK if found else Fate.NOT_OURS


def take_all(mails: Iterable[bytes], at: datetime) -> Counter[Fate]:
    """Read many; return how many reports had which fate."""
    return Counter(fate for raw in mails for fate in take(raw, at))
