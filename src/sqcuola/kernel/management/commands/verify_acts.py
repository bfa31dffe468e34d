"""`sqcuola verify-acts`: walk the chain of acts and say whether it holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sqcuola.kernel import acts, clock


class Command(BaseCommand):
    help = "Walks the chain of acts from the first; ends with 1 and names the first wrong act if it does not hold."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Seal what is new, walk the chain, print the head to be written down elsewhere."""
        acts.seal(clock.now())
        broken = acts.verify()
        if broken is not None:
            raise CommandError(f"The chain breaks at act {broken.seq}: {broken.why}.")
        head = acts.newest()
        self.stdout.write(f"The chain holds: {head.seq} acts, head {head.hash}.")
