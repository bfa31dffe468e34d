"""What the rehearsal holds in its hand: the server's clock, and the mailbox of everybody."""

import hmac
import json
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from sqcuola.config.rehearsal.server import Server
from sqcuola.config.rehearsal.signing import ANSWERED, SIGNATURE, signature

DIGITS = re.compile(r"\b(\d{6})\b")
PATIENCE = 120.0
LOOKS_EVERY = 0.03  # seconds; the worker of a rehearsal looks about as often
LATELY = 30  # letters that may have got a lower number than one that was committed before them


@dataclass(slots=True)
class Hand:
    """The signed addresses of a rehearsal's server."""

    server: Server
    transport: httpx.BaseTransport
    _http: httpx.Client = field(init=False)
    _letters: dict[int, dict[str, Any]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.server.url, transport=self.transport, timeout=60)

    def _ask(self, method: str, address: str, body: bytes = b"") -> dict[str, Any]:
        answer = self._request(method, address, body)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def _request(self, method: str, address: str, body: bytes = b"") -> httpx.Response:
        signed = signature(self.server.key, method, address, body)
        return self._http.request(method, address, content=body, headers={SIGNATURE: signed})

    def prove(self, never_asked_before: str) -> None:
        """Have the server sign its answer to a question; raises ValueError when whoever answers has not the key."""
        address = f"/rehearsal/clock/?asked={never_asked_before}"
        answer = self._request("GET", address)
        answer.raise_for_status()
        signed = signature(self.server.key, ANSWERED, address, answer.content)
        if not hmac.compare_digest(signed.encode(), answer.headers.get(SIGNATURE, "").encode()):
            raise ValueError("An answer that is not signed with the key.")

    def now(self) -> datetime:
        """Return what time it is on the server."""
        return datetime.fromisoformat(self._ask("GET", "/rehearsal/clock/")["at"])

    def set_clock(self, at: datetime) -> None:
        """Move the server's clock, and wait until its worker has done what was due by then."""
        self._ask("POST", "/rehearsal/clock/", json.dumps({"at": at.isoformat()}).encode())
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has nothing left to do, the schedule included."""
        until = time.monotonic() + PATIENCE
        while self._ask("GET", "/rehearsal/clock/")["due"]:
            if time.monotonic() > until:
                raise TimeoutError("The worker did not get through its jobs.")
            time.sleep(LOOKS_EVERY)

    def acts(self) -> str:
        """Have the server walk its chain of acts; return where it breaks, or ''."""
        told = self._ask("GET", "/rehearsal/acts/")
        return str(told["broken"]) if told["acts"] else "there is not one act"

    def all_letters(self) -> list[dict[str, Any]]:
        """Return every letter so far, oldest first."""
        with self._lock:
            after = max(0, max(self._letters, default=0) - LATELY)
            while fresh := self._ask("GET", f"/rehearsal/outbox/?after={after}")["letters"]:
                self._letters |= {letter["id"]: letter for letter in fresh}
                after = fresh[-1]["id"]
            return [self._letters[number] for number in sorted(self._letters)]

    def letters(self, to: str) -> list[dict[str, Any]]:
        """Return every letter to an address so far, oldest first."""
        return [letter for letter in self.all_letters() if letter["to"] == to]

    def code(self, to: str) -> str:
        """Return the six digits of the newest letter to an address."""
        for letter in reversed(self.letters(to)):
            if found := DIGITS.search(letter["text"]):
                return found[1]
        raise LookupError(f"No code in the mailbox of {to}.")
