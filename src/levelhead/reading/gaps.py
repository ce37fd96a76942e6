"""Gaps: the nearest open ones above and below the price, and the one that was filled last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.fact import Fact, window_of
from levelhead.domain.sessions import as_date
from levelhead.kernels import gaps as kernels
from levelhead.kernels.ranges import atr
from levelhead.reading.facts import Findings, day, number, word
from levelhead.reading.occurrence import Occurrences, occurrences
from levelhead.reading.panel import WILDER, Panel
from levelhead.reading.settings import Settings

NEWS = 5
"""Bars for which a gap that was filled is still told."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenedGaps:
    """The gaps of a series on its back-adjusted bars: a roll's gap is none. A provisional last bar opens none, but may fill one."""

    gaps: kernels.Gaps
    high: FloatArray
    low: FloatArray

    def left_of(self, at: int, row: int) -> tuple[float, float]:
        """The part of gap `at` that nobody has traded at by the close of `row`: from its bottom or to its top, whichever is far."""
        since = slice(int(self.gaps.rows[at]), row + 1)
        if self.gaps.direction[at] > 0:
            return float(self.gaps.bottom[at]), float(self.low[since].min())
        return float(self.high[since].max()), float(self.gaps.top[at])


def gaps_of(bars: Bars) -> OpenedGaps:
    """All gaps of the series."""
    shape = shape_of(bars)
    found = kernels.gaps(shape.high, shape.low, atr(shape.high, shape.low, shape.close, WILDER))
    if bars.provisional is not None and len(found) and found.rows[-1] == len(bars) - 1:
        found = kernels.Gaps(
            rows=found.rows[:-1],
            direction=found.direction[:-1],
            bottom=found.bottom[:-1],
            top=found.top[:-1],
            filled=found.filled[:-1],
        )
    return OpenedGaps(gaps=found, high=shape.high, low=shape.low)


def gap_facts(bars: Bars, opened: OpenedGaps, panel: Panel, settings: Settings) -> Findings:
    """gap_above, gap_below: the nearest open gap on each side; gap_filled: the last one that was filled; gaps.open.

    gap_above.low, .high: what of it nobody has traded at since (dated by the bar that gapped, known at its close); .status:
    open, or partly filled; .width_atr, .distance_atr (to its near edge). gap_filled, within five bars: .low, .high of the whole
    gap, .status dated by the bar that filled it. gaps.open counts those within `reach_atr`.
    """
    row = len(bars) - 1
    yard = float(panel.atr[row])
    if not yard > 0:
        return {}, ()
    gaps, last = opened.gaps, bars.last
    known = int(np.searchsorted(gaps.rows, row, side="right"))
    filled_on, reach = gaps.filled[:known], settings.reach_atr * yard
    is_open = ((filled_on > row) & (gaps.bottom[:known] < last + reach) & (gaps.top[:known] > last - reach)).nonzero()[0]
    facts = {
        "gaps.open": number(
            len(is_open),
            "count",
            _counted(settings.reach_atr),
            "gaps",
            inputs={"gaps": float(len(is_open))},
        )
    }
    below, above = is_open[gaps.direction[is_open] > 0], is_open[gaps.direction[is_open] < 0]
    if len(above):
        facts |= _open_gap("gap_above", bars, opened, int(above[gaps.bottom[above].argmin()]), yard)
    if len(below):
        facts |= _open_gap("gap_below", bars, opened, int(below[gaps.top[below].argmax()]), yard)
    filled = ((filled_on <= row) & (filled_on > row - NEWS)).nonzero()[0].tolist()
    if filled:
        facts |= _filled_gap(bars, opened, max(filled, key=lambda at: (gaps.filled[at], gaps.top[at] - gaps.bottom[at])), yard)
    return facts, ()


@lru_cache(maxsize=64)
def _counted(reach: float) -> str:
    return f"open gaps of 0.1 ATR and more within {reach:g} ATR of the last price"


def gap_occurrences(opened: OpenedGaps, closed: int) -> tuple[Occurrences, ...]:
    """'gap.up', 'gap.down', and 'gap.filled' (known when it was filled, happened when it opened, with the side of the fill)."""
    gaps = opened.gaps
    up, down, filled = gaps.direction > 0, gaps.direction < 0, gaps.filled < closed
    return (
        occurrences("gap.up", gaps.rows[up], 1),
        occurrences("gap.down", gaps.rows[down], -1),
        occurrences("gap.filled", gaps.filled[filled], -gaps.direction[filled], gaps.rows[filled]),
    )


def _open_gap(name: str, bars: Bars, opened: OpenedGaps, at: int, yard: float) -> dict[str, Fact]:
    row, gaps = len(bars) - 1, opened.gaps
    bottom, top = opened.left_of(at, row)
    up = bool(gaps.direction[at] > 0)
    whole = bool(bottom == gaps.bottom[at] and top == gaps.top[at])
    near = "high" if up else "low"
    away = (top if up else bottom) - bars.last
    return {
        **edges_of(name, bars, at, opened, bottom, top, row),
        f"{name}.status": word(
            "open" if whole else "partly filled",
            "whether a bar has traded into the gap since",
            "open while no bar has traded at any of its prices; partly filled while none has traded through all of them.",
            date=day(bars, int(gaps.rows[at])),
        ),
        f"{name}.width_atr": _width(name, top - bottom, yard),
        f"{name}.distance_atr": number(
            away / yard, "ATR", "from the last price to the near edge of the gap", f"({name}.{near} - last) / atr_14"
        ),
    }


def _filled_gap(bars: Bars, opened: OpenedGaps, at: int, yard: float) -> dict[str, Fact]:
    gaps = opened.gaps
    bottom, top = float(gaps.bottom[at]), float(gaps.top[at])
    return {
        **edges_of("gap_filled", bars, at, opened, bottom, top, int(gaps.rows[at])),
        "gap_filled.status": word(
            "filled",
            "the gap that was filled last, and on which day",
            "filled by the first bar that trades through all of it.",
            date=day(bars, int(gaps.filled[at])),
        ),
        "gap_filled.width_atr": _width("gap_filled", top - bottom, yard),
    }


def _width(name: str, width: float, yard: float) -> Fact:
    return number(width / yard, "ATR", "from the lower to the upper edge of the gap", f"({name}.high - {name}.low) / atr_14")


def edges_of(name: str, bars: Bars, at: int, opened: OpenedGaps, bottom: float, top: float, until: int) -> dict[str, Fact]:
    """Both edges, each the extreme of bars: of the one before the gap, and of those from the gap to row `until`."""
    gap = int(opened.gaps.rows[at])
    if opened.gaps.direction[at] > 0:
        low, high = _edge(bars, "high", bottom, gap - 1, gap - 1, gap), _edge(bars, "low", top, gap, until, gap)
    else:
        low, high = _edge(bars, "high", bottom, gap, until, gap), _edge(bars, "low", top, gap - 1, gap - 1, gap)
    return {f"{name}.low": low, f"{name}.high": high}


def _edge(bars: Bars, column: Literal["high", "low"], value: float, first: int, last: int, gap: int) -> Fact:
    meaning = f"{'lower' if column == 'high' else 'upper'} edge of the gap"
    begins = as_date(bars.dates[first]) if bars.rolls else None
    if begins is not None and bars.adjustment == "none" and any(begins < roll.date for roll in bars.rolls):
        return number(
            value, "price", f"{meaning}, in the last contract's prices", "edge", inputs={"edge": value}, date=day(bars, gap)
        )
    window = window_of(column, bars.stamp(first), bars.stamp(last), last - first + 1)
    formula = "highest(highs)" if column == "high" else "lowest(lows)"
    return number(value, "price", meaning, formula, windows=(window,), date=day(bars, gap))
