"""Something outside of the machine that does not answer is left alone for some seconds: nobody waits for it once more in vain."""

import logging
import time
from dataclasses import dataclass
from typing import Final

PAUSE: Final = 5.0  # seconds in which nobody asks again
SAID: Final = 60.0  # seconds between two lines in the log


@dataclass(slots=True)
class Silence:
    """Until when this process leaves it alone, and when it last said so."""

    log: logging.Logger
    until: float = 0.0
    said_at: float = -SAID

    def now(self) -> bool:
        """Say whether nobody asks at the moment."""
        return time.monotonic() < self.until

    def begin(self) -> None:
        """Ask nothing for some seconds."""
        self.until = time.monotonic() + PAUSE

    def say(self, sentence: str, problem: Exception) -> None:
        """Write a line, once a minute: a sentence with a place for the kind of problem, and nothing of anybody's."""
        if time.monotonic() - self.said_at >= SAID:
            self.said_at = time.monotonic()
            self.log.warning(sentence, problem)

    def end(self) -> None:
        """Ask again from now on."""
        self.until, self.said_at = 0.0, -SAID
