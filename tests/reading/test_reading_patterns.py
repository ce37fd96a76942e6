"""Chart patterns as a note reads them: points, neckline, status and measured move, each with its dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_charts import chart, real_bars, walk, with_future
from made_patterns import CHARTS, DOUBLE_BOTTOM, drawn

from levelhead.domain.roll import Roll
from levelhead.kernels.patterns import RANKED
from levelhead.reading.panel import panel_of
from levelhead.reading.patterns import MOST, NEWS, pattern_facts, pattern_occurrences, patterns_of
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute


def bars_of(corners, *more, until=None):
    """The chart of a pattern, its first bars up to row `until`."""
    return chart(*(column[:until] for column in drawn(corners, *more)))


def facts_of(bars, found=None):
    return pattern_facts(bars, found or patterns_of(bars), panel_of(bars))[0]


def weekday(row):
    return np.busday_offset("2020-01-01", row, roll="forward").astype(object)


def told(facts, name="pattern_1"):
    return facts[name].value, facts[f"{name}.status"].value, facts[f"{name}.status"].date


# Lows of 119 in rows 85 and 115, the high of 151 in row 100; known in row 117, confirmed by the close of 152 in row 131.
def test_a_pattern_that_forms_has_its_points_its_neckline_and_what_would_undo_it():
    facts = facts_of(bars_of(DOUBLE_BOTTOM, until=121))
    assert told(facts) == ("double bottom", "forming", weekday(117))
    assert (facts["pattern_1"].date, facts["pattern_1"].known_on) == (weekday(85), weekday(117))
    points = [facts[f"pattern_1.point_{at}"] for at in (1, 2, 3)]
    assert [(p.value, p.date) for p in points] == [(119, weekday(85)), (151, weekday(100)), (119, weekday(115))]
    assert points[-1].known_on == weekday(117)
    assert (facts["pattern_1.neckline"].value, facts["pattern_1.failure"].value) == (151, 119)
    assert facts["pattern_1.target"].value == 151 + 32
    assert facts["pattern_1.side"].value == "bullish"
    assert facts["patterns.count"].value == 1


def test_it_is_not_there_the_day_before_its_last_point_is_known():
    facts = facts_of(bars_of(DOUBLE_BOTTOM, until=117))
    assert list(facts) == ["patterns.count"]
    assert facts["patterns.count"].value == 0


def test_it_is_confirmed_on_the_day_of_the_close_above_its_neckline():
    assert told(facts_of(bars_of(DOUBLE_BOTTOM, until=131)))[1:] == ("forming", weekday(117))
    facts = facts_of(bars_of(DOUBLE_BOTTOM))
    assert told(facts)[1:] == ("confirmed", weekday(131))
    assert facts["pattern_1.neckline"].date == weekday(131)
    # the last close: 162
    assert facts["pattern_1.target_atr"].value == pytest.approx((183 - 162) / panel_of(bars_of(DOUBLE_BOTTOM)).atr[-1])


def test_a_target_that_was_met_is_news_for_ten_bars():
    # a high of 183 with the close of 182 in row 146
    rise = np.arange(164.0, 183.0, 2.0)
    for quiet, is_told in ((NEWS - 1, True), (NEWS, False)):
        facts = facts_of(bars_of(DOUBLE_BOTTOM, *rise, *[182.0] * quiet))
        assert ("pattern_1" in facts) is is_told
        if is_told:
            assert told(facts)[1:] == ("target met", weekday(146))


def test_a_failure_has_the_day_of_the_close_that_undid_it():
    facts = facts_of(bars_of(DOUBLE_BOTTOM, 150, 140, 130, 120, 118))
    assert told(facts)[1:] == ("failed", weekday(141))
    assert (facts["pattern_1.neckline"].date, facts["pattern_1.failure"].value) == (weekday(131), 119)


def test_a_bar_that_has_not_closed_confirms_nothing():
    bars = bars_of(DOUBLE_BOTTOM, until=132)
    assert told(facts_of(bars))[1] == "confirmed"
    forming = facts_of(bars.with_last(152.0))
    assert told(forming)[1] == "forming"


def test_a_pattern_that_may_break_either_way_has_two_lines_until_it_does():
    before, after = facts_of(bars_of(CHARTS["rectangle"], until=128)), facts_of(bars_of(CHARTS["rectangle"]))
    assert (before["pattern_1.side"].value, after["pattern_1.side"].value) == ("either way", "bullish")
    assert (before["pattern_1.upper"].value, before["pattern_1.lower"].value) == (151, 131)
    assert "pattern_1.target" not in before
    assert (after["pattern_1.neckline"].value, after["pattern_1.failure"].value, after["pattern_1.target"].value) == (151, 131, 171)


def test_the_line_of_a_triangle_stands_elsewhere_every_day_until_it_breaks():
    # lows of 119 in row 100 and 131 in row 124: half a point a bar; 139.5 in row 141
    facts = facts_of(bars_of(CHARTS["ascending_triangle"], until=142))
    assert (facts["pattern_1.failure"].value, facts["pattern_1.neckline"].value) == (139.5, 151)


def test_the_numbers_of_a_pattern_recompute_from_the_bars():
    for corners in CHARTS.values():
        for until in (-3, None):
            bars = bars_of(corners, until=until)
            facts = read(bars).facts
            named = [name for name in facts if name.startswith("pattern_") and not isinstance(facts[name].value, str)]
            assert len(named) >= 5
            for name in named:
                assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9), name


def test_across_a_roll_points_are_as_traded_and_the_neckline_is_in_the_last_contracts_prices():
    bars = bars_of(DOUBLE_BOTTOM, until=125)
    roll = Roll(
        date=weekday(110), from_contract="RTYM0", to_contract="RTYU0", gap=2.0, factor=1.02, method="given", estimated=False
    )
    early = np.arange(len(bars)) < 110
    columns = {name: np.where(early, getattr(bars, name) / 1.02, getattr(bars, name)) for name in ("open", "high", "low", "close")}
    facts = facts_of(replace(bars, rolls=(roll,), **columns))
    assert facts["pattern_1.point_1"].value == pytest.approx(119 / 1.02)
    assert facts["pattern_1.point_3"].value == 119
    assert facts["pattern_1.neckline"].value == pytest.approx(151)


def test_a_confirmation_is_an_occurrence_with_the_side_to_which_it_broke():
    occurred = {each.kind: each for each in pattern_occurrences(patterns_of(bars_of(DOUBLE_BOTTOM)))}
    assert set(occurred) == {f"pattern.{kind}" for kind in RANKED}
    one = occurred["pattern.double_bottom"]
    assert (one.known.tolist(), one.happened.tolist(), one.direction.tolist()) == ([131], [131], [1])
    assert sum(len(each) for each in occurred.values()) == 1


def test_every_kind_has_its_rule_in_one_sentence():
    for corners in CHARTS.values():
        for bars in (bars_of(corners), chart(*(400 - column for column in np.array(drawn(corners))[[1, 0, 2]]))):
            fact = facts_of(bars)["pattern_1"]
            assert fact.formula.endswith(".")
            assert fact.formula.count(".") == 1


@given(seed=st.integers(0, 10**6), other=st.integers(0, 10**6), t=st.integers(20, 499))
def test_what_is_said_of_a_day_stays_whatever_comes_after(seed, other, t):
    bars = walk(seed, 500)
    early = bars.until(bars.dates[t].astype(object))
    then = facts_of(early)
    for later in (bars, with_future(bars, t, other)):
        assert facts_of(early, patterns_of(later)) == then


@pytest.mark.parametrize("name", ["rty_tv.csv", "iwm.csv"])
def test_what_is_said_of_days_of_real_bars_is_what_was_said_on_them(shared, name):
    bars = real_bars(shared, name)
    whole, met = patterns_of(bars), 0
    for t in range(100, len(bars), 41):
        early = bars.until(bars.dates[t].astype(object))
        facts = facts_of(early, whole)
        assert facts == facts_of(early)
        met += len(facts) > 1
    assert met > 10


def test_a_pattern_of_real_bars_keeps_its_number_and_its_points(shared):
    bars = real_bars(shared, "iwm.csv")
    found = patterns_of(bars)
    before, kept = {}, 0
    for t in range(len(bars)):
        now = dict(found.told_at(t))
        assert len(now) <= MOST
        for slot, pattern in now.items():
            assert before.get(slot) is pattern or pattern.shape.known == t  # the same as yesterday, or known today
            kept += before.get(slot) is pattern
        before = now
    assert kept > 500


def test_the_head_and_shoulders_bottom_of_autumn_2023_was_confirmed_in_mid_november(shared):
    # Russell 2000: lows of 4 and 27 October and 10 November 2023; the jump after the CPI of 14 November
    facts = facts_of(real_bars(shared, "iwm.csv").until(dt.date(2023, 11, 20)))
    (name,) = [name for name in ("pattern_1", "pattern_2") if name in facts]
    assert told(facts, name) == ("inverse head and shoulders", "confirmed", dt.date(2023, 11, 14))
    assert facts[f"{name}.point_3"].date == dt.date(2023, 10, 27)
