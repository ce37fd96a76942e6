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
from typing import Any, NamedTuple, TypeVar

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
    commission: Level
    fill_within: int
    exit_within: int


class _Filled(NamedTuple):
    """Filled paths, of one plan or of several one after another, and what they wait for; a shape (filled,) or one for all.

    rows: which path. bar: which session. open, high, low, close: that bar's; price: of the fill; from_open: in the trade for
    the whole of the bar. last: the close of the last session. to_target, to_stop: the first session that reaches either.
    """

    rows: NDArray[np.intp]
    bar: NDArray[np.int64]
    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    price: FloatArray
    from_open: NDArray[np.bool_]
    last: FloatArray
    to_target: NDArray[np.int64]
    to_stop: NDArray[np.int64]
    target: Level
    stop: Level
    through: Level
    slippage: Level
    commission: Level
    risk: Level
    sign: Level
    is_limit: bool | NDArray[np.bool_]

    @property
    def far(self) -> Level:
        """Where the target, a limit, is sure to be filled."""
        return self.target + self.through


class Ends(NamedTuple):
    """Of the filled paths alone, in their order: the worst and the best result in R, all out at the first target."""

    worst: FloatArray
    best: FloatArray


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
    waits = _waiting(trade, order.targets)
    exits = [_exit(paths, filled, order.exit_within) for filled in waits]
    ends, rows, count = _ends(waits[0], exits[0]), waits[0].rows, len(paths.open)
    outcomes = np.stack([_spread(exit.outcome, rows, count, UNFILLED) for exit in exits])
    result = np.where(exits[0].outcome != UNDECIDED, ends.worst, np.nan)
    return PlanResults(
        outcomes,
        _spread(waits[0].bar, rows, count, -1),
        *(_spread(values, rows, count, np.nan) for values in (result, ends.worst, ends.best)),
    )


def plan_ends(paths: PathBars, orders: Sequence[Order], frictions: Frictions, extremes: Extremes) -> list[Ends]:
    """The results of several orders that all exit within the same sessions, on the paths that fill each, in one pass."""
    (sessions,) = {order.exit_within for order in orders}
    waits = [_waiting(_trade(paths, order, frictions, extremes), order.targets[:1])[0] for order in orders]
    whole = _together(waits)
    ends = _ends(whole, _exit(paths, whole, sessions))
    places = np.cumsum([len(filled.rows) for filled in waits])[:-1]
    return [Ends(*pair) for pair in zip(np.split(ends.worst, places), np.split(ends.best, places), strict=True)]


def _ends(filled: _Filled, exit: _Exit) -> Ends:
    worst, best = ((price - filled.price - filled.commission) / filled.risk for price in (exit.worst, exit.best))
    return Ends(worst, best)


def _together(waits: Sequence[_Filled]) -> _Filled:
    """The filled paths of several plans, one after another."""
    counts = [len(filled.rows) for filled in waits]

    def joined(parts: Sequence[Any]) -> Any:
        if isinstance(parts[0], np.ndarray):
            return np.concatenate(parts)
        return parts[0] if len(set(parts)) == 1 else np.repeat(parts, counts)

    return _Filled(*(joined(parts) for parts in zip(*waits, strict=True)))


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
    prices = order.entry * sign, order.stop * sign, through, frictions.slippage, frictions.commission
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


def _waiting(trade: _Trade, targets: Sequence[Level]) -> list[_Filled]:
    """The filled paths, waiting for each of the targets."""
    limit, end = trade.entry - trade.through, trade.exit_within
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
    stop = _of(trade.stop, rows)
    filled = _Filled(
        rows=rows,
        bar=bar,
        open=opens,
        high=highs,
        low=lows,
        close=closes,
        price=price,
        from_open=from_open,
        last=trade.bars.close[:, end - 1].take(rows) * trade.sign,
        to_target=bar,
        to_stop=_first(trade, trade.stop, end, is_up=False).take(rows),
        target=stop,
        stop=stop,
        through=_of(trade.through, rows),
        slippage=_of(trade.slippage, rows),
        commission=_of(trade.commission, rows),
        risk=entry - stop,
        sign=trade.sign,
        is_limit=trade.is_limit,
    )
    turned = [target * trade.sign for target in targets]
    return [
        filled._replace(target=_of(target, rows), to_target=_first(trade, target + trade.through, end, is_up=True).take(rows))
        for target in turned
    ]


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


def _exit(bars: PathBars, filled: _Filled, end: int) -> _Exit:
    """How the whole position ends when it waits for the target, at the latest with session `end`."""
    hits_target, hits_stop = filled.high >= filled.far, filled.low <= filled.stop
    at_once = np.flatnonzero(hits_target | hits_stop)
    early, is_forked = _in_bar_of_fill(_some(filled, at_once), hits_target.take(at_once), hits_stop.take(at_once))
    goes_on = np.ones(len(filled.rows), dtype=np.bool_)
    goes_on[at_once[~is_forked]] = False
    lives_on = np.flatnonzero(goes_on)
    late = _after_bar_of_fill(bars, _some(filled, lives_on), end)
    outcome, worst, best = np.empty(len(goes_on), dtype=np.int8), np.empty(len(goes_on)), np.empty(len(goes_on))
    outcome[at_once], worst[at_once], best[at_once] = early
    outcome[lives_on], worst[lives_on], best[lives_on] = late
    two = at_once[is_forked]  # two stories, that of the bar of the fill and the one that goes on
    if two.size:
        outcome[two] = np.where(early.outcome[is_forked] != outcome[two], UNDECIDED, outcome[two])
        worst[two] = np.minimum(early.worst[is_forked], worst[two])
        best[two] = np.maximum(early.best[is_forked], best[two])
    return _Exit(outcome, worst, best)


def _some(filled: _Filled, chosen: NDArray[np.intp]) -> _Filled:
    parts: list[Any] = [value.take(chosen) if isinstance(value, np.ndarray) else value for value in filled]
    return _Filled(*parts)


def _in_bar_of_fill(
    filled: _Filled, hits_target: NDArray[np.bool_], hits_stop: NDArray[np.bool_]
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


def _after_bar_of_fill(bars: PathBars, filled: _Filled, end: int) -> _Exit:
    """How the trade ends on paths that survive the bar of the fill."""
    to_target = _look_again(bars, filled, filled.to_target, filled.far, end, is_up=True)
    to_stop = _look_again(bars, filled, filled.to_stop, filled.stop, end, is_up=False)
    ends = np.minimum(to_target, to_stop)
    is_expired = ends == end
    opens = _taken(bars.open, filled.rows, np.minimum(ends, end - 1)) * filled.sign
    outcome = np.where(to_target < to_stop, np.int8(TARGET), np.int8(STOP))
    same = np.flatnonzero((to_target == to_stop) & ~is_expired)
    if same.size:
        at, far, stop = opens.take(same), _of(filled.far, same), _of(filled.stop, same)
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
    bars: PathBars, filled: _Filled, first: NDArray[np.int64], level: Level, end: int, *, is_up: bool
) -> NDArray[np.int64]:
    """The first session after the bar of the fill that reaches the level, `end` where none does; `first`: the first of all."""
    again = np.flatnonzero(first <= filled.bar)
    if not again.size:
        return first
    rows, asked = filled.rows.take(again), by_session(_of(level * filled.sign, again))
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


def _exit_prices(opens: FloatArray, filled: _Filled) -> tuple[FloatArray, FloatArray]:
    """What target and stop fetch in a bar that opens inside the trade."""
    at_stop = np.where(opens < filled.stop, opens, filled.stop - filled.slippage)
    return np.where(opens >= filled.far, opens, filled.target), at_stop
