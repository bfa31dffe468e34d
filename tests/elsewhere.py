"""What a school may have elsewhere, on this machine's loopback: a Redis and an S3, each in a thread. Made when first asked for."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

HERE = "127.0.0.1"
KEY, SECRET = "the-school", "its-secret"
BUCKET = "scuola"


@dataclass(frozen=True)
class There:
    """A bucket, and what the environment says of it."""

    endpoint: str
    name: str

    @property
    def env(self) -> dict[str, str]:
        return {
            "SQCUOLA_FILES_URL": f"s3://{self.name}",
            "SQCUOLA_FILES_ENDPOINT": self.endpoint,
            "SQCUOLA_FILES_KEY": KEY,
            "SQCUOLA_FILES_SECRET": SECRET,
        }

    def options(self, folder: str) -> dict[str, str]:
        told = {"key": KEY, "secret": SECRET, "region": "us-east-1", "endpoint": self.endpoint}
        return {"bucket": self.name, "folder": folder, **told}

    @property
    def keys(self) -> list[str]:
        found = self.client().list_objects_v2(Bucket=self.name).get("Contents", [])
        return [one["Key"] for one in found]

    def client(self):
        from sqcuola.kernel.files.bucket import _client

        return _client(self.endpoint, "us-east-1", KEY, SECRET)

    def empty(self) -> None:
        for key in self.keys:
            self.client().delete_object(Bucket=self.name, Key=key)

    def leave(self) -> None:
        self.client().delete_bucket(Bucket=self.name)

    def keep_in(self, settings) -> None:
        """Let the storages of a test be this bucket."""
        kind = "sqcuola.kernel.files.bucket.Bucket"
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {"BACKEND": kind, "OPTIONS": self.options("uploads")},
            "copies": {"BACKEND": kind, "OPTIONS": self.options("copies")},
        }


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Give the address of an S3 that keeps everything in memory."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(HERE, 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3) -> Iterator[There]:
    """Give an empty bucket."""
    there = There(s3, BUCKET)
    there.client().create_bucket(Bucket=there.name)
    yield there
    there.empty()
    there.leave()


class Redis:
    """A Redis that can be ended and begun again at the same address."""

    def __init__(self) -> None:
        self.port, self._server = 0, None
        self.begin()

    @property
    def url(self) -> str:
        return f"redis://{HERE}:{self.port}/0"

    def begin(self) -> None:
        from fakeredis import TcpFakeServer

        self._server = TcpFakeServer((HERE, self.port))
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def end(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@pytest.fixture
def redis() -> Iterator[Redis]:
    """Give an empty Redis."""
    from sqcuola.kernel.shared_cache import silence

    here = Redis()
    silence.end()
    yield here
    here.end()
    silence.end()


@pytest.fixture
def shared_cache(redis, settings):
    """Let the cache of a test be the Redis."""
    from django.core.cache import caches

    settings.CACHES = {
        "default": {
            "BACKEND": "sqcuola.kernel.shared_cache.SharedCache",
            "LOCATION": [redis.url],
            "KEY_PREFIX": "sqcuola:test",
        }
    }
    yield caches["default"]
    caches["default"]._cache._get_connection_pool(write=True).disconnect()
