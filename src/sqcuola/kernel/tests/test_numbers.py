import pytest

from sqcuola.kernel.numbers import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_number_is_read(text, number):
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "+1", "1.0", " 1", "1\n", "1_0", "9" * 19, "x"])
def test_what_is_none_is_none(text):
    assert whole(text) is None


def test_so_many_digits_and_no_more():
    assert (whole("999", digits=3), whole("1000", digits=3)) == (999, None)
