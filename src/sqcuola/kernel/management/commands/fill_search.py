"""`sqcuola fill-search`: let the search index stand as the acts of the rooms would have left it."""

from typing import Any

from django.core.management.base import BaseCommand

from sqcuola.kernel import search


class Command(BaseCommand):
    help = "Puts right what the search finds, while the school works; happens each day by itself, and after a restore."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill the index, and say how many things were looked at."""
        self.stdout.write(f"The index is whole: {search.fill()} things were looked at.")
