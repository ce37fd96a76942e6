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

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from levelhead.kernels.first_touch import Codes, Level, by_session
from levelhead.kernels.paths import FloatArray, PathBars

UNFILLED, TARGET, STOP, EXPIRED, UNDECIDED = 0, 1, 2, 3, 4

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


class Extremes(NamedTuple):
    """The highest high and the lowest low of each path so far, shape (sessions, paths): paths of one session side by side."""

    high: FloatArray
    low: FloatArray


class _Trade(NamedTuple):
    """A long on each path; prices one for all paths or of shape (paths,), turned upside down where the plan is a short."""

    bars: PathBars
    extremes: Extremes
    sign: float
    is_limit: bool
    entry: Level
    stop: Level
    through: Level  # points beyond a limit that fill it
    slippage: Level
    fill_within: int
    exit_within: int


class _Filled(NamedTuple):
    """The filled paths, every array of shape (filled,): which path, which bar, and that bar's prices."""

    rows: NDArray[np.intp]
    bar: NDArray[np.int64]
    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    price: FloatArray  # of the fill
    from_open: NDArray[np.bool_]  # in the trade for the whole of the bar
    stop: Level
    through: Level
    slippage: Level
    last: FloatArray  # the close of the last session


class _Exit(NamedTuple):
    """How the trade ends on each filled path: outcome, and the lowest and highest price it may be left at."""

    outcome: Codes
    worst: FloatArray
    best: FloatArray


def extremes_of(paths: PathBars, sessions: int) -> Extremes:
    """Running extremes of the first `sessions` sessions; plans that are judged on the same paths share them."""
    high, low = np.empty((sessions, len(paths.high))), np.empty((sessions, len(paths.low)))
    high[0], low[0] = paths.high[:, 0], paths.low[:, 0]
    for session in range(1, sessions):  # across all paths at once; ufunc.accumulate takes ten times as long
        np.maximum(high[session - 1], paths.high[:, session], out=high[session])
        np.minimum(low[session - 1], paths.low[:, session], out=low[session])
    return Extremes(high, low)


def plan_results(paths: PathBars, order: Order, frictions: Frictions, extremes: Extremes | None = None) -> PlanResults:
    """What became of `order` on each path; `paths` must hold at least `order.exit_within` sessions.

    extremes: of the same paths over at least so many sessions, where they are known already.
    """
    trade = _trade(paths, order, frictions, extremes_of(paths, order.exit_within) if extremes is None else extremes)
    filled = _filled(trade)
    exits = [_exit(trade, filled, target * trade.sign) for target in order.targets]
    commission, risk = _of(frictions.commission, filled.rows), _of(trade.entry - trade.stop, filled.rows)
    worst, best = ((price - filled.price - commission) / risk for price in (exits[0].worst, exits[0].best))
    count = len(paths.open)
    outcomes = np.stack([_spread(exit.outcome, filled.rows, count, UNFILLED) for exit in exits])
    result = np.where(exits[0].outcome != UNDECIDED, worst, np.nan)
    return PlanResults(
        outcomes,
        _spread(filled.bar, filled.rows, count, -1),
        *(_spread(values, filled.rows, count, np.nan) for values in (result, worst, best)),
    )


_Value = TypeVar("_Value", bound=np.generic)


def _of(level: Level, rows: NDArray[np.intp]) -> Level:
    """The price of the paths `rows`: the same, where there is one for all paths."""
    return level.take(rows) if isinstance(level, np.ndarray) else level


def _spread(values: NDArray[_Value], rows: NDArray[np.intp], count: int, otherwise: float) -> NDArray[_Value]:
    """The values of the filled paths among all of them."""
    spread = np.full(count, otherwise, dtype=values.dtype)
    spread[rows] = values
    return spread


def _trade(paths: PathBars, order: Order, frictions: Frictions, extremes: Extremes) -> _Trade:
    sign = 1.0 if order.is_long else -1.0
    through = frictions.tick * (1 - _TICK_SLACK)
    within = order.fill_within, order.exit_within
    prices = order.entry * sign, order.stop * sign, through, frictions.slippage
    return _Trade(paths, extremes, sign, order.is_limit, *prices, *within)


def _reached(trade: _Trade, high: FloatArray, low: FloatArray, level: Level, *, is_up: bool) -> NDArray[np.bool_]:
    """Where bars with these extremes reach `level` from below, or else from above; turned upside down, a high is a low."""
    asked = level * trade.sign
    return high >= asked if is_up == (trade.sign > 0) else low <= asked


def _first(trade: _Trade, level: Level, sessions: int, *, is_up: bool) -> NDArray[np.int64]:
    """The first session that reaches `level`, `sessions` where none does; shape (paths,)."""
    high, low = (extreme[:sessions] for extreme in trade.extremes)
    return _waited(_reached(trade, high, low, level, is_up=is_up))


def _waited(reached: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Sessions until a running extreme has reached a price, shape (paths,): those in which it had not."""
    narrow = np.uint8 if len(reached) < 256 else np.uint16  # no casts on the way
    count: NDArray[np.unsignedinteger] = np.add.reduce(reached.view(np.uint8), axis=0, dtype=narrow)
    return len(reached) - count.astype(np.int64)


def _filled(trade: _Trade) -> _Filled:
    limit = trade.entry - trade.through
    first = _first(trade, limit if trade.is_limit else trade.entry, trade.fill_within, is_up=not trade.is_limit)
    rows = np.flatnonzero(first < trade.fill_within)
    bar, entry, limit = first.take(rows), _of(trade.entry, rows), _of(limit, rows)
    opens, highs, lows, closes = _bar_at(trade, rows, bar)
    if trade.is_limit:
        from_open = opens <= limit
        price = np.where(from_open, opens, entry)
    else:
        from_open = opens >= entry
        price = np.where(opens > entry, opens, entry + _of(trade.slippage, rows))
    last = trade.bars.close[:, trade.exit_within - 1].take(rows) * trade.sign
    own = _of(trade.stop, rows), _of(trade.through, rows), _of(trade.slippage, rows), last
    return _Filled(rows, bar, opens, highs, lows, closes, price, from_open, *own)


def _bar_at(trade: _Trade, rows: NDArray[np.intp], bar: NDArray[np.int64]) -> tuple[FloatArray, ...]:
    """Open, high, low and close of each row's bar."""
    opens, highs, lows, closes = (_taken(column, rows, bar) for column in trade.bars)
    return (opens, highs, lows, closes) if trade.sign > 0 else (-opens, -lows, -highs, -closes)


def _taken(column: FloatArray, rows: NDArray[np.intp], bar: NDArray[np.int64]) -> FloatArray:
    """One price of each row; faster where the column's memory is one line: simulated paths, or windows of one series."""
    if column.flags.f_contiguous:
        return column.T.reshape(-1).take(bar * len(column) + rows)
    if column.strides[0] == column.strides[1]:
        series = as_strided(column, shape=(sum(column.shape) - 1,), strides=column.strides[:1], writeable=False)
        return series.take(rows + bar)
    return column[rows, bar]


def _exit(trade: _Trade, filled: _Filled, target: Level) -> _Exit:
    """How the whole position ends when it waits for `target`, one price for all paths or for each of them."""
    own = _of(target, filled.rows)
    hits_target, hits_stop = filled.high >= own + filled.through, filled.low <= filled.stop
    at_once = np.flatnonzero(hits_target | hits_stop)
    early, is_forked = _in_bar_of_fill(trade, filled, own, at_once, hits_target, hits_stop)
    goes_on = np.ones(len(filled.rows), dtype=np.bool_)
    goes_on[at_once[~is_forked]] = False
    lives_on = np.flatnonzero(goes_on)
    late = _after_bar_of_fill(trade, filled, target, lives_on)
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
    trade: _Trade,
    filled: _Filled,
    target: Level,
    at_once: NDArray[np.intp],
    hits_target: NDArray[np.bool_],
    hits_stop: NDArray[np.bool_],
) -> tuple[_Exit, NDArray[np.bool_]]:
    """How the bar of the fill ends the trade of the filled paths `at_once`, and where that is only one of two stories."""
    stop, slippage, target = _of(filled.stop, at_once), _of(filled.slippage, at_once), _of(target, at_once)
    far = target + _of(filled.through, at_once)
    opens, closes, from_open = filled.open.take(at_once), filled.close.take(at_once), filled.from_open.take(at_once)
    to_target, to_stop = hits_target.take(at_once), hits_stop.take(at_once)
    if trade.is_limit:
        is_forked = to_target & ~to_stop & ~from_open & (closes < far)
    else:
        is_forked = to_stop & ~to_target & ~from_open & (closes > stop)
    outcome = np.where(to_target, np.where(to_stop, UNDECIDED, TARGET), STOP).astype(np.int8)
    outcome[from_open & (opens <= stop)] = STOP
    outcome[from_open & (opens >= far)] = TARGET
    at_target, at_stop = _exit_prices(opens, target, far, stop, slippage)
    at_target, at_stop = np.where(from_open, at_target, target), np.where(from_open, at_stop, stop - slippage)
    worst, best = np.where(outcome == TARGET, at_target, at_stop), np.where(outcome == STOP, at_stop, at_target)
    return _Exit(outcome, worst, best), is_forked


def _after_bar_of_fill(trade: _Trade, filled: _Filled, target: Level, lives_on: NDArray[np.intp]) -> _Exit:
    """How the trade ends on the filled paths `lives_on`, those that survive the bar of the fill."""
    rows, bar, end = filled.rows.take(lives_on), filled.bar.take(lives_on), trade.exit_within
    stop, slippage, own = _of(filled.stop, lives_on), _of(filled.slippage, lives_on), _of(target, rows)
    far = own + _of(filled.through, lives_on)
    to_target = _first(trade, target + trade.through, end, is_up=True).take(rows)
    to_stop = _first(trade, trade.stop, end, is_up=False).take(rows)
    _look_again(trade, to_target, far, rows, bar, is_up=True)
    _look_again(trade, to_stop, stop, rows, bar, is_up=False)
    ends = np.minimum(to_target, to_stop)
    is_expired = ends == end
    opens = _taken(trade.bars.open, rows, np.minimum(ends, end - 1)) * trade.sign
    outcome = np.where(to_target < to_stop, np.int8(TARGET), np.int8(STOP))
    same = np.flatnonzero((to_target == to_stop) & ~is_expired)
    if same.size:
        at, far_of, stop_of = opens.take(same), _of(far, same), _of(stop, same)
        outcome[same] = np.where(at >= far_of, TARGET, np.where(at <= stop_of, STOP, UNDECIDED))
    at_target, at_stop = _exit_prices(opens, own, far, stop, slippage)
    worst = np.where(outcome == TARGET, at_target, at_stop)
    best = worst.copy()
    undecided = np.flatnonzero(outcome == UNDECIDED)
    best[undecided] = at_target[undecided]
    over = np.flatnonzero(is_expired)
    outcome[over] = EXPIRED
    worst[over] = best[over] = (filled.last.take(lives_on) - slippage)[over]
    return _Exit(outcome, worst, best)


def _look_again(
    trade: _Trade, first: NDArray[np.int64], level: Level, rows: NDArray[np.intp], bar: NDArray[np.int64], *, is_up: bool
) -> None:
    """Corrects `first` in place where the level was reached by the bar of the fill: the first session after it is wanted."""
    again, end = np.flatnonzero(first <= bar), trade.exit_within
    if not again.size:
        return
    high, low = (column[rows[again], :end] for column in (trade.bars.high, trade.bars.low))
    hits = _reached(trade, high, low, by_session(_of(level, again)), is_up=is_up)
    hits &= np.arange(end) > bar[again][:, None]
    at = hits.argmax(axis=1)
    first[again] = np.where(hits[np.arange(len(again)), at], at, end)


def _exit_prices(opens: FloatArray, target: Level, far: Level, stop: Level, slippage: Level) -> tuple[FloatArray, FloatArray]:
    """What target and stop fetch in a bar that opens inside the trade."""
    return np.where(opens >= far, opens, target), np.where(opens < stop, opens, stop - slippage)
