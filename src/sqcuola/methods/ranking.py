"""Who stands where, and what decided it where points were equal."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Value = int | Decimal | Fraction | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One link of the declared chain: higher values first, or lower first (an age, a lot)."""

    name: str
    lower_first: bool = False


@dataclass(frozen=True, slots=True)
class Entry[K]:
    """Somebody to be ranked, with one value for each rule of the chain. None is behind every number."""

    key: K
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Standing[K]:
    """A place in the ranking.

    `place` counts who is ahead, plus one: equals share a place and the next is skipped (1, 2, 2, 4). `decided_by` is the
    rule after which nobody else stood on the same point, "" where the whole chain leaves them equal. `ahead` is the
    rule by which the nearest one with a better place is ahead ("" for the first), `behind` the rule by which the nearest one with
    a worse place is behind ("" for the last).
    """

    key: K
    place: int
    decided_by: str
    ahead: str
    behind: str
    shared: bool


def rank[K](entries: Sequence[Entry[K]], chain: Sequence[Rule]) -> list[Standing[K]]:
    """Return the standings, best first; who shares a place stays in the order of `entries`.

    Values must be exact (int, Decimal, Fraction): a float would make or hide ties by rounding.
    """
    rows = sorted(((_sortable(entry, chain), entry.key) for entry in entries), key=lambda row: row[0])
    standings: list[Standing[K]] = []
    first = 0
    while first < len(rows):
        values = rows[first][0]
        last = first
        while last + 1 < len(rows) and rows[last + 1][0] == values:
            last += 1
        ahead = _parting(rows[first - 1][0], values) if first else -1
        behind = _parting(values, rows[last + 1][0]) if last + 1 < len(rows) else -1
        shared = last > first
        standings += [
            Standing(
                key=key,
                place=first + 1,
                decided_by="" if shared else _name(chain, max(ahead, behind, 0)),
                ahead=_name(chain, ahead),
                behind=_name(chain, behind),
                shared=shared,
            )
            for _values, key in rows[first : last + 1]
        ]
        first = last + 1
    return standings


Sortable = tuple[tuple[bool, Fraction], ...]


def _sortable[K](entry: Entry[K], chain: Sequence[Rule]) -> Sortable:
    if len(entry.values) != len(chain):
        raise ValueError(
            f"{entry.key!r} has {len(entry.values)} values, and the chain has {len(chain)} rules."
        )
    return tuple(_one(value, rule) for value, rule in zip(entry.values, chain, strict=True))


def _one(value: Value, rule: Rule) -> tuple[bool, Fraction]:
    if value is None:
        return (True, Fraction(0))
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"{value!r} is not an exact number: ties must not hang on rounding.")
    exact = Fraction(value)
    return (False, exact if rule.lower_first else -exact)


def _parting(better: Sortable, worse: Sortable) -> int:
    """Return the place in the chain of the first rule that tells two apart."""
    return next(place for place, (one, other) in enumerate(zip(better, worse, strict=True)) if one != other)


def _name(chain: Sequence[Rule], place: int) -> str:
    return chain[place].name if 0 <= place < len(chain) else ""
