"""A server for one rehearsal: its own folder, its own key, ended when the rehearsal is."""

import os
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
    """Wait until the server answers; return the one-time code it printed, if it printed one."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if child.poll() is not None:
            break
        try:
            if httpx.get(f"{url}/healthz", timeout=2).status_code < 500:
                return _first_code(log.read_text())
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()[-2000:]}")


def _first_code(printed: str) -> str:
    for line in printed.splitlines():
        if "code" in line and ": " in line:
            return line.rsplit(": ", 1)[1].strip()
    return ""
