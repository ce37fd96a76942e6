"""Adjusted series beside traded ones: named as what they are, never taken for a late roll; made, and on real feeds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_feeds import CME, RTY, clean, dates_of, on_grid, row_of, two_feeds

from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.roll import Roll
from levelhead.domain.sessions import as_date
from levelhead.market.alignment import align
from levelhead.market.compare import AWAY, Comparison, compare
from levelhead.market.compare_words import comparison_findings
from levelhead.market.expiries import expiries
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.resampling import resample

SEEDS = range(4)
PRICES = ("open", "high", "low", "close")


def moved(bars: Bars, rows: slice, points: float = 0.0, factor: float = 1.0) -> Bars:
    columns = {name: getattr(bars, name).copy() for name in PRICES}
    for column in columns.values():
        column[rows] = column[rows] * factor + points
    return replace(bars, **columns)


def closing_elsewhere(bars: Bars, seed: int) -> Bars:
    """The bars with closes of another hour: a point or two away, within the range."""
    draw = np.random.default_rng([13, seed])
    close = np.clip(bars.close + on_grid(draw.normal(0, 2, len(bars)), 0.1), bars.low, bars.high)
    return replace(bars, close=close)


def rolled(seed: int) -> tuple[Bars, list[dt.date]]:
    """A traded series with a jump of some 40 points at each roll, two sessions before each expiry, and the rolls' days."""
    bars = clean(seed)
    rows = [row_of(bars, as_date(day)) - 2 for day in expiries(RTY, bars.first, bars.as_of, CME)]
    for k, row in enumerate(rows):
        bars = moved(bars, slice(row, None), points=40.0 + 3 * k)
    jumps = [bars.open[row] - bars.close[row - 1] for row in rows]
    assert min(jumps) > 0
    rolls = tuple(
        Roll(
            date=as_date(bars.dates[row]), from_contract="A", to_contract="B", gap=40.0 + 3 * k,
            factor=1 + (40.0 + 3 * k) / float(bars.close[row - 1]), estimated=False, method="made",
        )
        for k, row in enumerate(rows)
    )  # fmt: skip
    return replace(bars, rolls=rolls), [roll.date for roll in rolls]


def kinds(ours: Bars, theirs: Bars, found: Comparison) -> dict[str, str]:
    return {finding.kind: finding.text for finding in comparison_findings(ours, theirs, found, CME)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("how", "word"), [({"points": 57.5}, "difference"), ({"factor": 1.018}, "ratio")])
def test_a_constant_offset_or_ratio_is_an_adjusted_series_and_no_roll(seed, how, word):
    bars = clean(seed)
    adjusted = moved(bars, slice(None), **how)
    found = compare(adjusted, bars, CME)
    assert (found.differences, found.later, len(found.segments)) == ((), None, 1)
    said = kinds(adjusted, bars, found)
    assert list(said) == ["other_frame"]
    assert f"{word}-adjusted series" in said["other_frame"]


@pytest.mark.parametrize("seed", SEEDS)
def test_closes_of_another_hour_are_named_so_and_no_roll(seed):
    bars = clean(seed)
    other = closing_elsewhere(bars, seed)
    found = compare(other, bars, CME)
    away = np.abs(other.close - bars.close) > 0.1 + 1e-6 * bars.close
    assert [each.date for each in found.days("close only")] == dates_of(bars, list(np.flatnonzero(away)))
    assert len(found.differences) == len(found.days("close only"))
    assert list(kinds(other, bars, found)) == ["other_close"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("adjustment", ["difference", "ratio"])
def test_an_adjusted_series_that_closes_at_another_hour_is_read_off_by_its_other_prices(seed, adjustment):
    bars, days = rolled(seed)
    adjusted = back_adjusted(closing_elsewhere(bars, seed), adjustment)
    found = compare(adjusted, bars, CME)
    assert [each.first for each in found.segments[1:]] == days
    assert (found.alignment.relation, found.adjusted) == ("offset" if adjustment == "difference" else "ratio", "ours")
    assert found.days("roll window") == found.days("other") == ()
    assert list(kinds(adjusted, bars, found)) == ["other_close", "other_frame"]
    assert f"this feed is a {adjustment}-adjusted series of what made.csv gives" in kinds(adjusted, bars, found)["other_frame"]
    back = compare(bars, adjusted, CME)
    assert back.adjusted == "theirs"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_offsets_of_a_difference_adjusted_series_are_the_gaps_summed(seed):
    bars, _ = rolled(seed)
    found = compare(back_adjusted(bars, "difference"), bars, CME)
    gaps = [roll.gap for roll in bars.rolls]
    sums = [sum(gaps[k:]) for k in range(len(gaps) + 1)]
    assert [each.offset for each in found.segments] == pytest.approx(sums)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_series_adjusted_by_difference_beside_one_by_ratio_is_both(seed):
    bars, days = rolled(seed)
    one, other = back_adjusted(closing_elsewhere(bars, seed), "difference"), back_adjusted(bars, "ratio")
    found = compare(one, other, CME)
    assert found.alignment.relation == "both"
    assert [each.first for each in found.segments[1:]] == days
    assert {each.why for each in found.differences} == {"close only"}
    assert "is adjusted by ratio, the other by difference" in kinds(one, other, found)["other_frame"]


@pytest.mark.parametrize("seed", SEEDS)
def test_roll_windows_stand_out_of_closes_of_another_hour(seed):
    feeds = two_feeds(seed)
    found = compare(closing_elsewhere(feeds.free, seed), feeds.good, CME)
    assert [each.date for each in found.days("roll window")] == feeds.windows
    assert (found.later, found.settlements.expiries) == ("ours", len(feeds.settlements))


def test_what_lasts_longer_than_feeds_take_to_roll_is_no_roll_window():
    bars = clean(1)
    day = row_of(bars, as_date(expiries(RTY, bars.first, bars.as_of, CME)[4]))
    for length, is_window in ((3, True), (9, True), (AWAY + 3, False)):
        strange = moved(bars, slice(day - length + 1, day + 1), points=25.0)
        found = compare(strange, bars, CME)
        assert bool(found.days("roll window")) == is_window, length


def test_moved_days_far_from_an_expiry_are_no_roll_window():
    bars = clean(1)
    day = row_of(bars, as_date(expiries(RTY, bars.first, bars.as_of, CME)[4]))
    strange = moved(bars, slice(day + 30, day + 33), points=25.0)
    found = compare(strange, bars, CME)
    assert [each.why for each in found.differences] == ["other"] * 3


def test_days_that_stand_unsteadily_before_and_after_are_no_roll_window():
    bars = clean(1)
    day = row_of(bars, as_date(expiries(RTY, bars.first, bars.as_of, CME)[4]))
    strange = moved(bars, slice(day - 2, day + 1), points=25.0)
    for k in (-8, -7, -6, -4, 2, 3, 4, 6):
        strange = moved(strange, slice(day + k, day + k + 1), points=9.0 + k)
    assert compare(strange, bars, CME).days("roll window") == ()


def test_a_file_that_begins_shortly_before_a_roll_begins_with_a_segment_of_its_own():
    bars, days = rolled(2)
    row = row_of(bars, days[3])
    adjusted = back_adjusted(bars, "difference")
    cut = [of_rows(each, slice(row - 7, None)) for each in (adjusted, bars)]
    found = compare(*cut, CME)
    assert found.segments[0].days == 7
    assert found.segments[1].first == days[3]
    assert found.differences == ()


def of_rows(bars: Bars, rows: slice) -> Bars:
    columns = {name: getattr(bars, name)[rows] for name in ("time", "row", "volume", *PRICES)}
    return replace(bars, rolls=(), **columns)


def test_days_made_of_five_minute_bars_beside_daily_feeds(shared):
    es = find_instrument("ES")
    made = resample(read_bars(shared / "data" / "es_5m.csv.gz", es), "1d")
    traded, ratio = (read_bars(shared / "data" / f"es_{name}.csv", es) for name in ("tv", "adj"))
    # its note says: adjusted by difference; the traded feed rolls on the same two days
    alignment = align(made, traded)
    assert [(str(s.first), s.offset) for s in alignment.segments] == [
        ("2025-06-02", 109.25), ("2025-06-16", 57.5), ("2025-09-16", 0.0),
    ]  # fmt: skip
    found = compare(made, traded, CME)
    assert [len(found.days(why)) for why in ("roll window", "expiry settlement", "close only", "other")] == [0, 0, 110, 3]
    assert found.settlements is None
    both = compare(made, ratio, CME)
    assert both.alignment.relation == "both"
    # es_adj_rolls: 2025-06-16 and 2025-09-16
    assert [str(each.first) for each in both.segments] == ["2025-06-02", "2025-06-16", "2025-09-16"]
    assert [len(both.days(why)) for why in ("roll window", "expiry settlement")] == [0, 0]
    assert len(both.days("close only")) > 0.85 * len(both.alignment.dates)
