from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead.desk.compose import compose_note
from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.reading.frames import frame_facts
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.settings import Settings
from levelhead.reading.structure import swings_of

RTY = Instrument(symbol="RTY", name="RTY", short_name="RTY", kind="future", tick=0.1, decimals=1, months="HMUZ")
FIRST = np.datetime64("2024-06-03")


def spliced(close: np.ndarray, day: int, factor: float) -> Bars:
    """A series whose contract changes on row `day`: prices from there on stand `factor` times higher than they would have."""
    close = np.where(np.arange(len(close)) >= day, close * factor, close)
    days = FIRST + np.arange(len(close))
    old = float(close[day - 1])
    roll = Roll(
        date=days[day].item(),
        from_contract="RTYU4",
        to_contract="RTYZ4",
        gap=old * (factor - 1),
        factor=factor,
        estimated=True,
        method="made",
    )
    return Bars(
        instrument=RTY,
        time=days.astype("datetime64[us]"),
        open=close.copy(),
        high=close + 4,
        low=close - 4,
        close=close,
        volume=np.full(len(close), np.nan),
        row=np.arange(len(close)),
        rolls=(roll,),
        frame="as traded",
    )


def flat_then_lower(n: int = 260) -> np.ndarray:
    """In one contract's prices: 2000 with a ripple, and a last price of 1990, below every average."""
    close = 2000.0 + 3 * np.sin(np.arange(n) / 3)
    close[-1] = 1990.0
    return close


def facts_of(bars: Bars) -> dict:
    return dict(read(bars).facts)


def test_a_roll_alone_can_carry_the_price_over_an_average_and_that_is_flagged():
    # the new contract is 1 % dearer from 20 bars before the end: 1990 becomes 2009.9. As traded the 200-day average is about
    # 2000 + 0.1 * 20 = 2002, below the price; in the new contract it is 2020 and the price stands below it
    facts = facts_of(spliced(flat_then_lower(), 240, 1.01))
    assert facts["sma_200.side"].value == "above"
    assert facts["frames.sma_200.side"].value == "below"
    assert facts["frames.sma_200"].value == pytest.approx(2020, abs=1)
    assert facts["sma_200"].value == pytest.approx(2002, abs=1)


def test_the_day_of_the_highest_high_is_flagged_where_the_frames_disagree():
    close = flat_then_lower()
    close[100] = 2015.0
    close[250] = 2010.0
    # as traded 2010 * 1.01 + 4 = 2034.1 is the highest; in one contract it was 2015, now (2015 + 4) * 1.01 = 2039.19
    facts = facts_of(spliced(close, 240, 1.01))
    assert facts["all_time_high"].value == pytest.approx(2034.1)
    assert facts["frames.all_time_high"].value == pytest.approx(2039.19)
    assert facts["frames.all_time_high"].date == (FIRST + 100).item()
    assert facts["all_time_high"].date == (FIRST + 250).item()


def test_a_price_that_a_roll_put_on_the_other_side_of_the_last_is_flagged():
    close = flat_then_lower()
    close[200] = 2001.0
    close[180:200] = np.linspace(1985, 1999, 20)
    close[201:220] = np.linspace(1999, 1985, 19)
    close[220:] = np.linspace(1984, 1990, 40)
    facts = facts_of(spliced(close, 240, 1.01))
    # the swing high of 2005 lies below 2009.9 as traded; in the new contract it is 2025.05
    assert facts["swing_high_1"].value == pytest.approx(2005.0)
    assert facts["frames.swing_high_1"].value == pytest.approx(2025.05)


def test_every_number_of_the_frames_can_be_computed_anew():
    bars = spliced(flat_then_lower(), 240, 1.01)
    facts = facts_of(bars)
    checked = [name for name, fact in facts.items() if name.startswith(("frames", "roll")) and not isinstance(fact.value, str)]
    assert {"frames.sma_200", "roll.gap", "roll.factor", "frames.all_time_high", "frames.disagreements"} <= set(checked)
    for name in checked:
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9)


def test_the_day_of_a_roll_has_the_change_and_range_of_the_new_contract():
    close = flat_then_lower()
    bars = spliced(close, 259, 1.01)
    alone = replace(
        spliced(close, 259, 1.01), close=close * 1.01, open=close * 1.01, high=close * 1.01 + 4, low=close * 1.01 - 4, rolls=()
    )
    facts, one_contract = facts_of(bars), facts_of(alone)
    # 1990 * 1.01 less the close before in the new contract
    assert facts["change"].value == pytest.approx(1.01 * (close[259] - close[258]))
    assert facts["change_pct"].value == pytest.approx(one_contract["change_pct"].value)
    for name in ("change", "change_pct", "atr_14"):
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9)
    # the range of the last bar reaches from the new contract's previous close; the gap of 20 points is in no true range
    assert facts["atr_14"].value < facts_of(replace(bars, rolls=()))["atr_14"].value + 1e-9
    assert facts["atr_14"].value == pytest.approx(one_contract["atr_14"].value, rel=0.01)


def test_read_in_the_adjusted_frame_the_other_one_is_as_traded():
    bars = spliced(flat_then_lower(), 240, 1.01)
    traded, adjusted = facts_of(bars), facts_of(back_adjusted(bars))
    assert adjusted["sma_200.side"].value == "below"
    assert adjusted["frames.sma_200.side"].value == "above"
    assert adjusted["frames.all_time_high"].value == pytest.approx(traded["all_time_high"].value)
    assert adjusted["sma_200"].value == pytest.approx(traded["frames.sma_200"].value)


def test_frames_that_agree_flag_nothing():
    facts = facts_of(spliced(flat_then_lower(), 240, 1.0000001))
    assert facts["frames.disagreements"].value == 0
    assert [name for name in facts if name.startswith("frames.")] == ["frames.all_time_high", "frames.disagreements"]


def test_without_rolls_there_is_nothing_to_say():
    bars = replace(spliced(flat_then_lower(), 240, 1.01), rolls=())
    assert frame_facts(bars, {}, Settings()) == ({}, ())
    assert not [name for name in facts_of(bars) if name.startswith(("frames", "roll"))]


def test_on_a_day_before_the_roll_nothing_of_it_is_read():
    bars = spliced(flat_then_lower(), 240, 1.01)
    early = bars.until(bars.dates[239].item())
    without = replace(early, rolls=())
    assert dict(read(early).facts) == dict(read(without).facts)
    assert early.as_of == dt.date(2024, 6, 3) + dt.timedelta(days=239)


def rising_swings(step: float, day: int, factor: float) -> Bars:
    """Swing highs 20 bars apart, each `step` above the one before in one contract, and lows as much; a roll on row `day`."""
    rows = np.arange(260)
    close = 2000 + step * (rows // 20) + 30 * np.abs((rows % 20) - 10) / 10
    return spliced(close, day, factor)


def test_a_roll_makes_no_lower_high():
    # every swing high stands 5 points above the one before; the new contract, from row 225 on, is 1 % cheaper: as quoted the
    # last high, of row 240, has fallen by 20 - 5 points, and in one contract it has risen
    bars = rising_swings(5.0, 225, 0.99)
    facts = facts_of(bars)
    assert facts["swing_high_1"].date == (FIRST + 240).item()
    assert facts["swing_high_1"].value < facts["swing_high_2"].value
    assert facts["structure"].value == "higher highs and higher lows"
    assert "higher highs and higher lows" not in facts["frames.structure"].value
    assert "in the last contract's prices" in facts["structure"].formula


def test_a_swing_is_quoted_as_it_traded_on_its_day_and_found_in_one_contract():
    # row 222 is the highest within five bars on either side in one contract; the roll of row 224 lifts the quotes after it
    # above it, so that an unadjusted chart shows no turn there
    close = 2000.0 + np.zeros(260)
    close[217:228] = [2004, 2008, 2012, 2016, 2020, 2024, 2022, 2020, 2018, 2016, 2012]
    bars = spliced(close, 224, 1.02)
    facts = facts_of(bars)
    assert facts["swing_high_1"].date == (FIRST + 222).item()
    assert facts["swing_high_1"].value == 2024.0 + 4
    assert "quoted as traded on its day" in facts["swing_high_1"].meaning
    assert facts["swing_high_1"].windows[0].count == 1
    assert recompute("swing_high_1", facts, bars, {}) == facts["swing_high_1"].value
    assert "swing_high_1" not in facts_of(replace(bars, rolls=())) or (
        facts_of(replace(bars, rolls=()))["swing_high_1"].date != facts["swing_high_1"].date
    )


def test_the_slope_of_an_average_leaves_the_gap_out_and_the_other_slope_is_flagged():
    # flat but for a ripple; the roll of row 250 lifts ten closes by 20 points: the 50-day average by 10 / 50 of that, 4 points,
    # which is half an ATR(14) of 8
    close = 2000.0 + 0.01 * np.sin(np.arange(260) / 3)
    bars = spliced(close, 250, 1.01)
    facts = facts_of(bars)
    assert facts["sma_50.slope"].value == "flat"
    assert facts["sma_50.slope_atr"].value == pytest.approx(0, abs=0.01)
    assert facts["sma_50"].value - facts["sma_50.before"].value == pytest.approx(4.0, abs=0.05)
    assert facts["sma_50.slope_atr"].inputs["by_rolls"] == pytest.approx(4.0, abs=0.05)
    assert facts["frames.sma_50.slope"].value == "up"
    assert facts["frames.sma_50.slope_atr"].value == pytest.approx(0.5, abs=0.02)
    for name in ("sma_50.slope_atr", "frames.sma_50.slope_atr"):
        assert recompute(name, facts, bars, {}) == pytest.approx(facts[name].value, rel=1e-9)


def test_geometry_is_the_same_in_both_frames_of_levels():
    bars = rising_swings(5.0, 225, 0.99)
    traded, adjusted = facts_of(bars), facts_of(back_adjusted(bars))
    for name in ("structure", "sma_50.slope", "sma_200.slope"):
        assert traded[name].value == adjusted[name].value
    assert traded["sma_50.slope_atr"].value == pytest.approx(adjusted["sma_50.slope_atr"].value, rel=0.02)
    assert traded["frames.structure"].value == adjusted["frames.structure"].value


def test_the_frames_part_on_the_primary_trend_and_the_note_says_so():
    # a market that falls by half a point a day, in contracts each a per cent dearer than the one before
    close = 2400.0 - 0.5 * np.arange(260) + 12 * np.sin(np.arange(260) / 4)
    bars = spliced(close, 200, 1.08)
    note = compose_note(bars)
    assert note.facts["frames.trend.back_adjusted"].value == "bearish"
    assert note.facts["frames.trend.as_traded"].value != "bearish"
    section = note.section("frames")
    assert section is not None
    assert (
        "The primary trend is {frames.trend.as_traded} as traded and {frames.trend.back_adjusted} back-adjusted"
        in section.paragraphs[1]
    )


def test_a_return_over_a_roll_is_that_of_one_contract():
    # 1 % of roll within the last 20 days: the price has not moved, and neither has the peer
    bars = spliced(np.full(260, 2000.0) + 0.01 * np.sin(np.arange(260)), 250, 1.01)
    peer = replace(bars, instrument=Instrument.unknown("RUT"), rolls=(), close=np.full(260, 1990.0), frame="as given")
    for frame in (bars, back_adjusted(bars), back_adjusted(bars, "difference")):
        facts = dict(read(frame, peers={"RUT": peer}).facts)
        for name in ("relative.RUT.return_20", "relative.RUT.return_60"):
            assert facts[name].value == pytest.approx(0, abs=0.005)
            assert recompute(name, facts, frame, {"RUT": peer}) == pytest.approx(facts[name].value, rel=1e-9, abs=1e-12)
        assert facts["relative.RUT.standing"].value in ("keeps pace", "leads", "lags", "mixed")


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_swings_known_on_a_day_are_those_found_on_the_bars_up_to_it(seed, data):
    random = np.random.default_rng(seed)
    day = data.draw(st.integers(30, 230))
    bars = spliced(2000 * np.exp(np.cumsum(random.normal(0, 0.01, 260))), day, data.draw(st.floats(0.97, 1.03)))
    t = data.draw(st.integers(40, 258))
    early = bars.until((FIRST + t).item())
    rewritten = replace(bars, close=np.where(np.arange(260) > t, bars.close * 0.9, bars.close), low=bars.low * 0.9)
    rewritten = replace(
        rewritten,
        low=np.where(np.arange(260) > t, bars.low * 0.85, bars.low),
        high=np.where(np.arange(260) > t, bars.high * 1.1, bars.high),
    )
    then = [(s.index, s.kind, s.price) for s in swings_of(early, Settings())]
    for later in (bars, rewritten):
        assert [(s.index, s.kind, s.price) for s in swings_of(later, Settings()) if s.known_index <= t] == then
        assert [*swings_of(later.until((FIRST + t).item()), Settings())] == [*swings_of(early, Settings())]
