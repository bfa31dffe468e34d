"""Processes are kept, and ended, with real ones."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from sqcuola.config import cli, proxy, serving
from sqcuola.config.processes import Child, Supervisor, back_off

PYTHON = sys.executable


def test_back_off_doubles_up_to_half_a_minute():
    assert [back_off(n) for n in (1, 2, 3, 7, 40)] == [0.5, 1.0, 2.0, 30.0, 30.0]


def test_a_dead_child_is_started_again_when_its_wait_is_over():
    child, said = Child("short", [PYTHON, "-c", "raise SystemExit(3)"]), []
    child.look_after(0.0, said.append)
    child.process.wait()
    child.look_after(1.0, said.append)
    child.look_after(1.4, said.append)

    assert child.process is None
    child.look_after(1.6, said.append)
    assert child.process is not None
    child.process.wait()
    assert said == ["short ended with 3; it starts again in 0.5 s."]


def test_a_child_that_lived_well_has_its_failures_forgotten():
    child = Child("long", [PYTHON, "-c", ""], failures=6)
    child.start(0.0)
    child.process.wait()
    child.look_after(100.0, lambda _sentence: None)

    assert child.failures == 1


def test_all_children_end_when_the_parent_is_told_to(tmp_path):
    marks = [tmp_path / name for name in ("one", "two")]
    source = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
    children = [Child(mark.name, [PYTHON, "-c", source, str(mark)]) for mark in marks]
    told = []

    def announce():
        told.append("ready")
        os.kill(os.getpid(), signal.SIGTERM)

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        parent = Supervisor(children, ready=lambda: all(mark.exists() for mark in marks), announce=announce)
        assert parent.run() == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert told == ["ready"]
    assert [child.process.poll() for child in children] == [-signal.SIGTERM] * 2


def test_a_port_that_is_taken_is_passed_over():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        assert serving.taken("127.0.0.1", holder.getsockname()[1])
    assert serving.free_port("127.0.0.1") > 0


def a_port() -> int:
    """Return a port of the system's choice: two servers that begin at one instant would both find the usual one free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def spoken(process: subprocess.Popen, words: str, within: float = 60.0) -> str:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        if words in line:
            return line
        if not line and process.poll() is not None:
            break
    raise AssertionError(f"{words!r} was not said")


def two_gigabytes(where: str) -> tuple[str, int]:
    """Begin to send a form of two gigabytes; return the first line of the answer, and how much was taken."""
    head = (
        "POST /enter/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {2 * 1024**3}\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
    )
    with socket.create_connection(("127.0.0.1", int(where.rpartition(":")[2])), timeout=20) as line:
        line.sendall(head.encode())
        line.settimeout(2)
        sent = 0
        with suppress(OSError):  # the other side stops listening, or closes
            while sent < 128 * 1024 * 1024:
                sent += line.send(b"0" * 65536)
        line.settimeout(20)
        return line.recv(200).decode().partition("\r\n")[0], sent


def test_serve_answers_says_where_and_ends(tmp_path):
    """The real command, on a folder that did not exist: two databases, pages, health, an orderly end."""
    home = tmp_path / "home"
    env = {"PATH": "/usr/bin:/bin", "SQCUOLA_HOME": str(home), "SQCUOLA_MODE": "development"}
    process = subprocess.Popen(
        [PYTHON, "-m", "sqcuola", "serve", "--port", str(a_port())],
        env=env,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        where = spoken(process, "The school answers at").split()[4]
        with urllib.request.urlopen(f"{where}/healthz", timeout=10) as answer:
            assert answer.read() == b"ok\n"
        with urllib.request.urlopen(where, timeout=10) as answer:
            assert "<h1" in answer.read().decode()
        refused, sent = two_gigabytes(where)
        assert "413" in refused
        assert sent < 64 * 1024 * 1024, "what was refused was read"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert "ended with" not in process.stdout.read(), "a process of the school died"
    finally:
        process.kill()
        process.stdout.close()
    assert {"sqcuola.sqlite3", "answers.sqlite3", "secret-key"} <= {path.name for path in home.iterdir()}
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(where, timeout=5)


@pytest.mark.django_db
def test_health_names_the_database_that_does_not_answer(client, settings, monkeypatch):
    from django.db import OperationalError, connections

    assert client.get("/healthz").content == b"ok\n"

    def broken(*_args):
        raise OperationalError("gone")

    monkeypatch.setattr(connections["default"], "cursor", broken)
    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.content == b"database default does not answer\n"


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
def test_a_proxy_is_told_names_folders_and_limits(kind, capsys, settings):
    settings.SITE_URL = "https://school.example.org"
    proxy.main([kind, "--upstream", "127.0.0.1:9"])
    said = capsys.readouterr().out

    assert "school.example.org" in said
    assert "127.0.0.1:9" in said
    assert str(settings.STATIC_ROOT) in said
    # nginx writes a log unless it is told not to; what somebody looks for may not stand in it.
    search = said.partition("location = /search/ {")[2].partition("}")[0]
    assert ("access_log off;" in search) is (kind == "nginx")
    if kind == "nginx":  # the server that sends on to https sees the whole address too
        _encrypted, plain = said.split("\nserver {")[1:]
        assert "listen 80;" in plain
        assert "return 301 https://$host$request_uri;" in plain
        assert "\n    access_log off;" in plain


def test_help_lists_our_words_and_the_rooms():
    said = cli.help_text()

    for word in cli.COMMANDS:
        assert f"\n  {word} " in said
    assert "\n  verify-acts " in said
    assert "runserver" not in said


def test_production_without_a_key_says_how_to_get_one(tmp_path):
    env = {"PATH": "/usr/bin:/bin", "SQCUOLA_HOME": str(tmp_path), "SQCUOLA_MODE": "production"}
    answer = subprocess.run(
        [PYTHON, "-m", "sqcuola", "init"], env=env, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert "SQCUOLA_SECRET_KEY=" in answer.stdout
    refused = subprocess.run(
        [PYTHON, "-m", "sqcuola", "check"], env=env, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert refused.stderr == "sqcuola: SQCUOLA_SECRET_KEY is missing. `sqcuola init` prints a good one.\n"
    assert not list(Path(tmp_path).glob("*.sqlite3"))
