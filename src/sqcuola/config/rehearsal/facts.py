"""What a rehearsal was told by pages and letters, kept as plain data: what must hold is judged from this alone."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Sat:
    """One person's test. `stands`: by question, whether the answer that the server acknowledged last is the right one.

    `taken` is how many answers the last page of the test said it had.
    """

    stands: dict[str, bool] = field(default_factory=dict)
    taken: int | None = None

    @property
    def points(self) -> int:
        """Return what the acknowledged answers are worth: one point each that is right."""
        return sum(self.stands.values())


@dataclass(slots=True)
class Sheet:
    """What the server acknowledged of one reader's paper: points by the place of the criterion, and words.

    `gone`: it was handed on, or its reader left, so that it counts for nothing. `of`: how many criteria there are.
    """

    marks: dict[int, int] = field(default_factory=dict)
    words: str = ""
    of: int = 0
    gone: bool = False

    @property
    def full(self) -> bool:
        """Say whether each criterion has its mark."""
        return len(self.marks) == self.of > 0


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the ranking, as a page told it. `decided` is the rule in the page's words, '' for points."""

    place: int
    code: str
    points: Decimal
    test: Decimal
    letter: Decimal
    cv: Decimal
    decided: str


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody's own page says in the end. `state`: accepted, offered, or '' with no seat."""

    place: int
    points: Decimal
    test: Decimal
    letter: Decimal
    cv: Decimal
    state: str
    seat: int | None
    digest: str
    read: list[tuple[tuple[int, ...], str]] = field(
        default_factory=list
    )  # each reader's marks, and their words


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happened to a seat, in the order it was seen: offered, declined, expired, accepted."""

    what: str
    who: str
    seat: int


@dataclass(frozen=True, slots=True)
class Public:
    """The public list at one moment: who may stand there, and who did."""

    when: str
    allowed: list[str]
    shown: list[str]


@dataclass(frozen=True, slots=True)
class Late:
    """Something that came too late, and whether it was refused."""

    what: str
    refused: bool


@dataclass(slots=True)
class Facts:
    """Filled by several people at once, each at their own number; read when all is over."""

    seats: int
    codes: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    cv: dict[int, Decimal] = field(default_factory=dict)
    meant: dict[int, str] = field(default_factory=dict)
    ended: dict[int, str] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)
    sat: dict[int, Sat] = field(default_factory=dict)
    questions: int = 0  # of the test
    weights: tuple[int, int] = (0, 0)  # of test and letter, in hundredths
    most: list[int] = field(default_factory=list)  # the most points of each criterion
    readers_each: int = 0
    wrote: dict[str, int] = field(default_factory=dict)  # whose each paper is, by its code
    sheets: dict[tuple[int, str], Sheet] = field(default_factory=dict)  # by reader and paper
    piles: dict[int, list[str]] = field(default_factory=dict)  # the papers of each reader, in the end
    near: set[tuple[int, int]] = field(default_factory=set)  # reader and author who must not meet
    met: set[tuple[int, int]] = field(default_factory=set)  # reader and author of papers that were opened
    looked: dict[int, int] = field(
        default_factory=dict
    )  # pages, mails and files of each reader that were looked at
    covered: dict[int, int] = field(
        default_factory=dict
    )  # whose name was covered, and how often that was seen
    blind: list[str] = field(default_factory=list)  # what a reader saw of who wrote
    chain: list[str] = field(default_factory=list)
    before: list[Place] = field(default_factory=list)
    ranking: list[Place] = field(default_factory=list)
    lot_seed: str = ""
    digest: str = ""
    own: dict[int, Own] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    public: list[Public] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    heard: dict[int, list[str]] = field(default_factory=dict)  # what the letters about the ranking are called
    late: list[Late] = field(default_factory=list)
    saw: list[str] = field(default_factory=list)
    acts: str = "nobody looked"

    def number(self, code: str) -> int:
        """Return whose code this is; 0 if nobody's."""
        return next((number for number, known in self.codes.items() if known == code), 0)
