"""How the command line reads what it is given: what it cannot use is answered with a sentence, and 2."""

import argparse
import re
import sys
from collections.abc import Callable
from typing import Final, NoReturn

MISUSED: Final = 2
SAID: Final = (
    (re.compile(r"the following arguments are required: (.+)"), r"\1 is missing"),
    (re.compile(r"unrecognized arguments: (.+)"), r"it cannot use: \1"),
    (re.compile(r"argument ([^:]+): expected one argument"), r"\1 needs a value"),
    (re.compile(r"argument ([^:]+): invalid choice: (\S+) \(choose from (.+)\)"), r"\1 is one of \3, not \2"),
    (re.compile(r"argument ([^:]+): (.+)"), r"\1: \2"),
)


class Parser(argparse.ArgumentParser):
    """Reads the arguments of one word. `word` is what one types after `sqcuola`, `sentence` what it does."""

    def __init__(self, word: str, sentence: str) -> None:
        super().__init__(f"sqcuola {word}", description=sentence, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Say what cannot be used and where help is, and end with 2."""
        refuse(self.prog, message)


def refuse(prog: str, message: str) -> NoReturn:
    """End with 2 and a sentence in place of argparse's words."""
    for pattern, words in SAID:
        if pattern.fullmatch(message):
            message = pattern.sub(words, message)
            break
    print(f"{prog}: {message}. How it is used: {prog} --help", file=sys.stderr)  # noqa: T201 - the command line speaks by printing
    raise SystemExit(MISUSED)


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return what reads a whole number from `least` up to `most`."""
    fits = f"a whole number from {least} to {most}" if most is not None else f"a whole number from {least} up"

    def read(text: str) -> int:
        value = int(text) if re.fullmatch(r"-?\d{1,18}", text) else None
        if value is None or value < least or (most is not None and value > most):
            raise argparse.ArgumentTypeError(f"{text!r} is not {fits}")
        return value

    return read


PORT: Final = number(1, 65535)
