"""The questions of a rehearsal: what is brought to the school, and what somebody who knows them would answer."""

import hashlib
import json
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

OURS = Path(__file__).with_name("bank.jsonl")
GUESS = 0.25  # one of four, by chance
Key = tuple[str, frozenset[str]]


def plain(words: str) -> str:
    """Return a text as two copies of it are compared: spaces and capitals make no difference."""
    return " ".join(words.split()).casefold()


@dataclass(frozen=True, slots=True)
class Bank:
    """A file of questions, one a line, and the right answer to each."""

    name: str
    content: bytes
    rights: dict[Key, str] = field(default_factory=dict)

    def right(self, asked: str, options: Iterable[str]) -> str:
        """Return the option that is right, as it stands on the page; KeyError if the file has no such question."""
        listed = list(options)
        known = self.rights[plain(asked), frozenset(map(plain, listed))]
        return next(words for words in listed if plain(words) == known)

    def difficulty(self, asked: str) -> float:
        """Return how hard a question is, on the scale of abilities: the same for everybody, from its words."""
        number = hashlib.sha256(asked.encode()).digest()
        return random.Random(number).gauss(-0.3, 0.8)  # noqa: S311 - a play, not a secret


def read(path: Path = OURS) -> Bank:
    """Return the bank of a file of JSON lines; a line without a question that can be answered is left to the school."""
    content = path.read_bytes()
    bank = Bank(path.name, content)
    for line in content.decode("utf-8-sig").splitlines():
        if line.strip():
            _learn(bank, line)
    if not bank.rights:
        raise ValueError(f"{path} has no questions.")
    return bank


def _learn(bank: Bank, line: str) -> None:
    try:
        told = json.loads(line)
        options = {label: words for part in told["options"] for label, words in part.items()}
        key = plain(told["question"]), frozenset(map(plain, options.values()))
        bank.rights.setdefault(key, plain(options[told["answer"]]))
    except (ValueError, LookupError, TypeError, AttributeError):
        return


def knows(ability: float, difficulty: float) -> float:
    """Return the chance of a right answer: a logistic curve above what guessing brings."""
    return GUESS + (1 - GUESS) / (1 + math.exp(difficulty - ability))
