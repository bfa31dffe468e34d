"""Measures requests inside one process: CPU-milliseconds and queries, beside a bare view in the same run.

Every round asks each case some times, the bare view and both sizes of the school in turn: whatever else the machine
does meets all of them alike. A ratio is taken within a round, and the median of the rounds is told.
"""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from bench.asking import Answer
from django.db import connections

ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request: how it is made (told its number in the run), and the target that was set for it."""

    name: str
    ask: Callable[[int], Answer]
    cpu_ms: float | None = None
    queries: int | None = None
    status: int = 200
    times: int = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """What was seen of a case: medians of the rounds, the least and the most, and the ratio to the bare view of the same round."""

    name: str
    cpu_ms: float
    least: float
    most: float
    queries: int
    bytes: int
    ratio_to_bare: float
    server_ms: float | None
    target_cpu_ms: float | None
    target_queries: int | None
    rounds: list[float] = field(repr=False)

    def meets(self) -> bool:
        """Say whether both targets are met, where there are any."""
        cpu = self.target_cpu_ms is None or self.cpu_ms <= self.target_cpu_ms
        return cpu and (self.target_queries is None or self.queries <= self.target_queries)


class Counter:
    """Counts the statements that a block sends to any database."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self._entered: list[Any] = []

    @property
    def count(self) -> int:
        return len(self.statements)

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.statements.append(sql)
        return execute(sql, params, many, context)

    def __enter__(self) -> Self:
        for connection in connections.all():
            wrapper = connection.execute_wrapper(self)
            wrapper.__enter__()
            self._entered.append(wrapper)
        return self

    def __exit__(self, *error: object) -> None:
        for wrapper in self._entered:
            wrapper.__exit__(*error)


class Measured:
    """The cases of one school, asked round after round."""

    def __init__(self, cases: Sequence[Case], bare: Case) -> None:
        self.cases = [bare, *cases]
        self.bare = bare.name
        self.taken: dict[str, list[float]] = {case.name: [] for case in self.cases}
        self.served: dict[str, list[float]] = {case.name: [] for case in self.cases}
        self.counted: dict[str, tuple[int, int]] = {}
        self.number = 0

    def warm(self) -> None:
        """Ask each case twice, so that nothing is measured which happens once in a process; then count its queries."""
        for case in self.cases:
            for _ in range(2):
                self._ask(case)
            with Counter() as counter:
                answer = self._ask(case)
            self.counted[case.name] = (counter.count, len(answer.body))

    def round(self) -> None:
        """Ask every case some times, and keep what one request took of the CPU."""
        for case in self.cases:
            self._ask(case)
            gc.collect()
            served, begun = server_ms(), time.process_time()
            for _ in range(case.times):
                self._ask(case)
            self.taken[case.name].append((time.process_time() - begun) * 1000 / case.times)
            self.served[case.name].append((server_ms() - served) / case.times)

    def _ask(self, case: Case) -> Answer:
        self.number += 1
        answer = case.ask(self.number)
        if answer.status != case.status:
            raise SystemExit(f"{case.name}: answered {answer.status}, wanted {case.status}")
        return answer

    def figures(self) -> list[Figure]:
        """Return what was seen, the bare view first."""
        return [self._figure(case) for case in self.cases]

    def _figure(self, case: Case) -> Figure:
        taken = self.taken[case.name]
        return Figure(
            name=case.name,
            cpu_ms=round(statistics.median(taken), 3),
            least=round(min(taken), 3),
            most=round(max(taken), 3),
            queries=self.counted[case.name][0],
            bytes=self.counted[case.name][1],
            ratio_to_bare=round(median_ratio(taken, self.taken[self.bare]), 2),
            server_ms=round(statistics.median(self.served[case.name]), 3) if server_ms() else None,
            target_cpu_ms=case.cpu_ms,
            target_queries=case.queries,
            rounds=[round(value, 4) for value in taken],
        )


def server_ms() -> float:
    """Return what PostgreSQL's own process for our connection has taken of the CPU so far; 0 where there is none, or no telling."""
    opened = connections["default"].connection
    pid = getattr(getattr(opened, "info", None), "backend_pid", 0)
    with suppress(OSError):
        return (
            int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6 if pid else 0.0
        )
    return 0.0


def median_ratio(taken: Sequence[float], other: Sequence[float]) -> float:
    """Return the median of the ratios, each within its round."""
    return statistics.median(one / two for one, two in zip(taken, other, strict=True))


def as_rows(figures: list[Figure]) -> list[dict[str, Any]]:
    """Return figures as plain data for JSON."""
    return [asdict(figure) | {"meets": figure.meets()} for figure in figures]
