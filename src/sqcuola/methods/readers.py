"""Who reads what: each paper by as many as declared, loads as even as they can be, conflicts kept apart, pairs of readers mixed.

Loads are even when no paper can be handed on, along any chain of readers, from one who reads two or more above another: for a sum
of convex costs on a flow this is not only a standstill but the least there is (no negative cycle in the residual graph;
Ahuja, Magnanti, Orlin, *Network Flows*, 1993, theorems 9.1 and 14.1). Pairs are mixed afterwards, by exchanges that leave every load as
it is: whoever reads with many others can later be told apart as mild or severe.
"""

from collections import Counter, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqcuola.methods.draw import Draw

TRIES = 20_000  # exchanges looked at while mixing: a second at 360 papers


@dataclass(frozen=True, slots=True)
class Shared[P, R]:
    """What came of it. `readers`: of each paper, those who read it, in a drawn order; `short`: how many a paper lacks.

    `loads`: how many papers each reader has; `spread`: the most minus the least.
    """

    readers: dict[P, tuple[R, ...]]
    short: dict[P, int]
    loads: dict[R, int]

    @property
    def spread(self) -> int:
        return max(self.loads.values()) - min(self.loads.values()) if self.loads else 0


def share[P, R](
    papers: Sequence[P],
    readers: Sequence[R],
    each: int,
    apart: Collection[tuple[P, R]],
    seed: str,
    *,
    kept: Mapping[P, Collection[R]] | None = None,
) -> Shared[P, R]:
    """Give each paper `each` readers.

    Args:
        papers: what is read, none twice.
        readers: who can be given papers, none twice.
        each: how many read a paper, at least 1.
        apart: pairs of a paper and a reader that must not meet.
        seed: where the draws come from: the same seed shares the same.
        kept: who reads a paper already and goes on; they may be others than `readers`, and weigh on no load then.

    Raises:
        ValueError: fewer than one reader each, or something stands there twice.
    """
    if each < 1 or len(set(papers)) < len(papers) or len(set(readers)) < len(readers):
        raise ValueError("A paper needs a reader, and nothing may stand there twice.")
    sharing = _Sharing(papers, readers, frozenset(apart), kept or {})
    draw = Draw(seed, "readers")
    for paper in draw.shuffle(papers):
        sharing.fill(paper, each, draw)
    sharing.even_out()
    sharing.mix(draw)
    return Shared(
        readers={paper: tuple(draw.shuffle(sorted(sharing.of[paper], key=sharing.turn))) for paper in papers},
        short={paper: each - len(sharing.of[paper]) for paper in papers if len(sharing.of[paper]) < each},
        loads=dict(sharing.loads),
    )


class _Sharing[P, R]:
    """The state of one sharing: who reads each paper, and how much each reader has."""

    def __init__(
        self,
        papers: Sequence[P],
        readers: Sequence[R],
        apart: frozenset[tuple[P, R]],
        kept: Mapping[P, Collection[R]],
    ) -> None:
        self.papers, self.readers, self.apart = papers, readers, apart
        self.kept = {paper: frozenset(kept.get(paper, ())) for paper in papers}
        self.of: dict[P, set[R]] = {paper: set(self.kept[paper]) for paper in papers}
        self.loads: dict[R, int] = dict.fromkeys(readers, 0)
        for reader in (reader for there in self.of.values() for reader in there if reader in self.loads):
            self.loads[reader] += 1
        self._turns = {reader: turn for turn, reader in enumerate(readers)}

    def turn(self, reader: R) -> tuple[int, str]:
        """Return where a reader stands, so that nothing hangs on the order of a set."""
        return self._turns.get(reader, len(self._turns)), str(reader)

    def _may(self, paper: P, reader: R) -> bool:
        return reader not in self.of[paper] and (paper, reader) not in self.apart

    def fill(self, paper: P, each: int, draw: Draw) -> None:
        """Give a paper those who have least; among equals, as they are drawn."""
        free = [reader for reader in draw.shuffle(self.readers) if self._may(paper, reader)]
        free.sort(key=lambda reader: self.loads[reader])
        for reader in free[: max(0, each - len(self.of[paper]))]:
            self.of[paper].add(reader)
            self.loads[reader] += 1

    def _move(self, paper: P, giver: R, taker: R) -> None:
        self.of[paper].remove(giver)
        self.of[paper].add(taker)
        if giver in self.loads:
            self.loads[giver] -= 1
        self.loads[taker] += 1

    def even_out(self) -> None:
        """Hand papers on, from who has most, as long as a chain of readers ends at somebody with two fewer."""
        while any(self._hand_on(giver) for giver in sorted(self.readers, key=lambda one: -self.loads[one])):
            pass

    def _hand_on(self, giver: R) -> bool:
        """Look for such a chain by breadth, and let each of it hand one paper to the next."""
        came: dict[R, tuple[R, P]] = {}
        waiting = deque([giver])
        while waiting:
            here = waiting.popleft()
            for paper, taker in self._steps(here):
                if taker == giver or taker in came:
                    continue
                came[taker] = (here, paper)
                if self.loads[giver] - self.loads[taker] >= 2:
                    self._go_back(giver, taker, came)
                    return True
                waiting.append(taker)
        return False

    def _steps(self, giver: R) -> list[tuple[P, R]]:
        movable = [paper for paper in self.papers if giver in self.of[paper] - self.kept[paper]]
        found: dict[R, P] = {}
        for paper in movable:
            for taker in self.readers:
                if taker not in found and self._may(paper, taker):
                    found[taker] = paper
        return [(paper, taker) for taker, paper in found.items()]

    def _go_back(self, giver: R, taker: R, came: Mapping[R, tuple[R, P]]) -> None:
        while taker != giver:
            before, paper = came[taker]
            self._move(paper, before, taker)
            taker = before

    def mix(self, draw: Draw) -> None:
        """Exchange readers between two papers where fewer pairs then read together often. No load changes."""
        if len(self.papers) < 2:
            return
        pairs: Counter[frozenset[R]] = Counter()
        for paper in self.papers:
            pairs.update(self._pairs(paper))
        for _ in range(min(TRIES, 60 * len(self.papers))):
            one, other = draw.sample(self.papers, 2) if len(self.papers) < 8 else self._two(draw)
            mine = sorted(self.of[one] - self.kept[one], key=self.turn)
            theirs = sorted(self.of[other] - self.kept[other], key=self.turn)
            if mine and theirs:
                giver, taker = mine[draw.below(len(mine))], theirs[draw.below(len(theirs))]
                self._exchange(pairs, one, giver, other, taker)

    def _two(self, draw: Draw) -> tuple[P, P]:
        first = draw.below(len(self.papers))
        second = draw.below(len(self.papers) - 1)
        return self.papers[first], self.papers[second + (second >= first)]

    def _pairs(self, paper: P) -> list[frozenset[R]]:
        there = sorted(self.of[paper], key=self.turn)
        return [frozenset((one, other)) for place, one in enumerate(there) for other in there[place + 1 :]]

    def _exchange(self, pairs: Counter[frozenset[R]], one: P, giver: R, other: P, taker: R) -> None:
        if giver == taker or not (self._may(one, taker) and self._may(other, giver)):
            return
        lost = [frozenset((giver, reader)) for reader in self.of[one] if reader != giver]
        lost += [frozenset((taker, reader)) for reader in self.of[other] if reader != taker]
        gained = [frozenset((taker, reader)) for reader in self.of[one] if reader != giver]
        gained += [frozenset((giver, reader)) for reader in self.of[other] if reader != taker]
        change: Counter[frozenset[R]] = Counter(gained)
        change.subtract(lost)
        if sum((pairs[pair] + by) ** 2 - pairs[pair] ** 2 for pair, by in change.items()) < 0:
            pairs.update(change)
            self._move(one, giver, taker)
            self._move(other, taker, giver)
