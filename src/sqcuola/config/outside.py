"""What a school has outside of its own machines, and whether it answers: the cache that is shared, the bucket of files."""

import threading
import time
from dataclasses import dataclass, field
from typing import Final

from django.core.cache import caches
from django.core.files.storage import storages

from sqcuola.kernel.files.bucket import Bucket
from sqcuola.kernel.shared_cache import SharedCache

REMEMBERED: Final = 10.0  # seconds: anybody may ask, and each question costs
PATIENCE: Final = 2.0  # seconds; who watches the machine waits no longer for something that hangs


@dataclass(frozen=True, slots=True)
class Outside:
    """Whether each answers; None for one that this school does not have. `versions`: the bucket keeps what is deleted."""

    cache: bool | None = None
    bucket: bool | None = None
    versions: bool = False

    @property
    def silent(self) -> list[str]:
        """Return who does not answer, in words for a machine that watches."""
        named = (("the cache", self.cache), ("the bucket of files", self.bucket))
        return [name for name, answers in named if answers is False]


def look() -> Outside:
    """Ask each of them now."""
    cache, storage = caches["default"], storages["default"]
    bucket = storage if isinstance(storage, Bucket) else None
    answers = bucket.answers() if bucket else None
    return Outside(
        cache=cache.answers() if isinstance(cache, SharedCache) else None,
        bucket=answers,
        versions=bool(bucket and answers and bucket.keeps_versions()),
    )


@dataclass(slots=True)
class Remembered:
    """What this process saw last, and when.

    A bucket that hangs takes most of a minute to be given up. One thread waits for it, whoever asks: with one for each
    question all that answer pages would stand there.
    """

    seen: Outside = field(default_factory=Outside)
    at: float = -REMEMBERED
    _looker: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> Outside:
        """Return what was seen some seconds ago, or look; whoever asks meanwhile is told what was seen before."""
        with self._lock:
            looks = time.monotonic() - self.at >= REMEMBERED and not (
                self._looker and self._looker.is_alive()
            )
            if looks:
                self.at = time.monotonic()
                self._looker = threading.Thread(target=self._look, name="outside", daemon=True)
                self._looker.start()
        if looks and self._looker:
            self._looker.join(PATIENCE)
        return self.seen

    def _look(self) -> None:
        self.seen = look()


remembered: Final = Remembered()
