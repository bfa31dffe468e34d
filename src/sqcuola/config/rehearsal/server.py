"""A server for one rehearsal: its own folder, its own key, ended when the rehearsal is. It can be killed in between."""

import os
import re
import secrets
import signal
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

STARTS_WITHIN = 240.0  # a machine that does much else too
ENDS_WITHIN = 20.0
FIRST_CODE = re.compile(r"this code, once: (\S+)")


@dataclass(slots=True)
class Own:
    """The processes of a server of the rehearsal's own, in one group."""

    port: int
    environment: dict[str, str]
    log: Path
    child: subprocess.Popen[bytes] | None = None

    def start(self, *, empty: bool) -> str:
        """Start it and wait until it answers; return the code of the first page, '' where there is a school already."""
        command = [sys.executable, "-m", "sqcuola", "serve", "--port", str(self.port)]
        with self.log.open("w") as out:
            self.child = subprocess.Popen(  # noqa: S603 - our own command
                command, env=self.environment, stdout=out, stderr=out, start_new_session=True
            )
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self.child.poll() is None:
            code = first_code(self.log.read_text())
            if (code or not empty) and _answers(f"http://127.0.0.1:{self.port}"):
                return code
            time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End all of its processes at once, as when the current fails: nothing is finished first."""
        if self.child is not None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def stop(self) -> None:
        """End it as `serve` is ended; kill what stays."""
        if self.child is None or self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass(frozen=True, slots=True)
class Server:
    """Where a rehearsal is lived. `first_code` opens the first page of an empty installation; `own` is None elsewhere."""

    url: str
    key: str
    first_code: str = ""
    own: Own | None = None

    def kill_and_start(self) -> None:
        """Kill the server with SIGKILL, and start it again on what it had written."""
        if self.own is None:
            raise ValueError("Only a server of the rehearsal's own can be killed.")
        self.own.kill()
        self.own.start(empty=False)


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
        here = Own(port, environment, Path(home) / "log")
        try:
            yield Server(url, key, here.start(empty=True), here)
        finally:
            here.stop()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=2).status_code < 500
    except httpx.HTTPError:
        return False


def first_code(printed: str) -> str:
    """Return the code that the command printed for the first page; '' as long as it has not."""
    found = FIRST_CODE.search(printed)
    return found[1] if found else ""
