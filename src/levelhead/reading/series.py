"""The chart of a reading: the last bars with their averages, RSI and peers, not drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.series import ChartLine, ChartPattern, ChartSeries, Row
from levelhead.kernels.pattern_lives import Pattern
from levelhead.kernels.pattern_shapes import Line
from levelhead.reading.lines import Drawn
from levelhead.reading.panel import Panel
from levelhead.reading.settings import Settings
from levelhead.reading.whole import Whole


def chart_series(bars: Bars, panel: Panel, peers: Mapping[str, Bars], whole: Whole, settings: Settings) -> ChartSeries:
    """The last `chart_bars` bars; without a fan, which belongs to the forecast.

    whole: of a series that begins with these bars.
    """
    row = len(bars) - 1
    shown = slice(max(len(bars) - settings.chart_bars, 0), len(bars))
    columns = whole.columns
    return ChartSeries(
        dates=bars.stamps(shown),
        open=columns.prices["open"].rows(shown),
        high=columns.prices["high"].rows(shown),
        low=columns.prices["low"].rows(shown),
        close=columns.prices["close"].rows(shown),
        averages={name: average.rows(shown) for name, average in columns.averages.items()},
        rsi=columns.rsi.rows(shown),
        rsi_signal=columns.rsi_signal.rows(shown),
        peers={symbol: _row(_on_dates_of(bars, peer, shown)) for symbol, peer in peers.items()},
        lines=tuple(_line(drawn, shown, settings) for drawn in whole.lines.drawn_at(row) if _end(drawn, shown, settings) > 0),
        patterns=tuple(
            _pattern(f"pattern_{slot}", pattern, bars, shown)
            for slot, pattern in whole.patterns.drawn_at(row)
            if pattern.shape.first >= shown.start
        ),
        swings=whole.chart_marks.on(shown),
    )


def _pattern(name: str, pattern: Pattern, bars: Bars, shown: slice) -> ChartPattern:
    """A pattern from its first point to the bar at which it broke, or to the last."""
    row, shape = shown.stop - 1, pattern.shape
    status, _ = pattern.status_at(row)
    side = pattern.direction_at(row)
    ends = [at for at in (pattern.confirmed, pattern.ended) if at is not None and at <= row]
    is_reversal = shape.kind.endswith(("top", "bottom", "shoulders"))
    lines = [shape.upper if side > 0 else shape.lower] if is_reversal else [shape.upper, shape.lower]
    points = shape.points if is_reversal else ()
    return ChartPattern(
        name=name,
        words=f"{shape.kind.replace('_', ' ')}, {status}",
        rows=tuple(point.row - shown.start for point in points),
        prices=tuple(float((bars.high if point.side > 0 else bars.low)[point.row]) for point in points),
        lines=tuple(_part(name, line, min([row, *ends]), shown, is_broken=status == "failed") for line in lines),
        is_undone=status == "failed",
        is_above=side < 0,
    )


def _part(name: str, line: Line, last: int, shown: slice, *, is_broken: bool) -> ChartLine:
    """A line of a pattern from the first point that it goes through."""
    begin = line.row
    return ChartLine(
        name=name,
        begin=begin - shown.start,
        end=last - shown.start,
        from_price=line.at(begin),
        to_price=line.at(last),
        is_broken=is_broken,
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
