"""Keeps the processes of one installation running: starts them, restarts one that died, ends them all when told to."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

LONGEST_WAIT = 30.0
LIVED_WELL = 60.0  # a child that ran this long has no failures behind it
GRACE = 15.0


@dataclass(slots=True)
class Child:
    """One process and how it has fared."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    not_before: float = 0.0

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(self.command)  # noqa: S603 - our own commands
        self.started = now

    def look_after(self, now: float, say: Callable[[str], None]) -> None:
        """Start the process when it is due; when it has died, say so and wait longer each time."""
        if self.process is None:
            if now >= self.not_before:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.failures = 1 if now - self.started >= LIVED_WELL else self.failures + 1
        wait = back_off(self.failures)
        say(f"{self.name} ended with {code}; it starts again in {wait:g} s.")
        self.process, self.not_before = None, now + wait


def back_off(failures: int) -> float:
    """Return the seconds to wait after so many failures in a row: half a second, doubling, at most half a minute."""
    return float(min(LONGEST_WAIT, 0.5 * 2 ** (failures - 1)))


@dataclass(slots=True)
class Supervisor:
    """The parent of all. `ready` is asked until it is true, and then `announce` is called, once."""

    children: list[Child]
    ready: Callable[[], bool]
    announce: Callable[[], None]
    stopping: bool = field(default=False, init=False)

    def run(self) -> int:
        """Keep the children until SIGTERM or SIGINT; return 0 when all ended, 1 when one had to be killed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        announced = False
        while not self.stopping:
            for child in self.children:
                child.look_after(time.monotonic(), self.say)
            if not announced and self.ready():
                announced = True
                self.announce()
            time.sleep(0.1)
        return self._end()

    def say(self, sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - the command line speaks by printing

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> int:
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        killed = False
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed = True
        return 1 if killed else 0
