"""Files in a bucket that speaks S3, private to the school: no address of it is ever handed out.

A file is put in one request and fetched whole before a byte of it is sent on, so nobody gets half of one.
"""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, Final, NoReturn, cast

from django.core.files import File
from django.core.files.storage import Storage

from sqcuola.kernel.silence import Silence

CONNECT, READ = 3, 20  # seconds; asked twice at most
IN_MEMORY: Final = 1024 * 1024
NOT_THERE: Final = {"404", "NoSuchKey"}


_rid_of_versions: set[tuple[str, str]] = set()  # buckets without versions of old: their endpoint and name


class BucketError(OSError):
    """The bucket does not answer, or does not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Held:
    """One file of a bucket."""

    name: str
    size: int
    modified: datetime


@cache
def _client(endpoint: str, region: str, key: str, secret: str) -> Any:
    """Return what speaks to the bucket; threads may share it. It is told everything, and looks for nothing elsewhere."""
    import boto3  # noqa: PLC0415 - only where a school has a bucket
    from botocore.config import Config  # noqa: PLC0415

    config = Config(
        connect_timeout=CONNECT,
        read_timeout=READ,
        retries={"mode": "standard", "total_max_attempts": 2},
        defaults_mode="legacy",  # another mode asks the machine where it stands
        ignore_configured_endpoint_urls=True,
        # Other makers' buckets do not know the checksums that AWS has added since.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if endpoint else "auto"},
    )
    return boto3.session.Session().client(
        "s3",
        region_name=region,
        endpoint_url=endpoint or None,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=config,
    )


@cache
def _silence(_endpoint: str) -> Silence:
    return Silence(logging.getLogger(__name__))


class Bucket(Storage):
    """A folder of a bucket, as a storage of Django."""

    def __init__(
        self, *, bucket: str, folder: str, key: str, secret: str, region: str, endpoint: str = ""
    ) -> None:
        self._bucket, self._folder = bucket, folder
        self._told = (endpoint, region, key, secret)

    @contextmanager
    def _asking(self, name: str = "", *, anyway: bool = False) -> Iterator[None]:
        """Say what a bucket says in the words of a disk; one that fell silent is left alone for some seconds, if not `anyway`."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - only where a school has a bucket

        silence = _silence(self._told[0])
        if silence.now() and not anyway:
            raise BucketError(errno.EIO, "the bucket did not answer a moment ago")
        try:
            yield
        except ClientError as why:
            code = str(why.response.get("Error", {}).get("Code", ""))
            if name and code in NOT_THERE:
                raise FileNotFoundError(errno.ENOENT, "not in the bucket", name) from None
            raise BucketError(errno.EIO, f"the bucket refuses: {code}") from why
        except BotoCoreError as why:
            silence.begin()
            silence.say("the bucket of files does not answer (%s)", why)
            raise BucketError(errno.EIO, f"the bucket does not answer: {type(why).__name__}") from why

    @property
    def _s3(self) -> Any:
        return _client(*self._told)

    def _at(self, name: str) -> dict[str, str]:
        if not name or name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"{name!r} is no name of a file.")
        return {"Bucket": self._bucket, "Key": f"{self._folder}/{name}"}

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode != "rb":
            raise ValueError("A file of a bucket is read; to write one, save it.")
        kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - who asked for it closes it
        try:
            with self._asking(name):
                copyfileobj(self._s3.get_object(**self._at(name))["Body"], kept)
        except BaseException:
            kept.close()
            raise
        kept.seek(0)
        return File(cast("Any", kept), name)

    def _save(self, name: str, content: File[bytes]) -> str:
        content.seek(0)
        with self._asking():
            self._s3.put_object(**self._at(name), Body=content, ContentLength=content.size)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002 - as Django calls it
        """Return the name: whoever saves here makes names that are new, or means the same file."""
        return name

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is none the worse."""
        with self._asking():
            self._s3.delete_object(**self._at(name))

    def exists(self, name: str) -> bool:
        """Say whether a file is there."""
        try:
            self._head(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return int(self._head(name)["ContentLength"])

    def get_modified_time(self, name: str) -> datetime:
        """Return when a file was put there."""
        found: datetime = self._head(name)["LastModified"]
        return found

    def _head(self, name: str) -> Any:
        with self._asking(name):
            return self._s3.head_object(**self._at(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the folders and the files of a folder, without what is before their names."""
        folders, files = [], []
        before = self._before(path)
        for page in self._pages(before, Delimiter="/"):
            folders += [found["Prefix"].removeprefix(before)[:-1] for found in page.get("CommonPrefixes", ())]
            files += [found["Key"].removeprefix(before) for found in page.get("Contents", ())]
        return folders, [name for name in files if name]

    def all_in(self, path: str = "") -> Iterator[Held]:
        """Yield every file of a folder and of the folders in it, by name."""
        for page in self._pages(self._before(path)):
            for found in page.get("Contents", ()):
                name = found["Key"].removeprefix(f"{self._folder}/")
                if not name.endswith("/"):
                    yield Held(name, found["Size"], found["LastModified"])

    def _before(self, path: str) -> str:
        return "/".join(part for part in (self._folder, path.strip("/")) if part) + "/"

    def _pages(self, prefix: str, **more: str) -> Iterator[dict[str, Any]]:
        with self._asking():
            pages = self._s3.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=prefix, **more
            )
            yield from pages

    def url(self, name: str | None) -> NoReturn:
        """Refuse: a file is sent by the page of the room that owns it."""
        raise ValueError(f"{name!r} has no address of its own.")

    def answers(self) -> bool:
        """Say whether the bucket is there and knows us."""
        try:
            with self._asking(anyway=True):
                self._s3.head_bucket(Bucket=self._bucket)
        except BucketError:
            return False
        return True

    def keeps_versions(self) -> bool:
        """Say whether the bucket keeps what is deleted, or has what it kept of old; False where it will not tell.

        Versions that are turned off again are not made any more, but those that were made outlive what deletes their file.
        """
        try:
            with self._asking(anyway=True):
                status = self._s3.get_bucket_versioning(Bucket=self._bucket).get("Status")
        except BucketError:
            return False
        if status == "Suspended":
            return self._has_versions()
        _rid_of_versions.discard(self._bucket_told)
        return bool(status == "Enabled")

    def _has_versions(self) -> bool:
        # All the bucket is listed, so it is listed once: while versions are off, none is made.
        if self._bucket_told in _rid_of_versions:
            return False
        try:
            with self._asking(anyway=True):
                pages = self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket)
                if any(each["VersionId"] != "null" for page in pages for each in page.get("Versions", ())):
                    return True
        except BucketError:
            return True
        _rid_of_versions.add(self._bucket_told)
        return False

    @property
    def _bucket_told(self) -> tuple[str, str]:
        return self._told[0], self._bucket
