"""The rehearsals of `make full`: forty and 360 people on both databases; reports and their table are kept in docs/rehearsals.

python tools/rehearsals.py           lives them all
python tools/rehearsals.py 40        those of forty people alone
python tools/rehearsals.py table     writes the table anew from the reports that are kept
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import machine  # noqa: E402

KEPT = ROOT / "docs" / "rehearsals"
BANK = Path("question-banks") / "italic_10000_it.jsonl"
BEGIN, END = "<!-- written by tools/rehearsals.py -->", "<!-- as far as here -->"
SHOWN = (
    "save an answer", "turn the page", "begin the test", "save a section", "hand in the application", "type the code",
    "open a paper", "save a mark", "next paper", "public page", "who was admitted",
)  # fmt: skip
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """So many people, and the seconds in which they should be through; None where nothing is promised.

    `italic`: asked from the ten thousand questions that others wrote, where they are; else from ours.
    """

    applicants: int
    seats: int
    questions: int
    promised: int | None = None
    italic: bool = False


SIZES = (
    Size(40, 8, 12, promised=50),
    Size(360, 37, 20, italic=True),
)  # 2012 had 360 applications, and 37 were admitted
PROMISED = {size.applicants: size.promised for size in SIZES}


@dataclass(slots=True)
class Came:
    """What came of them: a line each, which failed, and what could not be as it should."""

    runs: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def live(wanted: tuple[Size, ...] = SIZES) -> Came:
    """Live the rehearsals on each database that is here; keep the reports of those that went well, and their table."""
    came, bank, binaries = Came(), italic(), machine.postgres_binaries()
    if bank is None and any(size.italic for size in wanted):
        came.without.append(f"Rehearsals: {BANK.name} is not here, so people were asked questions of ours.")
    for size in wanted:
        _live(size, "SQLite", nullcontext(""), bank, came)
        if binaries is not None:
            _live(size, "PostgreSQL", machine.postgres(binaries), bank, came)
    return came


def italic() -> Path | None:
    """Return the bank that others wrote: in SQCUOLA_INTEROP, else beside the checkout; None if it is not here."""
    named = os.environ.get("SQCUOLA_INTEROP")
    path = (Path(named) if named else ROOT.parent / "shared" / "data") / BANK
    return path if path.is_file() else None


def _live(size: Size, database: str, cluster: Any, bank: Path | None, came: Came) -> None:
    name = f"Rehearsal, {size.applicants} people on {database}"
    print(f"\n== {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder, cluster as url:
        out, load = Path(folder) / "report.json", os.getloadavg()[0]
        command = [sys.executable, "-m", "sqcuola", "rehearse", "--json", str(out)]
        for word in ("applicants", "seats", "questions"):
            command += [f"--{word}", str(getattr(size, word))]
        command += ["--bank", str(bank)] if bank and size.italic else []
        env = {**os.environ, "SQCUOLA_DATABASE_URL": url}
        code = subprocess.run(command, cwd=folder, env=env, check=False).returncode
        told = json.loads(out.read_text()) if out.exists() else {}
    if code:
        came.failed.append(f"{name} (it ended with {code})")
        return
    told["machine"] = {"cores": os.cpu_count(), "load_before": round(load, 1)}
    kept = KEPT / f"{size.applicants}-{database.lower()}.json"
    kept.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write_table()
    came.runs.append(f"{name}: {lasted(told)}, {told['requests']:,} requests, all that must hold holds.")


def lasted(told: Told) -> str:
    """Say how long it took, on the clock and of the processor, and whether that is what was promised."""
    seconds, promised = told["seconds"]["all"], PROMISED.get(told["settings"]["applicants"])
    said = f"{seconds:.0f} s" + (f", {told['cpu_seconds']:.0f} CPU-s" if "cpu_seconds" in told else "")
    if promised is None:
        return said
    return f"{said}; {promised} s promised" + ("" if seconds <= promised else " (**not met**)")


def kept_reports(folder: Path = KEPT) -> list[tuple[str, Told]]:
    """Return the name and content of each report that is kept, the fewest people first, SQLite before PostgreSQL."""
    found = [(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in folder.glob("*.json")]
    return sorted(
        found, key=lambda one: (one[1]["settings"]["applicants"], one[1]["settings"]["database"] != "SQLite")
    )


def table(folder: Path = KEPT) -> str:
    """Return the table of all kept reports, in Markdown: a column each."""
    reports = kept_reports(folder)
    told = [report for _name, report in reports]
    rows = [
        ("", [f"{one['settings']['applicants']} people, {one['settings']['database']}" for one in told]),
        ("report", [f"[{name}]({name})" for name, _report in reports]),
        ("day", [one["day"] for one in told]),
        (
            "seats, questions each",
            [f"{one['settings']['seats']}, {one['settings']['questions']}" for one in told],
        ),
        ("bank", [one["settings"]["bank"] for one in told]),
        ("cores, load before", [_machine(one) for one in told]),
        ("all of it", [lasted(one) for one in told]),
        ("requests", [f"{one['requests']:,}" for one in told]),
        ("errors", [str(len(one["errors"])) for one in told]),
        (
            "what must hold",
            [f"{sum(one['invariants'].values())} of {len(one['invariants'])}" for one in told],
        ),
        *((f"{kind}: p50, p95", [_milliseconds(one, kind) for one in told]) for kind in SHOWN),
    ]
    lines = [f"| {' | '.join([head, *cells])} |" for head, cells in rows]
    lines.insert(1, "|---" * (len(told) + 1) + "|")
    return "\n".join(lines)


def _machine(told: Told) -> str:
    known = told.get("machine")
    return f"{known['cores']}, {known['load_before']}" if known else "–"


def _milliseconds(told: Told, kind: str) -> str:
    row = told["kinds"].get(kind)
    return f"{row['p50_ms']:.0f}, {row['p95_ms']:.0f}" if row else "–"


def block(folder: Path = KEPT) -> str:
    """Return what stands between the two marks of docs/rehearsals/README.md, the marks with it."""
    return f"{BEGIN}\n\n{table(folder)}\n\n{END}"


def write_table(folder: Path = KEPT) -> None:
    """Write the table into the paper, in place of the one that stands there."""
    paper = folder / "README.md"
    before, rest = paper.read_text(encoding="utf-8").split(BEGIN)
    paper.write_text(f"{before}{block(folder)}{rest.split(END)[1]}", encoding="utf-8")


def main(arguments: list[str]) -> int:
    if arguments == ["table"]:
        write_table()
        return 0
    came = live(tuple(size for size in SIZES if not arguments or str(size.applicants) in arguments))
    print("\n".join(["", *came.runs, *came.without, *(f"Not well: {name}" for name in came.failed)]))
    return 1 if came.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
