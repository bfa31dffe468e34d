"""Measures requests inside one process: CPU-milliseconds and queries, beside a bare view in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import connections
from django.http import HttpResponse
from django.test import Client

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request: how it is made, and the target an issue set for it."""

    name: str
    ask: Callable[[int], HttpResponse]
    cpu_ms: float | None = None
    queries: int | None = None
    times: int = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """What was seen: the median of the rounds, and how far it lies from the bare view of the same run."""

    name: str
    cpu_ms: float
    least: float
    most: float
    queries: int
    bytes: int
    ratio_to_bare: float
    target_cpu_ms: float | None
    target_queries: int | None

    def meets(self) -> bool:
        """Say whether both targets are met, where there are any."""
        cpu = self.target_cpu_ms is None or self.cpu_ms <= self.target_cpu_ms
        return cpu and (self.target_queries is None or self.queries <= self.target_queries)


class Counter:
    """Counts the statements that a block sends to any database."""

    def __init__(self) -> None:
        self.count = 0
        self.statements: list[str] = []
        self._entered: list[Any] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.count += 1
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


def client_of(person: Any = None) -> Client:
    """Return a client, signed in as a person or as nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def measure(cases: list[Case], bare: Case) -> list[Figure]:
    """Measure the bare view and every case in turn, round after round, so that drift of the machine hits all alike."""
    every = [bare, *cases]
    taken: dict[str, list[float]] = {case.name: [] for case in every}
    counted: dict[str, tuple[int, int]] = {}
    number = 0
    for case in every:
        for _ in range(3):
            number += 1
            answer = case.ask(number)
            if answer.status_code >= 400:
                raise SystemExit(f"{case.name}: answered {answer.status_code}")
        number += 1
        with Counter() as counter:
            answer = case.ask(number)
        counted[case.name] = (counter.count, len(answer.content))
    for _ in range(ROUNDS):
        for case in every:
            begun = time.process_time()
            for _ in range(case.times):
                number += 1
                case.ask(number)
            taken[case.name].append((time.process_time() - begun) * 1000 / case.times)
    base = statistics.median(taken[bare.name])
    return [_figure(case, taken[case.name], counted[case.name], base) for case in every]


def _figure(case: Case, taken: list[float], counted: tuple[int, int], base: float) -> Figure:
    middle = statistics.median(taken)
    return Figure(
        case.name, round(middle, 3), round(min(taken), 3), round(max(taken), 3), counted[0], counted[1],
        round(middle / base, 2), case.cpu_ms, case.queries,
    )  # fmt: skip


def as_rows(figures: list[Figure]) -> list[dict[str, Any]]:
    """Return figures as plain data for JSON."""
    return [asdict(figure) | {"meets": figure.meets()} for figure in figures]
