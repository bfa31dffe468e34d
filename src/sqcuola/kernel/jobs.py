"""Work that can wait. A job is enqueued inside the transaction that wants it; the worker runs it after the commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.tasks import task
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Job:
    """A function the worker can run, by its name. `function` takes JSON-able arguments and may run more than once.

    `says` completes the sentence "this job …" for who looks after the house: "sends a letter".
    """

    name: str
    function: Callable[..., None]
    says: Words = ""

    def enqueue(self, *args: Any, run_after: datetime | None = None) -> None:
        """Put a run into the queue, in the caller's transaction."""
        wanted = run if run_after is None else run.using(run_after=run_after)
        wanted.enqueue(self.name, list(args))


@dataclass(frozen=True, slots=True)
class Scheduled:
    name: str
    every: timedelta
    function: Callable[[datetime], None]
    says: Words = ""


_jobs: dict[str, Job] = {}
_schedule: dict[str, Scheduled] = {}


def job(name: str, *, says: Words = "") -> Callable[[Callable[..., None]], Job]:
    """Register a function as the job `name` (room.verb). It must be idempotent: a job may run again after a crash."""

    def register(function: Callable[..., None]) -> Job:
        if name in _jobs:
            raise ValueError(f"The job {name} is declared twice.")
        _jobs[name] = Job(name, function, says)
        return _jobs[name]

    return register


def every(
    interval: timedelta, *, name: str, says: Words = ""
) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Register a function of the instant to be run each `interval`, by one worker at a time."""

    def register(function: Callable[[datetime], None]) -> Callable[[datetime], None]:
        if name in _schedule:
            raise ValueError(f"The schedule names {name} twice.")
        _schedule[name] = Scheduled(name, interval, function, says)
        return function

    return register


def schedule() -> list[Scheduled]:
    """Return everything that is run by the clock, in the order of its registration."""
    return list(_schedule.values())


def known() -> dict[str, Job]:
    """Return every job the worker can run, by its name."""
    return dict(_jobs)


@task()
def run(name: str, args: list[Any]) -> None:
    """Run one job. The only task Django knows of: retries, lease and schedule hang on it."""
    _jobs[name].function(*args)
