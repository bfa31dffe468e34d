"""A real server whose commits can be hit: before, in the middle or after; by an error, by a kill, by a disk that is full.

It is prepared once, and forks a child for each order that it reads from its input, a line of JSON each; the child serves the
school's own WSGI application. An order may also move the reply before the commit, so that the harness is seen to complain.
"""

import json
import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django is ready now
from django.db import OperationalError, connections  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402
from django.test import Client  # noqa: E402

from sqcuola.admissions import actions as admissions  # noqa: E402
from sqcuola.admissions.models import CvItem, LetterQuestion  # noqa: E402
from sqcuola.admissions.tests.conftest import typed_for  # noqa: E402
from sqcuola.editions.models import Edition, Phase, School  # noqa: E402
from sqcuola.kernel import clock, working  # noqa: E402
from sqcuola.people.models import Person  # noqa: E402
from sqcuola.questions import actions as questions  # noqa: E402
from sqcuola.questions.actions import answering, importing  # noqa: E402
from sqcuola.questions.models import Bank, Blueprint, BlueprintLine  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")
A_PIECE = 1000  # bytes of a page that still arrive on the disk when it is hit in the middle
MET = Path(os.environ["SQCUOLA_HOME"]) / "met"  # what was hit is written here, for the harness to read
ASKED = "Chi ascolti, {n}? {{=chi legge ~chi paga ~nessuno}}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the commit number `nth` of a request that changes something: `when` before, during or after it."""

    nth: int
    when: str
    how: str


class Commits:
    """Counts the commits of requests that change something, and hits the one that `fault` names."""

    def __init__(self, fault: Fault | None) -> None:
        self.fault, self.counting, self.count, self.full = fault, False, 0, False

    def install(self) -> None:
        real = BaseDatabaseWrapper._commit

        def commit(connection: BaseDatabaseWrapper) -> None:
            self.meet(lambda: real(connection), connection)

        def alone(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
            connection = context["connection"]
            if connection.in_atomic_block or not sql.lstrip().upper().startswith(WRITES):
                return execute(sql, params, many, context)
            return self.meet(lambda: execute(sql, params, many, context), connection)

        BaseDatabaseWrapper._commit = commit
        connection_created.connect(
            lambda connection, **_: connection.execute_wrappers.append(alone), weak=False
        )

    def meet(self, do: Callable[[], Any], connection: BaseDatabaseWrapper) -> Any:
        """Do what commits, and count it."""
        if not self.counting:
            return do()
        self.count += 1
        MET.with_name("commits").write_text(str(self.count))
        if self.full:
            strike("full")
        if self.fault is None or self.count != self.fault.nth:
            return do()
        MET.write_text(f"{self.fault.when} {self.fault.how}")
        if self.fault.when == "before":
            strike(self.fault.how)
        if self.fault.when == "during":
            return in_the_middle(do, connection, self.fault.how)
        told = do()
        if self.fault.how == "full":  # what was just taken is taken: it is the next that finds no room
            self.full = True
        else:
            strike(self.fault.how)
        return told


def strike(how: str) -> None:
    """Kill this process, or fail as a database does that is gone or takes no more."""
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "full":
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorname = "SQLITE_FULL"
        raise OperationalError("disk full") from full
    raise OperationalError("the database is gone")


def in_the_middle(do: Callable[[], Any], connection: BaseDatabaseWrapper, how: str) -> Any:
    """Let a piece of the commit arrive, and strike.

    SQLite writes into its log of writes ahead: the system stops the file a few bytes further on, and either says so or kills
    the process in that very write. PostgreSQL is sent the word, and nobody hears what it answers.
    """
    if connection.vendor == "postgresql":
        if how == "full":  # it says so instead of committing, never after
            return strike(how)
        link = connection.connection.pgconn
        link.send_query(b"COMMIT")
        if how != "kill":
            link.finish()
        return strike(how)
    written = Path(f"{connection.settings_dict['NAME']}-wal").stat().st_size
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if how == "kill" else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (written + A_PIECE, most[1]))
    try:
        do()
    except OperationalError:
        return strike(how)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    raise AssertionError("nothing was written, so nothing was hit")


class ReplyFirst:
    """The mistake that the harness must see: what is acknowledged is written when the reply has left."""

    def __init__(self, later: list[Callable[[], Any]]) -> None:
        self.later = later

    def install(self) -> None:
        append, submit = answering.append, admissions.submit

        def say_saved(attempt: Any, entry: Any) -> Any:
            self.later.append(lambda: append(attempt, entry))
            return answering.Saved(entry, again=False)

        def say_handed_in(application: Any, **by: Any) -> Any:
            self.later.append(lambda: submit(application, **by))
            return application

        answering.append, admissions.submit = say_saved, say_handed_in


class Reply:
    """A reply, with what is done when all of it has left."""

    def __init__(self, pieces: Any, done: Callable[[], None]) -> None:
        self.pieces, self.done = pieces, done

    def __iter__(self) -> Any:
        return iter(self.pieces)

    def close(self) -> None:
        self.pieces.close()
        self.done()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


def serve(server: WSGIServer, order: dict[str, Any]) -> None:
    """Serve until killed, with the fault and the order of things that were asked for."""
    from sqcuola.config.wsgi import application

    commits = Commits(Fault(order["nth"], order["when"], order["how"]) if order.get("how") else None)
    later: list[Callable[[], Any]] = []
    commits.install()
    if order.get("reply_first"):
        ReplyFirst(later).install()

    def answer(environ: dict[str, Any], start: Any) -> Reply:
        commits.counting, commits.count = environ["REQUEST_METHOD"] == "POST", 0
        return Reply(application(environ, start), afterwards)

    def afterwards() -> None:
        while later:
            try:
                later.pop(0)()
            except OperationalError:
                continue

    server.set_app(answer)
    server.serve_forever()


def build() -> dict[str, Any]:
    """Put somebody with an application to hand in and a test that goes on into the empty database; say where they are."""
    at = clock.now()
    School.objects.create(name="Scuola di prova", town="Parma")
    edition = Edition.objects.create(
        slug="terza", number=3, title="Classe III", scope="terza", seats_offered=2, created_at=at,
        published_at=at - timedelta(days=7),
    )  # fmt: skip
    Phase.objects.create(
        edition=edition, kind=Phase.Kind.CALL, begins=at - timedelta(days=7), ends=at + timedelta(days=7)
    )
    LetterQuestion.objects.create(edition=edition, position=1, words_it="Chi ascolti?", longest=200)
    CvItem.objects.create(edition=edition, position=1, words_it="Anni di blog", each=2, most=6)
    nives = Person.objects.create_user("nives@example.org", "Nives", language="en")
    application = admissions.begin(edition, by=nives, at=at)
    for section, typed in typed_for(edition).items():
        admissions.save_section(application, section, typed, version=0, by=nives, at=at)
    bank = Bank.objects.create(name="Prima", created_at=at)
    file = "\n\n".join(ASKED.format(n=number) for number in range(3)).encode()
    importing.take(importing.receive(file, "domande.gift", bank, by=None, at=at), at=at)
    blueprint = Blueprint.objects.create(name="Prova", seed="semina", created_at=at, minutes=40)
    BlueprintLine.objects.create(blueprint=blueprint, position=1, bank=bank, count=3)
    attempt = questions.start(blueprint, nives, at=at, by=nives)
    browser = Client()
    browser.force_login(nives)
    told = {
        "session": browser.cookies[settings.SESSION_COOKIE_NAME].value,
        "test": f"/test/{attempt.code}/",
        "apply": f"/e/{edition.slug}/apply/",
    }
    for url in (
        f"{told['test']}1/",
        told["apply"],
        f"{told['apply']}check/",
    ):  # templates, once for all children
        browser.get(url, headers={"host": "127.0.0.1"})
    return told


def main() -> None:
    """Answer each order with a line: how the child before ended, as os.waitpid says it."""
    told = build()
    connections.close_all()
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        say({**told, "port": server.server_port})
        child = 0
        for line in sys.stdin:
            order = json.loads(line)
            ended = end(child) if child else None
            child = 0
            if order["do"] == "work":
                while working.run_one("the harness", clock.now()):
                    continue
                connections.close_all()
            elif order["do"] == "serve":
                child = os.fork()
                if not child:
                    serve(server, order)
            say({"ended": ended})


def end(child: int) -> int:
    """Kill a child, unless it is dead already; return the number of the signal it died of."""
    os.kill(child, signal.SIGTERM)
    return os.waitpid(child, 0)[1] & 0x7F


def say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
