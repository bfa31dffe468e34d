"""Runs the suite as CI does: all of it on SQLite, then on PostgreSQL, and says in a line each what could not run.

    python tools/run_tests.py           what `make test` calls
    python tools/run_tests.py --full    what is slow too, and Python 3.12

With CI=true, a line of what could not run is a failure (files of others apart).
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import machine, rehearsals

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results"
DEMO = ROOT / "docs" / "demo.json"


@dataclass
class Outcome:
    """What came of all runs."""

    runs: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    others_files: list[str] = field(default_factory=list)

    def verdict(self, *, ci: bool) -> tuple[int, str]:
        """Return the exit code and the last line."""
        if self.failed:
            return 1, f"Not well: {', '.join(self.failed)} failed; the reasons stand above."
        if self.left_out and ci:
            return 1, "Every test that ran passed, but CI asks for all of them, and some could not run."
        if self.left_out:
            return 0, "Every test that could run passed."
        return 0, "Every test passed."


def pytest(name: str, marks: str, outcome: Outcome, *, url: str = "", python: str = sys.executable) -> None:
    """Run the suite once with what `marks` selects, and add what came of it to `outcome`."""
    print(f"\n== {name}", flush=True)
    report = RESULTS / f"{name.replace(' ', '-').lower()}.json"
    report.unlink(missing_ok=True)
    env = {**os.environ, "SQCUOLA_TEST_REPORT": str(report), "SQCUOLA_DATABASE_URL": url}
    if found := machine.chromium():
        env["SQCUOLA_CHROMIUM"] = found
    began = time.monotonic()
    command = [python, "-m", "pytest", "-q", "-n", str(min(os.cpu_count() or 1, 4)), "-m", marks]
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    told = json.loads(report.read_text()) if report.exists() else {"passed": 0, "failed": 0, "skipped": []}
    if code or not told["passed"]:
        outcome.failed.append(f"{name} (pytest ended with {code})")
    outcome.runs.append(
        f"{name}: {told['passed']} passed, {told['failed']} failed, {len(told['skipped'])} not run,"
        f" in {time.monotonic() - began:.0f} s."
    )
    for (reason, interop), count in Counter((s["reason"], s["interop"]) for s in told["skipped"]).items():
        (outcome.others_files if interop else outcome.left_out).append(f"{name}: {count} × {reason}")


def main(arguments: list[str]) -> int:
    full = "--full" in arguments
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "demo.json").unlink(missing_ok=True)
    outcome = Outcome()
    slow = "" if full else " and not slow"
    browser = machine.chromium() is not None
    pytest("SQLite", f"not concurrency{slow}" + ("" if browser else " and not browser"), outcome)
    if not browser:
        outcome.left_out.append(
            "Browser stories: no Chromium here. `.venv/bin/playwright install chromium` fetches one."
        )
    binaries = machine.postgres_binaries()
    if binaries is None:
        outcome.left_out.append(
            "PostgreSQL: its programs are not here (Debian and Ubuntu: apt install postgresql)."
        )
    else:
        with ExitStack() as stack:
            url = stack.enter_context(machine.postgres(binaries))
            pytest("PostgreSQL", f"not browser and not pages{slow}", outcome, url=url)
    if full:
        demo(outcome)
        older(outcome)
        rehearse(outcome)
        bench(outcome)
    print("\n== Summary")
    for line in outcome.runs:
        print(line)
    for line in outcome.left_out:
        print(f"Could not run: {line}")
    for line in outcome.others_files:
        print(f"Left out, and no failure: {line}")
    code, last = outcome.verdict(ci=os.environ.get("CI") == "true")
    print(last, flush=True)
    return code


def demo(outcome: Outcome) -> None:
    """Tell how long `make demo` took in its test, and keep the figures beside the papers."""
    measured = RESULTS / "demo.json"
    if not measured.exists():
        return
    told = json.loads(measured.read_text())
    DEMO.write_text(measured.read_text())
    outcome.runs.append(
        f"`make demo` from a clone: {told['cold_seconds']} s until its first page (180 promised),"
        f" {told['again_seconds']} s again (5 promised); {told['cores']} cores, load {told['load_before']} before."
    )


def rehearse(outcome: Outcome) -> None:
    """Let forty and 360 people live a selection on both databases; the seconds are told, and only what must hold is a failure."""
    came = rehearsals.live()
    outcome.runs += came.runs
    outcome.failed += came.failed
    outcome.others_files += came.without


def bench(outcome: Outcome) -> None:
    """Measure the pages of the house; the figures are told, and only a bench that breaks is a failure."""
    began = time.monotonic()
    code = subprocess.run([sys.executable, "bench/run.py", "--keep-papers"], cwd=ROOT, check=False).returncode
    if code not in {0, 1}:
        outcome.failed.append(f"the bench (it ended with {code})")
    said = "every target is met" if code == 0 else "not every target is met, see above"
    outcome.runs.append(f"Bench: {said}, in {time.monotonic() - began:.0f} s.")


def older(outcome: Outcome) -> None:
    """Run the suite on Python 3.12 too, in an environment of its own."""
    from tools.requirements import uv  # noqa: PLC0415 - only here is uv needed

    folder = ROOT / ".cache" / "python-3.12"
    env = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder)}
    found = subprocess.run(
        [uv(), "sync", "--quiet", "--locked", "--python", "3.12"], cwd=ROOT, env=env, check=False
    )
    if found.returncode:
        outcome.left_out.append("Python 3.12: uv found none.")
    else:
        pytest(
            "Python 3.12",
            "not concurrency and not slow and not browser",
            outcome,
            python=str(folder / "bin/python"),
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
