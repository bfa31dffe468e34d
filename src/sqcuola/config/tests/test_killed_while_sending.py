"""A real worker is killed with -9 in the middle of a mail, and nobody gets anything twice.

The mail server of this test says when: it holds the worker still (SIGSTOP), accepts the mail, and kills it (SIGKILL), so that the
acceptance lies in the worker's socket and can never be written down.
"""

import os
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
from collections import Counter

import pytest

PUT = """
import django; django.setup()
from sqcuola.kernel import clock, outbox
for name in ("ada", "bice", "ciro"):
    outbox.put(key=name, to=f"{name}@example.org", subject=name, text="Eccoci.", at=clock.now())
"""
# What a new worker does in the hours after the crash, by the clock and not by waiting.
HOURS_LATER = """
import django; django.setup()
from datetime import timedelta
from sqcuola.kernel import clock, working
from sqcuola.kernel.models import Outgoing
begun = clock.now()
for minutes in (1, 6, 20, 60, 300):
    working.run_due(begun + timedelta(minutes=minutes))
print(*Outgoing.objects.order_by("pk").values_list("state", flat=True))
"""
FORGET_THE_CLAIM = """
import django; django.setup()
from sqcuola.kernel.models import Outgoing
Outgoing.objects.filter(state="sending").update(state="waiting", claimed_at=None)
"""


class Server(socketserver.ThreadingTCPServer):
    """A mail server that notes whom it accepted a mail for, and kills a process at the word it is told."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.accepted: list[str] = []
        self.kill_at: tuple[str, str] | None = None  # a recipient, and the command at which it happens
        self.worker: subprocess.Popen | None = None
        self.killed = threading.Event()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=no"

    def is_time(self, to: str, word: str) -> bool:
        return self.kill_at == (to, word) and not self.killed.is_set()

    def hold(self) -> None:
        os.kill(self.worker.pid, signal.SIGSTOP)

    def kill(self) -> None:
        os.kill(self.worker.pid, signal.SIGKILL)
        self.killed.set()


class Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client of the standard library says."""

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        to = ""
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "RCPT":
                to = line[line.index("<") + 1 : line.index("@")]
            if word == "DATA":
                if self.server.is_time(to, "DATA"):
                    self.server.kill()
                    return
                self.say("354 go on")
                while self.rfile.readline().rstrip(b"\r\n") != b".":
                    pass
                self.accept(to)
            else:
                self.say("221 bye" if word == "QUIT" else "250 yes")

    def accept(self, to: str) -> None:
        now = self.server.is_time(to, "accepted")
        if now:
            self.server.hold()
        self.server.accepted.append(to)
        self.say("250 taken")
        if now:
            self.server.kill()


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def environment(home, mail="memory:"):
    return {
        "PATH": "/usr/bin:/bin",
        "SQCUOLA_HOME": str(home),
        "SQCUOLA_MODE": "development",
        "SQCUOLA_MAIL_URL": mail,
        "DJANGO_SETTINGS_MODULE": "sqcuola.config.settings",
    }


def run(source, env):
    answer = subprocess.run(
        [sys.executable, "-c", source], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.split()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A school's folder with three letters in its outbox."""
    home = tmp_path_factory.mktemp("school") / "home"
    env = environment(home)
    subprocess.run(
        [sys.executable, "-m", "sqcuola", "init"], env=env, check=True, capture_output=True, timeout=300
    )
    run(PUT, env)
    return home


@pytest.fixture
def env(prepared, server, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(prepared, home)
    return environment(home, server.url)


def kill_the_worker(server, env, when):
    server.kill_at = ("bice", when)
    with subprocess.Popen(
        [sys.executable, "-m", "sqcuola", "worker"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as worker:
        server.worker = worker
        try:
            assert server.killed.wait(90), "the worker never came to the letter"
            assert worker.wait(10) == -signal.SIGKILL
        finally:
            worker.kill()


def test_killed_between_acceptance_and_commit_nobody_gets_it_twice(server, env):
    kill_the_worker(server, env, "accepted")
    states = run(HOURS_LATER, env)

    assert Counter(server.accepted) == {"ada": 1, "bice": 1, "ciro": 1}
    assert states == ["sent", "uncertain", "sent"]


def test_killed_before_the_mail_was_accepted_it_is_listed_and_a_person_decides(server, env):
    kill_the_worker(server, env, "DATA")
    states = run(HOURS_LATER, env)

    assert Counter(server.accepted) == {"ada": 1, "ciro": 1}
    assert states == ["sent", "uncertain", "sent"]


def test_a_house_that_forgot_its_claim_would_send_twice_and_this_test_would_see_it(server, env):
    kill_the_worker(server, env, "accepted")
    run(FORGET_THE_CLAIM, env)
    run(HOURS_LATER, env)

    assert Counter(server.accepted) == {"ada": 1, "bice": 2, "ciro": 1}
