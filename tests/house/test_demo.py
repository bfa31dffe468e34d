"""`make demo` as somebody meets it who has just cloned this, with nothing in their home: from nothing, and again."""

import json
import os
import signal
import subprocess
import threading
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from tests.house.tree import ROOT
from tools import run_tests

COLD, AGAIN = 180, 5  # seconds that are promised
TROUBLE = "no such table: people_person"
TOLD = {"day": "2026-11-25", "cold_seconds": 61.2, "again_seconds": 3.9, "cores": 2, "load_before": 0.4}
RESULT = ROOT / "test-results" / "demo.json"
NO_PACKAGES = (
    "could not find a version",
    "failed to fetch",
    "error sending request",
    "name resolution",
    "timed out",
)


@contextmanager
def demo(house, home):
    """Run `make demo` with an empty environment; give the seconds until it said its url, and that. Then Ctrl+C."""
    began, said = time.monotonic(), []
    with subprocess.Popen(
        ["env", "-i", f"HOME={home}", "PATH=/usr/local/bin:/usr/bin:/bin", "make", "demo"],
        cwd=house,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        watch = threading.Timer(2 * COLD, os.killpg, (process.pid, signal.SIGKILL))
        watch.start()
        try:
            for line in process.stdout:
                said.append(line)
                if line.startswith("The school answers at "):
                    yield time.monotonic() - began, line.split()[4]
                    break
            else:
                words = "".join(said)[-2000:]
                if any(sign in words.lower() for sign in NO_PACKAGES):
                    pytest.skip("The packages that `make demo` installs cannot be fetched here.")
                pytest.fail(words)
            os.killpg(process.pid, signal.SIGINT)
            rest = process.stdout.read()
            assert process.wait(30) is not None
            assert "Traceback" not in rest
        finally:
            watch.cancel()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def look(url):
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.status, answer.read().decode()


@pytest.mark.slow
@pytest.mark.pages  # once: the demo is on SQLite
def test_from_a_clone_to_a_page_and_again(tmp_path):
    home, house, load = tmp_path / "home", tmp_path / "house", os.getloadavg()[0]
    home.mkdir()
    subprocess.run(["git", "clone", "-q", ROOT, house], check=True, env={**os.environ, "HOME": str(home)})
    with demo(house, home) as (cold, url):
        assert look(url)[0] == 200
    again = float("inf")
    for _time in range(
        3
    ):  # the best of three, where the first does not do: a few seconds are easily another program's
        with demo(house, home) as (seconds, url):
            status, page = look(url)
            assert (status, "SQcuola di Blog" in page) == (200, True)
        again = min(again, seconds)
        if again < AGAIN:
            break
    told = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "cold_seconds": round(cold, 1),
        "again_seconds": round(again, 1),
        "cores": os.cpu_count(),
        "load_before": round(load, 1),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, indent=1) + "\n")

    assert (cold < COLD, again < AGAIN) == (True, True), told


def test_the_figures_are_told_and_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(run_tests, "RESULTS", tmp_path)
    monkeypatch.setattr(run_tests, "DEMO", tmp_path / "kept.json")
    outcome = run_tests.Outcome()
    run_tests.demo(outcome)
    assert outcome.runs == []

    (tmp_path / "demo.json").write_text(json.dumps(TOLD))
    run_tests.demo(outcome)

    assert outcome.runs == [
        "`make demo` from a clone: 61.2 s until its first page (180 promised), 3.9 s again (5 promised); 2 cores, load 0.4 before."
    ]
    assert json.loads((tmp_path / "kept.json").read_text()) == TOLD


def test_a_demo_that_ends_before_its_page_is_a_failure_and_one_without_packages_is_left_out(tmp_path):
    """A house whose `make demo` says something and ends."""
    for words, problem in ((TROUBLE, pytest.fail.Exception), (NO_PACKAGES[0], pytest.skip.Exception)):
        (tmp_path / "Makefile").write_text(f"demo:\n\t@echo 'ERROR: {words}'; exit 1\n")
        with pytest.raises(problem), demo(tmp_path, tmp_path):
            raise AssertionError("there is no demo")
