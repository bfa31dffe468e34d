"""What the worker does for tests."""

from datetime import datetime, timedelta

from sqcuola.kernel.jobs import every
from sqcuola.questions import actions


@every(timedelta(seconds=20), name="questions.end_what_ran_out")
def end_what_ran_out(at: datetime) -> None:
    """Write "time was up" into the logs that are due; the clock refused answers long before."""
    actions.end_what_ran_out(at)
