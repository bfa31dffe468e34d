"""`sqcuola rehearse`: drawn people live an edition through the real HTTP interface."""

import os
import resource
import sys
import time
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

from sqcuola.config.asking import Parser, number, refuse
from sqcuola.config.rehearsal import bank
from sqcuola.config.rehearsal import server as servers
from sqcuola.config.rehearsal.elsewhere import NotToBeTakenError, taken
from sqcuola.config.rehearsal.report import Report
from sqcuola.config.rehearsal.story import rehearse

ASKED = ("applicants", "seats", "seed", "questions", "kill")


def main(arguments: list[str]) -> int:
    """Answer `sqcuola rehearse`: 0 when nothing went wrong and everything that must hold did, else 1."""
    given = _parser().parse_args(arguments)
    questions = _questions(given.bank)
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
    begun, before = time.monotonic(), _cpu()
    with nullcontext(_elsewhere(given)) if given.url else servers.own(database) as found:
        rehearse(found, report, questions, **{name: getattr(given, name) for name in ASKED})
    report.seconds["all"] = time.monotonic() - begun
    if not given.url:
        report.cpu = _cpu() - before
    report.say(report.table())
    if given.json:
        report.save(given.json)
    return 0 if report.passed else 1


def _questions(path: Path) -> bank.Bank:
    try:
        return bank.read(path)
    except (OSError, ValueError) as why:
        said = why.strerror if isinstance(why, OSError) else "it is no file of questions, one a line, as JSON"
        refuse("sqcuola rehearse", f"--bank {path}: {said}")


def _cpu() -> float:
    """Return the processor's seconds of this process and of all that it has started and that have ended."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _elsewhere(given: Namespace) -> servers.Server:
    """Return the school that was started beforehand; end with 2 and a sentence when it is not to be taken."""
    if given.kill:
        refuse("sqcuola rehearse", "--kill kills a server of its own, and --url names another")
    try:
        return taken(given.url, key=os.environ.get("SQCUOLA_REHEARSAL_KEY", ""), code=given.code)
    except NotToBeTakenError as why:
        refuse("sqcuola rehearse", f"--url {given.url}: {why}")


def _parser() -> Parser:
    parser = Parser(
        "rehearse", "Let drawn people live an edition through the real pages, and check what must hold."
    )
    some = number(1, 10_000)
    parser.add_argument(
        "--applicants", type=some, default=40, metavar="N", help="how many people apply: 40 unless said"
    )
    parser.add_argument(
        "--seats", type=some, default=8, metavar="N", help="how many seats there are: 8 unless said"
    )
    parser.add_argument(
        "--seed",
        type=number(0),
        default=1,
        metavar="N",
        help="the same number draws the same people: 1 unless said",
    )
    parser.add_argument(
        "--bank",
        type=Path,
        default=bank.OURS,
        metavar="FILE",
        help="questions as JSON lines; ours unless said",
    )
    parser.add_argument(
        "--questions",
        type=some,
        default=12,
        metavar="N",
        help="how many questions the test has: 12 unless said",
    )
    parser.add_argument(
        "--url", default="", help="a server started with SQCUOLA_REHEARSAL=1, instead of one of its own"
    )
    parser.add_argument("--code", default="", help="with --url: the one-time code of its first page")
    parser.add_argument("--kill", action="store_true", help="kill its own server while people answer")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there too")
    return parser
