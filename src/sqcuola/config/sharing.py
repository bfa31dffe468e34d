"""What several machines share, read from SQCUOLA_CACHE_URL and SQCUOLA_FILES_…: the cache, and the files people sent."""

import hashlib
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

from sqcuola.config import env

LOCAL: Final = "django.core.cache.backends.locmem.LocMemCache"
NOTHING: Final = "django.core.cache.backends.dummy.DummyCache"
SHARED: Final = "sqcuola.kernel.shared_cache.SharedCache"
DISK: Final = "django.core.files.storage.FileSystemStorage"
BUCKET: Final = "sqcuola.kernel.files.bucket.Bucket"
USUAL_REGION: Final = "us-east-1"  # what makers of other buckets expect when nobody says another


def cache(url: str, *, mode: str, version: str, secret: str) -> dict[str, Any]:
    """Return Django's entry for the cache: one store a process, or the Redis of `url`, for machines of one version.

    Its keys begin with the version and with a mark of the school, so that neither an older program nor another school on
    the same Redis reads what this one wrote. Raises ImproperlyConfigured with a sentence. Tests keep nothing.
    """
    if mode == "test":
        return {"BACKEND": NOTHING}
    if not url:
        return {"BACKEND": LOCAL}
    parts = _split(url)
    fits = parts and parts.scheme in {"redis", "rediss"} and parts.hostname and not parts.query
    if not fits or not re.fullmatch(r"/?\d{0,5}", parts.path if parts else ""):
        raise ImproperlyConfigured(
            "SQCUOLA_CACHE_URL looks like redis://:password@host:6379/0, or rediss:// where the line is encrypted;"
            " what stands for itself in a password is written as in an address: %2F for /."
        )
    _needs("redis", "SQCUOLA_CACHE_URL", "redis")
    school = hashlib.sha256(f"sqcuola: whose cache: {secret}".encode()).hexdigest()[:12]
    return {"BACKEND": SHARED, "LOCATION": [url], "KEY_PREFIX": f"sqcuola:{version}:{school}"}


def files(url: str, *, home: Path) -> dict[str, dict[str, Any]]:
    """Return Django's storages of what people sent and of copies made for them: folders of `home`, or of the bucket of `url`.

    Raises ImproperlyConfigured with a sentence.
    """
    if not url:
        private = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {
            "default": {"BACKEND": DISK, "OPTIONS": {"location": home / "uploads"}},
            "copies": {"BACKEND": DISK, "OPTIONS": {"location": home / "copies", **private}},
        }
    told = {**_bucket(url), "region": env.text("SQCUOLA_FILES_REGION", USUAL_REGION)}
    return {
        "default": {"BACKEND": BUCKET, "OPTIONS": {**told, "folder": "uploads"}},
        "copies": {"BACKEND": BUCKET, "OPTIONS": {**told, "folder": "copies"}},
    }


def _bucket(url: str) -> dict[str, str]:
    parts, endpoint = _split(url), env.text("SQCUOLA_FILES_ENDPOINT").rstrip("/")
    if (
        not parts
        or parts.scheme != "s3"
        or not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,62}", url.removeprefix("s3://"))
    ):
        raise ImproperlyConfigured(
            "SQCUOLA_FILES_URL names a bucket, and nothing else: s3://bucket. Where it is and who may open it stand in"
            " SQCUOLA_FILES_ENDPOINT, SQCUOLA_FILES_REGION, SQCUOLA_FILES_KEY and SQCUOLA_FILES_SECRET."
        )
    where = _split(endpoint)
    if endpoint and not (where and where.scheme in {"http", "https"} and where.hostname and not where.path):
        raise ImproperlyConfigured(
            "SQCUOLA_FILES_ENDPOINT looks like https://s3.example.org; without it the bucket is at AWS."
        )
    key, secret = env.text("SQCUOLA_FILES_KEY"), env.text("SQCUOLA_FILES_SECRET")
    if not (key and secret):
        raise ImproperlyConfigured(
            "SQCUOLA_FILES_URL needs SQCUOLA_FILES_KEY and SQCUOLA_FILES_SECRET: a private bucket asks who comes."
        )
    _needs("boto3", "SQCUOLA_FILES_URL", "s3")
    return {"bucket": url.removeprefix("s3://"), "key": key, "secret": secret, "endpoint": endpoint}


def _split(url: str) -> SplitResult | None:
    """Return the parts of a url, None for one that has no readable ones."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    return parts


def _needs(package: str, variable: str, extra: str) -> None:
    if find_spec(package) is None:
        raise ImproperlyConfigured(
            f"{variable} is set, and the package {package} is not here: pip install 'sqcuola[{extra}]'."
        )
