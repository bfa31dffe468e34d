"""A small rehearsal through a real server: from an empty database to a class, with everything that must hold."""

import json
import subprocess
import sys

import pytest

from sqcuola.config.rehearsal.invariants import MUST_HOLD


def rehearse(folder, *words):
    """Run the command as somebody would; return how it ended and what its report says."""
    out = folder / "report.json"
    command = [sys.executable, "-m", "sqcuola", "rehearse", "--json", str(out), *words]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=folder, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(out.read_text())


def test_twelve_people_live_the_first_selection(tmp_path):
    told = rehearse(tmp_path, "--applicants", "12", "--seats", "3")

    assert told["errors"] == []
    assert told["invariants"] == dict.fromkeys(MUST_HOLD, True)
    assert told["stages"]["applications"] == {
        "handed in": 9,
        "not handed in": 1,
        "unfinished": 1,
        "withdrawn": 1,
    }
    assert told["stages"]["ranking"] == {"ranked": 8}
    assert told["stages"]["offers"] == {"offered": 5, "accepted": 3, "declined": 1, "expired": 1}


@pytest.mark.slow
def test_forty_people_live_the_first_selection(tmp_path):
    told = rehearse(tmp_path, "--applicants", "40", "--seats", "8")

    assert told["passed"]
    assert told["invariants"] == dict.fromkeys(MUST_HOLD, True)
