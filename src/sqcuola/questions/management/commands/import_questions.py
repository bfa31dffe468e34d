"""`sqcuola import-questions FILE`: take a file of questions into a bank and say what became of each item."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from sqcuola.kernel import clock
from sqcuola.questions import words
from sqcuola.questions.actions import importing
from sqcuola.questions.formats import Unreadable, look
from sqcuola.questions.models import Bank, ImportItem

SHOWN = 20
ALL_TAKEN, SOME_REFUSED, NOT_READABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Takes a file of questions into a bank; ends with 1 if some were refused, with 2 if it cannot be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare FILE and the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", default="", help="the bank's name; the file's name if not said")
        parser.add_argument("--language", default="it", help="the language of the questions")
        parser.add_argument("--format", default="", choices=["", "gift", "jsonl"], help="instead of guessing")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would become of it, write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the report of every item as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, print the report, and end with its code."""
        try:
            content = options["file"].read_bytes()
            items = self._items(content, options)
        except OSError as fault:
            self._say(f"{options['file']}: {fault.strerror}.")
            sys.exit(NOT_READABLE)
        except Unreadable as fault:
            self._say(words.unreadable(fault.why, fault.detail))
            sys.exit(NOT_READABLE)
        if options["json"]:
            self.stdout.write(importing.as_json(items))
        else:
            self._report(items)
        if any(one.outcome == ImportItem.Outcome.REFUSED for one in items):
            sys.exit(SOME_REFUSED)

    def _items(self, content: bytes, options: dict[str, Any]) -> list[ImportItem]:
        name = options["bank"] or options["file"].stem
        if options["dry_run"]:
            looked = look(content, options["format"])
            self._say(f"{looked.format}, {looked.encoding}")
            return list(importing.rehearse(looked, Bank.objects.filter(name=name).first()))
        look(content, options["format"])  # an unreadable file makes no bank
        at = clock.now()
        bank, _made = Bank.objects.get_or_create(
            name=name, defaults={"language": options["language"], "created_at": at}
        )
        run = importing.receive(content, options["file"].name, bank, by=None, at=at, wanted=options["format"])
        self._say(f"{run.format}, {run.encoding} → {bank.name}")
        return list(importing.take(run, at=at).items.all())

    def _report(self, items: list[ImportItem]) -> None:
        count = Counter(one.outcome for one in items)
        for outcome in ImportItem.Outcome:
            self.stdout.write(f"{count[outcome]:7} {outcome.label}")
        told = [one for one in items if one.outcome != ImportItem.Outcome.TAKEN]
        for one in told[:SHOWN]:
            said = words.why(one.why, one.detail) if one.why else words.losses(one.losses)
            self.stdout.write(f"  {one.line}: {said} · {one.excerpt[:60]}")
        if len(told) > SHOWN:
            self.stdout.write(f"  … {len(told) - SHOWN}")

    def _say(self, line: str) -> None:
        self.stderr.write(line)
