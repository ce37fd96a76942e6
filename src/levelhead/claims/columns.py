"""Where the numbers come from that move: averages and oscillators along simulated paths, and along what happened."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.errors import NotYetKnown
from levelhead.domain.event import Measure
from levelhead.kernels import along, averages, momentum, ranges
from levelhead.kernels.paths import FloatArray, PathBars


class Known(NamedTuple):
    """The bars before a path, oldest first, each of shape (bars,)."""

    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray


# A measure's value at the last known bar, one for all paths or shape (paths,), and after each session: shape (paths, sessions).
Column = tuple[float | FloatArray, FloatArray]
ColumnOf = Callable[[Measure], Column]


def known_of(bars: Bars) -> Known:
    """The known bars."""
    return Known(bars.open, bars.high, bars.low, bars.close)


def no_columns(measure: Measure) -> Column:
    """For claims that are judged on paths alone. Raises NotYetKnown."""
    raise NotYetKnown(f"{_name(measure)} along a path needs the bars before it; hand them in as columns.")


def columns_along(known: Known, paths: PathBars) -> ColumnOf:
    """Measures along simulated paths that follow the known bars; each worked out once, when it is asked for.

    Raises NotYetKnown where there are too few known bars for it.
    """

    @cache
    def column(measure: Measure) -> Column:
        check_known(measure, known)
        return _along(measure, known, paths)

    return column


def columns_of_windows(known: Known, starts: NDArray[np.int64], sessions: int, atr_scale: float | FloatArray = 1.0) -> ColumnOf:
    """Measures along past windows that begin after the bars `starts`; NaN at the start where one was not known yet.

    atr_scale: what each window's ATR is multiplied by, so that '40 points' means as many of its own. The windows must lie
    within the known bars.
    """

    @cache
    def column(measure: Measure) -> Column:
        whole = series_of(measure, known)
        windows = sliding_window_view(whole, sessions)[starts + 1]
        if measure.name != "atr":
            return whole[starts], windows
        return whole[starts] * atr_scale, windows * np.reshape(atr_scale, (-1, 1))

    return column


def check_known(measure: Measure, known: Known) -> None:
    """Raises NotYetKnown where there are too few known bars for the measure."""
    needed = measure.bars + 1 if measure.name in ("rsi", "atr") else max(measure.bars, 1)
    if len(known.close) < needed:
        raise NotYetKnown(f"{_name(measure)} needs {needed} bars, there are {len(known.close)}; give a longer history.")


def series_of(measure: Measure, known: Known) -> FloatArray:
    """A measure at every known bar, shape (bars,); NaN until it is known."""
    if measure.name == "atr":
        return ranges.atr(known.high, known.low, known.close, measure.bars)
    if measure.name == "sma":
        return averages.sma(known.close, measure.bars)
    if measure.name == "ema":
        return averages.ema(known.close, measure.bars)
    if measure.name == "rsi":
        return momentum.rsi(known.close, measure.bars)
    column: FloatArray = getattr(known, measure.name)
    return column


def _along(measure: Measure, known: Known, paths: PathBars) -> along.Along:
    if measure.name == "sma":
        return along.sma_along(known.close, paths.close, measure.bars)
    if measure.name == "ema":
        return along.ema_along(known.close, paths.close, measure.bars)
    if measure.name == "rsi":
        return along.rsi_along(known.close, paths.close, measure.bars)
    if measure.name == "atr":
        return along.atr_along(known.high, known.low, known.close, paths, measure.bars)
    return float(getattr(known, measure.name)[-1]), getattr(paths, measure.name)


def _name(measure: Measure) -> str:
    return f"{measure.name}_{measure.bars}" if measure.bars else measure.name
