"""Running what was enqueued and what the schedule names.

One worker at a time holds a job, by a lease that it renews while it works. A job is tried at most five times, later each
time, and then listed. A worker that died lets its lease run out, and another takes the job up: a job may run twice, never
twice at once.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from traceback import format_exception
from types import TracebackType
from typing import Any, Final, Self

from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.tasks import TaskResultStatus as Status
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from sqcuola.kernel import clock, jobs
from sqcuola.kernel.logs import Plain
from sqcuola.kernel.models import ScheduleRun

TRIES: Final = 5
BACK_OFF: Final = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
LEASE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=7)
BRIEF: Final = timedelta(minutes=1)  # what runs more often than this is timed by its worker, not written down
TURN: Final = timedelta(hours=1)  # how long a scheduled function keeps its turn if its worker dies
AT_ONCE: Final = datetime(9999, 1, 1, tzinfo=UTC)  # how django-tasks-db writes that no instant was asked for
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)

Row = DBTaskResult[Any, Any]

log = logging.getLogger("sqcuola.jobs")


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that was tried for the last time. `problem` is the kind of error, without its words."""

    id: str
    name: str
    tries: int
    at: datetime
    problem: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A piece of the schedule: when its last turn was (None before the first), when the next is due, how it went.

    Of what comes more often than once a minute only that is known: it is not written down.
    """

    item: jobs.Scheduled
    last: datetime | None
    next: datetime | None
    problem: str = ""

    @property
    def written(self) -> bool:
        """Tell whether the turns of this piece are written down."""
        return self.item.every >= BRIEF


class _Lease(threading.Thread):
    """Says again and again, while a job runs, that its worker lives. `started_at` is when it last said so."""

    def __init__(self, row: Row) -> None:
        super().__init__(daemon=True)
        self._mine = _held(row)
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(LEASE.total_seconds() / 4):
            try:
                self._mine.update(started_at=clock.now())
            finally:
                connection.close()  # each thread has its own

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._over.set()
        self.join()


def run_one(worker: str, at: datetime) -> bool:
    """Run one job that is due, on behalf of a worker; return whether there was one."""
    row = _claim(worker, at)
    if row is None:
        return False
    with _Lease(row):
        problem = _run(row, at)
    _settle(row, problem, at)
    return True


def run_due(at: datetime, *, worker: str = "here", most: int = 10_000) -> int:
    """Run everything due at an instant, schedule included, and what that enqueues in turn; return how many jobs ran.

    Nothing is waited for: tests and the rehearsal move the clock instead.
    """
    run_schedule(at, {})
    count = 0
    while count < most and run_one(worker, at):
        count += 1
    return count


def due(at: datetime) -> int:
    """Count the jobs that could run at this instant."""
    return _due(at).count()


def pending(at: datetime) -> int:
    """Count what a worker has still to do at this instant: jobs due or under way, and turns of the schedule.

    What comes more often than once a minute is left out: it is never behind for long.
    """
    jobs_left = (_due(at) | DBTaskResult.objects.filter(status=Status.RUNNING)).count()
    quiet = ScheduleRun.objects.filter(busy_until=None, last_at__lte=at)
    since = dict(quiet.values_list("name", "last_at"))
    turns = (item for item in jobs.schedule() if item.every >= BRIEF)
    return jobs_left + sum(item.name not in since or since[item.name] <= at - item.every for item in turns)


def _due(at: datetime) -> QuerySet[Row]:
    ready = Q(status=Status.READY) & (Q(run_after=AT_ONCE) | Q(run_after__lte=at))
    abandoned = Q(status=Status.RUNNING, started_at__lte=at - LEASE)
    return DBTaskResult.objects.filter(ready | abandoned).order_by("-priority", "enqueued_at")


def _held(row: Row) -> QuerySet[Row]:
    """Return the job's row as long as this try is the one that holds it."""
    return DBTaskResult.objects.filter(pk=row.pk, status=Status.RUNNING, worker_ids=row.worker_ids)


def _claim(worker: str, at: datetime) -> Row | None:
    """Take one job for this worker: under the write lock on SQLite, under a row lock on PostgreSQL."""
    while _due(at).exists():  # asked without the write lock: an idle worker disturbs nobody
        with transaction.atomic():
            row = _due(at).select_for_update(skip_locked=True).first()
            if row is None:
                return None
            if len(row.worker_ids) < TRIES:
                row.status, row.started_at = Status.RUNNING, at
                row.worker_ids = [*row.worker_ids, worker]
                row.save(update_fields=["status", "started_at", "worker_ids"])
                return row
            row.status, row.finished_at, row.exception_class_path = Status.FAILED, at, "WorkerDied"
            row.save(update_fields=["status", "finished_at", "exception_class_path"])
    return None


def _run(row: Row, at: datetime) -> Exception | None:
    name, args = row.args_kwargs["args"]
    try:
        with clock.standing(at):
            jobs.run.call(name, args)
    except Exception as problem:  # whatever a job raises, the worker goes on
        log.exception("Job %s failed on try %s.", Plain(name), len(row.worker_ids))
        return problem
    return None


def _settle(row: Row, problem: Exception | None, at: datetime) -> None:
    """Write how a try ended, unless another worker has taken the job over meanwhile."""
    tries = len(row.worker_ids)
    if problem is None:
        ended = _held(row).update(
            status=Status.SUCCESSFUL, finished_at=at, exception_class_path="", traceback=""
        )
    else:
        told = {
            "exception_class_path": type(problem).__name__,
            "traceback": "".join(format_exception(problem)),
        }
        if tries >= TRIES:
            ended = _held(row).update(status=Status.FAILED, finished_at=at, **told)
        else:
            ended = _held(row).update(status=Status.READY, run_after=at + BACK_OFF[tries - 1], **told)
    if not ended:
        log.warning("Another worker took a job over before it ended here.")


def failed() -> list[Failed]:
    """Return the latest hundred jobs that were given up, newest first."""
    rows = DBTaskResult.objects.filter(status=Status.FAILED).order_by("-finished_at")[:100]
    return [_failed(row) for row in rows]


def counted_failed() -> QuerySet[Any, Any]:
    """Return a row where jobs were given up: `status`, `n` of them, the `oldest` given up when; none where none was."""
    failed = DBTaskResult.objects.filter(status=Status.FAILED).order_by().values("status")
    return failed.annotate(n=Count("pk"), oldest=Min(Coalesce("finished_at", "enqueued_at")))


def _failed(row: Row) -> Failed:
    at = row.finished_at or row.enqueued_at
    return Failed(str(row.pk), row.args_kwargs["args"][0], len(row.worker_ids), at, row.exception_class_path)


def try_again(job_id: str) -> bool:
    """Give a failed job five more tries; return whether there was such a job."""
    wanted = DBTaskResult.objects.filter(pk=job_id, status=Status.FAILED)
    return bool(wanted.update(status=Status.READY, run_after=AT_ONCE, worker_ids=[], finished_at=None))


def one_that_failed(job_id: str) -> Failed | None:
    """Return a job that was given up, by its number."""
    return next((_failed(row) for row in DBTaskResult.objects.filter(pk=job_id, status=Status.FAILED)), None)


def leave(job_id: str) -> bool:
    """Forget a failed job: a person looked, and wants no more tries. Return whether there was such a job."""
    return bool(DBTaskResult.objects.filter(pk=job_id, status=Status.FAILED).delete()[0])


def turns() -> list[Turn]:
    """Return the whole schedule with the last and the next turn of each piece."""
    runs = {run.name: run for run in ScheduleRun.objects.exclude(last_at=LONG_AGO)}
    return [_turn(item, runs.get(item.name)) for item in jobs.schedule()]


def _turn(item: jobs.Scheduled, run: ScheduleRun | None) -> Turn:
    if run is None:
        return Turn(item, None, None)
    return Turn(item, run.last_at, run.last_at + item.every, run.problem)


def last_sign() -> datetime | None:
    """Return when a worker was last seen at work: a turn it took, or the lease of a job that it holds."""
    turn = ScheduleRun.objects.exclude(last_at=LONG_AGO).aggregate(last=Max("last_at"))["last"]
    held = DBTaskResult.objects.filter(status=Status.RUNNING).aggregate(last=Max("started_at"))["last"]
    return max((sign for sign in (turn, held) if sign), default=None)


def is_silent(at: datetime) -> bool:
    """Tell whether no worker has been seen for three times the shortest interval that is written down."""
    shortest = min((item.every for item in jobs.schedule() if item.every >= BRIEF), default=LEASE)
    sign = last_sign()
    return sign is None or sign < at - 3 * max(shortest, BRIEF)


def run_schedule(at: datetime, remembered: dict[str, datetime]) -> None:
    """Run what the schedule names and whose interval is over: once, however long nobody looked.

    `remembered` belongs to the worker: functions that come more often than once a minute are timed there and guard
    themselves with a lock of their own; the others run only for the worker that moves their row forward. While no turn is
    due this costs one query: a worker asks before each job.
    """
    items = list(jobs.schedule())
    rows = ScheduleRun.objects.all() if any(item.every >= BRIEF for item in items) else ()
    written = {run.name: run for run in rows}
    for item in items:
        if item.every < BRIEF:
            last = remembered.get(item.name, LONG_AGO)
            if last <= at - item.every or last > at:
                remembered[item.name] = at
                _run_scheduled(item, at)
        elif _is_due(item, written.get(item.name), at) and _take_turn(item, at):
            problem = _run_scheduled(item, at)
            ScheduleRun.objects.filter(name=item.name).update(busy_until=None, problem=problem)


def _run_scheduled(item: jobs.Scheduled, at: datetime) -> str:
    try:
        with clock.standing(at):
            item.function(at)
    except Exception as problem:  # one that fails does not keep the others from running
        log.exception("Scheduled %s failed.", Plain(item.name))
        return type(problem).__name__
    return ""


def _is_due(item: jobs.Scheduled, run: ScheduleRun | None, at: datetime) -> bool:
    """Say what a row that was read a moment ago says; whoever takes the turn asks it again."""
    if run is None:
        return True
    over = run.last_at <= at - item.every or run.last_at > at
    return over and (run.busy_until is None or not at < run.busy_until <= at + TURN)


def _take_turn(item: jobs.Scheduled, at: datetime) -> bool:
    over = Q(last_at__lte=at - item.every) | Q(last_at__gt=at)  # the second: a clock was set back
    free = Q(busy_until=None) | Q(busy_until__lte=at) | Q(busy_until__gt=at + TURN)
    mine = ScheduleRun.objects.filter(name=item.name)
    if not mine.exists():
        ScheduleRun.objects.get_or_create(name=item.name, defaults={"last_at": LONG_AGO})
    return bool(mine.filter(over & free).update(last_at=at, busy_until=at + TURN))


@jobs.every(timedelta(days=1), name="kernel.forget-finished-jobs", says=_("forgets jobs that ended well"))
def forget_finished(at: datetime) -> None:
    """Delete jobs that ended well a week ago: their arguments are ids, and nobody asks for them again."""
    DBTaskResult.objects.filter(status=Status.SUCCESSFUL, finished_at__lt=at - KEPT).delete()
