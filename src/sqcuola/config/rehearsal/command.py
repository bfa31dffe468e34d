"""`sqcuola rehearse`: drawn people live an edition through the real HTTP interface."""

import argparse
import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from sqcuola.config.rehearsal import server as servers
from sqcuola.config.rehearsal.report import Report
from sqcuola.config.rehearsal.story import rehearse


def main(arguments: list[str]) -> int:
    """Answer `sqcuola rehearse`: 0 when nothing went wrong and everything that must hold did, else 1."""
    parser = argparse.ArgumentParser("sqcuola rehearse", description=__doc__)
    parser.add_argument("--applicants", type=int, default=40)
    parser.add_argument("--seats", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--url", default="", help="a server started with SQCUOLA_REHEARSAL=1, instead of one of its own"
    )
    parser.add_argument("--code", default="", help="with --url: the one-time code of its first page")
    parser.add_argument("--json", type=Path, help="write the report there")
    given = parser.parse_args(arguments)
    settings = {name: getattr(given, name) for name in ("applicants", "seats", "seed", "url")}
    report = Report(settings, sys.stdout)
    own = servers.own(os.environ.get("SQCUOLA_DATABASE_URL", ""))
    there = servers.Server(given.url, os.environ.get("SQCUOLA_REHEARSAL_KEY", ""), given.code)
    begun = time.monotonic()
    with nullcontext(there) if given.url else own as found:
        rehearse(found, report, applicants=given.applicants, seats=given.seats, seed=given.seed)
    report.seconds["all"] = time.monotonic() - begun
    report.say(report.table())
    if given.json:
        report.save(given.json)
    return 0 if report.passed else 1
