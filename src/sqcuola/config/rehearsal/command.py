"""`sqcuola rehearse`: drawn people live an edition through the real HTTP interface."""

import argparse
import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from sqcuola.config.rehearsal import bank
from sqcuola.config.rehearsal import server as servers
from sqcuola.config.rehearsal.report import Report
from sqcuola.config.rehearsal.story import rehearse

ASKED = ("applicants", "seats", "seed", "questions", "kill")


def main(arguments: list[str]) -> int:
    """Answer `sqcuola rehearse`: 0 when nothing went wrong and everything that must hold did, else 1."""
    given = _parser().parse_args(arguments)
    database = os.environ.get("SQCUOLA_DATABASE_URL", "")
    report = Report(
        {
            **{name: getattr(given, name) for name in ASKED},
            "bank": given.bank.name,
            "url": given.url,
            "database": "unknown" if given.url else "PostgreSQL" if database else "SQLite",
        },
        sys.stdout,
    )
    there = servers.Server(given.url, os.environ.get("SQCUOLA_REHEARSAL_KEY", ""), given.code)
    begun = time.monotonic()
    with nullcontext(there) if given.url else servers.own(database) as found:
        rehearse(found, report, bank.read(given.bank), **{name: getattr(given, name) for name in ASKED})
    report.seconds["all"] = time.monotonic() - begun
    report.say(report.table())
    if given.json:
        report.save(given.json)
    return 0 if report.passed else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sqcuola rehearse", description=__doc__)
    parser.add_argument("--applicants", type=int, default=40)
    parser.add_argument("--seats", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bank", type=Path, default=bank.OURS, help="a file of JSON lines; ours if left out")
    parser.add_argument("--questions", type=int, default=12, help="how many questions the test has")
    parser.add_argument(
        "--url", default="", help="a server started with SQCUOLA_REHEARSAL=1, instead of one of its own"
    )
    parser.add_argument("--code", default="", help="with --url: the one-time code of its first page")
    parser.add_argument("--kill", action="store_true", help="kill its own server while people answer")
    parser.add_argument("--json", type=Path, help="write the report there")
    return parser
