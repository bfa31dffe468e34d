"""What people sent, into a backup and back: from and to the disk, or from and to a bucket.

What is still arriving in pieces is no file yet, and stays out of both: whoever sends it is told to begin anew.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from sqcuola.config.archive import BackupError
from sqcuola.kernel.files import pieces
from sqcuola.kernel.files.bucket import Bucket


def all_of_them(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name in the backup, file) for each. One of a bucket lies in `folder` until the next is asked for."""
    storage = storages["default"]
    if not isinstance(storage, Bucket):
        for name in _on_disk(settings.UPLOADS):
            yield f"uploads/{name}", settings.UPLOADS / name
        return
    fetched = folder / "upload"
    for name in _in(storage):
        try:
            with storage.open(name) as source, fetched.open("wb") as target:
                shutil.copyfileobj(source, target)
        except FileNotFoundError:
            continue  # one that was erased since the list was made
        yield f"uploads/{name}", fetched


def bring_back(folder: Path) -> None:
    """Put the files of `folder` where the school keeps them. Raises BackupError if others are there already.

    Some of the same may be there, from a restore that broke off, or in a bucket that outlived its machine.
    """
    storage, names = storages["default"], set(_on_disk(folder))
    there = _in(storage) if isinstance(storage, Bucket) else _on_disk(settings.UPLOADS)
    if set(there) - names:
        raise BackupError(
            "Files are there that this backup does not know. A backup comes back only on an empty machine."
        )
    if isinstance(storage, Bucket):
        for _sent in send(folder, "default"):
            pass
    elif names:
        shutil.rmtree(settings.UPLOADS)
        folder.replace(settings.UPLOADS)


def send(folder: Path, alias: str) -> Iterator[bool]:
    """Put the files of a folder into the bucket; yield for each whether it had to be sent.

    A file of the same name and size is the same: its name holds the digest of what is in it, or was drawn by lot.
    """
    storage = storages[alias]
    there = _in(storage) if isinstance(storage, Bucket) else {}
    for name in _on_disk(folder):
        had_to = there.get(name) != (folder / name).stat().st_size
        if had_to:
            with (folder / name).open("rb") as file:
                storage.save(name, File(file))
        yield had_to


def _in(bucket: Bucket) -> dict[str, int]:
    """Return the names of the files of a bucket, with their sizes."""
    return {held.name: held.size for held in bucket.all_in() if _is_one(held.name)}


def _on_disk(folder: Path) -> list[str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in found]
    return [name for name in names if _is_one(name)]


def _is_one(name: str) -> bool:
    return not name.startswith(f"{pieces.FOLDER}/")
