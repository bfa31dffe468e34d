"""The people of a rehearsal, drawn from a seed: who they are, what they know, how they behave."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

GIVEN = (
    "Nives", "Tancredi", "Pia", "Oreste", "Elettra", "Duilio", "Mafalda", "Ezio", "Zaira", "Libero", "Ines", "Furio",
    "Armida", "Guido", "Olimpia", "Dante", "Fosca", "Elio", "Norma", "Tullio", "Ondina", "Remo", "Velia", "Ettore",
)  # fmt: skip
FAMILY = (
    "Ravelli", "Cantoni", "Bordin", "Zanetti", "Marchi", "Serra", "Locatelli", "Greco", "Piras", "Donati", "Fabbri",
    "Lombardo", "Testa", "Villani", "Orlandi", "Caruso", "Molinari", "Basile", "Conti", "Rinaldi",
)  # fmt: skip
# None is part of the name of a region: pages that offer regions name no town then.
TOWNS = (
    ("Como", "Lombardia"), ("Parma", "Emilia-Romagna"), ("Catania", "Sicilia"), ("Trento", "Trentino-Alto Adige"),
    ("Cagliari", "Sardegna"), ("Bari", "Puglia"), ("Torino", "Piemonte"), ("Ancona", "Marche"), ("Napoli", "Campania"),
    ("Padova", "Veneto"), ("Genova", "Liguria"), ("Perugia", "Umbria"),
)  # fmt: skip


class Habit(Enum):
    """What somebody does besides applying: each is a bad day that the house must survive."""

    STEADY = "steady"
    TWICE = "sends everything twice"
    LINE = "loses the line in the test and goes on elsewhere"
    CURIOUS = "opens what is not theirs"
    LATE = "sends after the deadline"
    UNFINISHED = "never finishes the application"
    WITHDRAWN = "withdraws"
    ABSENT = "does not come to the test"
    SILENT = "never hands in: time runs out"


class Reply(Enum):
    """What somebody does with an offered seat."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "let it expire"


# Out of a hundred: the real school had 180 begin and 110 still there at the test that counts.
SHARES: tuple[tuple[Habit, int], ...] = (
    (Habit.STEADY, 46), (Habit.TWICE, 10), (Habit.LINE, 10), (Habit.CURIOUS, 6), (Habit.LATE, 5),
    (Habit.UNFINISHED, 8), (Habit.WITHDRAWN, 3), (Habit.ABSENT, 7), (Habit.SILENT, 5),
)  # fmt: skip
REPLIES: tuple[tuple[Reply, int], ...] = ((Reply.ACCEPT, 84), (Reply.DECLINE, 10), (Reply.EXPIRE, 6))


@dataclass(frozen=True, slots=True)
class Someone:
    """One applicant: `ability` is on the usual scale of item response theory, mean 0, deviation 1."""

    number: int
    name: str
    mail: str
    town: str
    region: str
    ability: float
    habit: Habit
    seed: int

    @property
    def secret(self) -> str:
        """Return a word that this person alone writes, wherever they write: whoever else sees it sees too much."""
        return f"canarino-{self.number}-{self.seed:08x}"

    @property
    def letter_mark(self) -> str:
        """Return a word that stands in this person's letter alone: who reads it may see that, and nobody else."""
        return f"usignolo-{self.number}-{self.seed:08x}"

    @property
    def writes_name(self) -> bool:
        """Say whether this person writes their own name into the letter, though they are asked not to."""
        return self.habit is Habit.CURIOUS or self.seed % 6 == 0

    @property
    def employer(self) -> str:
        """Return where this person works; '' where they do not say."""
        says = self.habit is Habit.LINE or self.seed % 3 == 1
        return f"Cooperativa Zefiro {self.number}" if says else ""

    @property
    def shown_as(self) -> str:
        """Return how the public list may call this person."""
        return "code" if self.seed % 10 < 3 else "name"

    @property
    def tries_first(self) -> bool:
        """Say whether this person takes the trial test before."""
        return self.seed % 3 == 0

    @property
    def has_script(self) -> bool:
        """Say whether this person's browser runs scripts: else each page of the test is sent as a form."""
        return self.seed % 4 > 0

    @property
    def comes_by_code(self) -> bool:
        """Say whether this person comes to the test on a new device, with nothing but the test-day code."""
        return self.seed % 7 == 0

    @property
    def thinks_again(self) -> bool:
        """Say whether this person goes back to an answer and changes it."""
        return self.seed % 5 < 2

    @property
    def address(self) -> str:
        """Return the network address this person's requests come from, in the range kept for documentation."""
        return f"2001:db8::{self.number:x}"


def draw(applicants: int, seats: int, seed: int) -> list[Someone]:
    """Return the applicants of a rehearsal; every habit appears, and enough finish to fill the seats.

    Raises ValueError when there are fewer than two applicants a seat or fewer than nine in all.
    """
    if applicants < 2 * seats or applicants < len(SHARES):
        raise ValueError(f"A rehearsal wants two applicants a seat and {len(SHARES)} at least.")
    rng = random.Random(seed)  # noqa: S311 - a play, not a secret
    habits = _spread(SHARES, applicants)
    rng.shuffle(habits)
    return [_someone(number, habit, rng) for number, habit in enumerate(habits, start=1)]


def replies(seats: int, seed: int) -> Iterator[Reply]:
    """Yield what each person who is offered a seat does with it, the first ones in the given shares, all there."""
    rng = random.Random(f"replies {seed}")  # noqa: S311 - a play, not a secret
    first = _spread(REPLIES, max(seats, len(REPLIES)))
    rng.shuffle(first)
    yield from first
    while True:
        yield rng.choices([value for value, _ in REPLIES], [share for _, share in REPLIES])[0]


def _spread[T](shares: Sequence[tuple[T, int]], count: int) -> list[T]:
    """Return `count` values in the given shares, each at least once, the first taking what is left."""
    rest = [(value, max(1, share * count // 100)) for value, share in shares[1:]]
    out = [value for value, times in rest for _ in range(times)]
    return out + [shares[0][0]] * (count - len(out))


def _someone(number: int, habit: Habit, rng: random.Random) -> Someone:
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    town, region = rng.choice(TOWNS)
    mail = f"{name.lower().replace(' ', '.')}.{number}@rehearsal.example"
    return Someone(number, name, mail, town, region, rng.gauss(0, 1), habit, rng.randrange(2**32))
