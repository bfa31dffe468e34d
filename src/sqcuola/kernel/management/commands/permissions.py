"""`sqcuola permissions`: print docs/permissions.md."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sqcuola.kernel import permissions


class Command(BaseCommand):
    help = "Prints who may do what, as the tests live it. Needs a checkout: the rows stand beside the tests."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the table."""
        if not permissions.rows():
            raise CommandError("The rows stand beside the tests: run this in a checkout.")
        self.stdout.write(permissions.as_markdown(), ending="")
