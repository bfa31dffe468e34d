"""The paper about rehearsals says what the kept reports say, and `make full` says what came of its own."""

import json
import shutil

import pytest
from tests.house.tree import ROOT
from tools import machine, rehearsals, run_tests

from sqcuola.config.rehearsal.invariants import MUST_HOLD

KEPT = ROOT / "docs" / "rehearsals"


def differs(folder):
    return rehearsals.block(folder) not in (folder / "README.md").read_text(encoding="utf-8")


def test_the_paper_and_the_reports_agree():
    assert not differs(KEPT), "run `python tools/rehearsals.py table`"


def test_a_report_that_changed_is_seen_and_the_table_written_anew(tmp_path):
    shutil.copytree(KEPT, tmp_path, dirs_exist_ok=True)
    path = tmp_path / rehearsals.kept_reports(tmp_path)[0][0]
    told = json.loads(path.read_text())
    path.write_text(json.dumps({**told, "requests": 7}))
    before = (tmp_path / "README.md").read_text()

    assert differs(tmp_path)
    rehearsals.write_table(tmp_path)
    assert not differs(tmp_path)
    after = (tmp_path / "README.md").read_text()
    assert before.split(rehearsals.BEGIN)[0] == after.split(rehearsals.BEGIN)[0]
    assert before.split(rehearsals.END)[1] == after.split(rehearsals.END)[1]


def test_what_is_kept_went_well():
    for name, told in rehearsals.kept_reports():
        assert told["passed"], name
        assert told["invariants"] == dict.fromkeys(MUST_HOLD, True), name


@pytest.mark.parametrize(
    ("seconds", "said"), [(50.0, "50 s; 50 s promised"), (50.4, "50 s; 50 s promised (**not met**)")]
)
def test_seconds_are_held_against_what_was_promised(seconds, said):
    assert rehearsals.lasted({"settings": {"applicants": 40}, "seconds": {"all": seconds}}) == said


class Ran:
    def __init__(self, code):
        self.returncode = code


@pytest.fixture
def lived(monkeypatch, tmp_path):
    """Let `rehearse` be a program that ends as it is told, here where there are no files of others and no PostgreSQL."""
    shutil.copytree(KEPT, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(rehearsals, "KEPT", tmp_path)
    monkeypatch.setattr(rehearsals, "write_table", lambda: None)
    monkeypatch.setattr(machine, "postgres_binaries", lambda: None)
    monkeypatch.setenv("SQCUOLA_INTEROP", str(tmp_path))
    asked = []

    def ends_with(code):
        def run(command, **_how):
            asked.append(command)
            if not code:
                out = rehearsals.Path(command[command.index("--json") + 1])
                out.write_bytes((KEPT / "180-sqlite.json").read_bytes())
            return Ran(code)

        monkeypatch.setattr(rehearsals.subprocess, "run", run)
        outcome = run_tests.Outcome()
        run_tests.rehearse(outcome)
        return outcome

    ends_with.asked = asked
    return ends_with


def test_each_is_told_in_a_line_and_what_was_not_here_is_no_failure(lived):
    outcome = lived(0)

    assert [line.split(":")[0] for line in outcome.runs] == [
        "Rehearsal, 40 people on SQLite", "Rehearsal, 360 people on SQLite",
    ]  # fmt: skip
    assert [command[command.index("--seats") + 1] for command in lived.asked] == ["8", "37"]
    assert "--bank" not in lived.asked[0]
    assert outcome.others_files == [
        "Rehearsals: italic_10000_it.jsonl is not here, so people were asked questions of ours."
    ]
    assert outcome.verdict(ci=True)[0] == 0


def test_only_the_large_one_is_asked_from_the_files_of_others(lived, tmp_path):
    path = tmp_path / rehearsals.BANK
    path.parent.mkdir()
    path.touch()

    assert lived(0).others_files == []
    assert ["--bank" in command for command in lived.asked] == [False, True]


def test_one_that_does_not_go_well_fails_the_run_and_keeps_what_was_kept(lived):
    before = sorted(path.name for path in rehearsals.KEPT.iterdir())
    outcome = lived(1)

    assert outcome.failed == [
        "Rehearsal, 40 people on SQLite (it ended with 1)", "Rehearsal, 360 people on SQLite (it ended with 1)",
    ]  # fmt: skip
    assert sorted(path.name for path in rehearsals.KEPT.iterdir()) == before
