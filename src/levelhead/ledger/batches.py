"""Many statements settled at once: those of one kind and horizon as rows of one table of the bars that followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.kernels.paths import FloatArray, PathBars
from levelhead.ledger import bias, levels
from levelhead.ledger.sequel import RowArray, Sequel

TOGETHER = 20_000  # rows of one table: 65 sessions of them are 40 MB
UNDECIDED, STILL_OPEN = -1, -2


class Task(NamedTuple):
    """One statement: where it goes, the row of its day, and the prices it is settled by, in the order of its shape."""

    place: int
    row: int
    prices: tuple[float, ...]


class Batch(NamedTuple):
    """What became of tasks: codes of their outcomes (UNDECIDED, STILL_OPEN), sessions passed, and results, NaN where none."""

    codes: RowArray
    passed: RowArray
    results: FloatArray


Judge = Callable[[PathBars, Sequence[FloatArray], RowArray, int], Batch]


def judged(shape: str, tasks: Sequence[Task], sessions: int, sequel: Sequel, past: bias.Past) -> Batch:
    """What became of the tasks of one shape ('split', 'touch', 'close', 'outlook', 'level', 'bias') and horizon."""
    rows = np.array([task.row for task in tasks], dtype=np.int64)
    prices = np.array([task.prices for task in tasks], dtype=np.float64).T
    if shape == "bias":
        prices = _with_past(prices, rows, sessions, sequel, past)
    parts = []
    for begin in range(0, len(rows), TOGETHER):
        some = slice(begin, begin + TOGETHER)
        passed = np.clip(sequel.finished - 1 - rows[some], 0, sessions)
        parts.append(_JUDGES[shape](sequel.windows(rows[some], sessions), list(prices[:, some]), passed, sessions))
    return Batch(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _split(windows: PathBars, prices: Sequence[FloatArray], passed: RowArray, sessions: int) -> Batch:
    """prices: upper, lower. Outcomes: up, range, down."""
    upper, lower = prices
    up, down = windows.high >= upper[:, None], windows.low <= lower[:, None]
    first, is_hit = _first(up | down)
    rows = np.arange(len(first))
    opens, does_up, does_down = windows.open[rows, first], up[rows, first], down[rows, first]
    both = np.where(opens >= upper, 0, np.where(opens <= lower, 2, UNDECIDED))
    codes = np.where(does_up & does_down, both, np.where(does_up, 0, 2))
    return _batch(np.where(is_hit, codes, np.where(passed >= sessions, 1, STILL_OPEN)), np.where(is_hit, first + 1, passed))


def _touch(windows: PathBars, prices: Sequence[FloatArray], passed: RowArray, sessions: int) -> Batch:
    """prices: the price, and the last before it. Outcomes: true, false."""
    price, start = (column[:, None] for column in prices)
    reached = np.where(price > start, windows.high >= price, windows.low <= price)
    reached |= (price == start) & np.isfinite(windows.close)
    first, is_hit = _first(reached)
    codes = np.where(is_hit, 0, np.where(passed >= sessions, 1, STILL_OPEN))
    return _batch(codes, np.where(is_hit, first + 1, passed))


def _close(windows: PathBars, prices: Sequence[FloatArray], passed: RowArray, sessions: int) -> Batch:
    """prices: the price, and +1 for above or -1 for below. Outcomes: true, false."""
    price, side = prices
    is_true = (windows.close[:, -1] - price) * side > 0
    return _batch(np.where(passed < sessions, STILL_OPEN, np.where(is_true, 0, 1)), passed)


def _outlook(windows: PathBars, prices: Sequence[FloatArray], passed: RowArray, sessions: int) -> Batch:
    """prices: upper, lower. Outcomes: up, flat, down."""
    upper, lower = prices
    close = windows.close[:, -1]
    codes = np.where(close > upper, 0, np.where(close < lower, 2, 1))
    return _batch(np.where(passed < sessions, STILL_OPEN, codes), passed)


def _level(windows: PathBars, prices: Sequence[FloatArray], passed: RowArray, sessions: int) -> Batch:
    """prices: low, high, side."""
    low, high, side = prices
    return _batch(*levels.level_outcomes(windows, low, high, side, passed))


def _bias(windows: PathBars, prices: Sequence[FloatArray], passed: RowArray, sessions: int) -> Batch:
    """prices: lean, start, sigma, drift. Outcomes: right, wrong, neither."""
    lean, start, sigma, drift = prices
    move = bias.moves(start, windows.close[:, -1], drift, sigma, sessions)
    codes = np.where(np.isnan(move), UNDECIDED, bias.bias_outcomes(lean, move))
    codes = np.where(passed < sessions, STILL_OPEN, codes)
    return Batch(codes, passed, np.where(codes >= 0, lean * move + 0.0, np.nan))


_JUDGES: dict[str, Judge] = {
    "split": _split,
    "touch": _touch,
    "close": _close,
    "outlook": _outlook,
    "level": _level,
    "bias": _bias,
}


def _with_past(prices: FloatArray, rows: RowArray, sessions: int, sequel: Sequel, past: bias.Past) -> FloatArray:
    """lean, start, sigma and the drift of each day; where a note says no sigma, that of the past year."""
    at = np.searchsorted(sequel.bars.dates, sequel.dates[rows], side="right") - 1
    lean, start, sigma = prices
    usual = past.sigma[at] * np.sqrt(sessions)
    return np.stack([lean, start, np.where(np.isnan(sigma), usual, sigma), past.drift[at]])


def _batch(codes: RowArray, passed: RowArray) -> Batch:
    return Batch(codes, passed, np.full(len(codes), np.nan))


def _first(flags: NDArray[np.bool_]) -> tuple[RowArray, NDArray[np.bool_]]:
    """The column of each row's first True, and whether there is one."""
    first = flags.argmax(axis=1)
    return first, flags[np.arange(len(flags)), first]
