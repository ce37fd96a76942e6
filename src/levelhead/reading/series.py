"""The chart of a reading: the last bars with their averages, RSI and peers, not drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.series import ChartLine, ChartSeries, Row
from levelhead.reading.lines import Drawn, Lines
from levelhead.reading.panel import Panel
from levelhead.reading.settings import Settings


def chart_series(bars: Bars, panel: Panel, peers: Mapping[str, Bars], lines: Lines, settings: Settings) -> ChartSeries:
    """The last `chart_bars` bars; without a fan, which belongs to the forecast. lines: of a series that begins with these bars."""
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
        lines=tuple(_line(drawn, shown, settings) for drawn in lines.drawn_at(len(bars) - 1) if _end(drawn, shown, settings) > 0),
    )


def _line(drawn: Drawn, shown: slice, settings: Settings) -> ChartLine:
    """The part of a line that the chart shows, from its first swing, or the chart's first bar, to the sessions ahead."""
    begin, end = max(drawn.first - shown.start, 0), _end(drawn, shown, settings)
    return ChartLine(
        name=drawn.name,
        begin=begin,
        end=end,
        from_price=drawn.height + drawn.slope * (begin + shown.start - drawn.first),
        to_price=drawn.height + drawn.slope * (end + shown.start - drawn.first),
        is_broken=drawn.broken is not None,
    )


def _end(drawn: Drawn, shown: slice, settings: Settings) -> int:
    return int((shown.stop - 1 + settings.line_ahead if drawn.broken is None else drawn.broken) - shown.start)


def _row(values: FloatArray) -> Row:
    return tuple(value if value == value else None for value in values.tolist())


def _on_dates_of(bars: Bars, peer: Bars, shown: slice) -> FloatArray:
    """The peer's closes on the shown bars' dates, NaN where it has none."""
    wanted = bars.time[shown]
    at = np.minimum(np.searchsorted(peer.time, wanted), len(peer) - 1)
    return np.where(peer.time[at] == wanted, peer.close[at], np.nan)
