"""The command `sqcuola`. Its own words are here; every other word is a Django management command of a room."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the command line: the module whose `main(arguments)` answers it, and one sentence of help."""

    module: str
    sentence: str


COMMANDS = {
    "init": Command(
        "sqcuola.config.starting", "Prepare this folder: databases, key, the way to the first page."
    ),
    "serve": Command("sqcuola.config.serving", "Serve the school: pages and jobs, until it is told to stop."),
    "demo": Command("sqcuola.config.demo", "Serve a school to look at, with people in it."),
    "rehearse": Command(
        "sqcuola.config.rehearsal.command",
        "Let drawn people live an edition, from the call on, and check what must hold.",
    ),
    "backup": Command("sqcuola.config.backup", "Write everything the school keeps into one file."),
    "restore": Command("sqcuola.config.restore", "Bring a backup back, on an empty machine."),
    "take-downs": Command("sqcuola.config.takedowns", "Print who must stay erased after a restore."),
    "proxy-config": Command("sqcuola.config.proxy", "Print what nginx or caddy needs to know."),
}


def main() -> NoReturn:
    """Answer `sqcuola WORD …` and end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sqcuola.config.settings")
    arguments = sys.argv[1:]
    try:
        sys.exit(answer(arguments))
    except ImproperlyConfigured as why:
        sys.exit(f"sqcuola: {why}")


def answer(arguments: list[str]) -> int:
    """Do what the words ask; return the exit code."""
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        print(help_text())  # noqa: T201 - the command line speaks by printing
        return 0
    word, *rest = arguments
    if word in COMMANDS:
        run: Callable[[list[str]], int] = import_module(COMMANDS[word].module).main
        return run(rest)
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - reads the settings

    # A word of the house has dashes; the module that answers it cannot.
    execute_from_command_line(["sqcuola", word if word.startswith("-") else word.replace("-", "_"), *rest])
    return 0


def help_text() -> str:
    """Return the words there are, a line each: ours, then those that rooms bring."""
    import django  # noqa: PLC0415 - reads the settings
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    django.setup()
    lines = {word: command.sentence for word, command in COMMANDS.items()}
    for word, app in sorted(get_commands().items()):
        if app.startswith("sqcuola."):
            lines[word.replace("_", "-")] = load_command_class(app, word).help
    listed = "\n".join(f"  {word:<20} {sentence}" for word, sentence in lines.items())
    return f"sqcuola WORD\n\n{listed}\n\nDjango's own words work too: sqcuola shell, sqcuola migrate."
