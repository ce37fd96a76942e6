"""The primary trend, and where the market stands in it: trending, consolidating near an extreme, correcting, repairing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact, fact_of
from levelhead.kernels.crosses import held_side
from levelhead.kernels.drawdowns import highest_rows
from levelhead.reading.average_lines import AverageLines
from levelhead.reading.consolidation import Consolidations
from levelhead.reading.drawdown import YearlyCourse
from levelhead.reading.facts import Findings, day, too_short
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import Panel

BoolArray = NDArray[np.bool_]
Trend = Literal["bullish", "bearish", "mixed", "not yet known"]

NEAR_ATR, FAR_ATR = 3.0, 4.0
"""So near to the year's high or low price has come to it, what two or three bars travel; so far it has left again."""
NEAR_SHARE, FAR_SHARE = 1 / 4, 1 / 3
"""Nor may it be farther than so much of the year's range: a year of twelve bars spans four ATR, and nothing in it is far in ATR."""
QUARTER, FRESH = 63, 5
"""While the extreme of the last quarter's 63 bars is no older than a week's five, price trends; after that it consolidates."""
LARGE_ATR = 1.5
"""A close that moves farther makes another perspective at once; else it takes two."""
REGAINED = 0.382
"""Of a fall, so much must be taken back for a repair: less is the bounce that any fall has."""
WORDS = (
    "not yet known",
    "trending up",
    "consolidating near the highs",
    "consolidating",
    "correcting",
    "repairing",
    "consolidating near the lows",
    "trending down",
)
_DIRECTIONS = (0, 1, 1, 0, -1, 1, -1, -1)
_UNKNOWN, _UP, _NEAR_HIGHS, _INSIDE, _CORRECTING, _REPAIRING, _NEAR_LOWS, _DOWN = range(8)
RULE = (
    f"Near the highest high of the last year's bars (within {NEAR_ATR:g} ATR and a quarter of their range; {FAR_ATR:g} and a third "
    "once there, above the 50-day average): "
    f"trending up while above that average, no consolidation holds and the high of the last {QUARTER} bars is at most {FRESH} bars "
    "old, else consolidating near the highs; near the lowest low likewise, trending down or consolidating near the lows. "
    "Between, with price above the 50-day and the 50-day above the 200-day average: correcting while less than "
    f"{100 * REGAINED:g}% of the fall from the high is regained, repairing until its low is {QUARTER} bars old, then trending up. "
    "Else repairing above the 50-day, correcting below it while price is above the 200-day or that average rises, trending down "
    "otherwise. What would trend or repair while a consolidation holds is consolidating. It takes two closes in a row, or one "
    f"that moves more than {LARGE_ATR:g} ATR, to make another perspective."
)
_TREND_RULE = (
    "five votes of +1, 0 or -1: price against the 200-day average, the 50-day against the 200-day, the slope of the 200-day, "
    "price against the 50-day, the order of the swings; bullish from +2, bearish from -2; side and slope of the 50-day alone "
    "where the 200-day is not known"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Perspectives:
    """At each row which of WORDS holds (its number), the row of the first close that made it so, and that at whose close it
    was so (since: the second close, or the first where it moved more than an ATR); shape (n,)."""

    word: NDArray[np.int8]
    first: NDArray[np.int64]
    since: NDArray[np.int64]
    closed: int


def perspectives_of(panel: Panel, lines: AverageLines, course: YearlyCourse, ranges: Consolidations) -> Perspectives:
    """The perspective at each row; not known before the 200-day average is."""
    shape, rows = course.shape, np.arange(len(course.atr))
    close, high, low = shape.close, shape.high[course.fall.top], shape.low[course.fall.bottom]
    fifty, two_hundred = panel.price_crossing[50].side, panel.price_crossing[200].side
    up = (fifty > 0) & (panel.golden_crossing.side > 0)
    year = high - shape.low[course.rise.top]
    near_high = _near(high - close, course.atr, year, fifty > 0)
    near_low = _near(close - shape.low[course.rise.top], course.atr, year, fifty < 0)
    fresh_high = rows - highest_rows(shape.high, QUARTER) <= FRESH
    fresh_low = rows - highest_rows(-shape.low, QUARTER) <= FRESH
    inside = ranges.holds(len(rows))
    word = np.select(
        [
            np.isnan(panel.averages[200]) | np.isnan(course.atr),
            near_high & fresh_high & (fifty > 0) & ~inside,
            near_high,
            near_low & fresh_low & (fifty < 0) & ~inside,
            near_low,
            up & (close - low < REGAINED * (high - low)),
            (fifty > 0) & inside,
            up & (rows - course.fall.bottom >= QUARTER),
            fifty > 0,
            (two_hundred > 0) | (lines.turns[200].side > 0),
            inside,
        ],
        [
            *(_UNKNOWN, _UP, _NEAR_HIGHS, _DOWN, _NEAR_LOWS, _CORRECTING),
            *(_INSIDE, _UP, _REPAIRING, _CORRECTING, _INSIDE),
        ],
        _DOWN,
    ).astype(np.int8)
    word, first = _settled(word, close, course.atr)
    begun = np.diff(word, prepend=np.int8(-1)) != 0
    return Perspectives(word=word, first=first, since=np.maximum.accumulate(np.where(begun, rows, 0)), closed=course.closed)


def _near(distance: FloatArray, atr: FloatArray, year: FloatArray, stays: BoolArray) -> BoolArray:
    """Whether price is within 3 ATR and a quarter of the year's range, or was and has not gone farther than 4 and a third since,
    while it `stays`.
    """
    yard = np.nan_to_num(atr, nan=-1.0)
    is_near = distance <= np.minimum(NEAR_ATR * yard, NEAR_SHARE * year)
    is_far = distance > np.minimum(FAR_ATR * yard, FAR_SHARE * year)
    held = held_side(np.where(is_near, 1, np.where(is_far | ~stays, -1, 0)).astype(np.int8))
    return np.asarray(held > 0)


def _settled(word: NDArray[np.int8], close: FloatArray, atr: FloatArray) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """The word that last stood at two closes in a row, or at one that moved more than an ATR; and the row of its first close."""
    rows = np.arange(len(word))
    again = np.r_[False, word[1:] == word[:-1]]
    at_once = np.r_[True, (word[:-1] == _UNKNOWN) | (np.abs(np.diff(close)) > LARGE_ATR * np.nan_to_num(atr[1:], nan=np.inf))]
    settled = word[np.maximum.accumulate(np.where(again | at_once, rows, 0))]
    begun = np.diff(settled, prepend=np.int8(-1)) != 0
    known = np.maximum.accumulate(np.where(begun, rows, 0))
    return settled, np.where(at_once[known], known, known - 1)


def perspective_facts(bars: Bars, perspectives: Perspectives) -> Findings:
    """trend.perspective: one of WORDS; its date is the first of the two closes in a row that made it so."""
    row = min(len(bars), perspectives.closed) - 1
    word = int(perspectives.word[row]) if row >= 0 else _UNKNOWN
    if word == _UNKNOWN:
        return {}, (too_short("The market perspective", 200, len(bars)),) if len(bars) < 200 else ()
    since = int(perspectives.since[row])
    fact = fact_of(
        value=WORDS[word],
        unit="word",
        meaning="market perspective",
        formula=RULE,
        date=day(bars, int(perspectives.first[row])),
        known_on=day(bars, since),
    )
    return {"trend.perspective": fact}, ()


def perspective_occurrences(perspectives: Perspectives) -> tuple[Occurrences, ...]:
    """'perspective.correcting' and the like: known at the second of the two closes that made it so, happened at the first."""
    found = perspectives.word[: perspectives.closed]
    begun = np.flatnonzero(np.diff(found, prepend=np.int8(0)) != 0)
    begun = begun[(begun > 0) & (found[begun - 1] != _UNKNOWN)]  # nobody saw the first one begin
    rows = {word: begun[found[begun] == word] for word in range(1, len(WORDS))}
    return tuple(
        occurrences(f"perspective.{WORDS[word].replace(' ', '_')}", known, _DIRECTIONS[word], perspectives.first[known])
        for word, known in rows.items()
    )


def trend_fact(word: Callable[[str], str]) -> dict[str, Fact]:
    """trend.primary, from the words of the other facts."""
    return {"trend.primary": fact_of(value=primary_trend(word), unit="word", meaning="primary trend", formula=_TREND_RULE)}


def vote(word: str, up: str, down: str) -> int:
    """+1 for `up`, -1 for `down`, 0 for anything else."""
    return (word == up) - (word == down)


def primary_trend(word: Callable[[str], str]) -> Trend:
    """The primary trend that the words of the facts make; `word` gives '' for what is not known."""
    if word("sma_200.side"):
        votes = [
            vote(word("sma_200.side"), "above", "below"),
            vote(word("golden_cross"), "present", "absent"),
            vote(word("sma_200.slope"), "up", "down"),
            vote(word("sma_50.side"), "above", "below"),
            vote(word("structure"), "higher highs and higher lows", "lower highs and lower lows"),
        ]
    elif word("sma_50.side"):
        votes = [vote(word("sma_50.side"), "above", "below"), vote(word("sma_50.slope"), "up", "down")]
    else:
        return "not yet known"
    total = sum(votes)
    return "bullish" if total >= 2 else "bearish" if total <= -2 else "mixed"
