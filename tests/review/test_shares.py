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


@pytest.mark.parametrize(
    ("words", "chance"),
    [
        ("I lay four to one on a break higher", 80.0),
        ("odds of 3:2 that it holds", 60.0),
        ("five to one against a new high", 100 / 6),
        ("Rally case (1/4): 2,310", 25.0),
        ("four of ten", 40.0),
        ("8 coins out of ten", 80.0),
        ("a two-thirds chance", 200 / 3),
        ("a quarter each", 25.0),
    ],
)
def test_a_share_may_be_told_as_a_wager_or_a_fraction(words, chance):
    [share] = shares_in(words)
    assert share.low == pytest.approx(chance)


@pytest.mark.parametrize(
    "words", ["reward to risk 4:1", "a 2-for-1 split", "the put/call ratio at 3 to 2", "up on 4 of 10 days", "112 3/4"]
)
def test_a_ratio_of_something_else_is_no_chance(words):
    assert list(shares_in(words)) == []
