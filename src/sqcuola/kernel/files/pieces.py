"""Where the pieces of a file on its way wait for the others: beside the files they will be, so that every machine finds them.

On a disk they are one growing file. A bucket has no growing files: each piece is one, named by where it begins.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from sqcuola.kernel.files.bucket import IN_MEMORY, Bucket
from sqcuola.kernel.models import PartialFile

FOLDER: Final = "arriving"


def write(partial: PartialFile, piece: bytes, offset: int) -> None:
    """Keep the piece that begins at `offset`, for good. Raises OSError."""
    if bucket := _bucket():
        bucket.save(_place(partial, offset), ContentFile(piece))
        return
    path = on_disk(partial)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(offset)  # what a crash may have left beyond what is known to be safe
        file.seek(offset)
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def is_whole(partial: PartialFile) -> bool:
    """Tell whether the bytes that are said to be safe are there: a disk may have been changed, a crash come between."""
    if not partial.received:
        return True
    if bucket := _bucket():
        return sum(size for _place, size in _in_order(bucket, partial)) == partial.received
    path = on_disk(partial)
    return path.exists() and path.stat().st_size >= partial.received


@contextmanager
def opened(partial: PartialFile) -> Iterator[IO[bytes]]:
    """Give all that has arrived, as one file to read. Raises OSError."""
    bucket = _bucket()
    if bucket is None:
        with on_disk(partial).open("rb") as file:
            yield file
        return
    with SpooledTemporaryFile(IN_MEMORY) as together:
        for place, _size in _in_order(bucket, partial):
            with bucket.open(place) as piece:
                together.write(piece.read())
        together.seek(0)
        yield cast("IO[bytes]", together)


def drop(partial: PartialFile) -> None:
    """Give up a file on its way. Raises OSError."""
    if bucket := _bucket():
        for held in list(bucket.all_in(f"{FOLDER}/{partial.token}")):
            bucket.delete(held.name)
    else:
        on_disk(partial).unlink(missing_ok=True)
    partial.delete()


def drop_strays(awaited: Collection[str], before: datetime) -> None:
    """Delete bytes that came before then, and belong to none of these tokens."""
    if bucket := _bucket():
        for held in list(bucket.all_in(FOLDER)):
            if held.name.split("/")[1] not in awaited and held.modified < before:
                bucket.delete(held.name)
        return
    for path in _folder().iterdir():
        if path.name not in awaited and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def on_disk(partial: PartialFile) -> Path:
    """Return where a disk keeps the pieces of a file on its way."""
    return _folder() / partial.token


def _folder() -> Path:
    folder = Path(settings.UPLOADS) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _bucket() -> Bucket | None:
    storage = storages["default"]
    return storage if isinstance(storage, Bucket) else None


def _place(partial: PartialFile, offset: int) -> str:
    return f"{FOLDER}/{partial.token}/{offset:012}"


def _in_order(bucket: Bucket, partial: PartialFile) -> Iterator[tuple[str, int]]:
    """Yield place and size of each piece that is safe. One that an earlier try left between them is passed over."""
    sizes = {held.name: held.size for held in bucket.all_in(f"{FOLDER}/{partial.token}")}
    reached = 0
    while reached < partial.received and (size := sizes.get(_place(partial, reached))):
        yield _place(partial, reached), size
        reached += size
