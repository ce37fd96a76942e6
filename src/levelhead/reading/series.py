"""The chart of a reading: the last bars with their averages, RSI and peers, not drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.series import ChartSeries, Row
from levelhead.reading.panel import Panel
from levelhead.reading.settings import Settings


def chart_series(bars: Bars, panel: Panel, peers: Mapping[str, Bars], settings: Settings) -> ChartSeries:
    """The last `chart_bars` bars; without a fan, which belongs to the forecast."""
    shown = slice(max(len(bars) - settings.chart_bars, 0), len(bars))
    return ChartSeries(
        dates=bars.stamps(shown),
        open=tuple(bars.open[shown].tolist()),
        high=tuple(bars.high[shown].tolist()),
        low=tuple(bars.low[shown].tolist()),
        close=tuple(bars.close[shown].tolist()),
        averages={f"sma_{n}": _row(average[shown]) for n, average in panel.averages.items()},
        rsi=_row(panel.rsi[shown]),
        rsi_signal=_row(panel.rsi_signal[shown]),
        peers={symbol: _row(_on_dates_of(bars, peer, shown)) for symbol, peer in peers.items()},
    )


def _row(values: FloatArray) -> Row:
    return tuple(value if value == value else None for value in values.tolist())


def _on_dates_of(bars: Bars, peer: Bars, shown: slice) -> FloatArray:
    """The peer's closes on the shown bars' dates, NaN where it has none."""
    wanted = bars.time[shown]
    at = np.minimum(np.searchsorted(peer.time, wanted), len(peer) - 1)
    return np.where(peer.time[at] == wanted, peer.close[at], np.nan)
