"""The command `sqcuola`. Its own words are here; every other word is a Django management command of a room."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from typing import Final, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from sqcuola import __version__
from sqcuola.config.asking import refuse

STOPPED: Final = 130  # as a shell says that somebody pressed Ctrl+C


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
    "move-files": Command("sqcuola.config.moving", "Copy what people sent from the disk into a bucket."),
    "proxy-config": Command("sqcuola.config.proxy", "Print what nginx or caddy needs to know."),
}


# What Django's own commands understand besides: it works, and help would only grow longer with it.
NOISE = frozenset(
    {"--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
     "--skip-checks"}
)  # fmt: skip
NO_TABLES = (
    "The database does not answer, or has no tables yet. A school begins with `sqcuola init`, a newer version with"
    " `sqcuola serve`; SQCUOLA_HOME and SQCUOLA_DATABASE_URL say where it lies."
)


def main() -> NoReturn:
    """Answer `sqcuola WORD …` and end: 0 when it was done, 1 when it could not be, 2 when it was asked wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sqcuola.config.settings")
    try:
        sys.exit(answer(sys.argv[1:]))
    except ImproperlyConfigured as why:
        sys.exit(f"sqcuola: {why}")
    except (OperationalError, ProgrammingError) as why:  # any other is a fault of ours, and says where
        sys.exit(f"sqcuola: {NO_TABLES} It says: {str(why).partition('\n')[0]}")
    except OSError as why:
        sys.exit(f"sqcuola: {why.filename or 'the system'}: {why.strerror or why}.")
    except KeyboardInterrupt:
        sys.exit(STOPPED)


def answer(arguments: list[str]) -> int:
    """Do what the words ask; return the exit code."""
    word, *rest = arguments or ["help"]
    if word in {"help", "--help", "-h"}:
        if rest and not rest[0].startswith("-"):
            return answer([rest[0], "--help"])
        print(help_text())  # noqa: T201 - the command line speaks by printing
        return 0
    if word in {"--version", "version"}:
        print(f"SQcuola {__version__}")  # noqa: T201 - the same
        return 0
    if word in COMMANDS:
        run: Callable[[list[str]], int] = import_module(COMMANDS[word].module).main
        return run(rest)
    return _of_a_room(word, rest)


def _of_a_room(word: str, rest: list[str]) -> int:
    """Do what a room's word asks, or Django's own; one that nobody has is answered with those that are near."""
    import django  # noqa: PLC0415 - reads the settings
    from django.core import management  # noqa: PLC0415

    django.setup()
    module = word.replace("-", "_")  # a word of the house has dashes; the module that answers it cannot
    owner = management.get_commands().get(module, "")
    if not owner:
        near = get_close_matches(word, [*COMMANDS, *rooms_words()], 2)
        refuse("sqcuola", f"there is no word {word!r}" + (f", only {' and '.join(near)}" if near else ""))
    if not owner.startswith("sqcuola."):
        management.execute_from_command_line(["sqcuola", module, *rest])
        return 0
    command = management.load_command_class(owner, module)
    command.suppressed_base_arguments = set(NOISE)
    parser = command.create_parser("sqcuola", word)
    parser.error = partial(refuse, f"sqcuola {word}")  # type: ignore[method-assign]  # its words, and 2
    options = vars(parser.parse_args(rest))
    try:
        command.execute(*options.pop("args", ()), **options)
    except management.CommandError as why:
        print(f"sqcuola {word}: {why}", file=sys.stderr)  # noqa: T201 - the same
        return why.returncode
    return 0


def rooms_words() -> list[str]:
    """Return the words that rooms bring, as one types them."""
    from django.core.management import get_commands  # noqa: PLC0415 - reads the settings

    return sorted(
        word.replace("_", "-") for word, app in get_commands().items() if app.startswith("sqcuola.")
    )


def help_text() -> str:
    """Return the words there are, a line each: ours, then those that rooms bring."""
    import django  # noqa: PLC0415 - reads the settings
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    django.setup()
    lines = {word: command.sentence for word, command in COMMANDS.items()}
    owners = get_commands()
    for word in rooms_words():
        module = word.replace("-", "_")
        lines[word] = load_command_class(owners[module], module).help
    listed = "\n".join(f"  {word:<18} {sentence}" for word, sentence in lines.items())
    return (
        f"SQcuola runs a selective online school.\n\nsqcuola WORD\n\n{listed}\n\nWhat a word takes: sqcuola WORD --help."
        " Django's own words work too: sqcuola shell, sqcuola migrate."
    )
