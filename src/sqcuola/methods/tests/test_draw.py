"""SQ1 against its published vectors, against a second way of writing it, and against chance."""

import hashlib
import struct
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqcuola.methods.draw import Draw

TEXT = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=20)

# As printed in docs/methods.md.
WORDS = ["30fc3a16268d515a", "01c4803abad44dd8", "ff96c12d8f533165", "6371f07d83bdd9dc", "3de0dddc2c771861"]
BELOW = [0, 0, 5, 99, 666103628]
SHUFFLE = [0, 1, 8, 2, 9, 5, 4, 7, 3, 6]
SAMPLE = [69, 77, 59, 89, 19]


def oracle(seed, label, count):
    """SQ1 written from docs/methods.md, in another style."""
    key = hashlib.sha256(b"\0".join([b"SQ1", seed.encode(), label.encode()])).digest()
    stream = b"".join(hashlib.sha256(key + struct.pack(">Q", i)).digest() for i in range(count // 4 + 1))
    return [number for (number,) in struct.iter_unpack(">Q", stream)][:count]


@given(TEXT, TEXT)
def test_the_words_are_those_of_the_specification(seed, label):
    draw = Draw(seed, label)
    assert [draw.word() for _ in range(11)] == oracle(seed, label, 11)


def test_published_vectors():
    draw = Draw("SQcuola", "vectors")
    assert [f"{draw.word():016x}" for _ in range(5)] == WORDS
    assert [Draw("SQcuola", f"below {n}").below(n) for n in (1, 2, 6, 100, 10**9)] == BELOW
    assert Draw("SQcuola", "shuffle").shuffle(range(10)) == SHUFFLE
    assert Draw("SQcuola", "sample").sample(range(100), 5) == SAMPLE


@given(TEXT, st.integers(1, 2**64))
def test_below_stays_below(seed, limit):
    assert 0 <= Draw(seed).below(limit) < limit


def test_words_beyond_the_last_whole_multiple_are_thrown_away():
    limit = 2**63 + 1  # nearly half of all words are refused
    words = oracle("half", "", 40)
    fair = [word % limit for word in words if word < limit]
    draw = Draw("half")
    assert [draw.below(limit) for _ in range(len(fair))] == fair
    assert 5 < len(fair) < 35


@given(TEXT, st.lists(st.integers(), max_size=30), st.data())
def test_a_sample_is_part_of_the_whole_and_a_longer_one_begins_with_it(seed, items, data):
    count = data.draw(st.integers(0, len(items)))
    sample, whole = Draw(seed).sample(items, count), Draw(seed).shuffle(items)
    assert whole[:count] == sample
    assert Counter(whole) == Counter(items)


def test_every_order_of_three_is_drawn_as_often_as_any_other():
    seen = Counter(tuple(Draw("fair", str(i)).shuffle("abc")) for i in range(6000))
    assert set(seen) == set(permutations("abc"))
    squares = sum((count - 1000) ** 2 / 1000 for count in seen.values())
    assert squares < 20.5  # chi square, 5 degrees of freedom: one seed in a thousand would exceed it


def test_labels_separate_draws():
    assert Draw("one", "a").shuffle(range(20)) != Draw("one", "b").shuffle(range(20))
    assert Draw("one", "a").shuffle(range(20)) != Draw("two", "a").shuffle(range(20))


@pytest.mark.parametrize("limit", [0, -1, 2**64 + 1])
def test_a_limit_that_cannot_be(limit):
    with pytest.raises(ValueError, match="limit"):
        Draw("x").below(limit)


def test_what_cannot_be_drawn():
    with pytest.raises(ValueError, match="3 of 2"):
        Draw("x").sample("ab", 3)
    with pytest.raises(ValueError, match="zero byte"):
        Draw("a\0b")
