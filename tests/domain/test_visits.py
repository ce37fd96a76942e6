"""Visits of bars to a zone of prices, counted by hand and against the kernel."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.formula import evaluate
from levelhead.domain.visits import held_rows, visit_rows
from levelhead.kernels.zone_visits import visits

# a zone from 100 to 102; bars as (high, low)
BARS = [(110, 105), (106, 101), (105, 100), (108, 104), (103, 99), (98, 95), (101, 97), (99, 96), (110, 104), (102, 101)]
#        above      in          in          above       in        below     in         below     above (gap)  in, not over
HIGHS, LOWS = [float(high) for high, _ in BARS], [float(low) for _, low in BARS]


def test_a_visit_begins_where_a_bar_reaches_the_zone_and_the_one_before_did_not():
    assert visit_rows(HIGHS, LOWS, 100, 102) == [1, 4, 6, 9]
    assert visit_rows(HIGHS[1:], LOWS[1:], 100, 102) == [3, 5, 8], "the first bar has none before it"


def test_a_visit_held_where_price_left_on_the_side_it_came_from():
    # rows 1: from above, left above; 4: from above, left below; 6: from below, left below; 9: not over
    assert held_rows(HIGHS, LOWS, 100, 102) == [1, 6]


def test_a_formula_counts_them():
    values = {"highs": HIGHS, "lows": LOWS, "level.s1.low": 100.0, "level.s1.high": 102.0}
    assert evaluate("visits(highs, lows, level.s1.low, level.s1.high)", values) == 4
    assert evaluate("held(highs, lows, level.s1.low, level.s1.high)", values) == 2


@given(
    prices=st.lists(st.tuples(st.integers(90, 112), st.integers(0, 8)), min_size=1, max_size=60),
    bottom=st.integers(95, 105),
    width=st.integers(0, 6),
)
def test_visits_are_those_of_the_kernel_and_held_ones_are_among_them(prices, bottom, width):
    lows = [float(low) for low, _ in prices]
    highs = [float(low + size) for low, size in prices]
    rows = visit_rows(highs, lows, bottom, bottom + width)
    assert rows == np.flatnonzero(visits(np.array(highs), np.array(lows), bottom, bottom + width)).tolist()
    held = held_rows(highs, lows, bottom, bottom + width)
    assert set(held) <= set(rows)
    # turned upside down, what held holds
    assert held_rows([-low for low in lows], [-high for high in highs], -bottom - width, -bottom) == held
