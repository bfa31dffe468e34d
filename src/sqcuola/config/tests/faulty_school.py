"""The school that faults are tried on, as the harness holds it: its server, its database, somebody's browser."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
from django.conf import settings
from django.db import connections

from sqcuola.config.rehearsal.reading import Page


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a request: its status and page; status 0 when the line broke off."""

    status: int
    page: str = ""


class School:
    """A server that forks a child for each order, the database it works on, and somebody's browser."""

    def __init__(self, home: Path, database: str, reset, process) -> None:
        self.home, self.database, self.reset, self.process = home, database, reset, process
        self.told = self._hear()
        self.browser = httpx.Client(
            base_url=f"http://127.0.0.1:{self.told['port']}",
            headers={"Accept-Language": "en"},
            timeout=30,
        )

    def _hear(self):
        line = self.process.stdout.readline()
        assert line, (self.home / "log").read_text()[-3000:]
        return json.loads(line)

    def order(self, **order):
        """Give an order; return the signal that the child before died of."""
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self._hear()["ended"]

    def begin(self, **fault):
        """Serve the school as it was prepared, and be ready for a fault."""
        self.order(do="rest")
        self.reset()
        self.browser.cookies.clear()
        self.browser.cookies.set("sessionid", self.told["session"])
        for name in ("met", "commits"):
            (self.home / name).unlink(missing_ok=True)
        self.order(do="serve", **fault)

    def get(self, url):
        answer = self.browser.get(url)
        return Page(str(answer.url), answer.status_code, answer.content, "text/html")

    def post(self, url, fields):
        """Send fields with the page's token; say what came of it."""
        token = {"X-CSRFToken": self.browser.cookies["csrftoken"]}
        try:
            answer = self.browser.post(url, data=fields, headers=token)
        except httpx.TransportError:
            return Said(0)
        return Said(answer.status_code, answer.text)

    def rows(self, sql, *, alias="default"):
        """Ask the database itself, past everything of the house."""
        if self.database:
            with psycopg.connect(self.database) as link:
                return [tuple(row) for row in link.execute(sql)]
        name = {"default": "sqcuola", "answers": "answers"}[alias]
        with closing(sqlite3.connect(self.home / f"{name}.sqlite3")) as link:
            assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return list(link.execute(sql))

    def met(self):
        path = self.home / "met"
        return path.read_text() if path.exists() else ""


@contextmanager
def running(home, database, reset):
    """Run the server on an empty database, in a home of its own; give the school that it has built there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SQCUOLA_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "sqcuola.config.settings",
        "SQCUOLA_MODE": "development",
        "SQCUOLA_HOME": str(home),
        "SQCUOLA_DATABASE_URL": database,
    }
    command = [sys.executable, "-m", "sqcuola.config.tests.faulty"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with (
        (home / "log").open("w") as log,
        subprocess.Popen(command, env=environment, stderr=log, **pipes) as process,
    ):
        try:
            school = School(home, database, reset, process)
            with school.browser:
                yield school
                school.order(do="rest")
        finally:
            process.stdin.close()
            process.kill()


def copy_of_the_empty(folder):
    """Write the migrated databases of the tests into files, and return what puts them back."""
    for alias in ("default", "answers"):
        connection = connections[alias]
        connection.ensure_connection()
        name = folder / f"{'sqcuola' if alias == 'default' else 'answers'}.sqlite3"
        with closing(sqlite3.connect(name)) as file:
            connection.connection.backup(file)


@contextmanager
def on_sqlite(home, blocker):
    """Build the school in files of its own, copied anew at each beginning."""
    with blocker.unblock():
        copy_of_the_empty(home)
    kept = home.with_name(f"{home.name}-kept")

    def reset():
        for path in home.glob("*.sqlite3*"):
            path.unlink()
        for path in kept.iterdir():
            shutil.copy(path, home)

    with running(home, "", reset) as school:
        kept.mkdir()
        for path in home.glob("*.sqlite3*"):
            shutil.copy(path, kept)
        yield school


@contextmanager
def on_postgresql(home, blocker):
    """Build the school in a database made after that of the tests, made anew at each beginning."""
    given = settings.DATABASES["default"]["NAME"]
    base = os.environ["SQCUOLA_DATABASE_URL"].rsplit("/", 1)[0]
    kept, used = f"faults_kept_{os.getpid()}", f"faults_{os.getpid()}"

    def again(name, template):
        with psycopg.connect(f"{base}/postgres", autocommit=True) as cluster:
            cluster.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            if template:
                cluster.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    with blocker.unblock():
        connections.close_all()
    again(used, given)
    try:
        with running(home, f"{base}/{used}", lambda: again(used, kept)) as school:
            again(kept, used)
            yield school
    finally:
        again(used, "")
        again(kept, "")
