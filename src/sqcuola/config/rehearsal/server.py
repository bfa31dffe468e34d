"""A server for one rehearsal: its own folder, its own key, ended when the rehearsal is."""

import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

STARTS_WITHIN = 60.0
FIRST_CODE = re.compile(r"this code, once: (\S+)")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a rehearsal is lived. `first_code` opens the first page of an empty installation."""

    url: str
    key: str
    first_code: str = ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own(database: str = "") -> Iterator[Server]:
    """Start a school in a folder that is deleted afterwards; `database` is an empty PostgreSQL, or '' for SQLite."""
    with tempfile.TemporaryDirectory(prefix="sqcuola-rehearsal-") as home:
        key, port = secrets.token_urlsafe(32), _free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "SQCUOLA_MODE": "demo",
            "SQCUOLA_HOME": home,
            "SQCUOLA_URL": url,
            "SQCUOLA_REHEARSAL": "1",
            "SQCUOLA_REHEARSAL_KEY": key,
            "SQCUOLA_DATABASE_URL": database,
            "SQCUOLA_MAIL_URL": f"file://{home}/mails",
        }
        log = Path(home) / "log"
        with log.open("w") as out:
            child = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "sqcuola", "serve", "--port", str(port)], env=environment, stdout=out, stderr=out
            )  # fmt: skip
            try:
                yield Server(url, key, _when_it_answers(url, child, log))
            finally:
                child.terminate()
                try:
                    child.wait(20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()


def _when_it_answers(url: str, child: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until the server answers and has printed the one-time code of its first page; return the code."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and child.poll() is None:
        if (code := first_code(log.read_text())) and _answers(url):
            return code
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()[-2000:]}")


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=2).status_code < 500
    except httpx.HTTPError:
        return False


def first_code(printed: str) -> str:
    """Return the code that the command printed for the first page; '' as long as it has not."""
    found = FIRST_CODE.search(printed)
    return found[1] if found else ""
