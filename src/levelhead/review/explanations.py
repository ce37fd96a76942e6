"""What a wrong value would be right for: another average, or another day."""

from __future__ import annotations

import numpy as np

from levelhead.review.allowance import allowed, holds, last_digit, rounding
from levelhead.review.evidence import Evidence
from levelhead.review.said import Money
from levelhead.review.values import called, series_of, shown

_USUAL = ("sma_50", "sma_200", "sma_100", "sma_20", "ema_50", "ema_200", "ema_100", "ema_20")
# So many other lengths are on charts that one of them nearly always comes near: these must agree to the printed digit.
_OTHERS = tuple(f"{stem}_{n}" for stem in ("sma", "ema") for n in (10, 21, 9, 5, 8, 13, 30, 34, 40, 55, 89, 144, 150, 250))
_OSCILLATORS = ("rsi_14", "rsi_9", "rsi_7", "rsi_21", "rsi_5", "rsi_2")
DAYS_BACK = 252


def explained(evidence: Evidence, name: str, money: Money) -> str:
    """The end of a sentence, '; that is the 100-day average (2,516.3)' or '; it was right on 2025-09-08', or ''."""
    other = other_name(evidence, name, money)
    if other is not None:
        series = series_of(evidence, other)
        assert series is not None
        return f"; that is the {called(other)} ({shown(evidence, other, float(series[-1]))})"
    day = other_day(evidence, name, money)
    return f"; it was right on {day}" if day else ""


def other_name(evidence: Evidence, name: str, money: Money) -> str | None:
    """The average (or the RSI) that has the value which the note gives to another, the nearest to what it says."""
    if name.startswith(("sma_", "ema_", "wma_")):
        usual = (n for n in _USUAL if n != name and _fits(evidence, n, money, allowed(n, money, evidence.atr)))
        others = (n for n in _OTHERS if n != name and money.low == money.high and _fits(evidence, n, money, rounding(money) / 2))
        return next(usual, None) or next(others, None)
    if name.startswith("rsi_") and "." not in name:
        return next((n for n in _OSCILLATORS if n != name and _fits(evidence, n, money, last_digit(money.low))), None)
    return None


def _fits(evidence: Evidence, name: str, money: Money, allowance: float) -> bool:
    series = series_of(evidence, name)
    return series is not None and holds(money, float(series[-1]), allowance)


def other_day(evidence: Evidence, name: str, money: Money) -> str | None:
    """The latest earlier day, at most a year back, on which the value was right."""
    series = series_of(evidence, name)
    if series is None or evidence.bars.timeframe != "1d":
        return None
    first = max(0, len(series) - 1 - DAYS_BACK)
    earlier = series[first:-1]
    allowance = 0.0 if money.low != money.high else last_digit(money.low)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((earlier >= money.low - allowance) & (earlier <= money.high + allowance))
    return evidence.date(first + int(rows[-1])) if rows.size else None
