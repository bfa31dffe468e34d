"""The file of a backup: a compressed tar whose last member lists every other with its SHA-256."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
FORMAT = 1


class BackupError(Exception):
    """The file is not a whole backup, or does not fit here. Its words may be shown."""


def write(target: Path, members: Iterable[tuple[str, Path]], facts: dict[str, Any]) -> dict[str, Any]:
    """Write the members (name, file) into `target`, whole or not at all; return the manifest."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".backup-")  # readable by its owner alone
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as tar:
                files = dict(_added(tar, members))
                manifest = {"format": FORMAT, **facts, "files": files}
                listed = part.with_suffix(".json")
                listed.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
                tar.add(listed, MANIFEST)
                listed.unlink()
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
        part.with_suffix(".json").unlink(missing_ok=True)
    return manifest


def _added(tar: tarfile.TarFile, members: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, str]]:
    for name, path in members:
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            tar.add(path, name, recursive=False)
        except FileNotFoundError:
            continue  # an upload that was erased since the list of uploads was made
        yield name, digest


@contextmanager
def opened(source: Path, beside: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Unpack a backup into a temporary folder in `beside`, every digest compared; give the folder and the manifest."""
    with tempfile.TemporaryDirectory(dir=beside, prefix=".restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(source, "r:gz") as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, OSError) as why:
            raise BackupError(f"{source} cannot be read as a backup: {why}") from why
        yield folder, checked(folder, source)


def checked(folder: Path, source: Path) -> dict[str, Any]:
    """Return the manifest when every file is there and is what it was."""
    if not (folder / MANIFEST).exists():
        raise BackupError(f"{source} is not a whole backup of SQcuola: it has no list of its files.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{source} was made by another SQcuola, in a form that this one cannot read.")
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise BackupError(f"{source} lacks {name}.")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise BackupError(f"In {source}, {name} is not what it was when the backup was made.")
    return manifest
