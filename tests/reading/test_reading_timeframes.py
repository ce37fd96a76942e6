"""What depends on the length of a bar: the pivots' period, the year, and the words."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from levelhead.desk.bar_words import of_bars
from levelhead.domain.bars import Bars
from levelhead.domain.claim import PricedClaim
from levelhead.domain.instrument import Instrument
from levelhead.forecast.paths import bars_a_year, shrunk_drift
from levelhead.reading.extremes import extreme_facts, extreme_rows_of
from levelhead.reading.pivots import pivot_facts
from levelhead.reading.timeframes import pivot_period, year_of_bars

X = Instrument.unknown("X")


def bars_on(times: np.ndarray, timeframe: str, days: np.ndarray | None = None) -> Bars:
    """Closes 1, 2, 3, ...; high a half above, low a half below."""
    n = len(times)
    close = np.arange(1.0, n + 1)
    return Bars(
        instrument=X,
        time=times.astype("datetime64[us]"),
        open=close.copy(),
        high=close + 0.5,
        low=close - 0.5,
        close=close,
        volume=np.full(n, np.nan),
        row=np.arange(n),
        timeframe=timeframe,
        feed="made",
        days=days,
    )


def weekly(count: int, last: str = "2025-03-14") -> Bars:
    return bars_on(np.datetime64(last) - 7 * np.arange(count)[::-1], "1w")


@pytest.mark.parametrize(
    ("timeframe", "period"),
    [
        ("1m", "day"),
        ("5m", "day"),
        ("15m", "day"),
        ("30m", "week"),
        ("4h", "week"),
        ("1d", "month"),
        ("1w", "year"),
        ("1mo", "year"),
    ],
)
def test_the_period_of_the_pivots_is_that_of_the_conventions(timeframe, period):
    assert pivot_period(timeframe).name == period


def test_weekly_pivots_come_from_the_weeks_that_end_in_the_year_before():
    # Fridays 2023-12-29 (bar 1) to 2024-12-27 (bar 53): 52 of them lie in 2024, bars 2 to 53; then 2025-01-03 is bar 54
    bars = weekly(60, last="2025-02-14")
    facts, _ = pivot_facts(bars, None)
    assert (facts["prior_year.high"].value, facts["prior_year.low"].value, facts["prior_year.close"].value) == (53.5, 1.5, 53.0)
    assert facts["pivot_year_traditional.p"].value == pytest.approx((53.5 + 1.5 + 53.0) / 3)
    assert facts["prior_year.close"].date == dt.date(2024, 12, 27)
    assert facts["prior_year.high"].meaning == "high of 2024 (a week counts where it ends)"
    assert not any(name.startswith(("prior_month", "prior_week", "pivot_month")) for name in facts)


def test_52_weeks_are_52_weekly_and_12_monthly_bars():
    assert extreme_facts(weekly(60), extreme_rows_of(weekly(60)))[0]["high_52w"].windows[0].count == 52
    assert "high_52w" not in extreme_facts(weekly(51), extreme_rows_of(weekly(51)))[0]
    monthly = bars_on((np.arange("2023-01", "2024-07", dtype="datetime64[M]") + 1).astype("datetime64[D]") - 1, "1mo")
    assert year_of_bars(monthly) == (12, "12 monthly bars")


def test_52_weeks_of_intraday_bars_are_those_of_the_last_252_trade_dates():
    dates = np.repeat(np.datetime64("2024-01-01") + np.arange(300), 2)
    times = dates.astype("datetime64[m]") + np.tile([600, 840], 300).astype("timedelta64[m]")
    assert year_of_bars(bars_on(times, "4h", dates)) == (504, "252 trade dates")
    assert year_of_bars(bars_on(times[:500], "4h", dates[:500])) == (None, "252 trade dates")


def test_the_drift_believed_in_knows_how_many_bars_make_a_year():
    assert bars_a_year(weekly(10)) == 52
    dates = np.repeat(np.datetime64("2024-01-01") + np.arange(10), 6)
    times = dates.astype("datetime64[m]") + np.tile(np.arange(6) * 240, 10).astype("timedelta64[m]")
    assert bars_a_year(bars_on(times, "4h", dates)) == 6 * 252
    # ten years of weeks, a Sharpe spread of 0.4: 0.16 / 52 against 1 / 520 is 1.6 to 1
    assert shrunk_drift(1.0, 520, 0.4, 52) == pytest.approx(1.6 / 2.6)
    assert shrunk_drift(1.0, 520, 0.4) == pytest.approx((0.16 / 252) / (0.16 / 252 + 1 / 520))


def test_words_are_said_again_and_names_claims_and_references_are_not():
    priced = PricedClaim(
        name="touch 5 sessions",
        claim="touch 5 within 12 sessions",
        sessions=12,
        rule="A daily bar decides in {scenario.sessions} sessions of the 50-day; see the daily pivot and that day's session.",
    )
    weekly_words = of_bars(priced, "1w")
    assert (
        weekly_words.rule
        == "A weekly bar decides in {scenario.sessions} bars of the 50-week; see the daily pivot and that day's bar."
    )
    assert (weekly_words.claim, weekly_words.name) == (priced.claim, priced.name)
    assert of_bars(priced, "4h").rule.startswith("A 4-hour bar decides")
    assert of_bars(priced, "1d") is priced
