"""What the bars give for the names a note may print, and how each is called in a sentence."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from levelhead.domain.bars import FloatArray
from levelhead.kernels.momentum import rsi
from levelhead.review.evidence import Evidence

_CALLED = {
    "last": "last price",
    "rsi_14.signal": "signal line of RSI(14)",
    "macd": "MACD",
    "adx_14": "ADX(14)",
    "macd.signal": "signal line of MACD",
    "macd.histogram": "MACD histogram",
    "all_time_high": "all-time high",
    "all_time_low": "all-time low",
    "high_52w": "52-week high",
    "low_52w": "52-week low",
    "drawdown_pct": "drawdown from the all-time high",
}
_SERIES = re.compile(r"(sma|ema|wma|rsi|atr)_(\d{1,4})([wmh]?)$")
_DISTANCE = re.compile(r"distance_to_(?P<name>[sew]ma_\d{1,4}|all_time_high|high_52w|low_52w)_pct")
_LENGTHS = {"": "", "w": "weekly ", "m": "monthly ", "h": "intraday "}
_AVERAGES = {"sma": "average", "ema": "exponential average", "wma": "weighted average"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of the bars. called: '50-day average'; shown: with its unit, '2,229.3'; when: ' on 2024-11-25' or ''."""

    value: float
    called: str
    shown: str
    when: str = ""


def called(name: str) -> str:
    """A name in words: 'sma_50' is the '50-day average', 'rsi_14' 'RSI(14)', 'pivot.s2' 'S2'."""
    if name in _CALLED:
        return _CALLED[name]
    if name.startswith("pivot."):
        return name.removeprefix("pivot.").upper()
    if far_from := measured_from(name):
        return f"distance to the {called(far_from)}"
    found = _SERIES.match(name)
    if found is None:
        return name.replace("_", " ").replace(".", " ")
    if found[1] in _AVERAGES:
        return f"{found[2]}-{'week' if found[3] else 'day'} {_AVERAGES[found[1]]}"
    return f"{_LENGTHS[found[3]]}{found[1].upper()}({found[2]})"


def measured_from(name: str) -> str:
    """From what a distance is measured: 'sma_50' of 'distance_to_sma_50_pct', '' of what is none."""
    found = _DISTANCE.fullmatch(name)
    return found["name"] if found is not None else ""


def series_of(evidence: Evidence, name: str) -> FloatArray | None:
    """The value of `name` at every bar, NaN while not known; None where bars have no such series."""
    if name == "last":
        return evidence.bars.close
    if name == "macd":
        return evidence.panel.macd.line
    if name == "macd.signal":
        return evidence.panel.macd.signal
    if name == "rsi_14.signal":
        return evidence.panel.rsi_signal
    return evidence.series(name)


def value_of(evidence: Evidence, name: str) -> Value | None:
    """What the bars give for `name` on the note's day, None where they cannot (`why_unknown` says why)."""
    number = _number(evidence, name)
    if number is None or not math.isfinite(number):
        return None
    fact = evidence.facts.get(name)
    dated = fact is not None and fact.date is not None and name.startswith(("all_time", "high_52w", "low_52w"))
    when = f" on {fact.date}" if fact is not None and dated else ""
    return Value(value=number, called=called(name), shown=shown(evidence, name, number), when=when)


def shown(evidence: Evidence, name: str, number: float) -> str:
    """A value with the digits of its kind: prices on the tick grid, RSI and ADX with two decimals, per cents with two."""
    if name.startswith(("rsi", "adx")):
        return f"{number:.2f}"
    if name.endswith(("_pct", ".pct")):
        return f"{number:.2f}%"
    if name.startswith(("atr", "macd")):
        return f"{number:,.{evidence.decimals}f}"
    return evidence.price(number)


def why_unknown(evidence: Evidence, name: str) -> str:
    """A whole sentence: why these bars do not give `name`."""
    bars = evidence.bars
    found = _SERIES.match(name)
    if bars.timeframe != "1d" and found is not None:
        return f"The bars are of {bars.timeframe}; a {called(name)} is of days, so it cannot be computed from them."
    if found is not None and found[3] == "h":
        return f"The bars are of days; the {called(name)} is of shorter ones, so it cannot be computed from them."
    if found is not None and int(found[2]) > len(bars) // (5 if found[3] else 1):
        return f"The {called(name)} needs more bars than the {len(bars):,} there are up to {evidence.day}."
    if name.startswith(("high_52w", "low_52w", "distance_to_high_52w", "distance_to_low_52w")):
        return f"The 52-week range needs 252 bars; there are {len(bars):,} up to {evidence.day}."
    return f"Daily prices alone do not give {called(name)}."


def _number(evidence: Evidence, name: str) -> float | None:
    found = _SERIES.match(name)
    if found is not None and evidence.bars.timeframe != "1d":
        return None
    if found is not None and found[3]:
        return _of_longer(evidence, found[1], int(found[2]), found[3])
    if (far_from := measured_from(name)).startswith(("sma", "ema", "wma", "low_52w")):
        level = _number(evidence, far_from)
        return None if level is None else 100 * (level / evidence.last - 1)
    number = evidence.number(name)
    if number is not None:
        return number
    series = series_of(evidence, name)
    return None if series is None else float(series[-1])


def of_completed(evidence: Evidence, name: str) -> Value | None:
    """The same value up to the last week or month before the running one, None where `name` is of no such bars."""
    found = _SERIES.match(name)
    number = _of_longer(evidence, found[1], int(found[2]), found[3], running=False) if found is not None and found[3] else None
    return None if number is None else Value(value=number, called=called(name), shown=shown(evidence, name, number))


def _of_longer(evidence: Evidence, kind: str, n: int, length: str, *, running: bool = True) -> float | None:
    """A mean of the last n weekly or monthly closes or their RSI; running: the last price of the running one among them."""
    dates = evidence.bars.dates.astype("datetime64[D]")
    days = dates.astype(np.int64)
    if kind not in ("sma", "rsi") or length == "h":
        return None
    keys = (days + 3) // 7 if length == "w" else dates.astype("datetime64[M]").astype(np.int64)  # day 0 was a Thursday
    ends = np.flatnonzero(keys[1:] != keys[:-1])
    closes = evidence.bars.close[np.append(ends, len(keys) - 1) if running else ends]
    if len(closes) < (4 * n if kind == "rsi" else n):  # a younger RSI depends on where it began
        return None
    return float(closes[-n:].mean()) if kind == "sma" else float(rsi(closes, n)[-1])
