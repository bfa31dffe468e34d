"""`sqcuola bounces`: note which letters came back."""

import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sqcuola.kernel import bounces, clock
from sqcuola.kernel.bounces import Fate

SAID = {
    Fate.CAME_BACK: "came back",
    Fate.LATE: "late, and still on their way",
    Fate.ARRIVED: "arrived",
    Fate.NOT_OURS: "about no letter of ours",
    Fate.NO_REPORT: "no report of a mail server",
}


class Command(BaseCommand):
    help = "Reads returned mail, from the standard input or from files and maildirs, and notes which letters came back."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files (a mail, or an mbox) and maildirs; of a maildir what is new is read, and marked as seen."""
        parser.add_argument(
            "paths", nargs="*", type=Path, help="a mail, an mbox or a maildir; none: one mail from stdin"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read everything that is named; say how many reports had which fate."""
        at, found = clock.now(), Counter[Fate]()
        if not options["paths"]:
            found += bounces.take_all([sys.stdin.buffer.read(bounces.MOST)], at)
        for path in options["paths"]:
            found += bounces.take_all(_mails(path), at)
        lines = [f"{found[fate]} {said}" for fate, said in SAID.items() if found[fate]]
        self.stdout.write(", ".join(lines) + "." if lines else "Nothing new.")


def _mails(path: Path) -> Iterator[bytes]:
    """Yield the mails of a file or a maildir."""
    if (path / "new").is_dir():
        yield from _new_in(path)
    elif path.is_file():
        with path.open("rb") as file:
            one_mail = not file.read(5).startswith(b"From ")
        if one_mail:
            with path.open("rb") as file:
                yield file.read(bounces.MOST)
        else:
            box = mailbox.mbox(path, create=False)
            try:
                yield from (box.get_bytes(key) for key in box.iterkeys())
            finally:
                box.close()
    else:
        raise CommandError(f"{path} is neither a file nor a maildir.")


def _new_in(maildir: Path) -> Iterator[bytes]:
    """Yield what is new in a maildir; each is marked as seen once it has been read, so that a crash reads it again."""
    (maildir / "cur").mkdir(exist_ok=True)
    for path in sorted((maildir / "new").iterdir()):
        if path.name.startswith("."):
            continue
        with path.open("rb") as file:
            yield file.read(bounces.MOST)
        path.rename(maildir / "cur" / f"{path.name.partition(':')[0]}:2,S")
