"""Chances written as shares: what part of what whole, and what is none."""

import pytest

from levelhead.review.shares import shares_in


@pytest.mark.parametrize(
    ("words", "chance"),
    [
        ("We give it seven in ten.", (70.0, 70.0)),
        ("3 chances out of 5", (60.0, 60.0)),
        ("sixty to seventy per cent", (60.0, 70.0)),
        ("odds: 6/10", (60.0, 60.0)),
        ("a coin toss", (50.0, 50.0)),
    ],
)
def test_a_share_is_a_chance(words, chance):
    assert [(share.low, share.high) for share in shares_in(words)] == [chance]


@pytest.mark.parametrize("words", ["15 in 00", "0 in 0", "1 in 000 of them", "support in 5 sessions"])
def test_a_part_of_nothing_is_no_chance(words):
    assert list(shares_in(words)) == []
