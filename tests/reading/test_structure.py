from __future__ import annotations

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk, with_future

from levelhead.domain.formula import evaluate
from levelhead.reading.settings import Settings
from levelhead.reading.structure import last_swings_of, structure_facts, swings_of

USUAL = Settings()


def zigzag(*turns, leg=8):
    """Bars that run straight from turn to turn, `leg` bars each; lows one point below the highs."""
    path = [np.linspace(a, b, leg, endpoint=False) for a, b in pairwise(turns)]
    return chart(np.r_[np.concatenate(path), turns[-1]])


def structure_of(bars):
    return structure_facts(bars, last_swings_of(bars, swings_of(bars, USUAL)))


def test_a_swing_carries_the_day_it_happened_and_the_day_it_was_known():
    # high in row 8 (11 January is a Saturday: row 8 is Monday 13 January 2020), known five bars later
    (swing,) = swings_of(zigzag(100, 120, 100), USUAL)
    assert (swing.kind, swing.price, swing.index, swing.known_index) == ("high", 120.0, 8, 13)
    assert swing.happened_on == dt.date(2020, 1, 13)
    assert swing.known_on == dt.date(2020, 1, 20)


def test_a_swing_is_not_known_on_its_fourth_bar():
    bars = zigzag(100, 120, 100)
    assert len(swings_of(bars.until(dt.date(2020, 1, 17)), USUAL)) == 0
    assert len(swings_of(bars.until(dt.date(2020, 1, 20)), USUAL)) == 1


def test_a_provisional_bar_confirms_nothing():
    bars = zigzag(100, 120, 100).until(dt.date(2020, 1, 20))
    assert len(swings_of(bars.with_last(bars.last), USUAL)) == 0


def test_swings_come_oldest_first():
    swings = swings_of(zigzag(100, 120, 110, 130, 120, 140, 130), USUAL)
    assert [(s.kind, s.price) for s in swings] == [("high", 120), ("low", 109), ("high", 130), ("low", 119), ("high", 140)]


@pytest.mark.parametrize(
    ("turns", "word"),
    [
        ((100, 120, 110, 130, 120, 128), "higher highs and higher lows"),
        ((130, 140, 120, 130, 110, 120), "lower highs and lower lows"),
        ((100, 120, 110, 130, 105, 120), "higher highs and lower lows"),
        ((100, 130, 105, 120, 110, 118), "lower highs and higher lows"),
    ],
)
def test_structure_compares_the_last_two_swing_highs_and_the_last_two_swing_lows(turns, word):
    facts, unknown = structure_of(zigzag(*turns))
    assert facts["structure.confirmed"].value == word
    assert facts["structure"].value == word
    assert unknown == ()


def test_a_low_undercut_is_a_lower_low_before_the_turn_is_confirmed():
    # swing lows 104 and 109, then a fall straight to 90: confirmed swings still read 'higher lows', the market does not
    facts, _ = structure_of(zigzag(110, 120, 105, 118, 110, 116, 90))
    assert facts["structure.confirmed"].value == "lower highs and higher lows"
    assert facts["structure"].value == "lower highs and lower lows"
    assert facts["structure.lower_low"].value == 89.0
    assert "structure.higher_high" not in facts


def test_a_high_passed_is_a_higher_high_before_the_turn_is_confirmed():
    facts, _ = structure_of(zigzag(110, 120, 105, 118, 110, 130))
    assert facts["structure.confirmed"].value == "lower highs and higher lows"
    assert facts["structure"].value == "higher highs and higher lows"
    assert facts["structure.higher_high"].value == 130.0


def test_two_highs_at_one_price_are_compared_with_the_one_before_them():
    facts, _ = structure_of(zigzag(100, 110, 105, 120, 106, 120, 107, 115))
    assert facts["swing_high_1"].value == facts["swing_high_2"].value == 120.0
    assert facts["structure"].value == "higher highs and higher lows"


def test_without_two_swings_of_each_kind_structure_is_not_yet_known():
    facts, unknown = structure_of(zigzag(100, 120, 100))
    assert set(facts) == {"swing_high_1"}
    assert unknown == (
        "Swing structure needs two confirmed swing highs and two swing lows at different prices; the 17 bars hold 1 and 0.",
    )


def test_swing_facts_can_be_recomputed_from_their_bars():
    bars = walk(3, 300)
    facts, _ = structure_of(bars)
    for name in ("swing_high_1", "swing_high_2", "swing_low_1", "swing_low_2"):
        fact = facts[name]
        (window,) = fact.windows
        rows = (bars.dates >= np.datetime64(window.first)) & (bars.dates <= np.datetime64(window.last))
        column = getattr(bars, window.column)[rows].tolist()
        assert len(column) == window.count == 11
        assert evaluate(fact.formula, {f"{window.column}s": column}) == fact.value
        assert window.last == fact.known_on


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(0, 119))
def test_swings_known_by_a_day_stay_whatever_comes_after(seed, other, t):
    bars = walk(seed, 120)
    then = tuple(swings_of(bars.until(bars.dates[t].astype(object)), USUAL))
    for later in (bars, with_future(bars, t, other)):
        assert tuple(s for s in swings_of(later, USUAL) if s.known_index <= t) == then


def test_structure_of_the_russell_on_13_march_2025_and_8_september_2025(shared):
    bars = real_bars(shared)
    march = bars.until(dt.date(2025, 3, 13)).with_last(2025.7)
    september = bars.until(dt.date(2025, 9, 8)).with_last(2393.0)
    assert structure_of(march)[0]["structure"].value == "lower highs and lower lows"
    assert structure_of(september)[0]["structure"].value == "higher highs and higher lows"
