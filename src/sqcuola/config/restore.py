"""`sqcuola restore FILE`: a school as it was, on an empty machine; whoever was erased since stays erased."""

import re
from collections.abc import Iterable
from datetime import datetime
from importlib import import_module, util
from pathlib import Path

from sqcuola.config import archive
from sqcuola.config.asking import Parser
from sqcuola.config.starting import prepare, say

DIGEST = re.compile(r"[0-9a-f]{64}")


def main(arguments: list[str]) -> int:
    """Answer `sqcuola restore`."""
    parser = Parser(
        "restore", "Bring a backup back, on an empty machine. Whoever was erased since stays erased."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="what `sqcuola backup` wrote")
    parser.add_argument(
        "--take-downs",
        type=Path,
        metavar="FILE",
        help="what `sqcuola take-downs` printed after the backup was made",
    )
    given = parser.parse_args(arguments)
    for path in filter(None, (given.file, given.take_downs)):
        if not path.is_file():  # before anything is prepared here
            say(f"There is no file {path}.")
            return 1
    prepare()
    from sqcuola.kernel import clock  # noqa: PLC0415 - after the set-up

    try:
        digests = given.take_downs.read_text(encoding="ascii").split() if given.take_downs else []
        made_at = bring_back(given.file, digests, at=clock.now())
    except (archive.BackupError, OSError, UnicodeDecodeError) as why:
        say(str(why))
        return 1
    say(f"The school is back as it was at {made_at}. Now: sqcuola serve")
    return 0


def bring_back(source: Path, digests: Iterable[str], *, at: datetime) -> str:
    """Restore `source` into this empty installation; return when it was made. Refuse to write over a school."""
    from django.conf import settings  # noqa: PLC0415 - after the set-up
    from django.db import connection, transaction  # noqa: PLC0415

    from sqcuola.config import snapshots, uploads  # noqa: PLC0415
    from sqcuola.config.acts import BackupRestored  # noqa: PLC0415
    from sqcuola.kernel import acts, search  # noqa: PLC0415

    if wrong := [word for word in digests if not DIGEST.fullmatch(word)]:
        raise archive.BackupError(f"{wrong[0]!r} is no line of `sqcuola take-downs`.")
    refuse_unless_empty()
    with archive.opened(source, settings.HOME) as (folder, manifest):
        if manifest["engine"] != connection.vendor:
            raise archive.BackupError(
                f"{source} was made on {manifest['engine']}, and this installation is on {connection.vendor}."
            )
        if unknown := sorted(set(manifest["migrations"].items()) - known_migrations()):
            raise archive.BackupError(
                f"{source} was made by SQcuola {manifest['version']}, which knows {unknown[0][0]} {unknown[0][1]};"
                " install that version or a later one."
            )
        uploads.bring_back(folder / "uploads")  # first: what breaks off here can be done again
        snapshots.bring(folder / "databases", manifest["migrations"])
    take_down(digests, at=at)
    search.fill()  # a backup may be older than what is found today
    with transaction.atomic():
        acts.record(
            BackupRestored(made_at=datetime.fromisoformat(manifest["made_at"])), by=acts.SYSTEM, at=at
        )
    return str(manifest["made_at"])


def refuse_unless_empty() -> None:
    from sqcuola.editions.models import School  # noqa: PLC0415 - models need the settings
    from sqcuola.people.models import Person  # noqa: PLC0415

    if School.objects.exists() or Person.objects.exists():
        raise archive.BackupError(
            "There is a school here already. A backup comes back only on an empty machine."
        )


def known_migrations() -> set[tuple[str, str]]:
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 - after the set-up

    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def take_down(digests: Iterable[str], *, at: datetime) -> None:
    """Erase again whoever was erased: those the backup knows of, and those on the list that was kept beside it."""
    from sqcuola.people.models import TakeDown  # noqa: PLC0415 - models need the settings

    TakeDown.objects.bulk_create([TakeDown(digest=word, at=at) for word in digests], ignore_conflicts=True)
    if util.find_spec("sqcuola.people.takedowns") is not None:
        import_module("sqcuola.people.takedowns").apply(at)
