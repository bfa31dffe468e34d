"""Measures the pages of the house on SQLite and PostgreSQL, and writes what was seen into docs/benchmarks.md.

    python bench/run.py                  what `make bench` calls: docs/benchmarks.md and test-results/benchmarks.json
    python bench/run.py --rounds 3       sooner, with less to go by
    python bench/run.py --keep-papers    JSON and the table on the screen only

Ends with 1 when a page is above its target or grows with the number of applicants.
"""

import argparse
import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import report  # noqa: E402
from tools import machine, messages  # noqa: E402

RESULTS = ROOT / "test-results" / "benchmarks.json"
PAPER = ROOT / "docs" / "benchmarks.md"
SIZES = (360, 3600)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("bench/run.py", description="Measure the pages of the house.")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--keep-papers", action="store_true", help="leave docs/benchmarks.md as it is")
    given = parser.parse_args(arguments)
    messages.compile_all()
    found: dict[str, Any] = {"machine": about_the_machine(), "sizes": list(SIZES), "databases": []}
    with ExitStack() as stack:
        for name, url in databases(stack):
            print(f"\n== {name}", flush=True)
            found["databases"].append(measure(url, given.rounds))
            print("\n".join(report.table(found["databases"][-1], SIZES)), flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not given.keep_papers:
        PAPER.write_text(report.paper(found), encoding="utf-8")
    wrong = report.misses(found)
    print("\n".join(["", *(wrong or ["Every target is met."])]), flush=True)
    return 1 if wrong else 0


def databases(stack: ExitStack) -> list[tuple[str, str]]:
    """Return (name, url) of what can be measured here."""
    found = [("SQLite", "")]
    binaries = machine.postgres_binaries()
    if binaries is None:
        print("PostgreSQL: its programs are not here, so it is not measured.", flush=True)
        return found
    return [*found, ("PostgreSQL", stack.enter_context(machine.postgres(binaries)))]


def measure(url: str, rounds: int) -> dict[str, Any]:
    """Measure one database in a process and a home of its own, as production would run."""
    with tempfile.TemporaryDirectory(prefix="sqcuola-bench-") as home:
        out = Path(home) / "figures.json"
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SQCUOLA_")},
            "DJANGO_SETTINGS_MODULE": "sqcuola.config.settings",
            "SQCUOLA_MODE": "production",
            "SQCUOLA_URL": "https://bench.sqcuola.example",
            "SQCUOLA_SECRET_KEY": secrets.token_urlsafe(50),
            "SQCUOLA_HOME": str(Path(home) / "home"),
            "SQCUOLA_DATABASE_URL": url,
        }
        command = [sys.executable, "bench/one.py", "--out", str(out), "--rounds", str(rounds), "--sizes"]
        subprocess.run([*command, *map(str, SIZES)], cwd=ROOT, env=env, check=True)
        found: dict[str, Any] = json.loads(out.read_text())
        return found


def about_the_machine() -> dict[str, str]:
    """Say what this was measured on, and how busy that was."""
    processor = platform.processor()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            processor = line.split(":", 1)[1].strip()
            break
    return {
        "processor": processor or platform.machine(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.release()}",
        "load": f"{os.getloadavg()[0]:.1f}",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
