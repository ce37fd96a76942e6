"""What stands on a ladder and where it comes from: every source by hand, and the names that last."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart, real_bars, walk, with_future

from levelhead.domain.errors import BadSettings
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table
from levelhead.reading.levels import levels_of
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.settings import PIVOTS, Settings
from levelhead.reading.whole import whole_of

USUAL = Settings()


def sources_of(bars, sessions=None, settings=USUAL):
    whole = whole_of(bars, settings)
    return {level.source.name: level for level in levels_of(bars, whole.levels, whole.panel, sessions, settings)}


def prices_of(bars, sessions=None, settings=USUAL):
    return {name: level.price for name, level in sources_of(bars, sessions, settings).items()}


def with_volume(bars, volume=1000.0):
    return replace(bars, volume=np.full(len(bars), volume))


def a_rise_and_a_fall():
    """Thirty flat days around 100, down to 80 by 2 a day, up to 120, and down to 100; each bar reaches one point either side."""
    closes = [100.0] * 30 + [100.0 - 2 * i for i in range(1, 11)] + [80.0 + 2 * i for i in range(1, 21)]
    closes += [120.0 - 2 * i for i in range(1, 11)]
    close = np.array(closes)
    return chart(close + 1, close - 1, close)


def test_the_ladder_has_highs_and_lows_of_day_week_month_quarter_and_year():
    bars = walk(3, 600, first="2022-01-03").until(dt.date(2024, 2, 14))  # a Wednesday
    found = prices_of(bars, settings=Settings(reach_atr=1000))
    days = bars.dates.astype("datetime64[D]")
    spans = {
        "this_day": ("2024-02-14", "2024-02-14"),
        "prior_week": ("2024-02-05", "2024-02-11"),
        "prior_month": ("2024-01-01", "2024-01-31"),
        "prior_quarter": ("2023-10-01", "2023-12-31"),
        "prior_year": ("2023-01-01", "2023-12-31"),
    }
    for name, (first, last) in spans.items():
        inside = (days >= np.datetime64(first)) & (days <= np.datetime64(last))
        assert found[f"{name}.high"] == bars.high[inside].max()
        assert found[f"{name}.low"] == bars.low[inside].min()
    assert found["prior_year.close"] == bars.close[days <= np.datetime64("2023-12-31")][-1]
    for name, first in {"this_year": "2024-01-01", "this_quarter": "2024-01-01", "this_month": "2024-02-01"}.items():
        assert found[f"{name}.open"] == bars.open[days >= np.datetime64(first)][0]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("day", "2024-02-14", "2024-02-14"),
        ("week", "2024-02-05", "2024-02-11"),
        ("month", "2024-01-01", "2024-01-31"),
        ("year", "2023-01-01", "2023-12-31"),
    ],
)
def test_pivots_of_four_periods_come_from_the_period_before(period, first, last):
    bars = walk(3, 600, first="2022-01-03").until(dt.date(2024, 2, 14))
    found = prices_of(bars, settings=Settings(reach_atr=1000))
    inside = (bars.dates >= np.datetime64(first)) & (bars.dates <= np.datetime64(last))
    high, low, close = bars.high[inside].max(), bars.low[inside].min(), bars.close[inside][-1]
    middle = (high + low + close) / 3
    assert found[f"pivot_{period}_traditional.p"] == pytest.approx(middle)
    assert found[f"pivot_{period}_traditional.r1"] == pytest.approx(2 * middle - low)
    assert found[f"pivot_{period}_traditional.s3"] == pytest.approx(2 * middle - (2 * high - low))


def test_all_six_kinds_may_stand_on_the_ladder():
    bars = walk(3, 600, first="2022-01-03").until(dt.date(2024, 2, 14))
    found = prices_of(bars, settings=Settings(reach_atr=1000, ladder_pivots=tuple(sorted(PIVOTS))))
    assert {
        f"pivot_{period}_{kind}.r1" for period in ("day", "week", "month", "year") for kind in PIVOTS - {"woodie"}
    } <= found.keys()
    with pytest.raises(BadSettings, match=r"reading.ladder_pivots holds 'weekly'"):
        Settings(ladder_pivots=("weekly",))


def test_however_many_days_are_read_no_more_is_kept_of_their_levels():
    bars = walk(5, 1500, first="2018-01-01")
    whole = whole_of(bars, USUAL)
    sizes = []
    for t in range(300, 1500, 3):
        then = bars.until(bars.dates[t].item())
        levels_of(then, whole.levels, whole.panel, None, USUAL)
        sizes.append(len(whole.levels.kept))
    assert max(sizes) == 7  # high and low of all time, of 52 weeks and of the year, and the last major leg


def test_each_reading_has_the_kinds_of_pivots_that_it_asked_for():
    bars = walk(3, 600, first="2022-01-03").until(dt.date(2024, 2, 14))
    whole = whole_of(bars, USUAL)
    for kinds in (("traditional",), ("demark", "woodie"), ("traditional",)):
        settings = Settings(reach_atr=1000, ladder_pivots=kinds)
        found = levels_of(bars, whole.levels, whole.panel, None, settings)
        assert {level.source.name.partition(".")[0] for level in found if level.source.kind == "pivot"} == {
            f"pivot_{period}_{kind}"
            for period in ("day", "week", "month", "year")
            for kind in kinds
            if (period, kind) != ("day", "woodie")
        }


def test_on_a_weeks_and_a_months_last_session_the_next_ones_pivots_stand_on_the_ladder():
    bars, table = walk(3, 600, first="2022-01-03"), session_table("XNYS")
    friday = sources_of(bars.until(dt.date(2024, 2, 16)), table, Settings(reach_atr=1000))
    assert friday["pivot_week_next_traditional.p"].source.label == "next week's pivot P"
    assert friday["this_week.high"].source.label == "this week's high"
    assert not {"pivot_week_traditional.p", "prior_week.high"} & friday.keys()
    assert "pivot_month_traditional.p" in friday
    end = sources_of(bars.until(dt.date(2024, 2, 29)), table, Settings(reach_atr=1000))
    assert end["pivot_month_next_traditional.p"].source.key == "pivot_month_2024_02_traditional_p"
    march = sources_of(bars.until(dt.date(2024, 3, 5)), table, Settings(reach_atr=1000))
    assert march["pivot_month_traditional.p"].source.key == "pivot_month_2024_02_traditional_p"


def test_a_bar_that_has_not_closed_is_no_finished_day():
    bars = walk(3, 600)
    forming = bars.with_last(float(bars.close[-1]))
    assert prices_of(bars, settings=Settings(reach_atr=1000))["this_day.high"] == bars.high[-1]
    found = prices_of(forming, settings=Settings(reach_atr=1000))
    assert "this_day.high" not in found
    assert found["prior_day.high"] == bars.high[-2]


def test_retracements_and_extensions_are_of_the_last_major_leg():
    # from the low of 79 to the high of 121: 42 points; 121 - 21 = 100, 121 - 0.618 * 42 = 95.044, 79 + 1.272 * 42 = 132.424
    found = sources_of(a_rise_and_a_fall())
    assert found["fibonacci.retracement_500"].price == pytest.approx(100)
    assert found["fibonacci.retracement_618"].price == pytest.approx(95.044)
    assert found["fibonacci.extension_1272"].price == pytest.approx(132.424)
    assert found["fibonacci.retracement_382"].source.label.startswith("38.2 % retracement of the rise from ")


def test_a_major_leg_is_known_when_the_close_has_come_back_by_five_atr():
    bars = a_rise_and_a_fall()
    top = 59  # row of the high: 30 flat, 10 down, 20 up
    known = next(
        n for n in range(top, len(bars)) if "retracement of the rise" in str(sources_of(bars.until(bars.dates[n].astype(object))))
    )
    atr = whole_of(bars, USUAL).panel.atr[top]
    assert 121 - bars.close[known] >= 5 * atr > 121 - bars.close[known - 1]


def test_an_open_gap_gives_what_is_left_of_it():
    # 99 to 101, then a bar from 106 to 108, and one that comes back to 103.5: nobody traded between 101 and 103.5
    high, low = [101.0] * 30 + [108, 108, 108], [99.0] * 30 + [106, 103.5, 105]
    bars = chart(high, low, [(top + bottom) / 2 for top, bottom in zip(high, low, strict=True)])
    day = f"{bars.dates[30].astype(object):%Y_%m_%d}"
    found = prices_of(bars)
    assert found[f"gap_{day}.low"] == 101
    assert found[f"gap_{day}.high"] == 103.5
    filled = chart([*high, 106], [*low, 100.5], [*((top + bottom) / 2 for top, bottom in zip(high, low, strict=True)), 101])
    assert not [name for name in prices_of(filled) if name.startswith("gap_")]


def test_the_anchored_average_is_what_was_paid_since_the_last_major_swing():
    bars = with_volume(a_rise_and_a_fall())
    swing = int(bars.high.argmax())
    name = f"vwap_{bars.dates[swing].astype(object):%Y_%m_%d}"
    since = slice(swing, None)
    assert prices_of(bars)[name] == pytest.approx(np.mean((bars.high[since] + bars.low[since] + bars.close[since]) / 3))


def test_the_volume_profile_of_a_flat_year_by_hand():
    # every bar 99 to 101: rows of 0.5 (a quarter of the range), four alike; nearest the middle 100 to 100.5; two below join it
    found = prices_of(with_volume(chart([101.0] * 260, [99.0] * 260, [100.0] * 260)))
    assert found["profile.poc"] == 100.25
    assert (found["profile.value_low"], found["profile.value_high"]) == (99.0, 100.5)


def test_without_volume_there_is_no_profile_and_no_average_by_volume():
    bars = a_rise_and_a_fall()
    year = chart([101.0] * 260, [99.0] * 260, [100.0] * 260)
    unknown = with_volume(year)
    unknown.volume.flags.writeable = True
    unknown.volume[200] = np.nan
    for without in (bars, year, unknown):
        assert not [name for name in prices_of(without) if name.startswith(("profile", "vwap_"))]


def test_a_profile_of_daily_bars_says_that_it_is_approximated():
    facts = read(with_volume(chart([101.0] * 260, [99.0] * 260, [100.0] * 260))).facts
    assert "approximated" in facts["profile.poc"].meaning


@pytest.mark.parametrize("kinds", [("traditional",), ("camarilla", "woodie"), ("demark", "classic", "fibonacci")])
def test_every_level_on_real_ladders_is_a_fact_that_recomputes(kinds, shared):
    bars, settings = read_bars(shared / "data" / "rty.csv", find_instrument("RTY")), Settings(ladder_pivots=kinds)
    whole, table = whole_of(bars, settings), session_table(bars.instrument.calendar)
    kinds_seen = set()
    for day in bars.dates[600::140].tolist():
        then = bars.until(day)
        reading = read(then, whole=whole, settings=settings, sessions=table)
        for level in (level for zone in reading.zones for level in zone.levels if level.kind != "round"):
            assert reading.facts[level.source].value == pytest.approx(level.price, rel=1e-12)
            assert recompute(level.source, reading.facts, then, {}) == pytest.approx(level.price, rel=1e-9)
            kinds_seen.add(level.kind)
    assert kinds_seen >= {"average", "pivot", "swing", "extreme", "anchor", "fibonacci", "gap", "line", "profile", "vwap"}


def test_a_name_is_never_given_to_another_thing_and_zones_that_stay_keep_theirs(shared):
    # 600 days: a name that holds a date is that bar's extreme, a round number's is that number; nine in ten zones that stay keep it
    bars = real_bars(shared)
    whole = whole_of(bars, USUAL)
    before, stayed, kept = None, 0, 0
    for t in range(len(bars) - 600, len(bars)):
        reading = read(bars.until(bars.dates[t].astype(object)), whole=whole)
        near = 0.25 * float(whole.panel.atr[t])
        for zone in reading.zones:
            if zone.key.startswith(("high_", "low_")):
                side, _, made_on = zone.key.partition("_")
                row = int(np.searchsorted(bars.dates, np.datetime64(made_on.replace("_", "-"))))
                assert zone.low - 0.1 <= getattr(bars, side)[row] <= zone.high + 0.1
            if zone.key.startswith("round_"):
                assert zone.low <= float(zone.key.removeprefix("round_")) <= zone.high
        assert len({zone.key for zone in reading.zones}) == len(reading.zones)
        for zone in before or ():
            others = sorted(reading.zones, key=lambda other, zone=zone: abs(zone.middle - other.middle))
            if max(0.0, zone.low - others[0].high, others[0].low - zone.high) <= near:
                stayed += 1
                kept += others[0].key == zone.key
        before = reading.zones
    assert stayed > 7000
    assert kept / stayed >= 0.88


def test_no_ladder_of_two_thousand_days_knows_what_comes_after(shared):
    # the same 2,500 days of IWM with its own future, and with its first days doubled in its place
    bars = read_bars(shared / "data" / "iwm.csv", find_instrument("IWM"))
    last, count = 2500, len(bars)
    other = {
        name: np.r_[getattr(bars, name)[: last + 1], 2 * getattr(bars, name)[: count - last - 1]]
        for name in ("open", "high", "low", "close", "volume")
    }
    known, rewritten = whole_of(bars, USUAL), whole_of(replace(bars, **other), USUAL)
    kinds = set()
    for t in range(400, last + 1):
        then = bars.until(bars.dates[t].astype(object))
        zones = read(then, whole=known).zones
        assert zones == read(then, whole=rewritten).zones
        kinds |= {level.kind for zone in zones for level in zone.levels}
    assert len(kinds) == 11


@pytest.mark.parametrize(("seed", "order"), [(1, (300, 301, 302, 420, 499)), (2, (499, 302, 300, 301, 420))])
def test_a_ladder_and_its_facts_know_neither_later_days_nor_those_that_were_read_before(seed, order):
    bars = with_volume(walk(seed, 600))
    whole = whole_of(with_future(bars, 499, seed + 1), USUAL)  # the same up to row 499, and others after it
    for t in order:
        then = bars.until(bars.dates[t].astype(object))
        alone, beside = read(then), read(then, whole=whole)
        assert beside._chart.whole is whole
        assert beside.zones == alone.zones
        assert dict(beside.facts) == dict(alone.facts)
        assert len(whole.levels.told) <= sum(len(zone.levels) for zone in beside.zones)  # of one ladder, however many were read
