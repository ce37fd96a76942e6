"""Why a probability moved: the parts of a change."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.ledger.attribution import Stand, chances, moved

AT = Stand(price=100.0, variance=0.0001, sessions=10, upper=105.0, lower=96.0)

stands = st.builds(
    Stand,
    price=st.floats(90.0, 115.0),
    variance=st.floats(1e-5, 1e-3),
    sessions=st.integers(0, 40),
    upper=st.floats(104.0, 120.0),
    lower=st.floats(80.0, 97.0),
)


def whole(parts):
    return parts.price + parts.volatility + parts.time + parts.levels + parts.rest


def test_a_touch_is_twice_the_chance_of_ending_beyond():
    # distance ln 1.05 over a standard deviation of 0.01 x root 10: 1.5429; 2 (1 - N(1.5429)) = 0.12286
    found = chances(Stand(price=100.0, variance=0.0001, sessions=10, upper=105.0))
    assert found["true"] == pytest.approx(math.erfc(math.log(1.05) / math.sqrt(2 * 0.001)), abs=1e-12)
    assert found["true"] == pytest.approx(0.1229, abs=1e-4)


def test_a_price_that_was_passed_has_traded():
    assert chances(replace(AT, price=106.0)) == {"up": 1.0, "range": 0.0, "down": 0.0}
    assert chances(replace(AT, price=95.0)) == {"up": 0.0, "range": 0.0, "down": 1.0}
    assert chances(Stand(price=95.0, variance=1e-4, sessions=5, lower=96.0))["true"] == 1.0


def test_when_no_time_is_left_what_has_not_traded_will_not():
    assert chances(replace(AT, sessions=0)) == {"up": 0.0, "range": 1.0, "down": 0.0}


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"price": 102.0}, "price"),
        ({"variance": 0.0003}, "volatility"),
        ({"sessions": 4}, "time"),
        ({"upper": 108.0, "lower": 92.0}, "levels"),
    ],
)
def test_what_changes_alone_has_the_whole_change(changed, part):
    after = replace(AT, **changed)
    for outcome, parts in moved(AT, after).items():
        assert getattr(parts, part) == pytest.approx(chances(after)[outcome] - chances(AT)[outcome], abs=1e-12)
        assert whole(parts) == pytest.approx(getattr(parts, part), abs=1e-12)


@given(before=stands, after=stands)
def test_the_parts_sum_to_the_change(before, after):
    for outcome, parts in moved(before, after).items():
        assert whole(parts) == pytest.approx(chances(after)[outcome] - chances(before)[outcome], abs=1e-9)


@given(before=stands, after=stands)
def test_the_way_back_has_the_same_parts_with_the_other_sign(before, after):
    there, back = moved(before, after), moved(after, before)
    for outcome in there:
        for name in ("price", "volatility", "time", "levels"):
            assert getattr(there[outcome], name) == pytest.approx(-getattr(back[outcome], name), abs=1e-9)


@given(before=stands, after=stands)
def test_what_one_outcome_gains_the_others_lose(before, after):
    parts = moved(before, after).values()
    for name in ("price", "volatility", "time", "levels"):
        assert sum(getattr(p, name) for p in parts) == pytest.approx(0.0, abs=1e-9)
