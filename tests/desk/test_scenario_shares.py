from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.desk.scenarios import rounded_to_sum


def test_largest_remainders_get_the_missing_steps():
    # in steps of 5 %: 8.54, 6.62, 4.84 -> 8, 6, 4 leave two steps, to .84 and .62
    assert rounded_to_sum([0.427, 0.331, 0.242]) == pytest.approx([0.40, 0.35, 0.25])


def test_equal_thirds_still_sum_to_one_hundred():
    assert rounded_to_sum([1 / 3, 1 / 3, 1 / 3]) == pytest.approx([0.35, 0.35, 0.30])


def test_shares_on_the_grid_stay_as_they_are():
    assert rounded_to_sum([0.45, 0.35, 0.20]) == pytest.approx([0.45, 0.35, 0.20])


@given(st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_rounded_shares_sum_to_one_and_move_by_less_than_a_step(weights):
    shares = [w / sum(weights) for w in weights]
    said = rounded_to_sum(shares)
    assert sum(said) == pytest.approx(1)
    assert all(abs(a - b) < 0.05 for a, b in zip(said, shares, strict=True))
