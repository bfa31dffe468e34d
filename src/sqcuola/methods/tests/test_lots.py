import hashlib

from hypothesis import given
from hypothesis import strategies as st

from sqcuola.methods import lots

CODES = st.lists(st.text("ABCDEFGH23456789", min_size=1, max_size=6), max_size=12)


def test_a_lot_is_what_sha256sum_says():
    assert lots.lot("2026", "K7P4") == hashlib.sha256(b"SQ1 lot\x002026\x00K7P4").hexdigest()
    assert lots.commitment("a secret") == hashlib.sha256(b"a secret").hexdigest()


@given(CODES, st.randoms())
def test_the_order_of_the_list_changes_nothing(codes, random):
    mixed = random.sample(codes, len(codes))
    assert lots.order("seed", mixed) == lots.order("seed", codes)
    assert sorted(lots.order("seed", codes).values()) == list(range(1, len(set(codes)) + 1))


@given(CODES, st.text("XYZ", min_size=1, max_size=4))
def test_who_joins_moves_nobody_past_anybody(codes, newcomer):
    before = lots.order("seed", codes)
    after = lots.order("seed", [*codes, newcomer])
    assert sorted(before, key=before.get) == [c for c in sorted(after, key=after.get) if c in before]


def test_the_seed_needs_both_halves():
    assert lots.seed("secret", "1") != lots.seed("secret", "2") != lots.seed("other", "2")
