"""Who reads what: checked against every possible sharing of small classes, and at the size of a school."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqcuola.methods.readers import Shared, share

READERS = list("ABCDEFGH")


def pairs_of(shared: Shared[int, str]) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple(sorted(pair)) for there in shared.readers.values() for pair in combinations(there, 2)
    )


def test_each_paper_has_its_readers_and_everybody_reads_as_much():
    shared = share(range(360), READERS, 2, set(), "seed")
    assert {len(set(there)) for there in shared.readers.values()} == {2}
    assert set(shared.loads.values()) == {90}
    assert shared.short == {}
    pairs = pairs_of(shared)
    assert len(pairs) == 28  # everybody reads with everybody else
    assert max(pairs.values()) - min(pairs.values()) <= 2


def test_the_same_seed_shares_the_same_and_another_does_not():
    again = share(range(30), READERS, 2, set(), "seed")
    assert share(range(30), READERS, 2, set(), "seed") == again
    assert share(range(30), READERS, 2, set(), "other").readers != again.readers


def test_who_must_not_meet_does_not_and_who_cannot_be_found_is_said():
    apart = {(0, reader) for reader in READERS[1:]} | {(1, "A")}
    shared = share(range(4), READERS, 2, apart, "seed")
    assert shared.readers[0] == ("A",)
    assert shared.short == {0: 1}
    assert "A" not in shared.readers[1]
    assert share([0], [], 2, set(), "seed").short == {0: 2}


def test_a_paper_is_handed_on_along_a_chain_where_nobody_can_take_it_at_once():
    # C may read only what B reads too, and B only what A reads: one greedy look leaves A with too much.
    apart = {(0, "C"), (1, "C"), (2, "C"), (3, "B"), (3, "C"), (4, "B"), (4, "C")}
    shared = share(range(7), list("ABC"), 1, apart, "seed")
    assert sorted(shared.loads.values()) == [2, 2, 3]


def test_what_is_kept_stays_and_weighs():
    kept = {0: {"A", "Z"}, 1: {"A"}, 2: {"A"}}
    shared = share(range(6), list("ABC"), 2, set(), "seed", kept=kept)
    assert set(shared.readers[0]) == {"A", "Z"}  # Z reads on, and is given nothing more
    assert "A" in shared.readers[1]
    assert "A" in shared.readers[2]
    assert set(shared.loads) == {"A", "B", "C"}
    assert sum(shared.loads.values()) == 11
    assert shared.spread <= 1


@pytest.mark.parametrize(
    ("papers", "readers", "each"), [([0, 0], ["A"], 1), ([0], ["A", "A"], 1), ([0], ["A"], 0)]
)
def test_what_cannot_be(papers, readers, each):
    with pytest.raises(ValueError, match="stand there twice"):
        share(papers, readers, each, set(), "seed")


def least(papers: int, readers: list[str], each: int, apart: set[tuple[int, str]]) -> int:
    """Try every sharing, and return the least sum of the squares of the loads."""
    ways = []
    for paper in range(papers):
        free = [reader for reader in readers if (paper, reader) not in apart]
        ways.append(list(combinations(free, min(each, len(free)))))
    return min(
        sum(load * load for load in Counter(reader for there in whole for reader in there).values())
        for whole in product(*ways)
    )


@given(
    papers=st.integers(1, 5),
    readers=st.integers(1, 4),
    each=st.integers(1, 2),
    apart=st.sets(st.tuples(st.integers(0, 4), st.sampled_from("ABCD")), max_size=10),
    seed=st.text("abc", max_size=3),
)
def test_no_sharing_is_more_even(papers, readers, each, apart, seed):
    names = READERS[:readers]
    shared = share(range(papers), names, each, apart, seed)
    for paper, there in shared.readers.items():
        free = [reader for reader in names if (paper, reader) not in apart]
        assert len(there) == min(each, len(free))
        assert set(there) <= set(free)
    assert sum(load * load for load in shared.loads.values()) == least(papers, names, each, apart)
