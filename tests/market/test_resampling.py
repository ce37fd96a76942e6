"""Longer bars out of shorter ones: hand-made days, the weeks in which clocks change, laws, and half a year of the E-mini."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from cut_bars import rows_of
from hypothesis import given, settings
from hypothesis import strategies as st
from made_intraday import bars_at, made_intraday
from numpy.testing import assert_array_equal

from levelhead.domain.bars import Bars, Provisional
from levelhead.domain.errors import BadBars
from levelhead.domain.instrument import Instrument
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.resampling import completed_on, ends_of, resample

TARGETS = ("1h", "4h", "1d", "1w", "1mo")
COLUMNS = ("time", "open", "high", "low", "close", "volume")


def minute(time: np.datetime64) -> str:
    return str(time.astype("datetime64[m]"))


def same(one: Bars, other: Bars, rows: slice = slice(None)) -> None:
    for name in COLUMNS:
        assert_array_equal(getattr(one, name)[rows], getattr(other, name)[rows])
    assert_array_equal(one.dates[rows], other.dates[rows])


def daily(first: str, closes: list[float], symbol: str = "RTY") -> Bars:
    """Daily bars on consecutive weekdays: open = close - 1, high = close + 2, low = close - 3, volume 10."""
    days = np.busday_offset(np.datetime64(first), np.arange(len(closes)), roll="forward")
    close = np.array(closes)
    return Bars(
        instrument=find_instrument(symbol),
        time=days.astype("datetime64[us]"),
        open=close - 1,
        high=close + 2,
        low=close - 3,
        close=close,
        volume=np.full(len(close), 10.0),
        row=np.arange(2, len(close) + 2),
        feed="made",
    )


def test_a_week_is_monday_to_friday_and_carries_fridays_date():
    # Monday 2025-03-03 to Friday 2025-03-07, closes 10 to 14: open 9, high 16, low 7, close 14
    week = resample(daily("2025-03-03", [10.0, 11, 12, 13, 14]), "1w")
    assert (len(week), week.as_of, week.provisional) == (1, dt.date(2025, 3, 7), None)
    assert (week.open[0], week.high[0], week.low[0], week.close[0], week.volume[0]) == (9.0, 16.0, 7.0, 14.0, 50.0)


def test_the_week_under_way_is_marked_and_dated_by_its_last_day_or_left_out():
    bars = daily("2025-03-03", [10.0, 11, 12, 13, 14, 20, 21])
    marked = resample(bars, "1w")
    assert (len(marked), marked.as_of) == (2, dt.date(2025, 3, 11))
    assert marked.provisional == Provisional(price=21.0, at=None, range_as_given=True)
    without = resample(bars, "1w", unfinished="left out")
    assert (len(without), without.as_of, without.provisional) == (1, dt.date(2025, 3, 7), None)


def test_a_week_that_ends_on_a_holiday_has_ended_on_thursday():
    # Good Friday 2025-04-18 is no session of the futures
    week = resample(daily("2025-04-14", [10.0, 11, 12, 13]), "1w")
    assert (week.as_of, week.provisional) == (dt.date(2025, 4, 17), None)


def test_a_week_that_lacks_its_beginning_is_left_out():
    weeks = resample(daily("2025-03-05", [10.0, 11, 12, 20, 21, 22, 23, 24]), "1w")
    assert [str(day) for day in weeks.dates] == ["2025-03-14"]
    with pytest.raises(BadBars, match=r"made: 3 1d bars make no whole 1w bar; give a longer history"):
        resample(daily("2025-03-05", [10.0, 11, 12]), "1w")


def test_a_month_ends_with_its_last_session():
    # February 2025 has its first session on Monday the 3rd and its last on Friday the 28th: 19 of them, Presidents' Day is none
    bars = daily("2025-02-03", [float(i) for i in range(10, 32)])
    months = resample(bars, "1mo", unfinished="left out")
    assert [str(day) for day in months.dates] == ["2025-02-28"]


def test_a_provisional_day_makes_its_week_provisional_on_a_friday_too():
    bars = daily("2025-03-03", [10.0, 11, 12, 13, 14]).with_last(13.5, at="10:30 New York")
    week = resample(bars, "1w")
    assert week.provisional == bars.provisional
    assert week.close[0] == 13.5


def test_bars_cannot_be_made_of_longer_ones():
    with pytest.raises(BadBars, match=r"made has 1d bars, of which 1h bars cannot be made; give bars that divide 1h"):
        resample(daily("2025-03-03", [10.0, 11]), "1h")


def test_four_hour_bars_of_the_futures_start_at_eighteen_hundred_new_york_whatever_the_clocks_do():
    # clocks change on Sunday 2025-03-09: 18:00 New York is 23:00 UTC before and 22:00 UTC from that evening on
    four = resample(made_intraday("RTY", "2025-03-07", "2025-03-10"), "4h")
    starts = [minute(time) for time in four.time]
    assert starts == [
        *("2025-03-06T23:00", "2025-03-07T03:00", "2025-03-07T07:00", "2025-03-07T11:00", "2025-03-07T15:00", "2025-03-07T19:00"),
        *("2025-03-09T22:00", "2025-03-10T02:00", "2025-03-10T06:00", "2025-03-10T10:00", "2025-03-10T14:00", "2025-03-10T18:00"),
    ]
    # the sixth ends at 17:00 New York, after three hours
    assert minute(ends_of(four)[5]) == "2025-03-07T22:00"
    assert [str(day) for day in four.dates[[0, 5, 6, 11]]] == ["2025-03-07", "2025-03-07", "2025-03-10", "2025-03-10"]


def test_hours_of_new_york_stocks_start_at_the_bell_before_and_after_the_clocks_go_back():
    # 2025-11-02: 09:30 is 13:30 UTC on Friday the 31st and 14:30 UTC on Monday the 3rd
    hours = resample(made_intraday("SPX", "2025-10-31", "2025-11-03"), "1h")
    assert [minute(hours.time[i]) for i in (0, 6, 7)] == ["2025-10-31T13:30", "2025-10-31T19:30", "2025-11-03T14:30"]
    assert len(hours) == 14
    assert minute(ends_of(hours)[6]) == "2025-10-31T20:00"


def test_sunday_evening_belongs_to_monday_and_a_holidays_session_to_the_day_after():
    sunday = bars_at("ES", np.array(["2025-06-01T22:00", "2025-06-01T22:05"], dtype="datetime64[m]"), minutes=5)
    assert {str(day) for day in sunday.dates} == {"2025-06-02"}
    labor_day = bars_at(
        "ES", np.array(["2025-08-31T22:00", "2025-09-01T15:00", "2025-09-01T22:00"], dtype="datetime64[m]"), minutes=5
    )
    assert {str(day) for day in labor_day.dates} == {"2025-09-02"}


def test_what_trades_after_the_close_belongs_to_the_day_and_what_trades_before_the_bell_to_the_next():
    # New York, 2025-06-05, summer time: close 20:00 UTC, bell of the 6th at 13:30 UTC
    times = np.array(["2025-06-05T20:30", "2025-06-05T23:55", "2025-06-06T08:00", "2025-06-06T13:30"], dtype="datetime64[m]")
    bars = bars_at("SPX", times, minutes=5)
    assert [str(day) for day in bars.dates] == ["2025-06-05", "2025-06-05", "2025-06-06", "2025-06-06"]


def test_regular_hours_are_those_of_new_york_and_a_holidays_session_has_none():
    bars = made_intraday("ES", "2025-11-26", "2025-12-01")
    regular = resample(bars, "30m", hours="rth")
    by_day = {str(day): [minute(t) for t in regular.time[regular.dates == day]] for day in np.unique(regular.dates)}
    assert (by_day["2025-11-26"][0], by_day["2025-11-26"][-1]) == ("2025-11-26T14:30", "2025-11-26T20:30")
    assert (by_day["2025-11-28"][0], by_day["2025-11-28"][-1]) == ("2025-11-28T14:30", "2025-11-28T17:30")  # half day, to 13:00
    assert all(not moment.startswith("2025-11-27") for moments in by_day.values() for moment in moments)  # Thanksgiving


def test_the_quarter_of_an_hour_after_the_bell_is_an_option():
    bars = made_intraday("ES", "2025-06-02", "2025-06-03", minutes=15)
    assert minute(resample(bars, "15m", hours="rth").time[-1]) == "2025-06-03T19:45"
    assert minute(resample(bars, "15m", hours="rth-16:15").time[-1]) == "2025-06-03T20:00"
    with pytest.raises(BadBars, match=r"made has 1d bars; regular hours can be cut from intraday bars only"):
        resample(daily("2025-03-03", [10.0]), "1d", hours="rth")


def test_a_day_of_regular_hours_has_ended_at_the_bell_though_the_session_goes_on():
    bars = made_intraday("ES", "2025-06-02", "2025-06-03")
    until_four = bars.time < np.datetime64("2025-06-03T20:00")
    cut = replace(
        bars,
        **{name: getattr(bars, name)[until_four] for name in (*COLUMNS, "row")},
        days=bars.dates[until_four],
    )
    assert resample(cut, "1d", hours="rth").provisional is None
    assert resample(cut, "1d").provisional is not None


def test_without_a_calendar_a_day_is_one_of_utc_and_a_coins_week_ends_on_sunday():
    coin = Instrument(symbol="BTC", name="Bitcoin", short_name="Bitcoin", kind="coin")
    times = np.arange(np.datetime64("2025-06-02T00:00"), np.datetime64("2025-06-09T00:00"), np.timedelta64(240, "m"))
    bars = replace(bars_at("RTY", times, minutes=240), instrument=coin, days=None)
    days = resample(bars, "1d")
    assert [str(day) for day in days.dates[[0, -1]]] == ["2025-06-02", "2025-06-08"]
    week = resample(bars, "1w")
    assert (week.as_of, week.provisional) == (dt.date(2025, 6, 8), None)


def test_what_follows_a_weekly_bar_knows_it_on_friday_and_not_on_thursday():
    days = daily("2025-03-03", [float(i) for i in range(10, 25)])
    known = completed_on(days, resample(days, "1w"))
    assert known.tolist() == [-1, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]


bars_of_weeks = st.builds(
    lambda seed, keep, symbol, first: made_intraday(symbol, first, _weeks_after(first), seed=seed, keep=keep),
    st.integers(0, 10_000),
    st.sampled_from([1.0, 0.9, 0.3]),
    st.sampled_from(["RTY", "SPX"]),
    st.sampled_from(["2025-02-24", "2025-10-20", "2025-11-17", "2024-12-16", "2025-06-23"]),
)


def _weeks_after(first: str) -> str:
    return str(np.datetime64(first) + 25)


def _made(bars: Bars, timeframe: str) -> Bars | None:
    """The finished bars, or None where there are none."""
    try:
        return resample(bars, timeframe, unfinished="left out")
    except BadBars:
        return None


@settings(deadline=None, max_examples=30)
@given(bars=bars_of_weeks, timeframe=st.sampled_from(TARGETS))
def test_volume_and_extremes_are_conserved(bars, timeframe):
    try:
        made = resample(bars, timeframe)
    except BadBars:
        return
    # what the first longer bar lacks is left out; from its first row on everything is there
    rows = slice(len(bars) - int(np.count_nonzero(_taken(bars, made))), None)
    assert made.volume.sum() == bars.volume[rows].sum()
    assert (made.high.max(), made.low.min()) == (bars.high[rows].max(), bars.low[rows].min())
    assert (made.open[0], made.close[-1]) == (bars.open[rows][0], bars.close[-1])


def _taken(bars: Bars, made: Bars) -> np.ndarray:
    if made.days is not None:
        return bars.time >= made.time[0]
    before = {"1d": made.dates[0], "1w": made.dates[0] - (made.dates[0].astype(int) + 3) % 7}.get(made.timeframe)
    return bars.dates >= (made.dates[0].astype("datetime64[M]").astype("datetime64[D]") if before is None else before)


STEPS = [("1h", "4h"), ("1h", "1d"), ("4h", "1d"), ("1d", "1w"), ("4h", "1w"), ("1d", "1mo")]
ends = st.tuples(st.floats(0, 0.4), st.floats(0.6, 1))


@settings(deadline=None, max_examples=30)
@given(bars=bars_of_weeks, steps=st.sampled_from(STEPS), ends=ends)
def test_in_two_steps_comes_out_as_in_one_but_for_the_edges_of_a_thin_market(bars, steps, ends):
    """There a longer bar shows less than the shorter ones it is made of: when trading began, and that it went on."""
    first, last = steps
    cut = rows_of(bars, slice(*(round(end * len(bars)) for end in ends)))
    halfway, once = _made(cut, first), _made(cut, last)
    twice = None if halfway is None else _made(halfway, last)
    if once is None or twice is None:
        return
    same(resample(once, last), once)
    assert len(once) - 2 <= len(twice) <= len(once)
    inner = np.isin(once.time, twice.time)
    for name in COLUMNS:
        assert_array_equal(getattr(once, name)[inner][1:], getattr(twice, name)[1:])


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), steps=st.sampled_from(STEPS), ends=ends)
def test_in_two_steps_comes_out_as_in_one_where_every_step_is_traded(seed, steps, ends):
    first, last = steps
    bars = made_intraday("RTY", "2025-02-24", "2025-04-30", seed=seed)
    cut = rows_of(bars, slice(*(round(end * len(bars)) for end in ends)))
    for unfinished in ("provisional", "left out"):
        try:
            once = resample(cut, last, unfinished=unfinished)
        except BadBars:
            return
        halfway = resample(cut, first, unfinished=unfinished)
        twice = resample(halfway, last, unfinished=unfinished)
        same(once, twice)
        assert once.provisional == twice.provisional


@settings(deadline=None, max_examples=60)
@given(bars=bars_of_weeks, timeframe=st.sampled_from(TARGETS), data=st.data())
def test_the_finished_bars_of_a_history_cut_short_are_those_of_the_whole(bars, timeframe, data):
    t = data.draw(st.integers(1, len(bars)))
    part = _made(rows_of(bars, slice(0, t)), timeframe)
    whole = _made(bars, timeframe)
    if part is not None:
        assert whole is not None
        same(part, rows_of(whole, slice(0, len(part))))


@settings(deadline=None, max_examples=60)
@given(bars=bars_of_weeks, timeframe=st.sampled_from(TARGETS), data=st.data())
def test_no_lower_bar_knows_a_higher_one_that_its_own_past_does_not_make(bars, timeframe, data):
    """What a row may know of the longer bars is what can be made of the rows up to it; their future may be any other."""
    t = data.draw(st.integers(0, len(bars) - 1))
    whole = _made(bars, timeframe)
    known = -1 if whole is None else int(completed_on(bars, whole)[t])
    part = _made(rows_of(bars, slice(0, t + 1)), timeframe)
    if known >= 0:
        assert part is not None
        assert len(part) > known
        same(part, rows_of(whole, slice(0, len(part))))
        assert part.close[known] == whole.close[known]
    # a thin market may have shown by its silence that a bar is over; nothing else is known earlier than the table says
    assert part is None or len(part) >= known + 1


def test_the_e_mini_of_half_a_year_day_by_day(shared):
    """The first day by hand out of the file: zcat es_5m.csv.gz | awk -F, '$1<"2025-06-02T21:00:00Z"'."""
    bars = read_bars(shared / "data" / "es_5m.csv.gz", find_instrument("ES"))
    days = resample(bars, "1d")
    inside = bars.time < np.datetime64("2025-06-02T21:00")
    assert (int(inside.sum()), days.first) == (276, dt.date(2025, 6, 2))
    assert days.open[0] == 6008.0
    assert (days.high[0], days.low[0]) == (bars.high[inside].max(), bars.low[inside].min())
    assert days.volume[0] == np.nansum(bars.volume[inside])
    assert days.provisional == Provisional(price=6826.75, at="2025-12-15 23:10 UTC", range_as_given=True)
    assert days.as_of == dt.date(2025, 12, 16)


def test_days_made_of_five_minute_bars_are_those_of_another_feed(shared):
    """Daily bars of TradingView are unadjusted, the five-minute ones moved by one difference between rolls: ranges agree."""
    days = resample(read_bars(shared / "data" / "es_5m.csv.gz", find_instrument("ES")), "1d", unfinished="left out")
    other = read_bars(shared / "data" / "es_tv.csv", find_instrument("ES"))
    _, ours, theirs = np.intersect1d(days.dates, other.dates, return_indices=True)
    assert len(ours) >= 110
    off = np.abs((days.high - days.low)[ours] - (other.high - other.low)[theirs])
    assert np.mean(off < 0.01) > 0.9
