"""Candles as a note reads them: named, in their trend, with the price that must hold."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk, with_future
from numpy.testing import assert_array_equal

from levelhead.reading.candle_kinds import CANDLES
from levelhead.reading.candles import candle_facts, candle_occurrences, candles_of

DECLINE = [200.0 - 2 * i for i in range(20)]


def declining_then(*bars):
    """Twenty falling bars from 200 to 162, each two points tall with a close at its low, then `bars` as open, high, low, close."""
    rows = [(c + 2, c + 2, c, c) for c in DECLINE] + list(bars)
    open_, high, low, close = np.array(rows, dtype=np.float64).T
    return chart(high, low, close, open_)


ENGULFED = [(162, 163, 154, 155), (155, 160, 153, 159), (159, 165, 158, 164)]


def facts_of(bars):
    return candle_facts(bars, candles_of(bars))[0]


def test_a_two_day_bullish_engulfing_after_a_decline_names_the_low_that_must_hold():
    facts = facts_of(declining_then(*ENGULFED))
    assert facts["candles"].value == "two-day bullish engulfing"
    assert facts["candles.direction"].value == "bullish"
    assert facts["candles.low"].value == 153.0
    assert facts["candles.status"].value == "holds"
    assert facts["candles"].date == facts["candles.low"].windows[0].last
    assert facts["candles.low"].windows[0].count == 3


def test_the_same_bars_after_an_advance_are_no_bullish_engulfing():
    rows = [(c, c + 2, c, c + 2) for c in reversed(DECLINE)]
    open_, high, low, close = np.array([*rows, (240, 241, 232, 233), (233, 238, 231, 237), (237, 243, 236, 242)]).T
    bars = chart(high, low, close, open_)
    assert "two-day bullish engulfing" not in facts_of(bars)["candles.last_bar"].value


def test_a_close_below_its_low_ends_it():
    assert facts_of(declining_then(*ENGULFED, (164, 164, 152, 152.5)))["candles.status"].value == "lost"
    assert facts_of(declining_then(*ENGULFED, (164, 164, 152, 153.5)))["candles.status"].value == "holds"


def test_after_three_bars_it_is_no_news():
    quiet = [(164, 164.2, 163.8, 164), (164, 164.2, 163.8, 164), (164, 164.2, 163.8, 164)]
    assert facts_of(declining_then(*ENGULFED, *quiet[:2]))["candles"].value == "two-day bullish engulfing"
    assert facts_of(declining_then(*ENGULFED, *quiet))["candles"].value != "two-day bullish engulfing"


def test_a_candle_of_a_bar_that_has_not_closed_is_only_forming():
    bars = declining_then(*ENGULFED)
    facts = facts_of(bars.with_last(164.0))
    assert (facts["candles"].value, facts["candles.status"].value) == ("two-day bullish engulfing", "forming")
    kinds = {found.kind: found for found in candle_occurrences(candles_of(bars.with_last(164.0)))}
    assert len(kinds["candle.two_day_engulfing"]) == 0
    assert len({f.kind: f for f in candle_occurrences(candles_of(bars))}["candle.two_day_engulfing"]) == 1


def test_an_inside_day_is_told_from_an_outside_day():
    assert facts_of(chart([10, 9.5], [5, 6]))["day_range"].value == "inside day"
    assert facts_of(chart([10, 11], [5, 4]))["day_range"].value == "outside day"
    assert facts_of(chart([10, 11], [5, 6]))["day_range"].value == "neither"


def test_with_fifteen_bars_the_trend_before_a_candle_is_not_known():
    facts, unknown = candle_facts(walk(1, 15), candles_of(walk(1, 15)))
    assert set(facts) == {"day_range"}
    assert unknown == ("The trend before a candle needs 16 bars; there are 15.",)


def test_there_are_61_patterns_of_talib_and_our_own():
    assert len({kind.function for kind in CANDLES if kind.function}) == 61
    assert [kind.key for kind in CANDLES if not kind.function] == ["two_day_engulfing"]
    assert len({kind.key for kind in CANDLES}) == 62


@given(seed=st.integers(0, 10**6))
def test_no_bar_bears_two_opposite_names(seed):
    signs = candles_of(walk(seed, 400)).signs
    assert not ((signs == 1).any(axis=0) & (signs == -1).any(axis=0)).any()


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(0, 199))
def test_candles_stay_whatever_comes_after(seed, other, t):
    bars = walk(seed, 200)
    early = bars.until(bars.dates[t].astype(object))
    for later in (bars, with_future(bars, t, other)):
        found = candles_of(later)
        assert_array_equal(found.signs[:, : t + 1], candles_of(early).signs)
        assert candle_facts(early, found) == candle_facts(early, candles_of(early))


def test_a_reversal_stands_only_against_the_trend_before_it_on_real_bars(shared):
    bars = real_bars(shared)
    signs = candles_of(bars).signs[[kind.key for kind in CANDLES].index("engulfing")]
    for row in np.flatnonzero(signs):
        before = bars.close[: row - 1]  # up to the bar before the first of two
        mean, earlier = before[-10:].mean(), before[-15:-5].mean()
        assert (before[-1] - mean) * signs[row] < 0
        assert (mean - earlier) * signs[row] < 0
    assert 40 < np.count_nonzero(signs) < 90


def test_the_two_day_engulfing_of_note_000_comes_out_of_its_bars(shared):
    # the note: 'two-day bullish engulfing', low 2,302; the bars of the feed have 2,300.7 on 21 November
    bars = real_bars(shared, "rty.csv").until(dt.date(2025, 11, 24)).with_last(2418.8)
    facts = facts_of(bars)
    assert facts["candles"].value == "two-day bullish engulfing"
    assert facts["candles.low"].value == pytest.approx(2300.7)
    assert facts["candles.low"].date == dt.date(2025, 11, 21)
