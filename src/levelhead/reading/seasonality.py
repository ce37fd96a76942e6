"""Seasonality: what the month that comes next has brought in the years before, and whether chance would do."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import as_traded, back_adjusted
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.domain.sessions import SessionTable
from levelhead.kernels.student import reach
from levelhead.reading.facts import Findings, mean_of, number, word

IntArray = NDArray[np.int64]

LEAST_YEARS = 5
CONFIDENCE = 0.9
FRIDAY = 4
_MONTHS = 12  # as many are looked at over a year: one in ten would pass for nothing


def season_facts(bars: Bars, sessions: SessionTable | None, kept: dict[object, Any] | None = None) -> Findings:
    """season.month ('November', that of the next session), .mean, .low, .high, .rest, .years, .up, .told; of daily bars.

    The changes of whole months, from the last close of one to that of the next, without the gaps of rolls; a month counts once a
    bar of the next is there, and the first month of a history not at all. kept: what was found last of the series; it is the
    same on all days of a month that have the same month after them. The months that are over are kept with it.
    """
    if bars.timeframe != "1d":
        return {}, ()
    day = bars.as_of
    month = day.month if bars.provisional is not None else _month_of_next(sessions, day)
    if kept is None:
        return _season(bars, month)
    asked = (day.year, day.month, month)
    found = kept.get("season")
    if found is None or found[0] != asked:
        months = kept["months"] = _months_of(bars, kept.get("months", _NO_MONTHS))
        found = kept["season"] = (asked, _season(bars, month, months))
    findings: Findings = found[1]
    return findings


def _season(bars: Bars, month: int, whole_months: _Months | None = None) -> Findings:
    months, changes = month_changes(bars, whole_months)
    own, rest = changes[months == month], changes[months != month]
    name = calendar.month_name[month]
    facts = {
        "season.month": word(name, "the month of the next session", "the calendar month in which the next session lies."),
    }
    if len(own) < LEAST_YEARS or len(rest) < LEAST_YEARS:
        return {}, (
            f"What {name} has brought needs {LEAST_YEARS} years of it; there {'is' if len(own) == 1 else 'are'} {len(own)}.",
        )
    return facts | _changes(bars, name, own, rest), ()


def month_changes(bars: Bars, months: _Months | None = None) -> tuple[IntArray, FloatArray]:
    """Calendar month (1 to 12) and change in per cent of each whole month, oldest first; only of positive prices.

    months: of a series that begins with these bars, where they are known.
    """
    series = bars if bars.adjustment == "ratio" else back_adjusted(as_traded(bars))
    known = _months_of(bars, _NO_MONTHS) if months is None else months
    count = int(known.ends.searchsorted(len(bars) - 1))
    ends = known.ends[:count]
    closes = series.close[ends]
    if count < 2 or float(closes.min()) <= 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return known.months[1:count], 100 * (closes[1:] / closes[:-1] - 1)


class _Months(NamedTuple):
    """The months of the first `bars` bars that another one follows: the row of each one's last bar, and its month, 1 to 12."""

    bars: int
    ends: IntArray
    months: IntArray


_NO_MONTHS = _Months(0, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _months_of(bars: Bars, known: _Months) -> _Months:
    """Those of the bars; known: of a beginning of the series, which is gone on with, or of more of it than these bars."""
    if known.bars >= len(bars):
        return known
    first = int(known.ends[-1]) + 1 if len(known.ends) else 0
    numbers = bars.dates[first:].astype("datetime64[M]").astype(np.int64)
    ends = np.flatnonzero(np.diff(numbers))
    return _Months(len(bars), np.concatenate([known.ends, first + ends]), np.concatenate([known.months, numbers[ends] % 12 + 1]))


@lru_cache(maxsize=8192)
def _month_of_next(sessions: SessionTable | None, day: dt.date) -> int:
    """The month of the session after `day`; of the next weekday where no table knows it."""
    if sessions is not None and sessions.covers(day) and sessions.covers(day + dt.timedelta(days=7)):
        return sessions.after(day, 1)[0].month
    return (day + dt.timedelta(days=1 if day.weekday() < FRIDAY else 7 - day.weekday())).month


def _changes(bars: Bars, name: str, own: FloatArray, rest: FloatArray) -> dict[str, Fact]:
    """The mean, its interval by Student's t, the mean of the other months, and whether the two are told apart (Welch 1947)."""
    formula, inputs = mean_of("y", own)
    mean, spread = float(own.mean()), float(own.std(ddof=1)) / math.sqrt(len(own))
    half = reach(CONFIDENCE, len(own) - 1) * spread
    other = float(rest.mean())
    difference = math.hypot(spread, float(rest.std(ddof=1)) / math.sqrt(len(rest)))
    apart = abs(mean - other) > reach(1 - (1 - CONFIDENCE) / _MONTHS, len(own) - 1) * difference
    symbol = bars.instrument.symbol
    return {
        "season.mean": number(mean, "per cent", f"mean change of {symbol} in {name}", formula, inputs=inputs),
        "season.low": number(
            mean - half, "per cent", "lower end of its 90 % interval", "season.mean - half", inputs={"half": half}
        ),
        "season.high": number(
            mean + half, "per cent", "upper end of its 90 % interval", "season.mean + half", inputs={"half": half}
        ),
        "season.rest": number(
            other,
            "per cent",
            f"mean change of {symbol} in the other months",
            "total / months",
            inputs={"total": math.fsum(rest.tolist()), "months": float(len(rest))},
        ),
        "season.years": number(len(own), "count", f"{name}s in this history", "years", inputs={"years": float(len(own))}),
        "season.up": number(
            int((own > 0).sum()), "count", f"{name}s that closed higher", "up", inputs={"up": float((own > 0).sum())}
        ),
        "season.told": word(
            "told apart" if apart else "not told apart",
            f"whether {name} differs from the other months by more than chance",
            "told apart when the difference of the means passes its interval by Welch's t, with the degrees of the smaller sample, "
            f"at {CONFIDENCE:.0%} for all twelve months together.",
            inputs={"difference": mean - other, "error": difference},
        ),
    }
