"""Two feeds of one market: where they differ, why, what it moves; planted at known days, and measured on real feeds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from made_feeds import CME, RTY, changed, clean, dates_of, inserted, on_grid, row_of, two_feeds, without

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.market.alignment import align
from levelhead.market.compare import Comparison, compare
from levelhead.market.compare_words import comparison_findings
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument

SEEDS = range(6)
PRICES = ("open", "high", "low", "close")


def days(comparison: Comparison, why: str) -> list[dt.date]:
    return [each.date for each in comparison.days(why)]


def shifted(bars: Bars, since: int, *, points: float = 0.0, factor: float = 1.0) -> Bars:
    late = np.arange(len(bars)) >= since
    return replace(bars, **{name: np.where(late, getattr(bars, name) * factor + points, getattr(bars, name)) for name in PRICES})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_feed_beside_itself_has_no_difference(seed):
    bars = clean(seed)
    found = compare(bars, bars, CME)
    assert (found.differences, found.only_ours, found.only_theirs, found.settlements, found.later) == ((), (), (), None, None)
    assert comparison_findings(bars, bars, found, CME) == ()
    assert {each.moved for each in found.moved} == {0.0}


@pytest.mark.parametrize("seed", SEEDS)
def test_settlements_and_late_rolls_are_found_on_their_days_and_nowhere_else(seed):
    feeds = two_feeds(seed)
    found = compare(feeds.free, feeds.good, CME)
    assert days(found, "expiry settlement") == feeds.settlements
    assert days(found, "roll window") == feeds.windows
    assert days(found, "other") == []
    assert found.later == "ours"
    assert found.settlements.whose == "ours"
    assert [f.kind for f in comparison_findings(feeds.free, feeds.good, found, CME)] == ["expiry_settlement", "late_roll"]
    # the error after the ratio of the day before, by hand
    errors = []
    for day in feeds.settlements:
        k = row_of(feeds.free, day)
        ratio = feeds.free.close / feeds.good.close
        errors.append(abs(ratio[k] / ratio[k - 1] - 1) * 1e4)
    assert found.settlements.median_bp == pytest.approx(np.median(errors))
    assert found.settlements.worst_bp == pytest.approx(max(errors))
    assert found.settlements.worst_on == feeds.settlements[int(np.argmax(errors))]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_way_round_the_fault_is_still_the_free_feed_s(seed):
    feeds = two_feeds(seed)
    found = compare(feeds.good, feeds.free, CME)
    assert (found.later, found.settlements.whose) == ("theirs", "theirs")
    settlement, roll = comparison_findings(feeds.good, feeds.free, found, CME)
    assert "free.csv prints the special opening settlement" in settlement.text
    assert roll.kind == "early_roll"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_print_is_a_difference_for_no_reason_known(seed):
    feeds = two_feeds(seed)
    k = 300 + 40 * seed + 17
    assert not set(dates_of(feeds.good, [k])) & {*feeds.windows, *feeds.settlements}
    wrong = changed(feeds.free, k, close=round(float(feeds.free.close[k]) + 7.0, 1))
    found = compare(wrong, feeds.good, CME)
    (other,) = found.days("other")
    assert (other.date, other.row) == (dates_of(wrong, [k])[0], k + 2)
    assert other.points == pytest.approx(7.0)
    assert other.ticks == pytest.approx(70.0)
    assert other.bp == pytest.approx(7.0 / wrong.close[k] * 1e4)
    assert len(found.differences) == len(feeds.windows) + len(feeds.settlements) + 1


def test_days_that_one_feed_lacks_are_listed_on_its_side():
    bars = clean(1)
    ours = inserted(without(bars, 400, 401), "2022-11-24")
    found = compare(ours, bars, CME)
    assert list(map(str, found.only_ours)) == ["2022-11-24"]
    assert list(found.only_theirs) == dates_of(bars, [400, 401])
    extra, missing = comparison_findings(ours, bars, found, CME)
    assert extra.text.endswith("1 row that made.csv has not: 2022-11-24 (1 of them no session of CME_EQUITY).")
    assert (missing.kind, missing.count) == ("missing_row", 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_offset_that_changes_at_rolls_is_read_off_by_segment(seed):
    bars = clean(seed)
    adjusted = shifted(shifted(bars, 0, points=35.5), 400, points=-12.3)
    found = compare(adjusted, bars, CME)
    assert found.alignment.relation == "offset"
    assert [(s.days, round(s.offset, 6)) for s in found.segments] == [(400, 35.5), (500, 23.2)]
    assert [str(s.first) for s in found.segments] == [str(bars.dates[0]), str(bars.dates[400])]
    assert found.differences == ()
    (remark,) = comparison_findings(adjusted, bars, found, CME)
    assert (remark.kind, remark.severity) == ("other_frame", "remark")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_ratio_that_changes_at_rolls_is_read_off_by_segment(seed):
    bars = clean(seed)
    adjusted = shifted(shifted(bars, 0, factor=1.031), 650, factor=0.99)
    found = compare(adjusted, bars, CME)
    assert found.alignment.relation == "ratio"
    assert [s.days for s in found.segments] == [650, 250]
    assert [s.factor for s in found.segments] == pytest.approx([1.031, 1.031 * 0.99])
    assert found.differences == ()


def test_a_fault_stands_out_of_an_adjusted_feed_too():
    feeds = two_feeds(4)
    adjusted = shifted(feeds.free, 0, factor=1.07)
    found = compare(adjusted, feeds.good, CME)
    assert found.alignment.relation == "ratio"
    assert days(found, "expiry settlement") == feeds.settlements
    assert days(found, "roll window") == feeds.windows


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_fault_moves_is_the_difference_of_two_means(seed):
    bars = clean(seed)
    # 10 points on the close of 120 bars ago: 10/200 on the 200-day average today, nothing on the others
    wrong = changed(bars, len(bars) - 120, close=round(float(bars.close[-120]) + 10.0, 1))
    moved = {each.name: each for each in compare(wrong, bars, CME).moved}
    assert list(moved) == ["sma_20", "sma_50", "sma_100", "sma_200", "rsi_14"]
    assert moved["sma_200"].moved == pytest.approx(10 / 200)
    assert [moved[name].moved for name in ("sma_20", "sma_50", "sma_100")] == pytest.approx([0, 0, 0], abs=1e-9)
    # at worst, while it is among their closes: a twentieth, a fiftieth, a hundredth of it
    assert [moved[name].worst for name in ("sma_20", "sma_50", "sma_100")] == pytest.approx([10 / 20, 10 / 50, 10 / 100])
    # a rise and a fall of 10 points among fourteen moves of some 20: a point of RSI, that day or in the days after
    assert 1 < abs(moved["rsi_14"].worst) < 10
    assert 0 <= (moved["rsi_14"].worst_on - dates_of(bars, [len(bars) - 120])[0]).days < 10
    assert moved["rsi_14"].ours == pytest.approx(moved["rsi_14"].theirs + moved["rsi_14"].moved)


def test_too_few_bars_move_no_long_average():
    bars = clean(1, 60)
    assert [each.name for each in compare(bars, bars, CME).moved] == ["sma_20", "sma_50", "rsi_14"]


def test_a_tolerance_is_a_tick_unless_another_is_given():
    bars = clean(1)
    wrong = changed(bars, 500, close=round(float(bars.close[500]) + 0.5, 1))
    assert len(compare(wrong, bars, CME).differences) == 1
    assert compare(wrong, bars, CME, tolerance=0.5).differences == ()
    rounded = replace(bars, **{name: on_grid(getattr(bars, name) + 0.1, 0.1) for name in PRICES})
    assert compare(rounded, bars, CME).differences == ()


def test_feeds_of_other_times_are_refused():
    bars = clean(1, 100)
    with pytest.raises(
        BadBars, match=r"^made\.csv \(2021-01-04 to .*\) and made\.csv \(2023.*\) have no day in common; give feeds"
    ):
        compare(bars, clean(1, 100, first="2023-01-03"), CME)


def test_two_feeds_are_compared_by_daily_bars():
    bars = clean(1, 100)
    with pytest.raises(BadBars, match=r"^made\.csv has 1w bars; two feeds are compared by daily bars, so give those\.$"):
        compare(bars, replace(bars, timeframe="1w"), CME)


def test_the_free_feed_beside_the_clean_one(shared):
    free, clean_feed = (read_bars(shared / "data" / f"{name}.csv", RTY) for name in ("rty", "rty_tv"))
    found = compare(free, clean_feed, CME)
    # conventions: over 33 expiries the error, after dividing out the previous day's ratio, has a median of 76 bp and reached
    # 442 bp on 2020-03-20
    assert found.settlements.expiries == 33
    assert round(found.settlements.median_bp) == 76
    assert round(found.settlements.worst_bp) == 442
    assert found.settlements.worst_on == dt.date(2020, 3, 20)
    assert found.settlements.whose == "ours"
    # two sessions before each of the 33 expiries; its Friday too, but for 2025-09-19, whose close is the traded one
    assert [len(found.days(why)) for why in ("roll window", "expiry settlement", "other")] == [66, 32, 5]
    assert dt.date(2025, 9, 19) not in days(found, "expiry settlement")
    assert found.later == "ours"
    # SOURCES: stray rows 2023-11-23, 2025-07-04, 2025-09-01; 2018-12-05 and 2023-04-07 missing
    assert list(map(str, found.only_ours)) == ["2023-11-23", "2025-07-04", "2025-09-01"]
    assert list(map(str, found.only_theirs)) == ["2018-12-05", "2023-04-07"]
    # conventions: such days move a 50-, 100- or 200-day average by 1 to 5 points; with the strays between them up to 9
    worst = {each.name: abs(each.worst) for each in found.moved}
    assert all(1 < worst[name] < 9 for name in ("sma_50", "sma_100", "sma_200"))
    assert worst["rsi_14"] == pytest.approx(9.2, abs=0.05)


def test_the_reference_read_as_the_feed_is_not_blamed(shared):
    free, clean_feed = (read_bars(shared / "data" / f"{name}.csv", RTY) for name in ("rty", "rty_tv"))
    found = compare(clean_feed, free, CME)
    assert (found.later, found.settlements.whose) == ("theirs", "theirs")


@pytest.mark.parametrize("name", ["rty", "es", "nq", "ym"])
def test_the_segments_of_an_adjusted_feed_are_its_roll_table(name, shared):
    instrument = find_instrument(name)
    adjusted, traded = (read_bars(shared / "data" / f"{name}_{frame}.csv", instrument) for frame in ("adj", "tv"))
    alignment = align(adjusted, traded)
    table = [line.split(",") for line in (shared / "data" / f"{name}_adj_rolls.csv").read_text().splitlines()]
    rolls = {row[0] for row in table[1:] if str(traded.first) < row[0] <= str(traded.as_of)}
    starts = {str(segment.first) for segment in alignment.segments[1:]}
    assert alignment.relation == "ratio"
    assert starts <= rolls
    # those that are not seen move the price by a tick or less
    assert len(rolls - starts) <= 2
