"""A cache that several machines share, in Redis: what it says is worth having and never needed.

Redis may be away, slow or full: then nothing is found and nothing is kept, and pages cost what they cost without a cache. Values
are sealed with the key of the school, so that what somebody else wrote there is not even unpacked; each with its own name, so
that what was kept under another is not taken for it.
"""

import hashlib
import hmac
import logging
import pickle
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache

from sqcuola.kernel.silence import Silence

PATIENCE: Final = 0.5  # seconds; a database answers sooner than that
SEAL: Final = hashlib.sha256().digest_size


class NotOursError(Exception):
    """Something stands in the cache that this installation did not write, or that this version cannot read."""


class Sealed:
    """Packs values as Django does, with a seal before them. Numbers too: nothing of the house counts up here."""

    def dumps(self, obj: Any) -> Any:
        """Return what Redis is to keep."""
        packed = pickle.dumps(obj, pickle.HIGHEST_PROTOCOL)
        return _seal(packed) + packed

    def loads(self, data: bytes) -> Any:
        """Return the value, or raise NotOursError."""
        seal, packed = data[:SEAL], data[SEAL:]
        if not hmac.compare_digest(seal, _seal(packed)):
            raise NotOursError("no seal of ours")
        try:
            return pickle.loads(packed)  # noqa: S301 - we packed it ourselves, as the seal says
        except Exception as why:  # whatever a class of another version makes of it
            raise NotOursError("of another version") from why


def _seal(packed: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"sqcuola: cache\0" + packed, "sha256")


def _is_named(key: str, kept: Any) -> bool:
    """Say whether something was kept under this very name, by a version that names what it keeps."""
    return isinstance(kept, tuple) and len(kept) == 2 and kept[0] == key


def _of(key: str, kept: Any, default: Any) -> Any:
    """Return a value that was kept under this very name."""
    return kept[1] if _is_named(key, kept) else default


silence: Final = Silence(
    logging.getLogger(__name__)
)  # of the process: Django gives each thread a cache of its own


class SharedCache(RedisCache):
    """Django's cache in Redis, which answers as an empty one where Redis does not."""

    def __init__(self, server: Sequence[str], params: dict[str, Any]) -> None:
        from redis.backoff import NoBackoff  # noqa: PLC0415 - only where a school has Redis
        from redis.exceptions import ConnectionError as NoLineError  # noqa: PLC0415
        from redis.exceptions import RedisError  # noqa: PLC0415
        from redis.exceptions import TimeoutError as TooLateError  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        options = {
            "serializer": Sealed,
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 1),  # a line that Redis closed is opened anew
            "protocol": 2,  # what every Redis and its kin speak
        }
        super().__init__(list(server), {**params, "OPTIONS": {**options, **params.get("OPTIONS", {})}})
        self._silent, self._problems = (NoLineError, TooLateError, OSError), (RedisError, OSError)

    def _ask[Found](self, otherwise: Found, question: Callable[[], Found]) -> Found:
        if silence.now():
            return otherwise
        try:
            return question()
        except self._silent as problem:
            silence.begin()
            silence.say("the shared cache does not answer (%s): pages are made without it", problem)
        except self._problems as problem:  # full, for example: what it has can still be read
            silence.say("the shared cache refuses (%s): pages are made without it", problem)
        except NotOursError as problem:
            silence.say("something in the shared cache is not ours (%s): it is not read", problem)
        return otherwise

    def answers(self) -> bool:
        """Say whether Redis answers now, whatever it did a moment ago."""
        try:
            return bool(self._cache.get_client(write=True).ping())
        except self._problems:
            return False

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is not there; True as well where nobody can know. Nothing of the house is decided by it."""
        return self._ask(True, lambda: super(SharedCache, self).add(key, (key, value), timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return a value, or the default."""
        return self._ask(default, lambda: _of(key, super(SharedCache, self).get(key, None, version), default))

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, if it can be kept."""
        self._ask(None, lambda: super(SharedCache, self).set(key, (key, value), timeout, version))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value for longer; False if it is not there."""
        return self._ask(False, lambda: super(SharedCache, self).touch(key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; one that cannot be forgotten ends by itself."""
        return self._ask(False, lambda: super(SharedCache, self).delete(key, version))

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        """Return those that are there."""
        nothing: dict[str, Any] = {}
        found = self._ask(nothing, lambda: super(SharedCache, self).get_many(keys, version))
        return {key: kept[1] for key, kept in found.items() if _is_named(key, kept)}

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Say whether a value is there."""
        return self._ask(False, lambda: super(SharedCache, self).has_key(key, version))

    def set_many(
        self, data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        """Keep several values; return the keys of those that were not kept."""
        named = {key: (key, value) for key, value in data.items()}
        return self._ask(list(data), lambda: super(SharedCache, self).set_many(named, timeout, version))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        """Forget several values."""
        self._ask(None, lambda: super(SharedCache, self).delete_many(keys, version))
