"""Improbable bars: what is warned about, where, and from which bars alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.bars import Bars
from levelhead.domain.finding import Finding
from levelhead.domain.instrument import Instrument
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.quality import check_bars
from levelhead.market.sample import sample_bars
from levelhead.market.sessions import session_table

RTY = find_instrument("RTY")
CME = session_table("CME_EQUITY")


def made(count: int = 400, *, start: str = "2022-01-03", instrument: Instrument = RTY) -> Bars:
    """Quiet bars on every session: closes swing by 1 % up and down, opens lie half way, ranges hold both."""
    at = np.searchsorted(CME.dates, np.datetime64(start))
    dates = CME.dates[at : at + count]
    close = 2000.0 * np.where(np.arange(count) % 2, 1.01, 1.0)
    open_ = np.full(count, 2010.0)
    return Bars(
        instrument=instrument,
        time=dates.astype("datetime64[us]"),
        open=open_,
        high=np.maximum(open_, close) + 1,
        low=np.minimum(open_, close) - 1,
        close=close,
        volume=np.full(count, 1000.0),
        row=np.arange(2, count + 2),
        feed="made.csv",
    )


def changed(bars: Bars, **columns: dict[int, float]) -> Bars:
    new = {}
    for name, cells in columns.items():
        column = getattr(bars, name).copy()
        for row, value in cells.items():
            column[row] = value
        new[name] = column
    return replace(bars, **new)


def without(bars: Bars, *rows: int) -> Bars:
    kept = np.delete(np.arange(len(bars)), rows)
    names = ("time", "open", "high", "low", "close", "volume", "row")
    return replace(bars, **{name: getattr(bars, name)[kept] for name in names})


def the_one(found: tuple[Finding, ...]) -> Finding:
    (finding,) = found
    return finding


def test_quiet_bars_on_every_session_give_no_finding():
    assert check_bars(made(), CME) == ()


def test_a_move_beyond_twelve_sigmas_is_named_with_its_close_and_its_bound():
    # every change is ln 1.01 = 0.995 %, so that is sigma; from 2,000 to 2,300 are ln 1.15 = 13.976 %, 14.0 sigmas
    bars = changed(made(301), open={300: 2290.0}, high={300: 2301.0}, low={300: 2289.0}, close={300: 2300.0})
    bars = changed(bars, close={299: 2000.0}, low={299: 1999.0})
    # the change before it is now zero: sigma = 0.995 % * sqrt(251 / 252) = 0.993 %, 14.1 sigmas
    finding = the_one(check_bars(bars, CME))
    assert (finding.kind, finding.severity, finding.row, finding.count) == ("far_move", "warning", 302, 1)
    assert finding.date == bars.as_of
    assert finding.text == (
        f"made.csv row 302 ({bars.as_of}): close 2,300.0 lies 14.1 daily sigmas from the close before, 2,000.0 (bound 12). "
        "Compare it with another feed."
    )


def test_a_wick_of_a_decimal_slip_is_far():
    # the bar closes at 2,000: ln(2000 / 200) / ln 1.01 = 2.302585 / 0.00995033 = 231.4
    finding = the_one(check_bars(changed(made(), low={350: 200.0}), CME))
    assert (finding.kind, finding.row) == ("far_wick", 352)
    assert "low 200.0 lies 231.4 daily sigmas from the bar's body at 2,000.0 (bound 12)" in finding.text


def test_five_equal_closes_are_stale_and_four_are_not():
    close = dict.fromkeys(range(100, 104), 2005.0)
    assert check_bars(changed(made(), close=close), CME) == ()
    finding = the_one(check_bars(changed(made(), close=close | {104: 2005.0}), CME))
    assert (finding.kind, finding.row, finding.count) == ("stale_run", 102, 5)
    assert "close 2,005.0 stands for 5 bars in a row (5 or more are stale)" in finding.text


def test_opens_that_repeat_the_previous_close_are_named_with_their_years():
    bars = made(1000)
    stale = bars.open.copy()
    stale[301:701] = bars.close[300:700]
    finding = the_one(check_bars(replace(bars, open=stale), CME))
    assert (finding.kind, finding.row, finding.count) == ("stale_open", 303, 400)
    # a year of 252 bars is stale as soon as 127 are: the first such year begins 125 bars before the first stale open
    first, last = bars.dates[301 - 125], bars.dates[700 + 125]
    assert f"the open repeats the previous close within 2 bp on 400 of 650 bars ({first} to {last};" in finding.text


def test_a_bar_without_range_is_counted():
    finding = the_one(check_bars(changed(made(), **{name: {7: 2004.0} for name in ("open", "high", "low", "close")}), CME))
    assert (finding.kind, finding.row, finding.count) == ("no_range", 9, 1)
    assert "high and low are both 2,004.0. " in finding.text


def test_a_bar_on_a_holiday_is_a_stray_and_a_session_without_a_bar_a_gap():
    bars = made()
    thanksgiving = int(np.searchsorted(bars.dates, np.datetime64("2022-11-25")))
    moved = bars.time.copy()
    moved[thanksgiving] = np.datetime64("2022-11-24")
    stray, gap = check_bars(replace(bars, time=moved), CME)
    assert (stray.kind, str(stray.date), stray.row) == ("stray_row", "2022-11-24", thanksgiving + 2)
    assert "CME_EQUITY has no session on this day" in stray.text
    assert (gap.kind, str(gap.date), gap.count) == ("gap", "2022-11-25", 1)
    assert gap.text.startswith("made.csv: 1 CME_EQUITY session has no bar: 2022-11-25. ")


def test_without_a_session_table_only_a_long_break_is_a_gap():
    assert check_bars(without(made(), 100, 101), None) == ()
    finding = the_one(check_bars(without(made(), *range(100, 110)), None))
    assert (finding.kind, finding.row, finding.count) == ("gap", 112, 1)
    assert "days without a bar before this one (bound 10)" in finding.text


def test_days_outside_the_session_table_are_neither_stray_nor_gap():
    bars = made()
    early = replace(bars, time=(np.datetime64("1990-01-01") + np.arange(len(bars))).astype("datetime64[us]"))
    assert check_bars(early, CME) == ()


def test_unknown_volume_is_a_remark():
    bars = made()
    some = the_one(check_bars(changed(bars, volume={3: np.nan, 9: np.nan}), CME))
    assert (some.kind, some.severity, some.row, some.count) == ("volume_unknown", "remark", 5, 2)
    assert f"; 2 bars, also {bars.dates[9]}." in some.text
    none = the_one(check_bars(replace(bars, volume=np.full(len(bars), np.nan)), CME))
    assert none.text == "made.csv: volume is unknown throughout; nothing is said about it."


def test_prices_below_zero_are_measured_in_points():
    # crude oil in April 2020: a walk of 0.50 a day around 1, then -37.63
    close = np.where(np.arange(100) % 2, 1.5, 1.0)
    close[99] = -37.63
    bars = replace(made(100, instrument=find_instrument("CL")), open=close, high=close + 0.1, low=close - 0.1, close=close)
    kinds = {finding.kind: finding for finding in check_bars(bars, None)}
    assert (kinds["far_move"].row, kinds["far_move"].count) == (101, 1)
    # from 1.00 to -37.63 are 38.63 points, 77.3 sigmas of 0.50
    assert "close -37.63 lies 77.3 daily sigmas from the close before, 1.00 (bound 12)" in kinds["far_move"].text


@given(
    t=st.integers(0, 399),
    rows=st.lists(st.tuples(st.integers(0, 399), st.sampled_from(["spike", "flat", "stale", "gone", "volume"])), max_size=12),
    with_table=st.booleans(),
)
def test_findings_of_a_day_come_from_the_bars_up_to_it(t, rows, with_table):
    bars = made()
    for row, fault in rows:
        if fault == "spike":
            bars = changed(bars, close={row: 9000.0}, high={row: 9001.0})
        elif fault == "flat":
            bars = changed(bars, **{name: {row: 2004.0} for name in ("open", "high", "low", "close")})
        elif fault == "stale" and row:
            bars = changed(bars, open={row: float(bars.close[row - 1])})
        elif fault == "volume":
            bars = changed(bars, volume={row: np.nan})
    bars = without(bars, *(row for row, fault in rows if fault == "gone" and row not in (0, t)))
    day = dt.date.fromisoformat(str(CME.between(dt.date(2022, 1, 3), dt.date(2023, 12, 31))[t]))
    table = CME if with_table else None
    prefix = bars.until(day)
    # the later bars rewritten: the findings of the day must not move
    later = np.arange(len(bars)) >= len(prefix)
    rewritten = replace(bars, close=np.where(later, 5000.0, bars.close), high=np.where(later, 5001.0, bars.high))
    found = check_bars(prefix, table)
    assert found == check_bars(rewritten.until(day), table)
    assert all(finding.date is not None and finding.date <= day for finding in found)


@pytest.mark.skipif(find_spec("arch") is None, reason="the sample comes with arch")
def test_the_stale_opens_of_the_sample_are_found_in_their_years():
    # measured when the sample was chosen: 97-100 % of 1999-2005, 88 % of 2006, 66 % of 2007; 78 % of 2012; 5-21 % of 2014-18
    finding, repeated = check_bars(sample_bars("SPX"), session_table("XNYS"))
    assert (finding.kind, finding.severity) == ("stale_open", "warning")
    # grep 3979360000 sp500.csv: 2010-08-09 and 2010-08-10
    assert (repeated.kind, repeated.count, str(repeated.date)) == ("repeated_volume", 9, "2010-08-10")
    assert "(1999-01-05 to 2008-03-31, 2011-03-21 to 2013-12-11; more than 50% of a year is stale)" in finding.text
    assert [f.kind for f in check_bars(sample_bars("IXIC"), session_table("XNYS"))] == ["volume_unknown"]


def test_the_strays_and_gaps_of_the_free_feed(shared):
    found = {f.kind: f for f in check_bars(read_bars(shared / "data" / "rty.csv", RTY), CME)}
    assert set(found) == {"expiry_settlement", "stray_row", "gap", "repeated_volume", "volume_unknown"}
    assert found["stray_row"].text.startswith(
        "rty.csv row 1,608 (2023-11-23): CME_EQUITY has no session on this day; 3 bars, also 2025-07-04, 2025-09-01."
    )
    assert "3 CME_EQUITY sessions have no bar: 2018-12-05, 2021-04-02, 2023-04-07." in found["gap"].text
    assert "Whether 2018-12-05, 2021-04-02, 2023-04-07 had a session of its own is disputed" in found["gap"].text
    assert found["gap"].severity == "remark"


def test_the_real_move_of_the_futures_on_5_february_2018(shared):
    bars = read_bars(shared / "data" / "es_tv.csv", find_instrument("ES"))
    found = {f.kind: f for f in check_bars(bars, CME)}
    assert set(found) == {"far_move", "volume_unknown"}
    assert (str(found["far_move"].date), found["far_move"].count) == ("2018-02-05", 1)
    assert "lies 12.4 daily sigmas" in found["far_move"].text
    # seen from the day before, nothing is known of it
    assert [f.kind for f in check_bars(bars.until(dt.date(2018, 2, 4)), CME)] == ["volume_unknown"]


def test_real_prefixes_never_raise(shared):
    bars = read_bars(shared / "data" / "rty.csv", RTY)
    for t in range(1, len(bars), 97):
        day = bars.dates[t].astype(object)
        assert all(finding.date <= day for finding in check_bars(bars.until(day), CME))
