"""`sqcuola move-files`: what people sent, from the disk into the bucket; what is there already is not sent again."""

import django

from sqcuola.config.asking import Parser
from sqcuola.config.starting import say


def main(arguments: list[str]) -> int:
    """Answer `sqcuola move-files`."""
    parser = Parser(
        "move-files",
        "Copy what people sent from the disk into the bucket of SQCUOLA_FILES_URL; what is on the disk stays there.",
    )
    parser.parse_args(arguments)
    django.setup()
    from django.core.files.storage import storages  # noqa: PLC0415 - after the set-up

    from sqcuola.kernel.files.bucket import Bucket  # noqa: PLC0415

    if not isinstance(storages["default"], Bucket):
        say("Where to? SQCUOLA_FILES_URL names no bucket: see docs/operations.md.")
        return 1
    sent, there = move()
    say(f"{sent} files sent, {there} were there already. The disk keeps its own: remove it when all is well.")
    return 0


def move() -> tuple[int, int]:
    """Send every file of the disk that the bucket has not, and every copy of personal data; return (sent, there already)."""
    from django.conf import settings  # noqa: PLC0415 - after the set-up

    from sqcuola.config import uploads  # noqa: PLC0415

    sent = there = 0
    for alias, folder in (("default", settings.UPLOADS), ("copies", settings.HOME / "copies")):
        for was_sent in uploads.send(folder, alias):
            sent, there = sent + was_sent, there + (not was_sent)
    return sent, there
