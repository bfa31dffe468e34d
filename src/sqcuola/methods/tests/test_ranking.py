from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqcuola.methods.ranking import Entry, Rule, rank

CHAIN = (Rule("points"), Rule("cv"), Rule("lot", lower_first=True))


def test_each_tie_says_which_rule_decided():
    standings = rank(
        [
            Entry("ada", (30, 2, 4)),
            Entry("bea", (40, 1, 5)),
            Entry("ciro", (30, 3, 1)),
            Entry("dino", (30, 2, 2)),
            Entry("elsa", (10, 0, 3)),
        ],
        CHAIN,
    )
    assert [(s.key, s.place, s.decided_by) for s in standings] == [
        ("bea", 1, "points"),
        ("ciro", 2, "cv"),
        ("dino", 3, "lot"),
        ("ada", 4, "lot"),
        ("elsa", 5, "points"),
    ]
    assert [(s.ahead, s.behind) for s in standings] == [
        ("", "points"),
        ("points", "cv"),
        ("cv", "lot"),
        ("lot", "points"),
        ("points", ""),
    ]


def test_whom_the_whole_chain_leaves_equal_share_a_place_and_the_next_is_skipped():
    standings = rank([Entry(name, (p,)) for name, p in zip("abcd", (5, 4, 4, 3), strict=True)], (Rule("p"),))
    assert [(s.key, s.place, s.shared, s.decided_by) for s in standings] == [
        ("a", 1, False, "p"),
        ("b", 2, True, ""),
        ("c", 2, True, ""),
        ("d", 4, False, "p"),
    ]


def test_values_are_exact_and_none_is_behind_every_number():
    thirds = [Entry("thirds", (Fraction(1, 3) * 3,)), Entry("one", (Decimal("1.000"),))]
    assert [s.place for s in rank(thirds, (Rule("p"),))] == [1, 1]
    assert [s.key for s in rank([Entry("n", (None,)), Entry("m", (-9,))], (Rule("p"),))] == ["m", "n"]
    lower = (Rule("p", lower_first=True),)
    assert [s.key for s in rank([Entry("n", (None,)), Entry("m", (9,))], lower)] == ["m", "n"]
    with pytest.raises(TypeError, match="not an exact number"):
        rank([Entry("f", (0.1,))], (Rule("p"),))
    with pytest.raises(ValueError, match="2 values"):
        rank([Entry("f", (1, 2))], (Rule("p"),))


def test_nobody_and_one():
    assert rank([], CHAIN) == []
    (alone,) = rank([Entry("x", (1, 1, 1))], CHAIN)
    assert (alone.place, alone.decided_by, alone.ahead, alone.behind) == (1, "points", "", "")


VALUES = st.tuples(st.integers(0, 3), st.none() | st.integers(0, 2), st.integers(0, 2))


@given(st.lists(VALUES, max_size=9))
def test_against_a_slow_oracle(rows):
    def better(a, b):
        """Return the rule by which a is ahead of b, or None."""
        for (x, y), rule in zip(zip(a, b, strict=True), CHAIN, strict=True):
            if x == y:
                continue
            if x is None or y is None:
                return rule.name if y is None else None
            return rule.name if (x < y) == rule.lower_first else None
        return None

    standings = rank([Entry(i, row) for i, row in enumerate(rows)], CHAIN)
    assert sorted(s.key for s in standings) == list(range(len(rows)))
    for standing in standings:
        mine = rows[standing.key]
        others = [row for i, row in enumerate(rows) if i != standing.key]
        assert standing.place == 1 + sum(better(row, mine) is not None for row in others)
        assert standing.shared == (mine in others)
        alone_after = next(
            (r.name for k, r in enumerate(CHAIN, 1) if all(row[:k] != mine[:k] for row in others)), ""
        )
        assert standing.decided_by == alone_after
