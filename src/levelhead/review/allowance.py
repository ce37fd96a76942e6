"""How far a printed value may lie from what the bars give and still be right.

What the note prints, plus what two honest charts may differ by: a value is held to one unit of its last printed digit (notes
round and truncate), a price also to another feed's difference. Two feeds of one future put its 200-day average 0.05 per cent
apart, and a feed that closes expiries on the settlement moves averages by one to five points of 2,000; `FEED_SHARE` and
`FEED_ATR` stay within that.
"""

from __future__ import annotations

import math
from decimal import Decimal

from levelhead.review.said import Money

FEED_SHARE = 0.001  # of a price
FEED_ATR = 0.05  # of ATR(14), where that is less: 0.1 per cent of a bond is a day's range
INDEX_POINTS = 0.5  # of RSI and its like, which another first bar or feed moves by some tenths
ABOUT_SHARE = 0.01  # the most that 'near 1,800' may stand off, as a share of the price
TREND_ATR = 0.1  # prices of a chart read by eye: the width of a drawn line


def last_digit(value: float, *, is_about: bool = False) -> float:
    """The place of the last printed digit: 0.1 of 2,229.3, 1 of 2,003, 100 of 'near 1,800'."""
    digits = Decimal(repr(float(abs(value)))).normalize()
    exponent = digits.as_tuple().exponent
    place = exponent if isinstance(exponent, int) else 0
    return float(Decimal(1).scaleb(place if place < 0 or is_about else 0))


def feed_difference(price: float, atr: float) -> float:
    """How far two feeds' versions of one price may lie apart; atr may be NaN where it is not known."""
    share = FEED_SHARE * abs(price)
    return min(share, FEED_ATR * atr) if math.isfinite(atr) and atr > 0 else share


def rounding(money: Money) -> float:
    """What printing takes off: one unit of the last digit; of a zone nothing; of 'near 1,800' up to one per cent."""
    if money.low != money.high:
        return 0.0
    unit = last_digit(money.low, is_about=money.approximate)
    return min(unit, ABOUT_SHARE * abs(money.low)) if money.approximate and unit > 1 else unit


def allowed(name: str, money: Money, atr: float) -> float:
    """The allowance for the value called `name`: an oscillator's, a per cent's, a measure of points' or a price's."""
    if name.startswith(("rsi", "stochastic", "adx", "cci", "mfi")):
        return last_digit(money.low) + INDEX_POINTS
    if name.endswith("_pct") or name.endswith(".pct"):
        unit = last_digit(money.low)
        return unit if money.approximate else unit / 2 + 1e-9
    if name.startswith(("atr", "macd")):
        return last_digit(money.low) + FEED_ATR * (atr if math.isfinite(atr) else 0.0)
    return rounding(money) + feed_difference(money.middle, atr)


def holds(money: Money, value: float, allowance: float) -> bool:
    """Whether `value` is what `money` says, give or take the allowance; an open end goes on without bound."""
    low = -math.inf if money.open_ended == "down" else money.low - allowance
    high = math.inf if money.open_ended == "up" else money.high + allowance
    return low <= value <= high
