"""A small rehearsal through a real server: everybody ends as they meant to, and nobody sees what is not theirs."""

import json
import subprocess
import sys

import pytest


@pytest.mark.pages
def test_nine_people_live_the_call(tmp_path):
    out = tmp_path / "report.json"
    command = [
        sys.executable,
        "-m",
        "sqcuola",
        "rehearse",
        "--applicants",
        "9",
        "--seats",
        "2",
        "--json",
        str(out),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=tmp_path, check=False)
    told = json.loads(out.read_text()) if out.exists() else {}

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert told["passed"]
    assert told["errors"] == []
    assert told["stages"]["applications"] == {
        "handed in": 6,
        "not handed in": 1,
        "unfinished": 1,
        "withdrawn": 1,
    }
    assert told["stages"]["deadline"]["refused"] == 1
    assert len(told["invariants"]) == 3
