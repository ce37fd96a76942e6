"""Prices and base rates of events and logic, counted by hand."""

import math

import numpy as np
import pytest

from levelhead.claims.parse import parse_claim
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadClaim, NotYetKnown
from levelhead.domain.instrument import Instrument
from levelhead.forecast.base_rates import base_rates
from levelhead.forecast.forecast import Forecast
from levelhead.forecast.price import conditional, price_claim
from levelhead.kernels.paths import PathBars


def bars_of(closes):
    closes = np.asarray(closes, dtype=np.float64)
    n = len(closes)
    return Bars(
        instrument=Instrument.unknown("XYZ"),
        time=(np.datetime64("2020-01-01") + np.arange(n)).astype("datetime64[us]"),
        open=closes.copy(),
        high=closes + 1,
        low=closes - 1,
        close=closes,
        volume=np.full(n, np.nan),
        row=np.arange(n),
    )


# Every true range and ATR(14) is 2. With 3 sessions the start days are rows 14 to 26: six at 100, seven at 101.
STEP = bars_of([100.0] * 20 + [101.0] * 10)
FLAT = (101, 102, 100, 101)
FOUR = [
    [FLAT, (101, 104, 100, 103), FLAT],  # up to 103
    [FLAT, FLAT, (101, 102, 98, 99)],  # down to 99
    [(101, 104, 98, 101), FLAT, FLAT],  # both in one bar
    [FLAT, FLAT, FLAT],
]
PATHS = PathBars(*(np.array([[bar[k] for bar in path] for path in FOUR], dtype=np.float64) for k in range(4)))
FORECAST = Forecast(start=101.0, sigma=0.01, term=np.full(3, 0.01), paths=PATHS, drift=0.0, seed="0", model="by hand", bars_used=30)


def priced(text):
    return price_claim(parse_claim(text), FORECAST, STEP)


def chances(text):
    return {name: chance.probability for name, chance in priced(text).chances.items()}


def rates(text):
    return {name: rate.value for name, rate in base_rates(parse_claim(text), STEP).rates.items()}


def test_one_price_before_another():
    found = priced("touch 103 before touch 99 within 3 sessions")
    assert {name: chance.probability for name, chance in found.chances.items()} == {"true": 1 / 3, "false": 2 / 3}
    assert (found.undecided, found.sessions) == (0.25, 3)
    # 103 stands for 102 from the days at 100, reached from rows 17 to 19 alone
    assert rates("touch 103 before touch 99 within 3 sessions") == {"true": 3 / 13, "false": 10 / 13}


def test_a_condition_leaves_void_what_it_does_not_cover():
    found = priced("touch 103 within 3 sessions given touch 99 within 3 sessions")
    assert {name: chance.probability for name, chance in found.chances.items()} == {"true": 0.25, "false": 0.25, "void": 0.5}
    told = conditional(found)
    assert (told.probability, told.error) == (0.5, pytest.approx(math.sqrt(0.5 * 0.5 / 2)))
    # a third close above the last price: from rows 17 to 19 only, and from these 103 is always touched
    assert rates("touch 103 within 3 sessions given close above 101 at 3 sessions") == {"true": 3 / 13, "false": 0, "void": 10 / 13}


def test_a_condition_that_no_path_meets_leaves_nothing_to_say():
    assert conditional(priced("touch 103 within 3 sessions given touch 200 within 3 sessions")) is None


def test_an_average_along_the_paths_and_at_the_same_distance_in_the_past():
    # two closes at 101 before: the mean of two is 101 at first; 103 lies above (101 + 103) / 2, on the first path alone
    assert chances("close above sma_2 within 3 sessions") == {"true": 0.25, "false": 0.75}
    # from rows 17 to 19 a close of 101 lies above (100 + 101) / 2. Row 20 stood half a point above its mean; moved to the same
    # distance as now, none, its mean is never below a close of 101 again
    assert rates("close above sma_2 within 3 sessions") == {"true": 3 / 13, "false": 10 / 13}


def test_days_without_their_average_are_not_counted():
    # a mean of 20 is known from row 19: of the start days 14 to 26, eight
    assert base_rates(parse_claim("close below sma_20 within 3 sessions"), STEP).rates["true"].count == 8


def test_an_atr_is_counted_in_that_of_the_day():
    assert rates("atr_14 above 1.9 at 3 sessions") == {"true": 1.0, "false": 0.0}
    assert rates("atr_14 above 2.1 at 3 sessions") == {"true": 0.0, "false": 1.0}


def test_logic_over_the_same_paths():
    assert chances("touch 103 within 3 sessions and touch 99 within 3 sessions") == {"true": 0.25, "false": 0.75}
    assert chances("touch 103 within 3 sessions or touch 99 within 3 sessions") == {"true": 0.75, "false": 0.25}
    assert chances("not touch 103 within 3 sessions") == {"true": 0.5, "false": 0.5}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("touch 105 before touch 103 within 3 sessions", "cannot get to 'touch 105' but by 'touch 103'"),
        ("not touch 101 within 3 sessions", "the last price 101.00 is that price already"),
        ("first of sma_2 | 99 within 3 sessions", "has already reached sma_2 (101.00)"),
        ("close above 102 within 9 sessions", "stands for 9 sessions, the forecast reaches 3; make it with sessions=9"),
    ],
)
def test_what_is_settled_already_or_too_long_has_no_price(text, answer):
    with pytest.raises(BadClaim) as refused:
        priced(text)
    assert answer in str(refused.value)


def test_an_average_longer_than_the_history_has_no_price():
    with pytest.raises(NotYetKnown, match="sma_50 needs 50 bars, there are 30; give a longer history"):
        priced("close above sma_50 within 3 sessions")
