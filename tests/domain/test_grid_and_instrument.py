from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.errors import BadInstrument
from levelhead.domain.grid import multiple_above, multiple_below, nearest_multiple
from levelhead.domain.instrument import Instrument

STEPS = st.sampled_from([0.01, 0.1, 0.25, 1.0, 0.015625, 5.0])


def future(**changes: object) -> Instrument:
    return Instrument(
        **({"symbol": "RTY", "name": "E-mini", "short_name": "Russell", "kind": "future", "tick": 0.1, "decimals": 1} | changes)
    )


def test_prices_stand_on_the_tick():
    rty = future()
    assert (rty.on_grid(2229.276), rty.below(2229.276), rty.above(2229.276)) == (2229.3, 2229.2, 2229.3)
    assert rty.below(2229.3) == rty.above(2229.3) == 2229.3


def test_an_unknown_tick_is_the_last_printed_digit():
    assert Instrument.unknown("XYZ").on_grid(10.126) == 10.13


def test_negative_prices_move_to_the_grid_the_same_way():
    assert (multiple_below(-37.635, 0.01), multiple_above(-37.635, 0.01)) == (-37.64, -37.63)


@given(price=st.floats(0.5, 1e5), step=STEPS)
def test_the_grid_brackets_a_price_by_less_than_a_step(price, step):
    low, near, high = multiple_below(price, step), nearest_multiple(price, step), multiple_above(price, step)
    assert low <= near <= high
    assert price - low < step * (1 + 1e-6)
    assert high - price < step * (1 + 1e-6)
    assert {multiple_below(near, step), multiple_above(near, step)} == {near}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"symbol": ""}, "needs a symbol"),
        ({"tick": 0.0}, r"tick 0.0 is not a positive number"),
        ({"tick": float("nan")}, "not a positive number"),
        ({"point_value": -5.0}, "point value -5.0 is not positive"),
        ({"months": "HMUY"}, "no expiry month"),
    ],
)
def test_an_instrument_that_contradicts_itself_is_refused(changes, said):
    with pytest.raises(BadInstrument, match=said):
        future(**changes)
