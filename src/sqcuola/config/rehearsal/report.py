"""How a rehearsal went: people per stage, requests by kind with their times, errors, and what must hold."""

import json
import math
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from sqcuola.kernel import clock


def percentile(values: list[float], share: float) -> float:
    """Return the nearest-rank percentile of at least one value; `share` from 0 to 1."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(slots=True)
class Report:
    """Filled while people live the edition, by several threads; read when they are done.

    `killed` is how many answers were acknowledged when the server was killed, if it was; `cpu` the processor's seconds of the
    people, the server and its worker, where they are known (that of PostgreSQL never is).
    """

    settings: dict[str, Any]
    out: TextIO
    stages: dict[str, dict[str, int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    invariants: dict[str, bool] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    stage: str = ""
    killed: int | None = None
    cpu: float | None = None
    _taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _statuses: Counter[int] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def measured(self, kind: str, url: str, status: int, took: float) -> None:
        """Note one request; an answer of 500 and above is always an error."""
        with self._lock:
            self._taken[kind].append(took)
            self._statuses[status] += 1
            if status >= 500:
                self.errors.append(f"{kind}: {url} answered {status}")

    def wrong(self, words: str) -> None:
        """Note something that should not have happened, and say it at once."""
        with self._lock:
            self.errors.append(words)
        self.say(f"  {words}")

    def enter(self, stage: str) -> None:
        """Begin a stage, and say so."""
        self.stage = stage
        self.say(f"{stage} …")

    def say(self, words: str) -> None:
        """Tell the person who watches."""
        print(words, file=self.out, flush=True)

    @property
    def passed(self) -> bool:
        """True when nothing went wrong and everything that must hold was seen to hold."""
        return not self.errors and bool(self.invariants) and all(self.invariants.values())

    def data(self) -> dict[str, Any]:
        """Return the whole report as plain data."""
        kinds = {
            kind: {
                "count": len(taken),
                "p50_ms": round(percentile(taken, 0.5) * 1000, 1),
                "p95_ms": round(percentile(taken, 0.95) * 1000, 1),
            }
            for kind, taken in sorted(self._taken.items())
        }
        return {
            "day": f"{clock.now():%Y-%m-%d}",
            "settings": self.settings,
            **({} if self.killed is None else {"killed_after_answers": self.killed}),
            "stages": self.stages,
            "requests": sum(len(taken) for taken in self._taken.values()),
            "statuses": {str(status): count for status, count in sorted(self._statuses.items())},
            "kinds": kinds,
            "seconds": {name: round(value, 1) for name, value in self.seconds.items()},
            **({} if self.cpu is None else {"cpu_seconds": round(self.cpu, 1)}),
            "errors": self.errors,
            "invariants": self.invariants,
            "passed": self.passed,
        }

    def save(self, path: Path) -> None:
        """Write the report as JSON."""
        path.write_text(json.dumps(self.data(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def table(self) -> str:
        """Return the report as a person reads it in a terminal."""
        data = self.data()
        lines = ["", "people"]
        lines += [
            f"  {stage:<16} " + ", ".join(f"{n} {what}" for what, n in row.items())
            for stage, row in self.stages.items()
        ]
        lines += ["", f"requests {data['requests']}   {'count':>22} {'p50 ms':>9} {'p95 ms':>9}"]
        lines += [
            f"  {kind:<32} {row['count']:>6} {row['p50_ms']:>9} {row['p95_ms']:>9}"
            for kind, row in data["kinds"].items()
        ]
        lines += ["", "what must hold"]
        lines += [f"  {'yes' if held else 'NO ':<4} {name}" for name, held in self.invariants.items()]
        lines += ["", f"errors {len(self.errors)}"] + [f"  {words}" for words in self.errors[:40]]
        return "\n".join(lines)
