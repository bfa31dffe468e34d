"""The worker as a real process: it ends when told to, and what it was doing when killed is done by the next."""

import os
import signal
import subprocess
import sys
import time

import pytest

SETUP = """
import os, sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from sqcuola.kernel import jobs, working

traces = Path(os.environ["SQCUOLA_HOME"]) / "traces"

@jobs.job("test.slow")
def slow(seconds):
    with traces.open("a") as file: file.write("begun ")
    time.sleep(seconds)
    with traces.open("a") as file: file.write("done ")
"""
PREPARE = SETUP + "call_command('migrate', verbosity=0); slow.enqueue(float(sys.argv[1]))"
WORK = SETUP + "call_command('worker')"
LATER = (
    SETUP
    + """
from sqcuola.kernel import clock
working.run_due(clock.now() + working.LEASE)
"""
)


@pytest.fixture
def run(tmp_path):
    """Run a piece of Python on a home of its own, on SQLite."""
    environment = {name: value for name, value in os.environ.items() if name != "SQCUOLA_DATABASE_URL"}
    environment |= {
        "SQCUOLA_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sqcuola.config.settings",
        "PYTHONPATH": "src",
    }
    started = []

    def run(code, *words):
        process = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code, *words], env=environment)
        started.append(process)
        return process

    run.traces = tmp_path / "traces"
    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_for(run, words):
    limit = time.monotonic() + 30
    while not (run.traces.exists() and run.traces.read_text() == words):
        assert time.monotonic() < limit, run.traces.read_text() if run.traces.exists() else "no traces"
        time.sleep(0.05)


def test_sigterm_lets_the_running_job_end(run):
    assert run(PREPARE, "1").wait(60) == 0
    worker = run(WORK)
    wait_for(run, "begun ")
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(20) == 0
    assert run.traces.read_text() == "begun done "


def test_a_job_whose_worker_was_killed_is_run_again(run):
    assert run(PREPARE, "2").wait(60) == 0
    worker = run(WORK)
    wait_for(run, "begun ")
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)

    assert run(LATER).wait(30) == 0
    assert run.traces.read_text() == "begun begun done "
