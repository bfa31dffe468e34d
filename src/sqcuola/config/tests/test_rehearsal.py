"""Rehearsals through a real server: from an empty database to a class, with everything that must hold."""

import json
import os
import subprocess
import sys

import psycopg
import pytest

from sqcuola.config.rehearsal.invariants import MUST_HOLD


@pytest.fixture
def empty():
    """Give the url of an empty PostgreSQL beside that of the tests, '' on SQLite."""
    url = os.environ.get("SQCUOLA_DATABASE_URL", "")
    if not url:
        yield ""
        return
    name = f"rehearsal_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as cluster:  # a database is made outside of any transaction
        cluster.execute(f"CREATE DATABASE {name}")
        yield f"{url.rsplit('/', 1)[0]}/{name}"
        cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rehearse(folder, database, *words):
    """Run the command as somebody would, and return what its report says."""
    out = folder / "report.json"
    command = [sys.executable, "-m", "sqcuola", "rehearse", "--json", str(out), *words]
    env = {**os.environ, "SQCUOLA_DATABASE_URL": database}
    ran = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=1200, cwd=folder, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(out.read_text())


def test_twelve_people_live_the_first_selection(tmp_path, empty):
    told = rehearse(tmp_path, empty, "--applicants", "12", "--seats", "3")

    assert told["errors"] == []
    assert told["invariants"] == dict.fromkeys(MUST_HOLD, True)
    assert told["stages"]["applications"] == {
        "handed in": 9,
        "not handed in": 1,
        "unfinished": 1,
        "withdrawn": 1,
    }
    reading = told["stages"]["reading"]
    assert (reading["readers"], reading["papers"], reading["sheets"]) == (4, 10, 20)  # one of them withdrew
    assert (reading["left in the middle"], reading["closed"], reading["did not close"]) == (1, 2, 1)
    assert told["stages"]["ranking"] == {"ranked": 8}
    assert told["stages"]["offers"] == {"offered": 5, "accepted": 3, "declined": 1, "expired": 1}


def test_a_server_that_is_killed_while_people_answer_loses_no_acknowledged_answer(tmp_path, empty):
    told = rehearse(tmp_path, empty, "--applicants", "12", "--seats", "3", "--seed", "4", "--kill")

    assert told["killed_after_answers"] >= 8
    assert told["kinds"]["the line is down"]["count"] >= 1
    assert told["invariants"] == dict.fromkeys(MUST_HOLD, True)
