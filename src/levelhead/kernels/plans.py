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

Here every plan is a long: a short is judged on prices turned upside down. The version one can read is plan_of_path. First the
whole of the paths is asked once for each price, when it first trades; everything after it looks at filled paths alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.fills import Extremes as Extremes
from levelhead.kernels.fills import Filled, price_of, some, taken, together, trade_of, waiting
from levelhead.kernels.fills import Frictions as Frictions
from levelhead.kernels.fills import Order as Order
from levelhead.kernels.fills import extremes_of as extremes_of
from levelhead.kernels.first_touch import Codes, Level, by_session
from levelhead.kernels.paths import FloatArray, PathBars

UNFILLED, TARGET, STOP, EXPIRED, UNDECIDED = 0, 1, 2, 3, 4


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


class Ends(NamedTuple):
    """Of the filled paths alone: which they are; the outcome for each target; worst and best result in R, out at the first."""

    rows: NDArray[np.intp]
    outcomes: list[Codes]
    worst: FloatArray
    best: FloatArray


class _Exit(NamedTuple):
    """How the trade ends on each filled path: outcome, and the lowest and highest price it may be left at."""

    outcome: Codes
    worst: FloatArray
    best: FloatArray


def plan_results(paths: PathBars, order: Order, frictions: Frictions, extremes: Extremes | None = None) -> PlanResults:
    """What became of `order` on each path; `paths` must hold at least `order.exit_within` sessions.

    extremes: of the same paths over at least so many sessions, where they are known already.
    """
    fill_bar, ends = _fills(paths, order, frictions, extremes)
    count = len(paths.open)
    outcomes = np.stack([_spread(outcome, ends.rows, count, UNFILLED) for outcome in ends.outcomes])
    result = np.where(ends.outcomes[0] != UNDECIDED, ends.worst, np.nan)
    return PlanResults(
        outcomes,
        _spread(fill_bar, ends.rows, count, -1),
        *(_spread(values, ends.rows, count, np.nan) for values in (result, ends.worst, ends.best)),
    )


def ends_of(paths: PathBars, order: Order, frictions: Frictions, extremes: Extremes | None = None) -> Ends:
    """The same of the filled paths alone."""
    return _fills(paths, order, frictions, extremes)[1]


def plan_ends(paths: PathBars, orders: Sequence[Order], frictions: Frictions, extremes: Extremes) -> list[Ends]:
    """The ends of several orders that all exit within the same sessions, each for its first target, in one pass."""
    (sessions,) = {order.exit_within for order in orders}
    waits = [waiting(trade_of(paths, order, frictions, extremes), order.targets[:1])[0] for order in orders]
    whole = together(waits)
    ends = _ends([whole], [_exit(paths, whole, sessions)])
    places = np.cumsum([len(filled.rows) for filled in waits])[:-1]
    parts = zip(*(np.split(column, places) for column in (ends.outcomes[0], ends.worst, ends.best)), strict=True)
    return [Ends(filled.rows, [outcome], worst, best) for filled, (outcome, worst, best) in zip(waits, parts, strict=True)]


def _fills(paths: PathBars, order: Order, frictions: Frictions, extremes: Extremes | None) -> tuple[NDArray[np.int64], Ends]:
    """The bar of each fill, and the ends."""
    trade = trade_of(paths, order, frictions, extremes_of(paths, order.exit_within) if extremes is None else extremes)
    waits = waiting(trade, order.targets)
    return waits[0].bar, _ends(waits, [_exit(paths, filled, order.exit_within) for filled in waits])


def _ends(waits: Sequence[Filled], exits: Sequence[_Exit]) -> Ends:
    first, exit = waits[0], exits[0]
    worst, best = ((price - first.price - first.commission) / first.risk for price in (exit.worst, exit.best))
    return Ends(first.rows, [each.outcome for each in exits], worst, best)


_Value = TypeVar("_Value", bound=np.generic)


def _spread(values: NDArray[_Value], rows: NDArray[np.intp], count: int, otherwise: float) -> NDArray[_Value]:
    """The values of the filled paths among all of them."""
    spread = np.full(count, otherwise, dtype=values.dtype)
    spread[rows] = values
    return spread


def _exit(bars: PathBars, filled: Filled, end: int) -> _Exit:
    """How the whole position ends when it waits for the target, at the latest with session `end`."""
    hits_target, hits_stop = filled.high >= filled.far, filled.low <= filled.stop
    at_once = np.flatnonzero(hits_target | hits_stop)
    early, is_forked = _in_bar_of_fill(some(filled, at_once), hits_target.take(at_once), hits_stop.take(at_once))
    goes_on = np.ones(len(filled.rows), dtype=np.bool_)
    goes_on[at_once[~is_forked]] = False
    lives_on = np.flatnonzero(goes_on)
    late = _after_bar_of_fill(bars, some(filled, lives_on), end)
    outcome, worst, best = np.empty(len(goes_on), dtype=np.int8), np.empty(len(goes_on)), np.empty(len(goes_on))
    outcome[at_once], worst[at_once], best[at_once] = early
    outcome[lives_on], worst[lives_on], best[lives_on] = late
    two = at_once[is_forked]  # two stories, that of the bar of the fill and the one that goes on
    if two.size:
        outcome[two] = np.where(early.outcome[is_forked] != outcome[two], UNDECIDED, outcome[two])
        worst[two] = np.minimum(early.worst[is_forked], worst[two])
        best[two] = np.maximum(early.best[is_forked], best[two])
    return _Exit(outcome, worst, best)


def _in_bar_of_fill(
    filled: Filled, hits_target: NDArray[np.bool_], hits_stop: NDArray[np.bool_]
) -> tuple[_Exit, NDArray[np.bool_]]:
    """How the bar of the fill ends the trade, on paths on which it reaches target or stop, and where that is one of two stories."""
    far, from_open = filled.far, filled.from_open
    is_early_high, is_early_low = filled.close < far, filled.close > filled.stop
    is_forked = ~from_open & np.where(
        filled.is_limit, hits_target & ~hits_stop & is_early_high, hits_stop & ~hits_target & is_early_low
    )
    outcome = np.where(hits_target, np.where(hits_stop, UNDECIDED, TARGET), STOP).astype(np.int8)
    outcome[from_open & (filled.open <= filled.stop)] = STOP
    outcome[from_open & (filled.open >= far)] = TARGET
    at_target, at_stop = _exit_prices(filled.open, filled)
    at_target = np.where(from_open, at_target, filled.target)
    at_stop = np.where(from_open, at_stop, filled.stop - filled.slippage)
    worst, best = np.where(outcome == TARGET, at_target, at_stop), np.where(outcome == STOP, at_stop, at_target)
    return _Exit(outcome, worst, best), is_forked


def _after_bar_of_fill(bars: PathBars, filled: Filled, end: int) -> _Exit:
    """How the trade ends on paths that survive the bar of the fill."""
    to_target = _look_again(bars, filled, filled.to_target, filled.far, end, is_up=True)
    to_stop = _look_again(bars, filled, filled.to_stop, filled.stop, end, is_up=False)
    ends = np.minimum(to_target, to_stop)
    is_expired = ends == end
    opens = taken(bars.open, filled.rows, np.minimum(ends, end - 1)) * filled.sign
    outcome = np.where(to_target < to_stop, np.int8(TARGET), np.int8(STOP))
    same = np.flatnonzero((to_target == to_stop) & ~is_expired)
    if same.size:
        at, far, stop = opens.take(same), price_of(filled.far, same), price_of(filled.stop, same)
        outcome[same] = np.where(at >= far, TARGET, np.where(at <= stop, STOP, UNDECIDED))
    at_target, at_stop = _exit_prices(opens, filled)
    worst = np.where(outcome == TARGET, at_target, at_stop)
    best = worst.copy()
    undecided = np.flatnonzero(outcome == UNDECIDED)
    best[undecided] = at_target[undecided]
    over = np.flatnonzero(is_expired)
    outcome[over] = EXPIRED
    worst[over] = best[over] = (filled.last - filled.slippage)[over]
    return _Exit(outcome, worst, best)


def _look_again(
    bars: PathBars, filled: Filled, first: NDArray[np.int64], level: Level, end: int, *, is_up: bool
) -> NDArray[np.int64]:
    """The first session after the bar of the fill that reaches the level, `end` where none does; `first`: the first of all."""
    again = np.flatnonzero(first <= filled.bar)
    if not again.size:
        return first
    rows, asked = filled.rows.take(again), by_session(price_of(level * filled.sign, again))
    high, low = (column[rows, :end] for column in (bars.high, bars.low))
    if isinstance(filled.sign, np.ndarray):
        hits = np.where((filled.sign.take(again) > 0)[:, None] == is_up, high >= asked, low <= asked)
    else:
        hits = high >= asked if is_up == (filled.sign > 0) else low <= asked
    hits &= np.arange(end) > filled.bar.take(again)[:, None]
    at = hits.argmax(axis=1)
    later = first.copy()
    later[again] = np.where(hits[np.arange(len(again)), at], at, end)
    return later


def _exit_prices(opens: FloatArray, filled: Filled) -> tuple[FloatArray, FloatArray]:
    """What target and stop fetch in a bar that opens inside the trade."""
    at_stop = np.where(opens < filled.stop, opens, filled.stop - filled.slippage)
    return np.where(opens >= filled.far, opens, filled.target), at_stop
