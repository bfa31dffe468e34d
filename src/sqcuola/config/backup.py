"""`sqcuola backup FILE`: everything the school keeps in one file, while it goes on working. No secret stands in it."""

import tempfile
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import django

from sqcuola import __version__
from sqcuola.config import archive
from sqcuola.config.asking import Parser
from sqcuola.config.starting import say


def main(arguments: list[str]) -> int:
    """Answer `sqcuola backup`."""
    parser = Parser("backup", "Write everything the school keeps into one file, while it goes on working.")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="where to write it; one that is there is replaced"
    )
    given = parser.parse_args(arguments)
    django.setup()
    from sqcuola.config import snapshots  # noqa: PLC0415 - after the set-up
    from sqcuola.kernel import clock  # noqa: PLC0415

    if not snapshots.applied():
        say("There is nothing to back up here yet. A school begins with: sqcuola init")
        return 1
    try:
        made = back_up(given.file.absolute(), at=clock.now())
    except OSError as why:
        say(f"The backup could not be written: {why}")
        return 1
    say(f"{given.file}: {len(made['files'])} files, {given.file.stat().st_size / 1e6:.1f} MB.")
    return 0


def back_up(target: Path, *, at: datetime) -> dict[str, Any]:
    """Write a backup as of now to `target`, record the act, return what stands in it."""
    from django.db import connection, transaction  # noqa: PLC0415 - after the set-up

    from sqcuola.config import snapshots, uploads  # noqa: PLC0415
    from sqcuola.config.acts import BackupMade  # noqa: PLC0415
    from sqcuola.kernel import acts  # noqa: PLC0415

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".snapshot-") as name:
        databases = [(f"databases/{path.name}", path) for path in snapshots.take(Path(name))]
        facts = {
            "version": __version__,
            "made_at": at.isoformat(),
            "engine": connection.vendor,
            "migrations": snapshots.applied(),
        }
        made = archive.write(target, chain(databases, uploads.all_of_them(Path(name))), facts)
    with transaction.atomic():
        acts.record(BackupMade(files=len(made["files"]), size=target.stat().st_size), by=acts.SYSTEM, at=at)
    return made
