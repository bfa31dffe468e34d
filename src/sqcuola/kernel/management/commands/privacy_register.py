"""`sqcuola privacy-register`: print docs/privacy-register.md."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from sqcuola.kernel import privacy


class Command(BaseCommand):
    help = "Prints what the house keeps about people, why, for how long, and what becomes of it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the register, in English like all of docs/."""
        with translation.override("en"):
            self.stdout.write(privacy.as_markdown(), ending="")
