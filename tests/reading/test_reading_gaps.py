"""Gaps as a note reads them: the nearest open ones, what is left of them, and the one that was filled last."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk

from levelhead.domain.formula import evaluate
from levelhead.reading.gaps import NEWS, gap_facts, gap_occurrences, gaps_of
from levelhead.reading.panel import panel_of
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.settings import Settings

USUAL = Settings()


def quiet_then(*bars):
    """Twenty bars from 100 to 104 that close at 102, so that ATR(14) is 4, then `bars` as high, low, close."""
    high, low, close = np.array([(104, 100, 102)] * 20 + list(bars), dtype=np.float64).T
    return chart(high, low, close, close)


def facts_of(bars, opened=None):
    return gap_facts(bars, opened or gaps_of(bars), panel_of(bars), USUAL)[0]


def test_a_gap_up_lies_open_below_the_price():
    # the last quiet bar traded up to 104, the next one from 108 on: ATR (13 * 4 + 10) / 14
    facts = facts_of(quiet_then((112, 108, 110)))
    assert (facts["gap_below.low"].value, facts["gap_below.high"].value) == (104, 108)
    assert facts["gap_below.status"].value == "open"
    assert facts["gap_below.low"].date == facts["gap_below.status"].date == dt.date(2020, 1, 29)
    assert facts["gap_below.width_atr"].value == pytest.approx(4 / (62 / 14))
    assert facts["gap_below.distance_atr"].value == pytest.approx((108 - 110) / (62 / 14))
    assert facts["gaps.open"].value == 1
    assert "gap_above.low" not in facts


def test_what_is_left_of_a_gap_is_what_nobody_has_traded_at_since():
    facts = facts_of(quiet_then((112, 108, 110), (110, 105, 109)))
    assert (facts["gap_below.low"].value, facts["gap_below.high"].value) == (104, 105)
    assert facts["gap_below.status"].value == "partly filled"


def test_a_gap_down_lies_open_above_the_price():
    facts = facts_of(quiet_then((96, 92, 94), (97, 93, 94)))
    assert (facts["gap_above.low"].value, facts["gap_above.high"].value) == (97, 100)
    assert facts["gap_above.distance_atr"].value > 0


def test_a_gap_is_filled_by_the_first_bar_that_trades_through_all_of_it_and_that_is_news_for_five_bars():
    filled = [(112, 108, 110), (111, 104, 105)]
    facts = facts_of(quiet_then(*filled))
    assert "gap_below.low" not in facts
    assert (facts["gap_filled.low"].value, facts["gap_filled.high"].value) == (104, 108)
    assert facts["gap_filled.status"].date == dt.date(2020, 1, 30)
    quiet = [(106, 104, 105)] * NEWS
    assert "gap_filled.low" in facts_of(quiet_then(*filled, *quiet[:-1]))
    assert "gap_filled.low" not in facts_of(quiet_then(*filled, *quiet))


def test_a_bar_that_has_not_closed_opens_no_gap_but_may_fill_one():
    assert "gap_below.low" not in facts_of(quiet_then((112, 108, 110)).with_last(110.0))
    filling = quiet_then((112, 108, 110), (111, 104, 105)).with_last(105.0)
    assert "gap_below.low" not in facts_of(filling)
    assert {found.kind: len(found) for found in gap_occurrences(gaps_of(filling), 21)} == {
        "gap.up": 1,
        "gap.down": 0,
        "gap.filled": 0,
    }


def test_a_filled_gap_is_an_occurrence_on_the_day_it_was_filled_with_the_side_of_the_fill():
    found = {each.kind: each for each in gap_occurrences(gaps_of(quiet_then((112, 108, 110), (111, 104, 105))), 22)}
    assert (found["gap.up"].known.tolist(), found["gap.up"].direction.tolist()) == ([20], [1])
    filled = found["gap.filled"]
    assert (filled.known.tolist(), filled.happened.tolist(), filled.direction.tolist()) == ([21], [20], [-1])


def test_the_numbers_of_a_gap_recompute_from_the_bars():
    bars = quiet_then((112, 108, 110), (110, 105, 109))
    facts = read(bars).facts
    for name in ("gap_below.low", "gap_below.high", "gap_below.width_atr", "gap_below.distance_atr"):
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9)
        assert evaluate(facts["gaps.open"].formula, facts["gaps.open"].inputs) == 1


def jumping(seed, count):
    """A walk whose days begin far from where the last one ended."""
    bars = walk(seed, count)
    jump = np.round(np.random.default_rng(seed).normal(0, 20, count).cumsum() + 3000)
    return replace(bars, **{name: getattr(bars, name) + jump for name in ("open", "high", "low", "close")})


@given(seed=st.integers(0, 10**6), t=st.integers(20, 299))
def test_what_is_said_of_a_day_does_not_depend_on_later_bars(seed, t):
    bars = jumping(seed, 300)
    early = bars.until(bars.dates[t].astype(object))
    assert facts_of(early, gaps_of(bars)) == facts_of(early)


@given(seed=st.integers(0, 10**6))
def test_no_bar_since_has_traded_at_a_price_of_an_open_gap(seed):
    bars = jumping(seed, 200)
    facts = facts_of(bars)
    for name in ("gap_above", "gap_below"):
        if f"{name}.low" in facts:
            since = bars.dates >= np.datetime64(facts[f"{name}.status"].date)
            bottom, top = facts[f"{name}.low"].value, facts[f"{name}.high"].value
            assert bottom < top
            assert not ((bars.low[since] < top) & (bars.high[since] > bottom)).any()


@pytest.mark.parametrize("t", [500, 1000, 1640, 2000])
def test_gaps_of_real_bars_are_told_alike_with_and_without_what_came_after(shared, t):
    bars = real_bars(shared, "iwm.csv")
    early = bars.until(bars.dates[t].astype(object))
    assert facts_of(early, gaps_of(bars)) == facts_of(early)
