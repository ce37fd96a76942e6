"""Orders as numbers, and the bar in which each path fills one.

Every plan is a long here: a short is judged on prices turned upside down. The whole of the paths is asked once for each price,
when it first trades; everything after it looks at filled paths alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from levelhead.kernels.first_touch import Level
from levelhead.kernels.paths import FloatArray, PathBars

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


class Extremes(NamedTuple):
    """The highest high and the lowest low of each path so far, shape (sessions, paths): paths of one session side by side."""

    high: FloatArray
    low: FloatArray


class Trade(NamedTuple):
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


class Filled(NamedTuple):
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


def extremes_of(paths: PathBars, sessions: int) -> Extremes:
    """Running extremes of the first `sessions` sessions; plans that are judged on the same paths share them."""
    high, low = np.empty((sessions, len(paths.high))), np.empty((sessions, len(paths.low)))
    high[0], low[0] = paths.high[:, 0], paths.low[:, 0]
    for session in range(1, sessions):  # across all paths at once; ufunc.accumulate takes ten times as long
        np.maximum(high[session - 1], paths.high[:, session], out=high[session])
        np.minimum(low[session - 1], paths.low[:, session], out=low[session])
    return Extremes(high, low)


def trade_of(paths: PathBars, order: Order, frictions: Frictions, extremes: Extremes) -> Trade:
    """The order as a long, its prices turned upside down where it is a short."""
    sign = 1.0 if order.is_long else -1.0
    through = frictions.tick * (1 - _TICK_SLACK)
    within = order.fill_within, order.exit_within
    prices = order.entry * sign, order.stop * sign, through, frictions.slippage, frictions.commission
    return Trade(paths, extremes, sign, order.is_limit, *prices, *within)


def _reached(trade: Trade, high: FloatArray, low: FloatArray, level: Level, *, is_up: bool) -> NDArray[np.bool_]:
    """Where bars with these extremes reach `level` from below, or else from above; turned upside down, a high is a low."""
    asked = level * trade.sign
    return high >= asked if is_up == (trade.sign > 0) else low <= asked


def _first(trade: Trade, level: Level, sessions: int, *, is_up: bool) -> NDArray[np.int64]:
    """The first session that reaches `level`, `sessions` where none does; shape (paths,)."""
    high, low = (extreme[:sessions] for extreme in trade.extremes)
    return _waited(_reached(trade, high, low, level, is_up=is_up))


def _waited(reached: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Sessions until a running extreme has reached a price, shape (paths,): those in which it had not."""
    narrow = np.uint8 if len(reached) < 256 else np.uint16  # no casts on the way
    count: NDArray[np.unsignedinteger] = np.add.reduce(reached.view(np.uint8), axis=0, dtype=narrow)
    return len(reached) - count.astype(np.int64)


def waiting(trade: Trade, targets: Sequence[Level]) -> list[Filled]:
    """The filled paths, waiting for each of the targets."""
    limit, end = trade.entry - trade.through, trade.exit_within
    first = _first(trade, limit if trade.is_limit else trade.entry, trade.fill_within, is_up=not trade.is_limit)
    rows = np.flatnonzero(first < trade.fill_within)
    bar, entry, limit = first.take(rows), price_of(trade.entry, rows), price_of(limit, rows)
    opens, highs, lows, closes = _bar_at(trade, rows, bar)
    if trade.is_limit:
        from_open = opens <= limit
        price = np.where(from_open, opens, entry)
    else:
        from_open = opens >= entry
        price = np.where(opens > entry, opens, entry + price_of(trade.slippage, rows))
    stop = price_of(trade.stop, rows)
    filled = Filled(
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
        through=price_of(trade.through, rows),
        slippage=price_of(trade.slippage, rows),
        commission=price_of(trade.commission, rows),
        risk=entry - stop,
        sign=trade.sign,
        is_limit=trade.is_limit,
    )
    turned = [target * trade.sign for target in targets]
    return [
        filled._replace(target=price_of(target, rows), to_target=_first(trade, target + trade.through, end, is_up=True).take(rows))
        for target in turned
    ]


def _bar_at(trade: Trade, rows: NDArray[np.intp], bar: NDArray[np.int64]) -> tuple[FloatArray, ...]:
    """Open, high, low and close of each row's bar."""
    opens, highs, lows, closes = (taken(column, rows, bar) for column in trade.bars)
    return (opens, highs, lows, closes) if trade.sign > 0 else (-opens, -lows, -highs, -closes)


def taken(column: FloatArray, rows: NDArray[np.intp], bar: NDArray[np.int64]) -> FloatArray:
    """One price of each row; faster where the column's memory is one line: simulated paths, or windows of one series."""
    if column.flags.f_contiguous:
        return column.T.reshape(-1).take(bar * len(column) + rows)
    if column.strides[0] == column.strides[1]:
        series = as_strided(column, shape=(sum(column.shape) - 1,), strides=column.strides[:1], writeable=False)
        return series.take(rows + bar)
    return column[rows, bar]


def together(waits: Sequence[Filled]) -> Filled:
    """The filled paths of several plans, one after another."""
    counts = [len(filled.rows) for filled in waits]

    def joined(parts: Sequence[Any]) -> Any:
        if isinstance(parts[0], np.ndarray):
            return np.concatenate(parts)
        return parts[0] if len(set(parts)) == 1 else np.repeat(parts, counts)

    return Filled(*(joined(parts) for parts in zip(*waits, strict=True)))


def price_of(level: Level, rows: NDArray[np.intp]) -> Level:
    """The price of the paths `rows`: the same, where there is one for all paths."""
    return level.take(rows) if isinstance(level, np.ndarray) else level


def some(filled: Filled, chosen: NDArray[np.intp]) -> Filled:
    """Some of the filled paths, by their place."""
    parts: list[Any] = [value.take(chosen) if isinstance(value, np.ndarray) else value for value in filled]
    return Filled(*parts)
