"""`rehearse --url`: a school that was started beforehand is taken when it is an empty rehearsal with our key, and no other is touched."""

import json
import os
import secrets
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sqcuola.config import asking
from sqcuola.config.rehearsal import command
from sqcuola.config.rehearsal.invariants import MUST_HOLD
from sqcuola.config.rehearsal.server import Own
from sqcuola.config.serving import free_port
from sqcuola.editions.models import School
from sqcuola.people.models import Person

KEY = secrets.token_urlsafe(32)
FIRST = ["--code", "ABCDEFGH23"]


@pytest.fixture
def school(tmp_path):
    """Start a school as docs/rehearsals says; give its url and the code of its first page."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SQCUOLA_")}
    environment |= {
        "SQCUOLA_MODE": "development",
        "SQCUOLA_HOME": str(home),
        "SQCUOLA_REHEARSAL": "1",
        "SQCUOLA_REHEARSAL_KEY": KEY,
    }
    server = Own(free_port("127.0.0.1"), environment, tmp_path / "log")
    try:
        code = server.start(empty=True)
        yield f"http://127.0.0.1:{server.port}", code
    finally:
        server.stop()


def rehearse(folder, url, *words, key=KEY):
    command = [sys.executable, "-m", "sqcuola", "rehearse", "--url", url, *words]
    env = {**os.environ, "SQCUOLA_REHEARSAL_KEY": key}
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=300, cwd=folder, check=False
    )


def kept(folder):
    """Return what a school keeps, as its files lie there; the log of writes ahead is folded in at another time."""
    return {path.name: path.read_bytes() for path in sorted((folder / "home").glob("*.sqlite3*"))}


@pytest.mark.pages  # once, on SQLite: the same rehearsals run on both databases with servers of their own
def test_nine_people_live_the_first_selection_in_a_school_that_was_started_beforehand(tmp_path, school):
    url, code = school
    out = tmp_path / "report.json"
    people = ("--applicants", "9", "--seats", "2", "--questions", "6")

    ran = rehearse(tmp_path, url, "--code", code, *people, "--json", str(out))
    told = json.loads(out.read_text())

    assert (ran.returncode, told["errors"]) == (0, []), ran.stdout + ran.stderr
    assert told["invariants"] == dict.fromkeys(MUST_HOLD, True)
    assert told["settings"]["url"] == url

    before = kept(tmp_path)
    again = rehearse(tmp_path, url, "--code", code, *people)

    assert again.returncode == asking.MISUSED
    assert again.stdout == ""
    assert again.stderr == (
        f"sqcuola rehearse: --url {url}: there is a school already; a rehearsal begins in an empty one."
        " How it is used: sqcuola rehearse --help\n"
    )
    assert kept(tmp_path).keys() == before.keys()
    assert kept(tmp_path)["sqcuola.sqlite3"] == before["sqcuola.sqlite3"]


def said(capsys, url, *words):
    with pytest.raises(SystemExit) as end:
        command.main(["--url", url, *words])
    told = capsys.readouterr()
    assert end.value.code == asking.MISUSED
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("SQCUOLA_REHEARSAL_KEY", KEY)


@pytest.mark.pages
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("key")
@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")  # of the live server's threads
def test_a_school_that_is_no_rehearsal_is_left_alone(capsys, live_server):
    School.objects.create(name="Scuola vera", town="Parma")

    assert "it does not answer as a rehearsal does" in said(capsys, live_server.url, *FIRST)
    assert list(School.objects.values_list("name")) == [("Scuola vera",)]
    assert not Person.objects.exists()


class Host(BaseHTTPRequestHandler):
    """Somebody else's host: notes what it is asked, and says yes to everything."""

    answer = 200, b'{"at": "2026-11-25T10:00:00+00:00", "due": 0}'
    signs_as = ""

    def do_GET(self):
        self.server.asked.append(f"{self.command} {self.path.partition('?')[0]}")
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Rehearsal-Signature", self.signs_as or self.headers["X-Rehearsal-Signature"])
        self.send_header("Location", "/first-run/")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture
def host():
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("key")
def test_a_signature_of_other_letters_is_refused_with_the_same_sentence(capsys, host, monkeypatch):
    monkeypatch.setattr(Host, "signs_as", "è" * 64)

    assert "it does not answer as a rehearsal does" in said(
        capsys, f"http://127.0.0.1:{host.server_port}/", *FIRST
    )


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    "answer", [Host.answer, (200, b"<h1>Buongiorno</h1>"), (302, b""), (404, b""), (500, b"")]
)
def test_somebody_elses_host_is_asked_one_question_and_refused(capsys, host, monkeypatch, answer):
    """Also one that says what a rehearsal would, and hands our own signature back."""
    monkeypatch.setattr(Host, "answer", answer)

    assert "it does not answer as a rehearsal does" in said(
        capsys, f"http://127.0.0.1:{host.server_port}/", *FIRST
    )
    assert host.asked == ["GET /rehearsal/clock/"]


@pytest.mark.usefixtures("key")
def test_what_is_asked_wrongly_is_said_before_anybody_is_asked(capsys, host, monkeypatch):
    url = f"http://127.0.0.1:{host.server_port}"

    assert "--code is missing" in said(capsys, url)
    assert "--kill kills a server of its own" in said(capsys, url, *FIRST, "--kill")
    assert "no address that begins with http://" in said(capsys, "scuola.example", *FIRST)
    monkeypatch.setenv("SQCUOLA_REHEARSAL_KEY", "")
    assert "SQCUOLA_REHEARSAL_KEY is not set" in said(capsys, url, *FIRST)
    assert host.asked == []


@pytest.mark.usefixtures("key")
def test_where_nobody_answers_is_said(capsys):
    assert "nobody answers there (ConnectError)" in said(
        capsys, f"http://127.0.0.1:{free_port('127.0.0.1')}", *FIRST
    )
