"""Who reads letters in a rehearsal, drawn from a seed: how severe each is, and what each does on a bad day."""

import math
import random
from dataclasses import dataclass
from enum import Enum

from sqcuola.config.rehearsal.cast import Someone

GIVEN = (
    "Amedeo", "Brunilde", "Cosimo", "Desdemona", "Evaristo", "Fulvia", "Gualtiero", "Isotta", "Leandro", "Medea",
    "Nestore", "Ofelia",
)  # fmt: skip
FAMILY = ("Quaranta", "Sbardella", "Tagliavini", "Ubaldini", "Zampieri", "Giacometti")
EACH_READS = 36  # papers, about; there are four readers at least
SOME = 0.4  # of the papers get a word


class Way(Enum):
    """What a reader does besides reading: each is a bad day that the house must survive."""

    SAME_EMPLOYER = "works where one of the applicants works"
    FOLLOWS = "follows one of the applicants, and never closes"
    HANDS_ON = "knows who wrote one of the papers, and hands it on"
    LEAVES = "leaves in the middle"
    STEADY = "reads"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader. `severity` is added to what a letter is worth to them; `has_script`: marks are saved as they are given."""

    number: int
    name: str
    mail: str
    way: Way
    severity: float
    seed: int

    @property
    def has_script(self) -> bool:
        return self.number % 2 == 0

    @property
    def address(self) -> str:
        """Return the network address this person's requests come from, in the range kept for documentation."""
        return f"2001:db8:3::{self.number:x}"

    def points(self, author: Someone, place: int, most: int) -> int:
        """Return what this reader gives an author's letter for the criterion at a place: 0 to `most`, the same whenever one asks."""
        skill = random.Random(f"letter {author.seed}").gauss(0.5, 0.25)  # noqa: S311 - a play, not a secret
        here = random.Random(f"mark {self.seed} {author.seed} {place}")  # noqa: S311 - a play, not a secret
        return min(most, max(0, round((skill + self.severity + here.gauss(0, 0.12)) * most)))

    def words(self, code: str) -> str:
        """Return what this reader writes on a paper: on some a word, with a mark that is found again; else ''."""
        drawn = random.Random(f"words {self.seed} {code}")  # noqa: S311 - a play, not a secret
        said = "Si capisce al primo colpo.\nManca un esempio <di altri> & più tempo."
        return f"{said} nota-{self.number}-{code}" if drawn.random() < SOME else ""


def draw(applicants: int, seed: int) -> list[Reading]:
    """Return who reads the letters of so many applicants: their numbers follow on those of the applicants, each way is there."""
    rng = random.Random(f"readers {seed}")  # noqa: S311 - a play, not a secret
    several = max(4, math.ceil(2 * applicants / EACH_READS))
    names = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    rng.shuffle(names)
    ways = [*list(Way)[:4], *[Way.STEADY] * (several - 4)]
    return [
        _reading(applicants + place, name, way, rng)
        for place, (name, way) in enumerate(zip(names, ways, strict=False), start=1)
    ]


def _reading(number: int, name: str, way: Way, rng: random.Random) -> Reading:
    mail = f"{name.lower().replace(' ', '.')}.{number}@rehearsal.example"
    return Reading(number, name, mail, way, rng.gauss(0, 0.1), rng.randrange(2**32))
