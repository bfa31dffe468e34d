"""`sqcuola worker`: runs jobs and the schedule until it is told to stop."""

import os
import signal
import threading
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from sqcuola.kernel import clock, ids, working


class Command(BaseCommand):
    help = (
        "Runs jobs and the schedule, one after the other, until SIGTERM; the job under way is finished first."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Loop until SIGTERM or SIGINT."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        worker = f"{os.getpid()}-{ids.code(6)}"
        remembered: dict[str, datetime] = {}
        while not stop.is_set():
            close_old_connections()
            try:
                working.run_schedule(clock.now(), remembered)
                if working.run_one(worker, clock.now()):
                    continue
            except OperationalError as problem:  # a database that restarts, a lock held too long: look again
                self.stderr.write(f"The database did not answer: {type(problem).__name__}.")
            stop.wait(settings.WORKER_LOOKS_EVERY)
