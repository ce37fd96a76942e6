"""How prices met zones: the kernel for many zones at once says what the plain rules say of each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.formula import evaluate
from levelhead.domain.visits import held_rows, pass_rows, visit_rows
from levelhead.kernels.compiled import compiled_kernels
from levelhead.kernels.zone_visits import met, visit_counts

CLOSES = [105.0, 106, 101, 99, 98, 97, 101, 103, 99, 103, 104, 105, 99]
# zone 100 to 102   above  above in below below ...  in above below above above ... below


def test_a_pass_is_the_second_of_two_closes_on_the_other_side():
    # above from row 1; below at 3 and 4: passed at 4. One close above at 7 is none; above at 9 and 10: passed at 10
    assert pass_rows(CLOSES, 100, 102) == [4, 10]


def test_formulas_count_the_sessions_since():
    values = {"closes": CLOSES, "z.low": 100.0, "z.high": 102.0}
    assert evaluate("since_passed(closes, z.low, z.high)", values) == 2  # row 10 of 0 to 12
    assert evaluate("since_passed_before(closes, z.low, z.high)", values) == 8  # row 4
    bars = {"highs": [110.0, 106, 105, 108, 103], "lows": [105.0, 101, 104, 104, 101], "z.low": 100.0, "z.high": 102.0}
    assert evaluate("since_held(highs, lows, z.low, z.high)", bars) == 3  # visited in row 1, left above in row 2


def passes_one_by_one(closes, bottom, top):
    """As one reads them off a chart."""
    found, accepted, before = [], 0, 0
    for row, close in enumerate(closes):
        side = 1 if close > top else -1 if close < bottom else 0
        if side and side == before:
            if accepted == -side:
                found.append(row)
            accepted = side
        before = side
    return found


prices = st.lists(st.tuples(st.integers(90, 112), st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=60)
zones = st.lists(st.tuples(st.integers(92, 110), st.integers(0, 5)), min_size=1, max_size=5)


@given(prices=prices, zones=zones)
def test_many_zones_at_once_are_met_as_each_alone(prices, zones):
    low = np.array([float(bottom) for bottom, _, _ in prices])
    high = low + [reach for _, reach, _ in prices]
    close = low + [min(at, reach) for _, reach, at in prices]
    bottoms, tops = np.array([float(b) for b, _ in zones]), np.array([float(b + width) for b, width in zones])
    for wanted in (False, True):
        with compiled_kernels(wanted):
            assert_met(high, low, close, bottoms, tops)


def assert_met(high, low, close, bottoms, tops):
    seen = met(high, low, close, bottoms, tops)
    counts = visit_counts(high, low, bottoms, tops)
    for at, (bottom, top) in enumerate(zip(bottoms, tops, strict=True)):
        own = seen.visit_zones == at
        assert seen.visit_rows[own].tolist() == visit_rows(high, low, bottom, top)
        assert seen.visit_rows[own & seen.visit_held].tolist() == held_rows(high, low, bottom, top)
        assert counts[at] == own.sum()
        passed = seen.pass_zones == at
        assert seen.pass_rows[passed].tolist() == pass_rows(close, bottom, top) == passes_one_by_one(close, bottom, top)
        assert seen.pass_sides[passed].tolist() == [1 if close[row] > top else -1 for row in seen.pass_rows[passed]]
