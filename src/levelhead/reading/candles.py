"""Candles: the patterns of the last bars, each in the trend its definition needs, and the price that must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact
from levelhead.domain.timeframe import timeframe_of
from levelhead.kernels import candles as kernels
from levelhead.reading.candle_kinds import CANDLES, PENETRATION, CandleKind
from levelhead.reading.facts import Findings, day, number, too_short, word
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.structure import as_quoted

RECENT = 3
"""A candle is news for so many bars, its own among them."""
NEUTRAL = 2
NEEDED = 16
"""Bars until the trend before a candle of one bar is known."""
_FUNCTIONS = [kind.function for kind in CANDLES if kind.function]
_BARS, _BULLISH, _BEARISH = np.array(
    [(kind.bars, kind.bullish or 0, kind.bearish or 0) for kind in CANDLES], dtype=np.int64
).T.copy()
_NAMES = np.array(
    [NEUTRAL if kind.is_neutral else 1 if kind.bearish is None else -1 if kind.bullish is None else 0 for kind in CANDLES]
)
"""What each name says of the side, whatever the sign; 0 where the sign says it."""
_SIDED = np.array([not kind.is_neutral for kind in CANDLES])
_RANGES = {-1: "inside {noun}", 1: "outside {noun}", 0: "neither"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candles:
    """What candles each bar completes; row t depends on bars up to t alone.

    signs: shape (kinds, n), in the order of `CANDLES`: 1 bullish, -1 bearish, 2 there and neutral, 0 not there. ranges: shape
    (n,), -1 at an inside bar, 1 at an outside bar. closed: how many bars have closed, all but a provisional last one.
    """

    signs: NDArray[np.int8]
    ranges: NDArray[np.int8]
    closed: int

    def at(self, row: int) -> list[tuple[CandleKind, int]]:
        """The patterns that bar `row` completes with their direction (0 neutral), the most telling first."""
        signs = self.signs[:, row]
        found = signs.nonzero()[0].tolist()  # three of sixty or so
        there = [(CANDLES[at], 0 if sign == NEUTRAL else sign) for at, sign in zip(found, signs[found].tolist(), strict=True)]
        return sorted(there, key=lambda found: (-found[0].told, -found[0].bars)) if len(there) > 1 else there


def candles_of(bars: Bars) -> Candles:
    """All candles of the series, read on the back-adjusted bars: a roll's gap is no gap of a candle."""
    shape = shape_of(bars)
    prices = (shape.open, shape.high, shape.low, shape.close)
    found = dict(zip(_FUNCTIONS, kernels.talib_patterns(_FUNCTIONS, *prices, penetration=PENETRATION), strict=True))
    own = kernels.two_day_engulfing(*prices)
    signs = np.stack([found.get(kind.function, own) for kind in CANDLES])
    signs = kernels.in_contexts(signs, kernels.short_trend(shape.close), _BARS, _NAMES, _BULLISH, _BEARISH)
    signs[_SIDED] = kernels.without_contradictions(signs[_SIDED], _BARS[_SIDED].tolist())
    closed = len(bars) if bars.provisional is None else len(bars) - 1
    return Candles(signs=signs, ranges=kernels.day_ranges(shape.high, shape.low), closed=closed)


def candle_facts(bars: Bars, candles: Candles) -> Findings:
    """What the last three bars' candles say.

    candles: the pattern that counts most, 'none' where there is none worth a sentence; its date is the bar that completes it.
    candles.direction, candles.low (of a bullish one: the price that must hold) or candles.high, candles.status: 'forming' on a
    bar that has not closed, then 'holds', or 'lost' once a later bar closed beyond that price. candles.last_bar: all patterns
    the last bar completes, by name. day_range: whether the last bar is an inside or an outside one.
    """
    facts: dict[str, Fact] = {}
    last = len(bars) - 1
    latest = [candles.at(row) for row in range(last, max(last - RECENT, -1), -1)]
    noun = timeframe_of(bars.timeframe).noun
    if last >= 1:
        facts["day_range"] = _day_range(candles, last, noun)
    if last + 1 < NEEDED:
        return facts, (too_short("The trend before a candle", NEEDED, last + 1),)
    facts["candles.last_bar"] = word(
        _listed(latest[0], noun),
        f"candle patterns that the last bar completes, of {len(CANDLES)}",
        "TA-Lib's patterns and the two-day engulfing, each only after the 10-bar trend its definition needs; of patterns that "
        "point to opposite sides the longest.",
        date=day(bars, last),
    )
    return facts | _telling(bars, candles, latest, noun), ()


def candle_occurrences(candles: Candles) -> tuple[Occurrences, ...]:
    """Every completed pattern, 'candle.<key>', and 'candle.inside', 'candle.outside', neither of which points anywhere."""
    found = []
    for kind, signs in zip(CANDLES, candles.signs[:, : candles.closed], strict=True):
        rows = np.flatnonzero(signs)
        found.append(occurrences(f"candle.{kind.key}", rows, np.where(signs[rows] == NEUTRAL, 0, signs[rows]).astype(np.int8)))
    for name, value in (("inside", -1), ("outside", 1)):
        found.append(occurrences(f"candle.{name}", np.flatnonzero(candles.ranges[: candles.closed] == value), 0))
    return tuple(found)


def _day_range(candles: Candles, last: int, noun: str) -> Fact:
    return word(
        _RANGES[int(candles.ranges[last])].format(noun=noun),
        "the last bar's range against the one before it",
        "inside when its high is not above and its low not below those of the bar before, outside when it passes both.",
    )


def _listed(found: Sequence[tuple[CandleKind, int]], noun: str) -> str:
    return ", ".join(kind.named(direction, noun) for kind, direction in found) or "none"


def _telling(bars: Bars, candles: Candles, latest: list[list[tuple[CandleKind, int]]], noun: str) -> dict[str, Fact]:
    """The pattern of the last bars that counts most; of equals the latest, of its bar the longest. latest: the last bar's first."""
    last = len(bars) - 1
    found = [
        (kind.told, -back, kind.bars, kind, direction)
        for back, there in enumerate(latest)
        for kind, direction in there
        if kind.told > 0 and direction
    ]
    meaning = _MEANING
    if not found:
        return {"candles": word("none", meaning, _RULE)}
    _, back, _, kind, direction = max(found, key=lambda each: each[:3])
    row = last + back
    side: Literal["low", "high"] = "low" if direction > 0 else "high"
    shape = shape_of(bars)
    first = row - kind.bars + 1
    heights = getattr(shape, side)[first : row + 1]
    at = first + int(heights.argmin() if side == "low" else heights.argmax())
    completed = day(bars, row)
    return {
        "candles": word(kind.named(direction, noun), meaning, _RULE, date=completed),
        "candles.direction": word(
            "bullish" if direction > 0 else "bearish", "the side the pattern points to", "By its definition.", date=completed
        ),
        f"candles.{side}": _must_hold(bars, side, at, first, row),
        "candles.status": word(
            _status(candles, row, getattr(shape, side)[at] * direction, shape.close[row + 1 : last + 1] * direction),
            f"whether the pattern's {side} has held",
            "forming while its last bar has not closed; then holds, or lost once a later bar closed beyond that price.",
            date=completed,
        ),
    }


_MEANING = f"the candle pattern of the last {RECENT} bars that counts most; its date is the bar that completes it"
_RULE = (
    "Of the patterns that the last three bars complete the one of most weight: those of several bars before single candles, "
    "then the latest, then the longest. What is seen every week (doji, spinning top, long and short candles) is not told."
)


def _must_hold(bars: Bars, side: Literal["low", "high"], at: int, first: int, last: int) -> Fact:
    """The lowest low of a bullish pattern's bars, the highest high of a bearish one's; it lies at row `at`."""
    called, window = as_quoted(bars, side, at, first, last)
    return number(
        float(getattr(bars, side)[at]),
        "price",
        f"the {side} of the pattern, which must hold{called}",
        "lowest(lows)" if side == "low" else "highest(highs)",
        windows=(window,),
        date=day(bars, at),
    )


def _status(candles: Candles, row: int, held: float, later: FloatArray) -> str:
    """held: the price that must hold, later: the closes since; both negative where they must stay below."""
    if row >= candles.closed:
        return "forming"
    return "lost" if (later < held).any() else "holds"
