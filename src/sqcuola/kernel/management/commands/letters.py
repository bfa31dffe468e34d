"""`sqcuola letters`: the letters of which nobody knows whether they left, and a person's decision about them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sqcuola.kernel import clock, outbox
from sqcuola.kernel.models import Outgoing


class Command(BaseCommand):
    help = (
        "Lists the letters that perhaps left, and those that came back lately; sends one again when told to."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the key of a letter that is to be sent once more."""
        parser.add_argument("--again", metavar="KEY", help="send this letter once more: it may arrive twice")

    def handle(self, *_args: Any, **options: Any) -> None:
        """List by key, never by address; or send one again."""
        if key := options["again"]:
            letter = Outgoing.objects.filter(key=key).first()
            if letter is None or not outbox.send_again(letter, at=clock.now()):
                raise CommandError(f"No letter {key} is in doubt or came back.")
            self.stdout.write(f"{key} leaves once more.")
            return
        found = outbox.to_settle()
        for letter in found:
            self.stdout.write(f"{letter.key}  {letter.state}  {letter.problem}".rstrip())
        if not found:
            self.stdout.write("No letter is in doubt, and none came back lately.")
