"""Volume by price and anchored averages out of shorter bars: by hand, said which, never mixed, and without the future."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_charts import chart, walk, with_future
from made_finer import halves

from levelhead.domain.adjustment import shape_of
from levelhead.market.files import read_bars
from levelhead.market.finer import finer_for
from levelhead.market.instruments import find_instrument
from levelhead.reading.context import Context
from levelhead.reading.finer import finer_of
from levelhead.reading.level_volume import Anchor, profile_at, traded_of, vwap_levels
from levelhead.reading.read import read
from levelhead.reading.recompute import recompute
from levelhead.reading.settings import Settings
from levelhead.reading.whole import whole_of

USUAL = Settings()


def flat_year(count=260):
    return replace(chart([101.0] * count, [99.0] * count, [100.0] * count), volume=np.full(count, 1000.0))


def read_with(bars, finer):
    return read(bars, context=Context(finer=finer))


def a_rise_and_a_fall():
    """Thirty flat days around 100, down to 80 by 2 a day, up to 120, and down to 100; each bar reaches one point either side."""
    closes = [100.0] * 30 + [100.0 - 2 * i for i in range(1, 11)] + [80.0 + 2 * i for i in range(1, 21)]
    close = np.array(closes + [120.0 - 2 * i for i in range(1, 11)])
    return replace(chart(close + 1, close - 1, close), volume=np.full(len(close), 1000.0))


def test_the_profile_of_shorter_bars_by_hand():
    # each day 99 to 101: 10 all over it, 30 from 100 to 100.5, 60 from 100.5 to 101. Rows of 0.5 hold 2.5, 2.5, 32.5 and 62.5;
    # the last alone is not 70 of 100, with those below it the area begins at 99.5. Daily bars would say 100.25 and 99 to 100.5.
    bars = flat_year()
    facts = read_with(bars, halves(bars)).facts
    assert facts["profile.poc"].value == 100.75
    assert facts["profile.poc"].meaning == "volume point of control of the last 252 bars, from 30-minute bars"
    found = profile_at(traded_of(bars, halves(bars)), "1d", 259)
    assert [round(float(v) / 252, 6) for v in found.rows.volume[:4]] == [2.5, 2.5, 32.5, 62.5]
    assert found.value == (1, 3)
    assert read(bars).facts["profile.poc"].value == 100.25


def test_the_anchored_average_of_shorter_bars_by_hand():
    # a day from 99 to 101: typical prices 100 + (101 - 100) / 3 = 100.33, 100.33 and 100.83, of 10, 30 and 60
    bars = a_rise_and_a_fall()
    row = len(bars) - 3
    level = vwap_levels(bars, traded_of(bars, halves(bars)), [Anchor(row, "swing", "then")])[0]
    shares = np.array([(0 + 1 + 1) / 3, (0.5 + 0.75 + 0.75) / 3, (0.75 + 1 + 1) / 3]) @ np.array([0.1, 0.3, 0.6])
    assert level.price == pytest.approx(float(np.mean(bars.low[row:] + 2 * shares)))
    plain = vwap_levels(bars, traded_of(bars), [Anchor(row, "swing", "then")])[0]
    assert plain.price == pytest.approx(float(np.mean(bars.close[row:])))
    assert plain.source.name == level.source.name


def test_every_figure_of_shorter_bars_recomputes_from_its_formula():
    bars = replace(walk(5, 700), volume=np.full(700, 1000.0))
    reading = read_with(bars, halves(bars))
    levels = [level for zone in reading.zones for level in zone.levels if level.kind in ("profile", "vwap")]
    assert levels
    for level in levels:
        assert recompute(level.source, reading.facts, bars, {}) == pytest.approx(level.price, rel=1e-9)


def test_shorter_bars_of_a_part_of_the_year_are_not_mixed_in_and_it_is_said():
    bars = flat_year()
    part = halves(bars).until(bars.dates[-1].astype(object))
    rows = part.dates >= bars.dates[-100]
    columns = {name: getattr(part, name)[rows] for name in ("time", "open", "high", "low", "close", "volume", "row", "days")}
    reading = read_with(bars, replace(part, **columns))
    plain = read(bars)
    assert reading.facts["profile.poc"].value == plain.facts["profile.poc"].value
    assert reading.facts["profile.poc"].meaning.endswith("; 30-minute bars show 100 of these 252 whole")
    told = "The volume profile is approximated from daily bars: of its 252 sessions the 30-minute bars show 100 whole."
    assert told in reading.not_yet_known
    assert reading.zones == plain.zones


def test_a_few_sessions_that_they_lack_are_left_out_and_counted():
    bars = flat_year()
    full = halves(bars)
    gone = np.isin(full.dates, bars.dates[[50, 100, 150]])
    columns = {name: getattr(full, name)[~gone] for name in ("time", "open", "high", "low", "close", "volume", "row", "days")}
    reading = read_with(bars, replace(full, **columns))
    assert reading.facts["profile.poc"].meaning.endswith("from 30-minute bars of 249 of these 252")
    assert not [sentence for sentence in reading.not_yet_known if "volume" in sentence]


def test_where_daily_volume_is_unknown_shorter_bars_tell_it():
    bars = replace(flat_year(), volume=np.full(260, np.nan))
    assert "profile.poc" not in read(bars).facts
    assert read_with(bars, halves(bars)).facts["profile.poc"].value == 100.75
    early = halves(bars.until(bars.dates[30].astype(object)))
    told = "The volume profile is left out, for daily volume is missing: of its 252 sessions the 30-minute bars show 23 whole."
    assert told in read_with(bars, early).not_yet_known


def test_a_bar_that_has_not_closed_brings_no_shorter_bars():
    bars = flat_year()
    forming = bars.with_last(100.5)
    finer = halves(bars)
    other = replace(finer, volume=np.where(finer.dates == bars.dates[-1], 1e9, finer.volume))
    assert read_with(forming, finer).facts["profile.poc"] == read_with(forming, other).facts["profile.poc"]
    assert read_with(bars, finer).facts["profile.poc"].value == 100.75
    assert finer_of(shape_of(forming), finer).sessions(0, 259) == (259, 259)


def test_without_shorter_bars_nothing_is_other_than_before():
    bars = replace(walk(6, 500), volume=np.full(500, 1000.0))
    plain, given = read(bars), read(bars, whole=whole_of(bars, USUAL, halves(bars)))
    assert plain.zones == given.zones
    assert dict(plain.facts) == dict(given.facts)


def test_no_ladder_knows_the_shorter_bars_that_come_after():
    bars = replace(walk(7, 700), volume=np.full(700, 1000.0))
    finer = halves(bars)
    changed = 0
    for t in range(520, 640, 8):
        day = bars.dates[t].astype(object)
        other = replace(with_future(bars, t, seed=t), volume=bars.volume)
        beneath = halves(other, ((0.0, 1.0, 90.0), (0.0, 0.25, 5.0), (0.25, 0.5, 5.0)))
        past = finer.dates <= bars.dates[t]
        columns = {
            name: np.where(past, getattr(finer, name), getattr(beneath, name))
            for name in ("open", "high", "low", "close", "volume")
        }
        rewritten = replace(beneath, **columns)
        one, two, alone = (
            whole_of(b, USUAL, f) for b, f in ((bars, finer), (other, rewritten), (bars.until(day), finer.until(day)))
        )
        then = bars.until(day)
        readings = [read(then, whole=each, context=Context(finer=each.finer)) for each in (one, two, alone)]
        assert readings[0].zones == readings[1].zones == readings[2].zones
        assert dict(readings[0].facts) == dict(readings[1].facts) == dict(readings[2].facts)
        changed += readings[0].zones != read(then).zones
    assert changed  # they do matter


def test_real_five_minute_bars_stand_in_the_prices_of_the_daily_ones(shared):
    # es_5m is adjusted by difference to December's contract, es_tv is not: before the roll of September it is 57.5 points higher
    bars = read_bars(shared / "data" / "es_tv.csv", find_instrument("ES"))
    given = read_bars(shared / "data" / "es_5m.csv.gz", find_instrument("ES"))
    finer, said = finer_for(given, bars)
    assert said == ()
    traded = traded_of(bars, finer)
    first, last = (int(np.searchsorted(bars.dates, np.datetime64(day))) for day in ("2025-09-03", "2025-09-12"))
    level = vwap_levels(bars.until(dt.date(2025, 9, 12)), traded, [Anchor(first, "swing", "then")])[0]
    rows = (finer.dates >= np.datetime64("2025-09-03")) & (finer.dates <= np.datetime64("2025-09-12"))
    typical = (finer.high + finer.low + finer.close)[rows] / 3 - 57.5
    assert level.price == pytest.approx(float(np.average(typical, weights=np.nan_to_num(finer.volume[rows]))), abs=0.1)
    assert traded.finer.sessions(first, last) == (8, 8)
    thin = int(np.searchsorted(bars.dates, np.datetime64("2025-08-20")))  # 84 of 276 bars
    assert traded.finer.sessions(thin, thin) == (0, 1)
