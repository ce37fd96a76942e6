"""The last price and where it stands between the highs and lows of the history and of the last 52 weeks."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import roll_gap
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.reading.facts import Findings, day, number, too_short, window
from levelhead.reading.timeframes import year_of_bars


def price_facts(bars: Bars) -> Findings:
    """last, change, change_pct; on the day of a roll the change is that of the contract rolled into.

    Of a price that is not positive, before or now, no share means anything: then there is no change_pct.
    """
    provisional = bars.provisional is not None
    called = "last price, as it stood when the note was made" if provisional else "last close"
    facts = {
        "last": number(bars.last, "price", called, "last(closes)", windows=(window(bars, "close", 1),), date=bars.stamp(-1)),
    }
    if len(bars) == 1:
        return facts, (too_short("The change from the previous close", 2, 1),)
    gap = roll_gap(bars)
    before = float(bars.close[-2]) + gap
    previous, inputs = ("(first(closes) + roll_gap)", {"roll_gap": gap}) if gap else ("first(closes)", {})
    facts["change"] = number(
        bars.last - before,
        "points",
        "change from the previous close",
        f"last(closes) - {previous}",
        inputs=inputs,
        windows=(window(bars, "close", 2),),
    )
    if before > 0 and bars.last > 0:
        facts["change_pct"] = number(
            100 * (bars.last / before - 1),
            "per cent",
            "change from the previous close",
            f"100 * (last(closes) / {previous} - 1)",
            inputs=inputs,
            windows=(window(bars, "close", 2),),
        )
    return facts, ()


class ExtremeRows(NamedTuple):
    """For each row of a series the rows of the highest high and of the lowest low up to it, the first of equals."""

    highest: NDArray[np.int64]
    lowest: NDArray[np.int64]


def extreme_rows_of(bars: Bars) -> ExtremeRows:
    """Of all bars."""
    return ExtremeRows(*(_rows_of_highest(prices) for prices in (bars.high, -bars.low)))


def _rows_of_highest(prices: FloatArray) -> NDArray[np.int64]:
    rows = np.zeros(len(prices), dtype=np.int64)
    new = np.flatnonzero(prices[1:] > np.maximum.accumulate(prices)[:-1]) + 1
    rows[new] = new
    return np.maximum.accumulate(rows)


def extreme_facts(bars: Bars, rows: ExtremeRows) -> Findings:
    """all_time_high, all_time_low, high_52w, low_52w, drawdown_pct and the distances to the highs.

    rows: of a series that begins with these bars.
    """
    since = f"since {bars.first}, the first bar"
    row = len(bars) - 1
    facts = {
        "all_time_high": _dated(bars, "high", len(bars), int(rows.highest[row]), f"highest high {since}"),
        "all_time_low": _dated(bars, "low", len(bars), int(rows.lowest[row]), f"lowest low {since}"),
    }
    unknown = []
    year, in_words = year_of_bars(bars)
    if year is not None:
        facts["high_52w"] = _extreme(bars, "high", year, f"highest high of the last 52 weeks ({in_words})")
        facts["low_52w"] = _extreme(bars, "low", year, f"lowest low of the last 52 weeks ({in_words})")
    elif bars.days is None:
        unknown.append(too_short("The 52-week range", int(in_words.split()[0]), len(bars)))
    else:
        unknown.append(f"The 52-week range needs {in_words}; the bars begin on {bars.first}.")
    return facts | _distances(bars, facts), tuple(unknown)


def _extreme(bars: Bars, column: Literal["high", "low"], count: int, meaning: str) -> Fact:
    """The highest high or lowest low of the last `count` bars, dated by the first of equals."""
    prices = (bars.high if column == "high" else bars.low)[-count:]
    at = int(prices.argmax() if column == "high" else prices.argmin())
    return _dated(bars, column, count, len(bars) - count + at, meaning)


def _dated(bars: Bars, column: Literal["high", "low"], count: int, at: int, meaning: str) -> Fact:
    return number(
        (bars.high if column == "high" else bars.low)[at],
        "price",
        meaning,
        "highest(highs)" if column == "high" else "lowest(lows)",
        windows=(window(bars, column, count),),
        date=day(bars, at),
    )


def _distances(bars: Bars, facts: dict[str, Fact]) -> dict[str, Fact]:
    """Shares of a price that is not positive mean nothing: then there are none."""
    if bars.last <= 0:
        return {}
    high = facts["all_time_high"]
    found = {
        "distance_to_all_time_high_pct": _distance(bars, high, "all_time_high"),
        "drawdown_pct": number(
            100 * (1 - bars.last / float(high.value)),
            "per cent",
            f"drawdown of the last price from the {high.meaning}",
            "100 * (1 - last / all_time_high)",
        ),
    }
    if "high_52w" in facts:
        found["distance_to_high_52w_pct"] = _distance(bars, facts["high_52w"], "high_52w")
    return found


def _distance(bars: Bars, level: Fact, name: str) -> Fact:
    return number(
        100 * (float(level.value) / bars.last - 1),
        "per cent",
        f"from the last price to the {level.meaning}",
        f"100 * ({name} / last - 1)",
    )
