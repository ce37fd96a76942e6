"""The forecast of a day: what it is on made markets, what it may not know, and what it refuses."""

import dataclasses
import datetime as dt
import math

import numpy as np
import pytest
from cut_bars import rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars, BadClaim, BadSettings, NotYetKnown
from levelhead.domain.instrument import Instrument
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.forecast import make_forecast, quantiles
from levelhead.forecast.models import volatility_history
from levelhead.forecast.paths import shrunk_drift
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import pool_at

FEW = Settings(paths=400)


def as_bars(opens, highs, lows, closes, *, symbol="MADE", **more):
    count = len(closes)
    return Bars(
        instrument=Instrument(symbol=symbol, name=symbol, short_name=symbol, kind="unknown", **more),
        time=(np.datetime64("2001-01-01") + np.arange(count)).astype("datetime64[us]"),
        open=np.array(opens, dtype=float),
        high=np.array(highs, dtype=float),
        low=np.array(lows, dtype=float),
        close=np.array(closes, dtype=float),
        volume=np.full(count, np.nan),
        row=np.arange(count),
        feed="made.csv",
    )


def market(sigmas, seed, *, steps=60, gap=0.3, drift=0.0):
    """A random walk in log price with one standard deviation per session, `gap` of its variance overnight."""
    generator = np.random.default_rng(seed)
    sigmas = np.asarray(sigmas)
    count = len(sigmas)
    overnight = math.sqrt(gap) * sigmas * generator.normal(size=count)
    inside = np.cumsum(generator.normal(size=(count, steps)) * (math.sqrt((1 - gap) / steps) * sigmas)[:, None], axis=1)
    inside[:, -1] += drift
    opened = np.concatenate([[0.0], np.cumsum(overnight + inside[:, -1])[:-1]]) + overnight
    walk = np.hstack([opened[:, None], opened[:, None] + inside])
    return as_bars(*(100 * np.exp(x) for x in (opened, walk.max(axis=1), walk.min(axis=1), walk[:, -1])))


def changing(count, seed):
    """Standard deviations whose logarithm is an autoregression of persistence 0.97 around log 0.01."""
    generator = np.random.default_rng(seed)
    log_sigma = np.zeros(count)
    for t in range(1, count):
        log_sigma[t] = 0.97 * log_sigma[t - 1] + 0.08 * generator.normal()
    return 0.01 * np.exp(log_sigma)


def same(one, other):
    return (
        all(a.tobytes() == b.tobytes() for a, b in zip(one.paths, other.paths, strict=True))
        and one.term.tobytes() == other.term.tobytes()
        and (one.start, one.sigma, one.drift, one.seed, one.model, one.bars_used)
        == (other.start, other.sigma, other.drift, other.seed, other.model, other.bars_used)
    )


def test_paths_are_shaped_and_start_from_the_last_price():
    bars = market(np.full(300, 0.01), 1)
    forecast = make_forecast(bars, sessions=9, settings=FEW)
    assert all(column.shape == (400, 9) for column in forecast.paths)
    assert forecast.start == bars.last
    assert forecast.bars_used == 300
    assert forecast.term.shape == (9,)
    assert forecast.term[0] == forecast.sigma
    first = np.log(forecast.paths.close[:, 0] / bars.last)
    assert first.std() == pytest.approx(forecast.sigma, rel=0.02)
    assert np.median(np.abs(first)) < 3 * forecast.sigma


def test_the_forecast_of_a_steady_market_is_its_standard_deviation():
    # 750 bars of sigma 0.013 know it to 1 / sqrt(1500) = 2.6 %, and the fit adds noise of its own from day to day. Over 12
    # markets: mean within 4 %, none beyond 20 %.
    said = np.array([make_forecast(market(np.full(1000, 0.013), seed), sessions=22, settings=FEW).term for seed in range(12)])
    assert np.abs(said[:, 0] / 0.013 - 1).max() < 0.2
    assert said[:, 0].mean() == pytest.approx(0.013, rel=0.04)
    assert said[:, 21].mean() == pytest.approx(0.013, rel=0.04)


def test_after_wild_days_the_forecast_is_high_and_comes_down_along_the_paths():
    sigmas = np.append(np.full(900, 0.01), np.full(8, 0.03))
    term = make_forecast(market(sigmas, 4), sessions=65, settings=FEW).term
    assert term[0] > 0.015
    assert term[0] > term[21] > term[64] > 0.009


def test_fans_cover_what_came_as_often_as_they_say():
    # 400 windows of 5 sessions that do not overlap; an 80 % fan misses by 2 points of one standard error, a 50 % fan by 2.5.
    bars = market(changing(2700, 5), 6)
    starts = range(650, 2650, 5)
    few = Settings(paths=1000)
    came = bars.close[[t + 5 for t in starts]]
    dates = bars.dates[list(starts)].astype(object)
    fans = [quantiles(f, 5) for f in forecasts_for(bars, dates, sessions=5, settings=few)]
    edges = {name: np.array([fan[name][4] for fan in fans]) for name in fans[0]}
    within = lambda low, high: float(np.mean((came >= edges[low]) & (came <= edges[high])))  # noqa: E731
    assert within("q10", "q90") == pytest.approx(0.8, abs=4 * math.sqrt(0.16 / 400))
    assert within("q25", "q75") == pytest.approx(0.5, abs=4 * math.sqrt(0.25 / 400))


def test_quantiles_rise_and_the_fan_widens():
    fan = quantiles(make_forecast(market(np.full(300, 0.01), 7), sessions=20, settings=FEW), 12)
    table = np.array([fan[name] for name in ("q10", "q25", "q50", "q75", "q90")])
    assert table.shape == (5, 12)
    assert (np.diff(table, axis=0) > 0).all()
    assert table[4, 11] - table[0, 11] > 2 * (table[4, 0] - table[0, 0])


def test_a_drift_is_shrunk_by_hand():
    # t^2 = 0.4^2 / 252 = 0.000634921; after 750 bars 1/n = 0.001333333; weight 0.000634921 / 0.001968254 = 0.322581
    assert shrunk_drift(0.05, 750, 0.4) == pytest.approx(0.05 * 0.322581, rel=1e-5)
    assert shrunk_drift(0.05, 750, 0.0) == 0.0


def test_the_paths_have_the_shrunk_drift_and_no_other():
    bars = market(np.full(900, 0.01), 8, drift=0.001)
    pool = pool_at(volatility_history(bars, FEW), 899, FEW)
    forecast = make_forecast(bars, sessions=1, settings=Settings(paths=7500))  # each of 750 past bars ten times
    mean = float(np.log(forecast.paths.close / bars.last).mean())
    assert mean == pytest.approx(forecast.drift, rel=1e-6)
    assert forecast.drift == pytest.approx(forecast.sigma / pool.close.std() * pool.close.mean() * 0.322581, rel=1e-4)


def test_without_drift_the_first_session_is_centred():
    bars = market(np.full(900, 0.01), 8, drift=0.001)
    forecast = make_forecast(bars, sessions=1, settings=Settings(paths=7500, drift_sharpe=0.0))
    assert forecast.drift == 0.0
    assert abs(float(np.log(forecast.paths.close / bars.last).mean())) < 1e-9


def test_the_same_bars_make_the_same_bytes():
    bars = market(changing(400, 9), 9)
    assert same(make_forecast(bars, settings=FEW), make_forecast(dataclasses.replace(bars), settings=FEW))


def test_other_bars_draw_other_paths():
    one, other = market(np.full(300, 0.01), 10), market(np.full(300, 0.01), 11)
    assert make_forecast(one, settings=FEW).seed != make_forecast(other, settings=FEW).seed


def test_the_model_is_said_in_words():
    said = make_forecast(market(np.full(300, 0.01), 12), sessions=1, settings=FEW).model
    assert "(HAR)" in said
    assert "fitted to 300 bars" in said
    assert "yearly Sharpe ratios spread by 0.4" in said


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(cut=st.integers(160, 420), seed=st.integers(0, 10_000))
def test_a_forecast_of_the_past_is_the_same_whatever_came_after(cut, seed):
    past, future = market(changing(cut, seed), seed), market(changing(80, seed + 1), seed + 1)
    rewritten = as_bars(*(np.append(getattr(past, k), getattr(future, k)) for k in ("open", "high", "low", "close")))
    date = past.as_of
    alone = make_forecast(past, sessions=6, settings=FEW)
    (among,) = forecasts_for(rewritten, [date], sessions=6, settings=FEW)
    assert same(alone, make_forecast(rewritten.until(date), sessions=6, settings=FEW))
    assert same(alone, among)


def test_no_row_of_a_volatility_history_knows_the_future():
    bars = market(changing(500, 13), 13)
    whole = volatility_history(bars, FEW)
    for cut in (150, 151, 152, 153, 260, 333, 499):
        prefix = volatility_history(bars.until(dt.date(2001, 1, 1) + dt.timedelta(days=cut - 1)), FEW)
        for field in dataclasses.fields(prefix):
            short, long = getattr(prefix, field.name), getattr(whole, field.name)
            if isinstance(short, np.ndarray):
                assert short.tobytes() == long[:cut].tobytes(), field.name


def test_a_batch_over_real_bars_is_each_day_on_its_own(shared):
    rows = np.genfromtxt(shared / "data" / "rty_tv.csv", delimiter=",", names=True, dtype=None, encoding="utf-8")
    bars = as_bars(*(rows[k] for k in ("open", "high", "low", "close")))
    dates = [dt.date(2001, 1, 1) + dt.timedelta(days=int(t)) for t in range(149, len(bars), 9)]
    assert len(dates) >= 200
    few = Settings(paths=50)
    for date, among in zip(dates, forecasts_for(bars, dates, sessions=5, settings=few), strict=True):
        assert same(among, make_forecast(bars.until(date), sessions=5, settings=few)), date


def test_the_range_of_an_unfinished_bar_can_raise_the_forecast_and_cannot_lower_it():
    bars = market(np.full(400, 0.01), 14)
    last = bars.last
    before = make_forecast(bars.until(bars.first + dt.timedelta(days=398)), sessions=1, settings=FEW)
    quiet = make_forecast(bars.with_last(last, high=last, low=last), sessions=1, settings=FEW)
    wild = make_forecast(bars.with_last(last, high=last * 1.06, low=last * 0.94), sessions=1, settings=FEW)
    finished = make_forecast(
        as_bars(*(np.append(getattr(bars, k)[:-1], last) for k in ("open", "high", "low", "close"))), settings=FEW
    )
    assert finished.sigma < 0.9 * before.sigma
    assert quiet.sigma > 0.9 * before.sigma
    assert wild.sigma > 1.2 * before.sigma


def test_an_unfinished_bar_is_in_no_pool():
    bars = market(np.full(200, 0.01), 15)
    price = bars.last
    history = volatility_history(bars.with_last(price, high=price * 1.3, low=price), FEW)
    assert pool_at(history, 199, FEW, complete=False).high.max() < 10 < pool_at(history, 199, FEW).high.max()
    assert_array_equal(history.coefficients[-1], history.coefficients[-2])


def test_opens_that_repeat_the_previous_close_do_not_change_the_scale():
    bars = market(np.full(900, 0.01), 16)
    opens = np.append(bars.open[0], bars.close[:-1])
    stale = as_bars(opens, np.maximum(bars.high, opens), np.minimum(bars.low, opens), bars.close)
    assert make_forecast(stale, sessions=5, settings=FEW).term == pytest.approx(
        make_forecast(bars, sessions=5, settings=FEW).term, rel=0.1
    )


def test_bars_without_range_among_others_are_borne():
    bars = market(np.full(500, 0.01), 17)
    prices = {k: getattr(bars, k).copy() for k in ("open", "high", "low", "close")}
    for t in range(20, 500, 7):
        for k in prices:
            prices[k][t] = prices["close"][t - 1]
    forecast = make_forecast(as_bars(**{f"{k}s": v for k, v in prices.items()}), sessions=5, settings=FEW)
    assert np.isfinite(forecast.paths.close).all()
    assert 0.008 < forecast.sigma < 0.016


def test_a_false_start_of_bars_that_stand_still_is_left_out():
    bars = market(np.full(300, 0.01), 18)
    flat = np.full(50, bars.open[0])
    late = as_bars(*(np.append(flat, getattr(bars, k)) for k in ("open", "high", "low", "close")))
    forecast = make_forecast(late, sessions=5, settings=FEW)
    assert forecast.bars_used == 300
    assert_allclose(forecast.term, make_forecast(bars, sessions=5, settings=FEW).term, rtol=0.02)


def test_sixty_bars_are_too_few():
    with pytest.raises(
        NotYetKnown, match=r"made\.csv: a volatility forecast needs 150 bars that move, there are 60 up to 2001-03-01"
    ):
        make_forecast(market(np.full(60, 0.01), 19))


def test_a_date_before_anything_moved_is_too_early():
    bars = market(np.full(300, 0.01), 18)
    flat = np.full(50, bars.open[0])
    late = as_bars(*(np.append(flat, getattr(bars, k)) for k in ("open", "high", "low", "close")))
    with pytest.raises(NotYetKnown, match="there are 0 up to 2001-01-21"):
        next(forecasts_for(late, [dt.date(2001, 1, 21)], settings=FEW))


def test_150_bars_are_enough():
    forecast = make_forecast(market(np.full(150, 0.01), 20), sessions=65, settings=FEW)
    assert 0.006 < forecast.sigma < 0.016
    assert np.isfinite(forecast.paths.low).all()


def test_a_market_that_never_moved_is_refused():
    flat = np.full(400, 50.0)
    with pytest.raises(BadBars, match=r"none of its 400 bars up to .* moved; a volatility of zero prices nothing"):
        make_forecast(as_bars(flat, flat, flat, flat))


def test_a_market_that_has_stopped_moving_is_refused():
    bars = market(np.full(300, 0.01), 21)
    flat = np.full(100, bars.last)
    with pytest.raises(BadBars, match=r"100 of the 150 bars up to 2002-02-04 did not move at all"):
        make_forecast(as_bars(*(np.append(getattr(bars, k), flat) for k in ("open", "high", "low", "close"))))


def test_a_price_below_zero_has_no_logarithm():
    bars = market(np.full(300, 0.01), 22)
    lows = bars.low.copy()
    lows[200] = -37.63
    with pytest.raises(BadBars, match=r"trades at -37\.63 on 2001-07-20: .* above zero, 150 bars of them since; there are 99"):
        make_forecast(as_bars(bars.open, bars.high, lows, bars.close, may_be_negative=True))


def test_the_history_begins_after_the_last_price_below_zero():
    bars = market(np.full(500, 0.01), 22)
    closes, lows = bars.close.copy(), bars.low.copy()
    closes[200], lows[150], lows[200] = -5.0, 0.0, -37.63
    oil = as_bars(bars.open, bars.high, lows, closes, may_be_negative=True)
    after = rows_of(bars, slice(201, None))
    history, alone = volatility_history(oil, FEW), volatility_history(after, FEW)
    assert history.skipped == 201
    assert history.log_variance.tolist() == alone.log_variance.tolist()
    assert history.moves.tolist() == alone.moves.tolist()
    assert make_forecast(oil, sessions=5, settings=FEW).sigma > 0
    # a day before it has the history of its time, and the days after it too few bars at first
    early, late = oil.dates[[149, 499]].astype(object)
    told = forecasts_for(oil, [early, late], sessions=5, settings=FEW)
    for day, forecast in zip((early, late), told, strict=True):
        assert forecast.paths.close.tobytes() == make_forecast(oil.until(day), sessions=5, settings=FEW).paths.close.tobytes()
    with pytest.raises(BadBars, match="there are 99"):
        make_forecast(oil.until(oil.dates[299].astype(object)), settings=FEW)


@pytest.mark.parametrize("sessions", [0, 253])
def test_a_horizon_out_of_range_is_refused(sessions):
    with pytest.raises(BadClaim, match=f"{sessions} sessions is out of range"):
        make_forecast(market(np.full(300, 0.01), 23), sessions=sessions, settings=FEW)


def test_a_fan_beyond_the_paths_is_refused():
    forecast = make_forecast(market(np.full(300, 0.01), 24), sessions=5, settings=FEW)
    with pytest.raises(BadClaim, match="reaches 5 sessions; quantiles for 6 are out of range"):
        quantiles(forecast, 6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"paths": 0}, "forecast.paths is 0"),
        ({"least_bars": 70}, "forecast.least_bars is 70; at least 50 bars more"),
        ({"spans": ()}, "give at least one span"),
        ({"weights": (1.0,)}, "forecast.weights has 1 numbers; 4 spans need 9"),
        ({"prior_bars": 0.0}, "must be positive"),
        ({"drift_sharpe": -1.0}, "forecast.drift_sharpe is -1.0"),
        ({"highest": 0.5}, "forecast.highest is 0.5"),
    ],
)
def test_a_setting_out_of_bounds_is_refused(change, said):
    with pytest.raises(BadSettings, match=said):
        Settings(**change)
