"""What becomes of an order with a stop and targets, judged on many paths at once.

A limit fills when the price trades one tick through it, at its own price, or at the open of a bar that opens through it. A
stop, to enter or to protect, fills at the open of a bar that opens beyond it, else at its own price with slippage. Targets
are limits. What is still open after the last session is closed at its close, with slippage.

A bar is open, then its extremes in some order, then close, connected, by any way. What every such way agrees on is decided,
else the path is undecided:

- The fill never depends on the order. A price that fills a limit lies between the open and a stop beyond it: filled, then
  stopped. A price that fills a stop order lies between the open and a target beyond it: filled, then at the target.
- After the fill, a bar that reaches both target and stop is decided by an open beyond one of them, else undecided.
- In the bar of the fill, a target that may have traded before a limit filled counts where the bar closes beyond it, and a
  stop that may have traded before a stop order filled counts where the bar closes at or beyond it. Else both stories go on,
  and the path is decided where later bars bring both to the same end, at the worse of the two results.

To leave the undecided out of a mean biases it: what daily bars cannot decide is not like the rest (a limit that fills and then
stops in one bar is decided, one that fills and then pays is not). So every filled path also has a worst and a best result; the
mean lies between their means.

Here every plan is a long: a short is judged on prices turned upside down. The version one can read is plan_of_path.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.first_touch import Codes, Level
from levelhead.kernels.paths import FloatArray, PathBars

UNFILLED, TARGET, STOP, EXPIRED, UNDECIDED = 0, 1, 2, 3, 4
_OPEN = 5  # still in the trade: an inner state, never an answer

# A price that is one tick through but for the last bits of its float is through.
_TICK_SLACK = 1e-6


class Order(NamedTuple):
    """A plan as numbers. Prices: one for all paths, or one per path, shape (paths,); targets nearest first."""

    is_long: bool
    is_limit: bool
    entry: Level
    stop: Level
    targets: tuple[Level, ...]
    fill_within: int
    exit_within: int


class Frictions(NamedTuple):
    """What trading costs, in points: one for all paths, or one per path.

    tick: how far the price must trade through a limit. slippage: on stops and market orders. commission: both sides.
    """

    tick: Level = 0.0
    slippage: Level = 0.0
    commission: Level = 0.0


class PlanResults(NamedTuple):
    """What became of a plan on each path.

    outcomes: int8, shape (targets, paths): UNFILLED, TARGET, STOP, EXPIRED or UNDECIDED, where the whole position waits for
    that target. fill_bar: int64, shape (paths,), the session of the fill counted from 0, or -1. result: float64, shape
    (paths,): in R (entry to stop as planned) after costs, all out at the first target; NaN where unfilled or undecided.
    worst, best: float64, shape (paths,): the same over every way through the bars; NaN where unfilled, and equal to result
    where only one way is left.
    """

    outcomes: Codes
    fill_bar: NDArray[np.int64]
    result: FloatArray
    worst: FloatArray
    best: FloatArray


class _Trade(NamedTuple):
    """A long on each path: bars up to the last session, prices of shape (paths,)."""

    bars: PathBars
    is_limit: bool
    entry: FloatArray
    stop: FloatArray
    through: FloatArray  # points beyond a limit that fill it
    slippage: FloatArray
    fill_within: int
    exit_within: int


class _Fill(NamedTuple):
    """The bar of the fill on each path. Rows without one hold the number of sessions, and the prices of the first bar."""

    bar: NDArray[np.int64]
    open: FloatArray
    close: FloatArray
    price: FloatArray
    from_open: NDArray[np.bool_]  # in the trade for the whole of the bar


class _Exit(NamedTuple):
    """How the trade ends on each path: outcome, and the lowest and highest price it may be left at."""

    outcome: Codes
    worst: FloatArray
    best: FloatArray


def plan_results(paths: PathBars, order: Order, frictions: Frictions) -> PlanResults:
    """What became of `order` on each path; `paths` must hold at least `order.exit_within` sessions."""
    sign = 1.0 if order.is_long else -1.0
    trade = _trade(paths, order, frictions, sign)
    fill = _fill(trade)
    exits = [_exit(trade, fill, _row(target, trade) * sign) for target in order.targets]
    outcomes = np.stack([exit.outcome for exit in exits])
    commission, risk = _row(frictions.commission, trade), trade.entry - trade.stop
    is_filled = fill.bar < order.exit_within
    worst, best = (
        np.where(is_filled, (price - fill.price - commission) / risk, np.nan) for price in (exits[0].worst, exits[0].best)
    )
    result = np.where(outcomes[0] != UNDECIDED, worst, np.nan)
    return PlanResults(outcomes, np.where(is_filled, fill.bar, -1), result, worst, best)


def _trade(paths: PathBars, order: Order, frictions: Frictions, sign: float) -> _Trade:
    bars = PathBars(*(column[:, : order.exit_within] for column in paths))
    if not order.is_long:
        bars = PathBars(-bars.open, -bars.low, -bars.high, -bars.close)
    entry, stop, tick, slippage = (
        np.broadcast_to(np.asarray(level, dtype=np.float64), (len(bars.open),))
        for level in (order.entry, order.stop, frictions.tick, frictions.slippage)
    )
    through = tick * (1 - _TICK_SLACK)
    return _Trade(bars, order.is_limit, entry * sign, stop * sign, through, slippage, order.fill_within, order.exit_within)


def _row(level: Level, trade: _Trade) -> FloatArray:
    return np.broadcast_to(np.asarray(level, dtype=np.float64), trade.entry.shape)


def _fill(trade: _Trade) -> _Fill:
    bars, limit = trade.bars, trade.entry - trade.through
    reached = bars.low <= limit[:, None] if trade.is_limit else bars.high >= trade.entry[:, None]
    bar = _first_true(reached[:, : trade.fill_within], otherwise=trade.exit_within)
    opens = _at(bars.open, bar)
    if trade.is_limit:
        from_open = opens <= limit
        price = np.where(from_open, opens, trade.entry)
    else:
        from_open = opens >= trade.entry
        price = np.where(opens > trade.entry, opens, trade.entry + trade.slippage)
    return _Fill(bar, opens, _at(bars.close, bar), price, from_open)


def _exit(trade: _Trade, fill: _Fill, target: FloatArray) -> _Exit:
    """How the whole position ends when it waits for `target`."""
    hits_target = trade.bars.high >= (target + trade.through)[:, None]
    hits_stop = trade.bars.low <= trade.stop[:, None]
    early, is_forked = _in_bar_of_fill(trade, fill, target, _at(hits_target, fill.bar), _at(hits_stop, fill.bar))
    is_later = np.arange(trade.exit_within) > fill.bar[:, None]
    late = _after_bar_of_fill(trade, target, hits_target & is_later, hits_stop & is_later)
    is_early = (early.outcome != _OPEN) & ~is_forked
    outcome = np.where(is_early, early.outcome, late.outcome)
    outcome = np.where(is_forked & (early.outcome != late.outcome), UNDECIDED, outcome)
    outcome = np.where(fill.bar < trade.exit_within, outcome, UNFILLED)
    worst = np.where(is_early, early.worst, np.where(is_forked, np.minimum(early.worst, late.worst), late.worst))
    best = np.where(is_early, early.best, np.where(is_forked, np.maximum(early.best, late.best), late.best))
    return _Exit(outcome.astype(np.int8), worst, best)


def _in_bar_of_fill(
    trade: _Trade, fill: _Fill, target: FloatArray, hits_target: NDArray[np.bool_], hits_stop: NDArray[np.bool_]
) -> tuple[_Exit, NDArray[np.bool_]]:
    """How the bar of the fill ends the trade (_OPEN where it does not), and where that is only one of two stories."""
    far = target + trade.through
    if trade.is_limit:
        is_forked = hits_target & ~hits_stop & ~fill.from_open & (fill.close < far)
    else:
        is_forked = hits_stop & ~hits_target & ~fill.from_open & (fill.close > trade.stop)
    outcome = np.select(
        [
            fill.from_open & (fill.open >= far),
            fill.from_open & (fill.open <= trade.stop),
            hits_target & hits_stop,
            hits_target,
            hits_stop,
        ],
        [TARGET, STOP, UNDECIDED, TARGET, STOP],
        _OPEN,
    )
    at_target, at_stop = _exit_prices(trade, target, fill.open)
    at_target, at_stop = np.where(fill.from_open, at_target, target), np.where(fill.from_open, at_stop, trade.stop - trade.slippage)
    return _Exit(outcome, np.where(outcome == TARGET, at_target, at_stop), np.where(outcome == STOP, at_stop, at_target)), is_forked


def _after_bar_of_fill(trade: _Trade, target: FloatArray, hits_target: NDArray[np.bool_], hits_stop: NDArray[np.bool_]) -> _Exit:
    """How the trade ends where it survives the bar of the fill."""
    to_target = _first_true(hits_target, otherwise=trade.exit_within)
    to_stop = _first_true(hits_stop, otherwise=trade.exit_within)
    opens = _at(trade.bars.open, np.minimum(to_target, to_stop))
    outcome = np.select(
        [
            to_target < to_stop,
            to_stop < to_target,
            to_target == trade.exit_within,
            opens >= target + trade.through,
            opens <= trade.stop,
        ],
        [TARGET, STOP, EXPIRED, TARGET, STOP],
        UNDECIDED,
    )
    at_target, at_stop = _exit_prices(trade, target, opens)
    at_end = trade.bars.close[:, -1] - trade.slippage
    is_target, is_stop, is_expired = outcome == TARGET, outcome == STOP, outcome == EXPIRED
    worst = np.select([is_target, is_expired], [at_target, at_end], at_stop)
    best = np.select([is_stop, is_expired], [at_stop, at_end], at_target)
    return _Exit(outcome, worst, best)


def _exit_prices(trade: _Trade, target: FloatArray, opens: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What target and stop fetch in a bar that opens inside the trade."""
    at_target = np.where(opens >= target + trade.through, opens, target)
    at_stop = np.where(opens < trade.stop, opens, trade.stop - trade.slippage)
    return at_target, at_stop


def _first_true(hits: NDArray[np.bool_], *, otherwise: int) -> NDArray[np.int64]:
    """The column of each row's first True, shape (rows,)."""
    column = hits.argmax(axis=1)
    return np.where(hits[np.arange(len(hits)), column], column, otherwise)


_Value = TypeVar("_Value", bound=np.generic)


def _at(values: NDArray[_Value], bar: NDArray[np.int64]) -> NDArray[_Value]:
    """Each row's value at its bar; at the first bar where it has none."""
    return values[np.arange(len(values)), np.where(bar < values.shape[1], bar, 0)]
