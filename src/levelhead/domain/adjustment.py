"""Frames: the same bars as they traded, and with their rolls taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.errors import BadBars
from levelhead.domain.roll import Adjustment, Roll, multipliers, shifts


def back_adjusted(bars: Bars, how: Adjustment = "ratio") -> Bars:
    """The bars with every price before a roll moved into the contract that is quoted last.

    'ratio' multiplies and keeps returns, 'difference' adds and keeps changes in points; 'none', and bars without rolls, come
    back as they are. The last contract's own prices never change, and a roll after the last bar is not among `bars.rolls`,
    so that the series of an earlier day is this one's beginning, moved to that day's contract.

    Bars that are adjusted the other way are taken back first. Raises BadBars where a shift leaves no positive price.
    """
    if how == bars.adjustment or how == "none" or not bars.rolls:
        return bars
    bars = as_traded(bars)
    moved = _moved(bars, _mover(bars.dates, bars.rolls, how))
    if how == "difference" and not bars.instrument.may_be_negative and float(moved.low.min()) <= 0:
        at = int(np.argmax(moved.low <= 0))
        raise BadBars(
            f"{_name(bars)}: adjusted by difference the low of {bars.dates[at]} would be {moved.low[at]:,.10g}; "
            "adjust by ratio, which keeps prices positive, or begin later."
        )
    return replace(moved, adjustment=how, frame="back-adjusted")


def as_traded(bars: Bars) -> Bars:
    """The bars as they traded, the adjustment taken back; exact to the last binary digit or two."""
    if bars.adjustment == "none":
        return bars
    move = _mover(bars.dates, bars.rolls, bars.adjustment)
    factors, added = move(np.ones(len(bars))), move(np.zeros(len(bars)))

    def back(column: FloatArray) -> FloatArray:
        traded: FloatArray = (column - added) if bars.adjustment == "difference" else column / factors
        return traded

    return replace(_moved(bars, back), adjustment="none", frame="as traded")


def shape_of(bars: Bars) -> Bars:
    """The bars as geometry is read on them: back-adjusted by ratio where they are as traded and their rolls are known.

    Swings and slopes are of the market, not of the contract: a roll's gap is none of them. Ratios keep every comparison of two
    bars, so that a later roll, which multiplies all bars before it, finds the same swings.
    """
    if bars.adjustment != "none" or not bars.rolls:
        return bars
    if bars._shape is None:  # kept with the bars: a reading asks for it again and again
        object.__setattr__(bars, "_shape", back_adjusted(bars))
    return bars._shape or bars


def with_true_quotients(bars: Bars) -> Bars:
    """The bars as returns and log ranges are computed on: those adjusted by difference as they traded, others as they are.

    Adding a gap to old prices keeps changes in points and makes every quotient another one.
    """
    return as_traded(bars) if bars.adjustment == "difference" else bars


def previous_closes(bars: Bars) -> FloatArray:
    """What each close is divided by to give its return, shape (n,); row 0 has none and is NaN.

    The close before each bar, quoted in that bar's own contract by ratio. Of bars adjusted by difference the same return is
    that of the prices as traded. Row t depends on rows up to t and on rolls up to its date alone, bit for bit.
    """
    if bars.adjustment == "difference":
        traded = as_traded(bars)
        quotient: FloatArray = bars.close / traded.close
        return previous_closes(traded) * quotient
    before = np.full(len(bars), np.nan)
    before[1:] = bars.close[:-1]
    for roll in bars.rolls if bars.adjustment == "none" else ():
        at = int(np.searchsorted(bars.dates, np.datetime64(roll.date)))
        if 0 < at < len(bars):
            before[at] *= roll.factor
    return before


def roll_gap(bars: Bars) -> float:
    """What lies between the last two bars because the contract changed with the last one, in points; 0.0 where it did not."""
    if bars.adjustment != "none" or len(bars) < 2:
        return 0.0
    previous, last = bars.dates[-2], bars.dates[-1]
    return sum((roll.gap for roll in bars.rolls if previous < np.datetime64(roll.date) <= last), 0.0)


def _mover(dates: NDArray[np.datetime64], rolls: tuple[Roll, ...], how: Adjustment) -> Callable[[FloatArray], FloatArray]:
    if how == "ratio":
        factors = multipliers(dates, rolls)
        return lambda column: column * factors
    added = shifts(dates, rolls)
    return lambda column: column + added


def _moved(bars: Bars, move: Callable[[FloatArray], FloatArray]) -> Bars:
    return replace(bars, open=move(bars.open), high=move(bars.high), low=move(bars.low), close=move(bars.close))


def _name(bars: Bars) -> str:
    return bars.feed or bars.instrument.symbol
