"""Chances, errors and base rates, counted by hand on 30 bars and a handful of paths."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.claims.parse import parse_claim
from levelhead.domain.adjustment import back_adjusted
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadClaim
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import Roll
from levelhead.domain.sessions import as_date
from levelhead.forecast.base_rates import Pasts, base_rates
from levelhead.forecast.forecast import Forecast
from levelhead.forecast.plan_price import Costs, price_plan
from levelhead.forecast.price import market_of, price_claim, price_many
from levelhead.forecast.settings import Settings
from levelhead.forecast.shares import mean_of, share
from levelhead.kernels.paths import PathBars
from levelhead.kernels.plans import Frictions

XYZ = Instrument.unknown("XYZ")
RTY = Instrument(
    symbol="RTY", name="E-mini", short_name="RTY", kind="future", tick=0.1, decimals=1, point_value=50.0, commission=2.5
)


def bars_of(closes, opens=None, reach=1.0, instrument=XYZ):
    closes = np.asarray(closes, dtype=np.float64)
    opens = closes.copy() if opens is None else np.asarray(opens, dtype=np.float64)
    n = len(closes)
    days = np.datetime64("2020-01-01") + np.arange(n)
    return Bars(
        instrument=instrument,
        time=days.astype("datetime64[us]"),
        open=opens,
        high=np.maximum(opens, closes) + reach,
        low=np.minimum(opens, closes) - reach,
        close=closes,
        volume=np.full(n, np.nan),
        row=np.arange(n),
    )


# Every bar opens and closes at one price and reaches one point to either side, so that each true range and ATR(14) is 2.
# 20 bars at 100, then 10 at 101. With 3 sessions the start days are rows 14 to 26: six at 100, seven at 101.
STEP = bars_of([100.0] * 20 + [101.0] * 10)


def path_bars(*paths):
    """Paths of (open, high, low, close) bars."""
    return PathBars(*(np.array([[bar[k] for bar in path] for path in paths], dtype=np.float64) for k in range(4)))


def forecast_of(paths, start=101.0):
    sessions = paths.close.shape[1]
    term = np.full(sessions, 0.01)
    return Forecast(start=start, sigma=0.01, term=term, paths=paths, drift=0.0, seed="0", model="by hand", bars_used=30)


FLAT = (101, 102, 100, 101)
FOUR = forecast_of(
    path_bars(
        [FLAT, (101, 104, 100, 103), FLAT],  # up to 103
        [FLAT, FLAT, (101, 102, 98, 99)],  # down to 99
        [(101, 104, 98, 101), FLAT, FLAT],  # both in one bar
        [FLAT, FLAT, FLAT],
    )
)


def rates_of(text, bars=STEP):
    found = base_rates(parse_claim(text), bars)
    return {name: rate.value for name, rate in found.rates.items()}, found


def test_the_base_rate_of_a_touch_counted_by_hand():
    # 103 lies 1 ATR above the last close 101. From the six days at 100 it stands for 102, which the bars at 101 reach:
    # within three sessions of rows 17, 18 and 19 only. From the days at 101 it is 103, out of reach.
    rates, found = rates_of("touch 103 within 3 sessions")
    assert rates == {"true": 3 / 13, "false": 10 / 13}
    # rows 14, 17, 20, 23, 26 start windows that do not overlap
    assert (found.rates["true"].count, found.rates["true"].windows, found.undecided) == (13, 5, 0)


def test_the_base_rate_of_a_split_counted_by_hand():
    rates, _ = rates_of("first of 103 | 99 within 3 sessions")
    assert rates == {"up": 3 / 13, "range": 10 / 13, "down": 0.0}


def test_undecided_days_are_left_out_of_the_base_rate_and_counted():
    # half a point to either side: every bar reaches both, but after row 19 the next bar opens at 101, beyond 100.5
    rates, found = rates_of("first of 101.5 | 100.5 within 3 sessions")
    assert rates == {"up": 1.0, "range": 0.0, "down": 0.0}
    assert (found.rates["up"].count, found.undecided) == (1, 12)


def test_the_base_rate_of_a_close_counted_by_hand():
    rates, _ = rates_of("close above 101.5 at 3 sessions")
    assert rates == {"true": 3 / 13, "false": 10 / 13}


def test_the_base_rate_of_a_plan_counted_by_hand():
    # The entry half a point below, the stop three, the target one and a half above. The next bar trades through the entry but
    # after row 19. The bars at 101 trade through the target from rows 17 and 18. Ten trades are closed at the third close.
    rates, found = rates_of("long limit 100.5 stop 98 target 102.5 fill within 1 exit within 3")
    assert rates == {"unfilled": 1 / 13, "target": 2 / 13, "stop": 0.0, "expired": 10 / 13}
    assert found.rates["target"].count == 13


def test_distances_are_counted_in_atr():
    # the same chart five times as wide, the claim too: the same days
    wide = bars_of(np.asarray(STEP.close) * 5, reach=5.0)
    rates, _ = rates_of("touch 515 within 3 sessions", wide)
    assert rates == {"true": 3 / 13, "false": 10 / 13}


def test_a_provisional_bar_ends_no_window():
    provisional = STEP.with_last(101.0)
    _, found = rates_of("touch 103 within 3 sessions", provisional)
    assert found.rates["true"].count == 12


def test_too_few_bars_have_no_base_rate():
    short = bars_of([100.0] * 17)
    assert rates_of("touch 103 within 3 sessions", short)[0] == {}
    assert rates_of("touch 103 within 2 sessions", short)[0] == {"true": 0.0, "false": 1.0}
    still = bars_of([100.0] * 40, reach=0.0)
    assert rates_of("touch 103 within 3 sessions", still)[0] == {}
    priced = price_claim(parse_claim("touch 103 within 3 sessions"), FOUR, bars_of([101.0] * 10))
    assert (priced.chances["true"].base_rate, priced.chances["true"].base_count) == (None, 0)


def test_chances_are_those_of_the_decided_paths():
    priced = price_claim(parse_claim("first of 103 | 99 within 3 sessions"), FOUR, STEP, name="scenario")
    assert {name: chance.probability for name, chance in priced.chances.items()} == {"up": 1 / 3, "range": 1 / 3, "down": 1 / 3}
    assert priced.chances["up"].error == pytest.approx(math.sqrt(1 / 3 * 2 / 3 / 3))
    assert priced.chances["up"].base_rate == pytest.approx(3 / 13)
    assert (priced.undecided, priced.paths, priced.sessions, priced.name) == (0.25, 4, 3, "scenario")
    assert priced.claim == "first of 103 | 99 within 3 sessions"
    assert "first bar that opens after the note" in priced.rule


def test_a_touch_and_a_close_have_two_outcomes():
    touched = price_claim(parse_claim("touch 99 within 3 sessions"), FOUR, STEP).chances
    assert (touched["true"].probability, touched["false"].probability) == (0.5, 0.5)
    closed = price_claim(parse_claim("close above 101 at 2 sessions"), FOUR, STEP).chances
    assert closed["true"].probability == 0.25


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "first of 101 | 99 within 3 sessions",
            "'first of 101 | 99 within 3 sessions': the last price 101.00 has already reached 101.00; give an upper price above",
        ),
        ("first of 100 | 99 within 3 sessions", "has already reached 100.00; give an upper price above the last one"),
        ("first of 103 | 102 within 3 sessions", "has already reached 102.00; give a lower price below the last one"),
        ("touch 101 within 3 sessions", "the last price 101.00 is that price already; give a price that has still to be reached"),
        ("touch 103 within 4 sessions", "stands for 4 sessions, the forecast reaches 3; make it with sessions=4"),
    ],
)
def test_what_is_true_already_or_too_long_has_no_price(text, answer):
    with pytest.raises(BadClaim) as refused:
        price_claim(parse_claim(text), FOUR, STEP)
    assert answer in str(refused.value)


def test_a_split_that_every_bar_spans_has_no_price():
    spanned = forecast_of(path_bars([FLAT], [FLAT]))
    with pytest.raises(BadClaim, match="on every simulated path one bar reaches both prices; take them farther apart"):
        price_claim(parse_claim("first of 101.5 | 100.5 within 1 session"), spanned, STEP)


def test_the_error_of_a_share_is_the_binomial_one():
    hits, counted = np.array([True, False, True, True, False]), np.array([True, True, True, True, False])
    # 3 of 4: sqrt(0.75 x 0.25 / 4)
    assert share(hits, counted) == pytest.approx((0.75, 0.21650635))
    # 1, 2, 3 and 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5
    assert mean_of(np.array([1.0, 2.0, 3.0, 6.0, np.nan])[counted]) == pytest.approx((3.0, math.sqrt(3.5 / 4)))


FREE = Frictions()


def test_the_price_of_a_plan_counted_by_hand():
    plan = parse_claim("long limit 100.5 stop 98.5 target 102.5, 103.5 fill within 2 exit within 3")
    paths = path_bars(
        [FLAT, (101, 104, 100.6, 103), FLAT],  # filled at 100.5, both targets in the next bar: +1 R
        [FLAT, (101, 103, 100.6, 102), FLAT],  # the first target only: +1 R; held for the second, it expires
        [FLAT, (101, 101, 98, 99), FLAT],  # the stop: -1 R
        [FLAT, FLAT, FLAT],  # expired at 101: 0.5 / 2 = +0.25 R
        [FLAT, (101, 103, 98, 99), FLAT],  # undecided; held for the second target, the stop
        [(101, 102, 100.7, 101), (101, 102, 100.7, 101), FLAT],  # not filled in two sessions
    )
    price = price_plan(plan, forecast_of(paths), STEP, costs=FREE)
    assert (price.fill.probability, price.filled, price.undecided) == (pytest.approx(5 / 6), 5, pytest.approx(1 / 5))
    assert [target.probability for target in price.targets] == [2 / 5, 1 / 5]
    assert (price.stop.probability, price.expired.probability) == (1 / 5, 1 / 5)
    # the undecided path ends at the stop at its worst, at the target at its best
    assert price.expected_low == pytest.approx((1 + 1 - 1 + 0.25 - 1) / 5)
    assert price.expected_high == pytest.approx((1 + 1 - 1 + 0.25 + 1) / 5)
    # squares about 0.05: 0.9025 + 0.9025 + 1.1025 + 0.04 + 1.1025, a fifth of it over five paths
    assert price.expected_error == pytest.approx(math.sqrt(4.05 / 5 / 5), rel=1e-4)


def test_the_past_of_a_plan_counted_by_hand():
    plan = parse_claim("long limit 100.5 stop 98 target 102.5 fill within 1 exit within 3")
    paths = path_bars([FLAT, FLAT, FLAT])
    price = price_plan(plan, forecast_of(paths), STEP, costs=Frictions(tick=0.01, slippage=0.01))
    # two trades make 2 points, ten are closed at their entry + 0.5 less 0.01; the risk is 2.5 points
    assert price.base_low == price.base_high == pytest.approx((2 * 2.0 + 10 * 0.49) / 2.5 / 12)
    # filled on every start day but row 19: 14, 17, 20, 23 and 26 do not overlap
    assert (price.base_count, price.base_windows) == (12, 5)
    # 0.8 twice and 0.196 ten times: variance (2 x 10 / 144) x 0.604^2
    assert price.base_error == pytest.approx(0.604 * math.sqrt(20) / 12 / math.sqrt(5))
    assert (price.fill.base_rate, price.fill.base_count) == (12 / 13, 13)
    assert (price.targets[0].base_rate, price.targets[0].base_count) == (2 / 12, 12)


def test_costs_lower_the_expected_result_by_their_share_of_the_risk():
    plan = parse_claim("long limit 100.5 stop 98.5 target 102.5 fill within 1 exit within 2")
    paths = forecast_of(path_bars([FLAT, (101, 104, 100.6, 103)]))
    free = price_plan(plan, paths, STEP, costs=FREE).expected_low
    paid = price_plan(plan, paths, STEP, costs=Frictions(commission=0.1)).expected_low
    assert free - paid == pytest.approx(0.1 / 2)
    # RTY: $2.50 a side is 0.1 points for both, and the target needs one tick of 0.1 through it
    assert Costs.of(RTY) == pytest.approx((0.1, 0.1, 0.1))
    assert price_plan(plan, paths, replace(STEP, instrument=RTY)).expected_low == pytest.approx(paid)


def test_a_plan_that_no_path_fills_has_no_price():
    plan = parse_claim("long limit 50 stop 40 target 60 fill within 1 exit within 3")
    with pytest.raises(BadClaim, match="none of 4 simulated paths fills the order in 1 sessions; enter nearer"):
        price_plan(plan, FOUR, STEP)


def test_a_plan_that_no_path_decides_has_its_two_ends():
    plan = parse_claim("long stop 101.5 stop 100.5 target 101.8 fill within 1 exit within 3")
    price = price_plan(plan, forecast_of(path_bars([FLAT, FLAT, FLAT])), STEP, costs=FREE)
    assert price.undecided == 1
    assert (price.expected_low, price.expected_high) == (pytest.approx(-1), pytest.approx(0.3))


def test_a_plan_too_long_for_the_paths_has_no_price():
    with pytest.raises(BadClaim, match="the forecast reaches 3; make it with sessions=9"):
        price_plan(parse_claim("long limit 100 stop 98 target 103 fill within 1 exit within 9"), FOUR, STEP)


# A year and a half of a made market: enough for a real forecast.
def made_market(n=380):
    steps = np.random.Generator(np.random.Philox(7)).standard_normal((2, n)) * 0.01
    closes = 2000 * np.exp(np.cumsum(steps[0]))
    opens = np.concatenate([[2000.0], closes[:-1]]) * np.exp(steps[1] * 0.3)
    return bars_of(closes, opens, reach=6.0)


MADE = made_market()
FEW = Settings(paths=400)


def test_several_claims_share_the_paths_of_one_day():
    texts = ["touch +1 ATR within 5 sessions", "touch +1 ATR within 10 sessions", "close above +0.5% at 5 sessions"]
    claims = [parse_claim(text, market=market_of(MADE)) for text in texts]
    short, long, closed = price_many(claims, MADE, settings=FEW, names=["a", "b", "c"])
    assert short.chances["true"].probability <= long.chances["true"].probability  # on the same paths, without exception
    assert [priced.name for priced in (short, long, closed)] == ["a", "b", "c"]
    assert price_many([], MADE) == []


def test_the_market_has_no_sigma_without_a_forecast():
    assert market_of(MADE).sigma is None
    assert market_of(STEP, FOUR).sigma == pytest.approx(1.01)
    assert market_of(STEP).atr == pytest.approx(2.0)
    assert market_of(bars_of([100.0] * 5)).atr is None


@given(up=st.floats(0.1, 4), down=st.floats(0.1, 4), sessions=st.integers(1, 20))
def test_the_chances_of_a_split_sum_to_one_and_so_do_its_base_rates(up, down, sessions):
    last = MADE.last
    text = f"first of {last + up * 20:.2f} | {last - down * 20:.2f} within {sessions} sessions"
    chances = price_many([parse_claim(text)], MADE, settings=FEW)[0].chances.values()
    assert math.fsum(chance.probability for chance in chances) == pytest.approx(1)
    assert math.fsum(chance.base_rate for chance in chances) == pytest.approx(1)


@given(cut=st.integers(200, 379))
def test_a_base_rate_knows_nothing_of_the_bars_after_its_day(cut):
    day = dt.date(2020, 1, 1) + dt.timedelta(days=cut - 1)
    rewritten = bars_of(*(np.where(np.arange(380) < cut, column, 5.0) for column in (MADE.close, MADE.open)), reach=6.0)
    level = float(MADE.close[cut - 1]) + 25
    claim = parse_claim(f"touch {level:.2f} within 7 sessions")
    assert base_rates(claim, MADE.until(day)) == base_rates(claim, rewritten.until(day))
    assert base_rates(claim, MADE.until(day)).rates["true"].count == cut - 14 - 7


def test_the_past_of_an_adjusted_series_is_that_of_its_back_adjusted_one():
    roll = Roll(
        date=as_date(MADE.dates[200]),
        from_contract="AH5",
        to_contract="AM5",
        gap=20.0,
        factor=1.01,
        estimated=False,
        method="given",
    )
    traded = replace(MADE, rolls=(roll,))
    moved = Pasts(back_adjusted(traded, "difference")).of(5)
    assert moved is not None
    np.testing.assert_allclose(moved.paths.close, Pasts(traded).of(5).paths.close, rtol=1e-12)


def test_a_price_that_cannot_be_is_refused():
    with pytest.raises(BadClaim, match="'touch -5 within 3 sessions': X cannot trade at -5; give a price above 0"):
        price_claim(parse_claim("touch -5 within 3 sessions"), FOUR, replace(STEP, instrument=Instrument.unknown("X")))
