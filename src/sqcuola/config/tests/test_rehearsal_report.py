"""A report passes only when it saw something hold and nothing go wrong."""

import io
import json

import pytest

from sqcuola.config.rehearsal import command
from sqcuola.config.rehearsal.report import Report, percentile
from sqcuola.config.rehearsal.server import Server
from sqcuola.kernel import clock


@pytest.fixture
def report():
    return Report({"seed": 1}, io.StringIO())


def test_percentiles_are_of_nearest_rank():
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.95) == 4.0
    assert percentile([7.0], 0.5) == 7.0


def test_a_report_without_invariants_has_not_passed(report):
    assert not report.passed


@pytest.mark.parametrize(
    ("held", "errors", "passed"), [(True, [], True), (False, [], False), (True, ["a seat too many"], False)]
)
def test_one_error_or_one_broken_promise_is_enough(report, held, errors, passed):
    report.invariants["seats are not exceeded"] = held
    for words in errors:
        report.wrong(words)

    assert report.passed is passed


def test_a_server_error_is_an_error_and_a_refusal_is_not(report, tmp_path):
    report.measured("page", "/x/", 403, 0.010)
    report.measured("page", "/x/", 500, 0.030)
    report.save(tmp_path / "r.json")
    kept = json.loads((tmp_path / "r.json").read_text())

    assert kept["day"] == f"{clock.now():%Y-%m-%d}"
    assert kept["errors"] == ["page: /x/ answered 500"]
    assert kept["kinds"]["page"] == {"count": 2, "p50_ms": 10.0, "p95_ms": 30.0}
    assert kept["statuses"] == {"403": 1, "500": 1}
    assert "page" in report.table()


@pytest.mark.parametrize(("held", "code"), [(True, 0), (False, 1)])
def test_the_command_ends_with_one_when_something_did_not_hold(monkeypatch, tmp_path, capsys, held, code):
    def lived(_server, report, _questions, **_asked):
        report.invariants["seats are not exceeded"] = held

    monkeypatch.setattr(command, "rehearse", lived)
    monkeypatch.setattr(command, "taken", lambda url, key, code: Server(url, key, first_code=code))
    kept = tmp_path / "r.json"

    assert command.main(["--url", "http://127.0.0.1:9", "--json", str(kept)]) == code
    assert json.loads(kept.read_text())["passed"] is held
    assert ("NO " in capsys.readouterr().out) is not held
