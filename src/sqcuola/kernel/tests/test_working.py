"""Jobs are tried, held by one worker, given up and listed; the schedule catches up once."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from sqcuola.kernel import clock, jobs, working
from sqcuola.kernel.models import ScheduleRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registries")]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def only(monkeypatch):
    """Let the schedule hold nothing but what the test names."""
    monkeypatch.setattr(jobs, "_schedule", {})


@pytest.fixture
def done():
    return []


@pytest.fixture
def note(done):
    return jobs.job("test.note")(done.append)


@pytest.fixture
def broken(done):
    @jobs.job("test.broken")
    def fail():
        done.append(clock.now())
        raise OSError("the other side is down")

    return fail


@pytest.mark.usefixtures("only")
class TestJobs:
    def test_what_was_enqueued_is_run_once(self, note, done, at):
        note.enqueue("a")
        note.enqueue("b")

        assert working.due(at) == 2
        assert working.run_due(at) == 2
        assert working.run_due(at + MINUTE) == 0
        assert done == ["a", "b"]

    def test_what_is_pending_is_jobs_and_turns_of_the_schedule(self, note, at):
        jobs.every(timedelta(hours=1), name="test.hourly")(lambda _at: None)
        jobs.every(timedelta(seconds=2), name="test.often")(lambda _at: None)
        note.enqueue("a")
        assert working.pending(at) == 2

        working.run_due(at)
        assert working.pending(at + MINUTE) == 0
        assert working.pending(at + timedelta(hours=1)) == 1

    def test_a_rolled_back_transaction_takes_its_job_along(self, note, done, at):
        with transaction.atomic():
            note.enqueue("a")
            transaction.set_rollback(True)

        working.run_due(at)
        assert done == []

    def test_a_job_for_later_waits_for_its_instant(self, note, done, at):
        note.enqueue("a", run_after=at + MINUTE)

        assert working.run_due(at) == 0
        assert working.run_due(at + MINUTE) == 1
        assert done == ["a"]

    def test_a_job_is_judged_by_the_instant_it_is_run_at(self, done, at):
        jobs.job("test.now")(lambda: done.append(clock.now())).enqueue()

        working.run_due(at + timedelta(days=40))

        assert done == [at + timedelta(days=40)]
        assert clock.now() != at + timedelta(days=40)

    def test_what_a_job_enqueues_is_run_too(self, note, done, at):
        jobs.job("test.more")(lambda: note.enqueue("a")).enqueue()

        assert working.run_due(at) == 2
        assert done == ["a"]

    def test_a_failing_job_is_tried_five_times_later_each_time(self, broken, done, at):
        broken.enqueue()
        for second in range(0, 6000, 5):
            working.run_due(at + timedelta(seconds=second))

        after = [int((when - at).total_seconds()) for when in done]
        assert after == [0, 10, 70, 670, 4270]
        assert [(row.name, row.tries, row.problem) for row in working.failed()] == [
            ("test.broken", 5, "OSError")
        ]

    def test_a_failed_job_gets_five_more_tries_when_a_person_says_so(self, broken, done, at):
        broken.enqueue()
        for minutes in range(0, 100, 10):
            working.run_due(at + minutes * MINUTE)
        tries = len(done)

        assert working.try_again(working.failed()[0].id)
        assert working.failed() == []
        working.run_due(at + timedelta(hours=3))
        assert len(done) == tries + 1

    def test_one_that_fails_keeps_no_other_from_running(self, broken, note, done, at):
        broken.enqueue()
        note.enqueue("a")

        assert working.run_due(at) == 2
        assert "a" in done

    def test_a_job_held_by_a_worker_is_left_alone_until_its_lease_is_over(self, note, done, at):
        note.enqueue("a")
        held(at)

        assert working.run_due(at + working.LEASE - timedelta(seconds=1)) == 0
        assert working.run_due(at + working.LEASE) == 1
        assert done == ["a"]

    def test_a_job_that_kills_each_worker_is_given_up_and_the_others_go_on(self, note, done, at):
        note.enqueue("deadly")
        held(at, times=working.TRIES)
        note.enqueue("a")

        working.run_due(at + working.LEASE)

        assert done == ["a"]
        assert [row.problem for row in working.failed()] == ["WorkerDied"]

    def test_a_worker_whose_job_was_taken_over_says_nothing_of_its_end(self, note, at):
        note.enqueue("a")
        late = working._claim("one", at)
        working._claim("two", at + working.LEASE)

        working._settle(late, None, at + working.LEASE)

        assert DBTaskResult.objects.get().status == "RUNNING"

    def test_finished_jobs_are_forgotten_after_a_week_and_failed_ones_are_not(self, note, broken, at):
        note.enqueue("a")
        broken.enqueue()
        for hours in range(5):
            working.run_due(at + timedelta(hours=hours))

        working.forget_finished(at + timedelta(days=8))

        assert DBTaskResult.objects.count() == 1
        assert len(working.failed()) == 1


def held(at, *, times=1):
    """Leave the job as a worker leaves it that is killed while the job runs."""
    DBTaskResult.objects.update(
        status="RUNNING", started_at=at, worker_ids=[f"dead {number}" for number in range(times)]
    )


@pytest.mark.usefixtures("only")
class TestSchedule:
    def test_it_catches_up_once(self, done, at):
        jobs.every(timedelta(hours=1), name="test.hourly")(done.append)

        for instant in (at, at + 59 * MINUTE, at + timedelta(days=3), at + timedelta(days=3, minutes=1)):
            working.run_schedule(instant, {})

        assert done == [at, at + timedelta(days=3)]

    def test_two_workers_share_one_turn(self, done, at):
        jobs.every(timedelta(hours=1), name="test.hourly")(done.append)

        working.run_schedule(at, {})
        working.run_schedule(at, {})

        assert done == [at]

    def test_a_turn_that_is_not_over_is_not_taken(self, done, at):
        def long(now):
            working.run_schedule(now + timedelta(minutes=30), {})
            done.append(now)

        jobs.every(10 * MINUTE, name="test.long")(long)
        working.run_schedule(at, {})

        assert done == [at]

    def test_the_turn_of_a_dead_worker_is_taken_in_the_end(self, done, at):
        ScheduleRun.objects.create(name="test.dead", last_at=at, busy_until=at + working.TURN)
        jobs.every(10 * MINUTE, name="test.dead")(done.append)

        working.run_schedule(at + 30 * MINUTE, {})
        working.run_schedule(at + working.TURN, {})

        assert done == [at + working.TURN]

    def test_what_comes_each_second_is_timed_by_its_worker(self, done, at, django_assert_num_queries):
        jobs.every(timedelta(seconds=2), name="test.often")(done.append)
        remembered: dict[str, datetime] = {}

        with django_assert_num_queries(0):
            for second in range(5):
                working.run_schedule(at + timedelta(seconds=second), remembered)

        assert len(done) == 3

    def test_while_nothing_is_due_the_whole_schedule_costs_one_query(
        self, done, at, django_assert_num_queries
    ):
        for number in range(5):
            jobs.every(timedelta(hours=1), name=f"test.hourly-{number}")(done.append)
        working.run_schedule(at, {})

        with django_assert_num_queries(1):
            working.run_schedule(at + 59 * MINUTE, {})

        assert done == [at] * 5

    def test_a_turn_that_another_worker_took_meanwhile_is_not_taken(self, done, at):
        """The rows were read before the first piece ran; whoever comes to the second asks its row again."""

        @jobs.every(timedelta(hours=1), name="test.a")
        def other_worker(now):
            ScheduleRun.objects.create(name="test.b", last_at=now)

        jobs.every(timedelta(hours=1), name="test.b")(done.append)
        working.run_schedule(at, {})

        assert done == []

    def test_one_that_fails_is_noted_and_the_next_runs(self, done, at):
        @jobs.every(timedelta(hours=1), name="test.a-broken")
        def fail(_at):
            raise KeyError

        jobs.every(timedelta(hours=1), name="test.b")(done.append)
        working.run_schedule(at, {})

        assert done == [at]
        assert ScheduleRun.objects.get(name="test.a-broken").problem == "KeyError"

    def test_a_clock_set_back_stops_nothing(self, done, at):
        jobs.every(timedelta(hours=1), name="test.hourly")(done.append)
        working.run_schedule(at, {})
        working.run_schedule(at - timedelta(days=5), {})

        assert done == [at, at - timedelta(days=5)]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_run_one_job_at_once(only, at):
    running, overlaps, counts = {}, [], []
    lock, both = threading.Lock(), threading.Barrier(2)

    @jobs.job("test.counted")
    def counted(number):
        with lock:
            if number in running:
                overlaps.append(number)
            running[number] = True
            meets = len(running) <= 2
        if meets:
            both.wait(10)  # the first two jobs: no worker can have run both

    for number in range(40):
        counted.enqueue(number)
    start = threading.Barrier(4)

    def work(name):
        start.wait(10)
        ran = 0
        while working.run_one(name, at):
            ran += 1
        counts.append(ran)
        connection.close()

    threads = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert overlaps == []
    assert sum(counts) == 40
    assert sum(1 for count in counts if count) > 1
